import { NO_FACETS, type TrackedKind } from '@saksgang/kernel';
import type { BodyCommand } from './body.commands.js';
import { bodyDecider } from './body.decider.js';
import type { BodyEvent } from './body.events.js';
import { BODY_COMMANDS, BODY_EVENTS } from './body.schema.js';
import type { Body } from './body.state.js';
import {
  BODY_FIELDS,
  BODY_LABEL,
  BODY_STATES,
  beforeBody,
  describeBody,
  isBodyMilestone,
  linksOfBody,
  summariseBody,
} from './body.view.js';
import { BODY_SHOWN } from './body.shown.js';

export type * from './body.commands.js';
export type * from './body.events.js';
export type * from './body.state.js';
export { BODY_STATES, type BodyStateName } from './body.view.js';

/** Organ, organisasjon: established → renamed, merged, dissolved. */
export const body: TrackedKind<BodyCommand, Body, BodyEvent> = {
  name: 'body',
  label: BODY_LABEL,
  decider: bodyDecider,
  commands: BODY_COMMANDS,
  events: BODY_EVENTS,
  states: BODY_STATES,
  describe: describeBody,
  fields: BODY_FIELDS,
  summarise: summariseBody,
  facets: () => NO_FACETS,
  partOf: () => null,
  hasPart: () => false,
  links: linksOfBody,
  before: beforeBody,
  onTimeline: isBodyMilestone,
  shown: BODY_SHOWN,
};
