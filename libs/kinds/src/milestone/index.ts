import type { TrackedKind } from '@saksgang/kernel';
import { itemsKeepTheirTitles } from '../shared/named-item.js';
import type { MilestoneCommand } from './milestone.commands.js';
import { milestoneDecider } from './milestone.decider.js';
import type { MilestoneEvent } from './milestone.events.js';
import { facetsOfMilestone } from './milestone.facets.js';
import { MILESTONE_COMMANDS, MILESTONE_EVENTS } from './milestone.schema.js';
import type { Milestone } from './milestone.state.js';
import {
  MILESTONE_FIELDS,
  MILESTONE_LABEL,
  MILESTONE_STATES,
  beforeMilestone,
  describeMilestone,
  summariseMilestone,
} from './milestone.view.js';
import { MILESTONE_SHOWN } from './milestone.shown.js';

export type * from './milestone.commands.js';
export type * from './milestone.events.js';
export type { KnownMilestone, Milestone } from './milestone.state.js';
export { MILESTONE_STATES, type MilestoneStateName } from './milestone.view.js';

/** Milepæl: planned → forecast … → reached, missed, cancelled; one that was missed may still be reached late. */
export const milestone: TrackedKind<MilestoneCommand, Milestone, MilestoneEvent> = {
  name: 'milestone',
  label: MILESTONE_LABEL,
  decider: milestoneDecider,
  commands: MILESTONE_COMMANDS,
  events: MILESTONE_EVENTS,
  states: MILESTONE_STATES,
  describe: describeMilestone,
  fields: MILESTONE_FIELDS,
  summarise: summariseMilestone,
  facets: facetsOfMilestone,
  partOf: () => null,
  hasPart: () => false,
  links: () => [],
  before: beforeMilestone,
  fixed: (_before, _after, paths) => itemsKeepTheirTitles('project', paths),
  onTimeline: () => true,
  belonging: 'PASSES_ON',
  shown: MILESTONE_SHOWN,
};
