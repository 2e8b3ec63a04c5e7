import type { TrackedKind } from '@saksgang/kernel';
import type { WhitePaperCommand } from './white-paper.commands.js';
import { whitePaperDecider } from './white-paper.decider.js';
import { describeWhitePaper } from './white-paper.describe.js';
import type { WhitePaperEvent } from './white-paper.events.js';
import { facetsOfWhitePaper } from './white-paper.facets.js';
import { WHITE_PAPER_FIELDS, WHITE_PAPER_LABEL, WHITE_PAPER_STATES } from './white-paper.labels.js';
import { WHITE_PAPER_COMMANDS, WHITE_PAPER_EVENTS } from './white-paper.schema.js';
import type { WhitePaper } from './white-paper.state.js';
import { beforeWhitePaper, linksOfWhitePaper, orderOf, summariseWhitePaper } from './white-paper.view.js';
import { WHITE_PAPER_SHOWN } from './white-paper.shown.js';

export type * from './white-paper.commands.js';
export * from './white-paper.events.js';
export type * from './white-paper.state.js';
export { paperReferenceOf, planInForce, stageOf, stepAt, stepsAt } from './white-paper.evolve.js';
export { STAGE_LABELS, WHITE_PAPER_TYPE_LABELS } from './white-paper.labels.js';

/** Stortingsmelding: expected → … → followed up; merged into another, withdrawn or superseded. Its parts are the orders it answers. */
export const whitePaper: TrackedKind<WhitePaperCommand, WhitePaper, WhitePaperEvent> = {
  name: 'whitePaper',
  label: WHITE_PAPER_LABEL,
  decider: whitePaperDecider,
  commands: WHITE_PAPER_COMMANDS,
  events: WHITE_PAPER_EVENTS,
  states: WHITE_PAPER_STATES,
  describe: describeWhitePaper,
  fields: WHITE_PAPER_FIELDS,
  summarise: summariseWhitePaper,
  facets: facetsOfWhitePaper,
  partOf: orderOf,
  hasPart: (paper, path) => paper.status !== 'unknown' && paper.orders.some(({ order }) => order === path),
  links: linksOfWhitePaper,
  before: beforeWhitePaper,
  onTimeline: () => true,
  shown: WHITE_PAPER_SHOWN,
};
