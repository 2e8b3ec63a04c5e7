import type { TrackedKind } from '@saksgang/kernel';
import type { ConsultationCommand } from './consultation.commands.js';
import { consultationDecider } from './consultation.decider.js';
import { describeConsultation } from './consultation.describe.js';
import type { ConsultationEvent } from './consultation.events.js';
import { CONSULTATION_FIELDS, CONSULTATION_LABEL, CONSULTATION_STATES } from './consultation.labels.js';
import { CONSULTATION_COMMANDS, CONSULTATION_EVENTS } from './consultation.schema.js';
import type { Consultation } from './consultation.state.js';
import { textsOfConsultation } from './consultation.texts.js';
import {
  beforeConsultation,
  facetsOfConsultation,
  hasQuestion,
  linksOfConsultation,
  questionOf,
  summariseConsultation,
  whatOthersNameStays,
} from './consultation.view.js';
import { CONSULTATION_SHOWN } from './consultation.shown.js';

export type * from './consultation.commands.js';
export type * from './consultation.events.js';
export { CONSULTATION_STATES, type ConsultationStateName } from './consultation.labels.js';
export type * from './consultation.state.js';
export { cameAfterClosing, coverageOf, stateOfConsultation, type Coverage } from './consultation.view.js';

/** Medlemsdialog, høring: opened → inputs → closed → reported. */
export const consultation: TrackedKind<ConsultationCommand, Consultation, ConsultationEvent> = {
  name: 'consultation',
  label: CONSULTATION_LABEL,
  decider: consultationDecider,
  commands: CONSULTATION_COMMANDS,
  events: CONSULTATION_EVENTS,
  states: CONSULTATION_STATES,
  describe: describeConsultation,
  fields: CONSULTATION_FIELDS,
  summarise: summariseConsultation,
  facets: facetsOfConsultation,
  partOf: questionOf,
  texts: textsOfConsultation,
  hasPart: hasQuestion,
  links: linksOfConsultation,
  before: beforeConsultation,
  fixed: whatOthersNameStays,
  onTimeline: () => true,
  belonging: 'PASSES_ON',
  shown: CONSULTATION_SHOWN,
};
