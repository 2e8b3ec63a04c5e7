import { isRefusal, sameJson, sameParty, type Decider, type Decision, type DecisionContext, type Refusal } from '@saksgang/kernel';
import { withKeys } from '../shared/keys.js';
import type {
  AskedSource,
  AskedValue,
  CorrectEvidence,
  DisputeEvidence,
  EvidenceCommand,
  SettleEvidenceDispute,
  SourceEvidence,
  StateEvidence,
  SupersedeEvidence,
} from './evidence.commands.js';
import type { ElementKey, EvidenceEvent, EvidenceSource, EvidenceValue } from './evidence.events.js';
import { evolve, type Told } from './evidence.evolve.js';
import { keysEverGiven } from './evidence.keys.js';
import {
  aCorrectionSaysSomething,
  aDisputeHasSomeoneWhoRaisesIt,
  aKeyIsGivenOnce,
  evidenceDoesNotSupersedeItself,
  evidenceIsStatedOnce,
  evidenceMustBeStatedFirst,
  onlyASourceItHasIsNamed,
  onlyAStandingDisputeIsSettled,
  onlyAValueItHasIsNamed,
  openDisputes,
  supersededEvidenceIsLeftAsItIs,
} from './evidence.rules.js';
import type { Evidence } from './evidence.state.js';

type States = Readonly<{ then: Evidence; now: Evidence }>;

const permits = (evidence: Evidence, fact: Told): Refusal | null => {
  const { event } = fact;
  switch (event.type) {
    case 'EvidenceStated':
      return evidenceIsStatedOnce(evidence);
    case 'EvidenceSourced':
      return evidenceMustBeStatedFirst(evidence) ?? onlyASourceItHasIsNamed(evidence, event.data) ?? aKeyIsGivenOnce(evidence, event.data);
    case 'EvidenceDisputed':
      return (
        evidenceMustBeStatedFirst(evidence) ??
        supersededEvidenceIsLeftAsItIs(evidence) ??
        aDisputeHasSomeoneWhoRaisesIt(fact.assertedBy) ??
        onlyAValueItHasIsNamed(evidence, event.data.value)
      );
    case 'EvidenceDisputeSettled':
      return evidenceMustBeStatedFirst(evidence) ?? onlyAStandingDisputeIsSettled(evidence, event.data.dispute);
    case 'EvidenceCorrected':
      return evidenceMustBeStatedFirst(evidence) ?? supersededEvidenceIsLeftAsItIs(evidence) ?? aCorrectionSaysSomething(event.data);
    case 'EvidenceSuperseded':
      return evidenceMustBeStatedFirst(evidence) ?? supersededEvidenceIsLeftAsItIs(evidence);
  }
};

const permitted = (
  state: Evidence,
  event: EvidenceEvent,
  { occurred, assertedBy, source, reason, day }: DecisionContext,
): Decision<EvidenceEvent> => permits(state, { event, occurred, assertedBy, source, reason, day }) ?? [event];

const titleOf = (item: string, { targets }: DecisionContext): string | null => targets.get(item)?.title ?? null;

/** A document that is named without a title gives its own, as it is now. */
const asCited = (source: AskedSource, context: DecisionContext): AskedSource =>
  source.document === null || source.title !== null ? source : { ...source, title: titleOf(source.document, context) };

const keyed = (sources: readonly AskedSource[], taken: Iterable<ElementKey>, context: DecisionContext): readonly EvidenceSource[] =>
  withKeys(
    sources.map((source) => ({ key: null, ...asCited(source, context) })),
    taken,
  );

const state = ({ type: _, ...command }: StateEvidence, { now }: States, context: DecisionContext): Decision<EvidenceEvent> => {
  const values = withKeys(
    command.values.map((value) => ({ key: null, ...value })),
    [],
  );
  const data = { ...command, values, chain: keyed(command.chain, [], context), projects: [...new Set(command.projects)] };
  return permitted(now, { type: 'EvidenceStated', data }, context);
};

const sameSource = ({ key: _, by, ...known }: EvidenceSource, { by: other, ...given }: AskedSource): boolean =>
  sameParty(by, other) && sameJson(known, given);

const isInChain = (then: Evidence, source: AskedSource): boolean =>
  then.status !== 'unknown' && then.chain.some((known) => sameSource(known, source));

const source = ({ before, sources: asked }: SourceEvidence, { then }: States, context: DecisionContext): Decision<EvidenceEvent> => {
  if (asked.every((one) => isInChain(then, asCited(one, context)))) return [];
  const sources = keyed(asked, keysEverGiven(context.entries, 'sources'), context);
  return permitted(then, { type: 'EvidenceSourced', data: { before, sources } }, context);
};

const dispute = ({ value, text }: DisputeEvidence, { then }: States, context: DecisionContext): Decision<EvidenceEvent> => {
  const stands =
    then.status !== 'unknown' &&
    openDisputes(then).some((known) => known.value === value && known.text === text && sameParty(known.assertedBy, context.assertedBy));
  return stands ? [] : permitted(then, { type: 'EvidenceDisputed', data: { value, text } }, context);
};

const settle = ({ type: _, ...data }: SettleEvidenceDispute, { then, now }: States, context: DecisionContext): Decision<EvidenceEvent> => {
  const known = now.status === 'unknown' ? undefined : now.disputes.find(({ entry }) => entry === data.dispute)?.settlement;
  if (known?.outcome === data.outcome && known.text === data.text && known.occurred.text === context.occurred.text) return [];
  const event: EvidenceEvent = { type: 'EvidenceDisputeSettled', data };
  const decision = permitted(now, event, context);
  return isRefusal(decision) ? decision : permitted(then, event, context);
};

const sameValues = (known: readonly EvidenceValue[], asked: readonly AskedValue[]): boolean =>
  known.length === asked.length && known.every((value, index) => sameJson(value, { ...asked[index], key: asked[index]?.key ?? value.key }));

const correct = ({ claim, values: asked, text }: CorrectEvidence, { then }: States, context: DecisionContext): Decision<EvidenceEvent> => {
  const unknown = (asked ?? []).map(({ key }) => onlyAValueItHasIsNamed(then, key)).find((refusal) => refusal !== null);
  if (unknown !== undefined) return unknown;
  const saysNothingNew =
    then.status !== 'unknown' &&
    (claim !== null || asked !== null) &&
    (claim === null || claim === then.claim) &&
    (asked === null || sameValues(then.values, asked));
  if (saysNothingNew) return [];
  const values = asked === null ? null : withKeys(asked, keysEverGiven(context.entries, 'values'));
  return permitted(then, { type: 'EvidenceCorrected', data: { claim, values, text } }, context);
};

/** The end is final whenever it came: judged on what is in effect now as well as on what was then. */
const supersede = ({ by }: SupersedeEvidence, { then, now }: States, context: DecisionContext): Decision<EvidenceEvent> => {
  const itself = evidenceDoesNotSupersedeItself(by, context.item);
  if (itself !== null) return itself;
  if (then.status === 'superseded' && then.by === by) return [];
  const event: EvidenceEvent = { type: 'EvidenceSuperseded', data: { by, byTitle: titleOf(by, context) ?? by } };
  const decision = permitted(now, event, context);
  return isRefusal(decision) ? decision : permitted(then, event, context);
};

const decide = (command: EvidenceCommand, states: States, context: DecisionContext): Decision<EvidenceEvent> => {
  switch (command.type) {
    case 'StateEvidence':
      return state(command, states, context);
    case 'SourceEvidence':
      return source(command, states, context);
    case 'DisputeEvidence':
      return dispute(command, states, context);
    case 'SettleEvidenceDispute':
      return settle(command, states, context);
    case 'CorrectEvidence':
      return correct(command, states, context);
    case 'SupersedeEvidence':
      return supersede(command, states, context);
  }
};

export const evidenceDecider: Decider<EvidenceCommand, Evidence, EvidenceEvent> = {
  initial: { status: 'unknown' },
  evolve,
  decide,
  permits,
};
