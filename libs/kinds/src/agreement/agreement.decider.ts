import {
  isRefusal,
  narrows,
  type Decider,
  type Decision,
  type DecisionContext,
  type Fact,
  type Proposed,
  type Refusal,
} from '@saksgang/kernel';
import { withKeys } from '../shared/keys.js';
import type { AgreementCommand, BringAgreementIntoForce, ReviseAgreement, SignAgreement } from './agreement.commands.js';
import type { AgreementEvent, AgreementSigned } from './agreement.events.js';
import {
  aRevisionSaysWhatIsNew,
  anAgreementComesIntoForceOnce,
  anAgreementIsSignedOnce,
  anEndedAgreementIsLeftAsItIs,
  isPartyTo,
  ofASigned,
} from './agreement.rules.js';
import type { Agreement, AgreementVersion, LivingAgreement, RecordedAgreement } from './agreement.state.js';

type Told = Fact<AgreementEvent> | Proposed<AgreementEvent>;
type States = Readonly<{ then: Agreement; now: Agreement }>;

/** What is not yet recorded has no entry id: it is only seen while its own legality is judged. */
const saidBy = (fact: Told) => ({
  entry: 'entry' in fact ? fact.entry : '',
  occurred: fact.occurred,
  assertedBy: fact.assertedBy,
  source: fact.source,
});

const signed = ({ data: { inForce, ...data } }: AgreementSigned, fact: Told): LivingAgreement => ({
  ...data,
  status: 'signed',
  signed: fact.occurred,
  broughtIntoForce: null,
  versions: [{ ...saidBy(fact), version: null, text: null, period: inForce }],
  accessions: [],
});

/** The version in force gets its period; one that is not said leaves what was known. */
const withPeriod = (versions: readonly AgreementVersion[], period: AgreementVersion['period']): readonly AgreementVersion[] =>
  period === null ? versions : versions.map((version, index) => (index === versions.length - 1 ? { ...version, period } : version));

const alive = (agreement: RecordedAgreement): agreement is LivingAgreement => agreement.status !== 'ended';

const evolve = (agreement: Agreement, fact: Told): Agreement => {
  const { event } = fact;
  if (event.type === 'AgreementSigned') return agreement.status === 'unknown' ? signed(event, fact) : agreement;
  if (agreement.status === 'unknown' || !alive(agreement)) return agreement;
  switch (event.type) {
    case 'AgreementBroughtIntoForce':
      if (agreement.broughtIntoForce !== null) return agreement;
      return {
        ...agreement,
        status: agreement.status === 'signed' ? 'inForce' : agreement.status,
        broughtIntoForce: fact.occurred,
        versions: withPeriod(agreement.versions, event.data.period),
      };
    case 'AgreementRevised':
      return { ...agreement, status: 'revised', versions: [...agreement.versions, { ...saidBy(fact), ...event.data }] };
    case 'AgreementAcceded': {
      const { party } = event.data;
      if (isPartyTo(agreement, party)) return agreement;
      return {
        ...agreement,
        parties: [...agreement.parties, party],
        accessions: [...agreement.accessions, { ...saidBy(fact), party }],
      };
    }
    case 'AgreementEnded':
      return { ...agreement, status: 'ended', ended: fact.occurred };
  }
};

const permits = (agreement: Agreement, { event }: Told): Refusal | null => {
  switch (event.type) {
    case 'AgreementSigned':
      return anAgreementIsSignedOnce(agreement);
    case 'AgreementBroughtIntoForce':
      return ofASigned(agreement, (recorded) => anEndedAgreementIsLeftAsItIs(recorded) ?? anAgreementComesIntoForceOnce(recorded));
    case 'AgreementRevised':
      return ofASigned(agreement, (recorded) => anEndedAgreementIsLeftAsItIs(recorded) ?? aRevisionSaysWhatIsNew(event.data));
    case 'AgreementAcceded':
    case 'AgreementEnded':
      return ofASigned(agreement, anEndedAgreementIsLeftAsItIs);
  }
};

const permitted = (
  state: Agreement,
  event: AgreementEvent,
  { occurred, assertedBy, source, reason, day }: DecisionContext,
): Decision<AgreementEvent> => permits(state, { event, occurred, assertedBy, source, reason, day }) ?? [event];

const sign = ({ type: _, ...command }: SignAgreement, { now }: States, context: DecisionContext): Decision<AgreementEvent> =>
  permitted(now, { type: 'AgreementSigned', data: { ...command, goals: withKeys(command.goals, []) } }, context);

/** Said again with nothing new in it, it is already true; with a sharper date it is an established date or a correction. */
const bringIntoForce = ({ period }: BringAgreementIntoForce, { then, now }: States, context: DecisionContext): Decision<AgreementEvent> => {
  const known =
    now.status !== 'unknown' &&
    now.broughtIntoForce !== null &&
    narrows(now.broughtIntoForce, context.occurred) &&
    (period === null || now.versions.some((version) => version.period?.text === period.text));
  return known ? [] : permitted(then, { type: 'AgreementBroughtIntoForce', data: { period } }, context);
};

const revise = ({ type: _, ...data }: ReviseAgreement, { then }: States, context: DecisionContext): Decision<AgreementEvent> => {
  const known =
    then.status !== 'unknown' &&
    then.versions.some(
      ({ version, text, period }, index) =>
        index > 0 && version === data.version && text === data.text && period?.text === data.period?.text,
    );
  return known ? [] : permitted(then, { type: 'AgreementRevised', data }, context);
};

/** The end is final whenever it came: judged on what is in effect now as well as on what was then. */
const end = ({ then, now }: States, context: DecisionContext): Decision<AgreementEvent> => {
  if (now.status === 'ended' && narrows(now.ended, context.occurred)) return [];
  const ended: AgreementEvent = { type: 'AgreementEnded', data: {} };
  const decision = permitted(now, ended, context);
  return isRefusal(decision) ? decision : permitted(then, ended, context);
};

const decide = (command: AgreementCommand, states: States, context: DecisionContext): Decision<AgreementEvent> => {
  const { then } = states;
  switch (command.type) {
    case 'SignAgreement':
      return sign(command, states, context);
    case 'BringAgreementIntoForce':
      return bringIntoForce(command, states, context);
    case 'ReviseAgreement':
      return revise(command, states, context);
    case 'AccedeToAgreement':
      if (then.status !== 'unknown' && isPartyTo(then, command.party)) return [];
      return permitted(then, { type: 'AgreementAcceded', data: { party: command.party } }, context);
    case 'EndAgreement':
      return end(states, context);
  }
};

export const agreementDecider: Decider<AgreementCommand, Agreement, AgreementEvent> = {
  initial: { status: 'unknown' },
  evolve,
  decide,
  permits,
};
