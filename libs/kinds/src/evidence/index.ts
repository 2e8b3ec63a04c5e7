import type { TrackedKind } from '@saksgang/kernel';
import type { EvidenceCommand } from './evidence.commands.js';
import { evidenceDecider } from './evidence.decider.js';
import { describeEvidence } from './evidence.describe.js';
import type { EvidenceEvent } from './evidence.events.js';
import { EVIDENCE_FIELDS, EVIDENCE_LABEL, EVIDENCE_STATES } from './evidence.labels.js';
import { EVIDENCE_COMMANDS, EVIDENCE_EVENTS } from './evidence.schema.js';
import type { Evidence } from './evidence.state.js';
import {
  beforeEvidence,
  facetsOfEvidence,
  hasValue,
  linksOfEvidence,
  noKeyShifts,
  summariseEvidence,
  textsOfEvidence,
  valueIn,
} from './evidence.view.js';
import { EVIDENCE_SHOWN } from './evidence.shown.js';

export type * from './evidence.commands.js';
export { evidenceValueLabel } from './evidence.describe.js';
export * from './evidence.events.js';
export { DISPUTE_OUTCOME_LABELS, EVIDENCE_STATES, EVIDENCE_STATUS_LABELS, type EvidenceStateName } from './evidence.labels.js';
export * from './evidence.state.js';
export { statusOfEvidence } from './evidence.view.js';

/** Kunnskapsgrunnlag: stated → disputed, corrected, superseded; with its figures and the chain of who reported whom. */
export const evidence: TrackedKind<EvidenceCommand, Evidence, EvidenceEvent> = {
  name: 'evidence',
  label: EVIDENCE_LABEL,
  decider: evidenceDecider,
  commands: EVIDENCE_COMMANDS,
  events: EVIDENCE_EVENTS,
  states: EVIDENCE_STATES,
  describe: describeEvidence,
  fields: EVIDENCE_FIELDS,
  summarise: summariseEvidence,
  facets: facetsOfEvidence,
  partOf: valueIn,
  texts: textsOfEvidence,
  hasPart: hasValue,
  links: linksOfEvidence,
  before: beforeEvidence,
  fixed: noKeyShifts,
  // Where a figure comes from is no happening: it stands in the history.
  onTimeline: (event) => event.type !== 'EvidenceSourced',
  shown: EVIDENCE_SHOWN,
};
