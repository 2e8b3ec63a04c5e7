import { NO_FACETS, type TrackedKind } from '@saksgang/kernel';
import type { AgreementCommand } from './agreement.commands.js';
import { agreementDecider } from './agreement.decider.js';
import { describeAgreement } from './agreement.describe.js';
import type { AgreementEvent } from './agreement.events.js';
import { AGREEMENT_FIELDS, AGREEMENT_LABEL, AGREEMENT_STATES } from './agreement.labels.js';
import { AGREEMENT_COMMANDS, AGREEMENT_EVENTS } from './agreement.schema.js';
import type { Agreement } from './agreement.state.js';
import { textsOfAgreement } from './agreement.texts.js';
import { beforeAgreement, goalsKeepTheirKeys, hasGoal, summariseAgreement } from './agreement.view.js';
import { AGREEMENT_SHOWN } from './agreement.shown.js';

export type * from './agreement.commands.js';
export * from './agreement.events.js';
export { AGREEMENT_STATES, AGREEMENT_TYPE_LABELS, type AgreementStateName } from './agreement.labels.js';
export type * from './agreement.state.js';
export { periodOf } from './agreement.view.js';

/** Erklæring, plattform, avtale: signed → in force → revised, expired; others may accede. */
export const agreement: TrackedKind<AgreementCommand, Agreement, AgreementEvent> = {
  name: 'agreement',
  label: AGREEMENT_LABEL,
  decider: agreementDecider,
  commands: AGREEMENT_COMMANDS,
  events: AGREEMENT_EVENTS,
  states: AGREEMENT_STATES,
  describe: describeAgreement,
  fields: AGREEMENT_FIELDS,
  summarise: summariseAgreement,
  facets: () => NO_FACETS,
  partOf: () => null,
  texts: textsOfAgreement,
  hasPart: hasGoal,
  links: () => [],
  before: beforeAgreement,
  fixed: goalsKeepTheirKeys,
  onTimeline: () => true,
  shown: AGREEMENT_SHOWN,
};
