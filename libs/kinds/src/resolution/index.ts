import { labels, type TrackedKind } from '@saksgang/kernel';
import type { ResolutionCommand } from './resolution.commands.js';
import { resolutionDecider } from './resolution.decider.js';
import { describeResolution } from './resolution.describe.js';
import type { ResolutionEvent } from './resolution.events.js';
import { noPointShifts } from './resolution.fixed.js';
import { facetsOfResolution } from './resolution.facets.js';
import { RESOLUTION_FIELDS } from './resolution.fields.js';
import { textsOfResolution } from './resolution.texts.js';
import { RESOLUTION_STATE_TABLE } from './resolution.labels.js';
import { RESOLUTION_COMMANDS, RESOLUTION_EVENTS } from './resolution.schema.js';
import type { Resolution } from './resolution.state.js';
import { beforeResolution, isOnTimeline, linksOfResolution, pointOf, summariseResolution } from './resolution.view.js';
import { RESOLUTION_SHOWN } from './resolution.shown.js';
import { resolutionWithout } from './resolution.told.js';

export * from './draft/draft-points.js';
export type * from './resolution.commands.js';
export * from './resolution.events.js';
export * from './resolution.labels.js';
export { asksForSomething, pointsAsked, pointsStillOpen, printedText } from './resolution.points.js';
export * from './resolution.state.js';
export { diffOfVariant } from './resolution.view.js';

/** Vedtak, uttalelse: proposed → adopted → (in follow-up) → closed; amended, superseded, repealed. */
export const resolution: TrackedKind<ResolutionCommand, Resolution, ResolutionEvent> = {
  name: 'resolution',
  label: labels('vedtak', 'vedtak', 'resolution'),
  decider: resolutionDecider,
  commands: RESOLUTION_COMMANDS,
  events: RESOLUTION_EVENTS,
  states: RESOLUTION_STATE_TABLE,
  describe: describeResolution,
  fields: RESOLUTION_FIELDS,
  summarise: summariseResolution,
  facets: facetsOfResolution,
  partOf: pointOf,
  texts: textsOfResolution,
  hasPart: (state, path) => state.status !== 'unknown' && state.points.has(path),
  withoutPart: resolutionWithout,
  links: linksOfResolution,
  before: beforeResolution,
  fixed: noPointShifts,
  onTimeline: isOnTimeline,
  shown: RESOLUTION_SHOWN,
};
