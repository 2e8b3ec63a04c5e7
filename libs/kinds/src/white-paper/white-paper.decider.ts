import {
  isRefusal,
  narrows,
  sameJson,
  sameParty,
  type Decider,
  type Decision,
  type DecisionContext,
  type ItemId,
  type PartialDate,
  type Refusal,
} from '@saksgang/kernel';
import { sessionOf } from './session.js';
import {
  aNumberBelongsToASession,
  aPaperIsPresentedInItsSession,
  aStageIsNeverInvented,
  aStageIsReachedOnce,
  stagesComeInOrder,
} from './stage.rules.js';
import type { AdvanceWhitePaper, JudgeWhitePaper, RecordOrder, WhitePaperCommand } from './white-paper.commands.js';
import { evolve, planInForce, stepsAt, type Told } from './white-paper.evolve.js';
import type { WhitePaperAdvanced, WhitePaperEvent } from './white-paper.events.js';
import {
  aPaperDoesNotEndItself,
  aPaperIsAnnouncedOnce,
  aPaperMustBeAnnouncedFirst,
  aPaperThatHasEndedGoesNoFurther,
  aPresentedPaperIsPlannedNoMore,
  aPresentedPaperStandsOnItsOwn,
  aResolvedPaperIsNotWithdrawn,
  aVerdictHasAReason,
  aVerdictIsOnAnOrderThatIsThere,
} from './white-paper.rules.js';
import type { AnnouncedWhitePaper, WhitePaper, WhitePaperStep } from './white-paper.state.js';

type States = Readonly<{ then: WhitePaper; now: WhitePaper }>;

const permitsStage = (paper: AnnouncedWhitePaper, data: WhitePaperAdvanced['data'], { source, occurred }: Told): Refusal | null =>
  aStageIsNeverInvented(source) ??
  aStageIsReachedOnce(paper, data.stage) ??
  stagesComeInOrder(paper, data.stage, occurred) ??
  aNumberBelongsToASession(data) ??
  aPaperIsPresentedInItsSession(data, occurred);

/** What the paper itself does, as long as it lives. */
const permitsLiving = (paper: AnnouncedWhitePaper, fact: Told): Refusal | null => {
  const { event } = fact;
  switch (event.type) {
    case 'WhitePaperPlanned':
      return aPresentedPaperIsPlannedNoMore(paper);
    case 'WhitePaperAdvanced':
      return permitsStage(paper, event.data, fact);
    case 'WhitePaperMerged':
      return aPresentedPaperStandsOnItsOwn(paper);
    case 'WhitePaperWithdrawn':
      return aResolvedPaperIsNotWithdrawn(paper);
    default:
      return null;
  }
};

const permits = (paper: WhitePaper, fact: Told): Refusal | null => {
  const { event, reason } = fact;
  if (event.type === 'WhitePaperAnnounced') return aPaperIsAnnouncedOnce(paper);
  if (paper.status === 'unknown') return aPaperMustBeAnnouncedFirst(paper);
  switch (event.type) {
    case 'WhitePaperOrdered':
      return null;
    case 'WhitePaperJudged':
      return aVerdictIsOnAnOrderThatIsThere(paper, event.data.order) ?? aVerdictHasAReason(reason);
    default:
      return aPaperThatHasEndedGoesNoFurther(paper) ?? permitsLiving(paper, fact);
  }
};

const permitted = (state: WhitePaper, event: WhitePaperEvent, context: DecisionContext): Decision<WhitePaperEvent> => {
  const { occurred, assertedBy, source, reason, day } = context;
  return permits(state, { event, occurred, assertedBy, source, reason, day }) ?? [event];
};

const titleOf = (item: ItemId, { targets }: DecisionContext): string => targets.get(item)?.title ?? item;

const isOrdered = ({ event }: DecisionContext['entries'][number]): boolean => event.type === 'WhitePaperOrdered';

/** After every order that was ever recorded, retracted ones too: a number once given is not given again. */
const nextOrder = (paper: WhitePaper, { entries }: DecisionContext): string =>
  String(1 + Math.max(paper.status === 'unknown' ? 0 : paper.orders.length, entries.filter(isOrdered).length));

const order = (command: RecordOrder, { then, now }: States, context: DecisionContext): Decision<WhitePaperEvent> => {
  const { text, orderedBy, reference, answers } = command;
  const known =
    now.status !== 'unknown' &&
    now.orders.some(
      (one) =>
        one.text === text &&
        one.reference === reference &&
        sameParty(one.orderedBy, orderedBy) &&
        one.answers?.item === answers?.item &&
        one.answers?.point === answers?.point,
    );
  if (known) return [];
  const given = answers === null ? null : { ...answers, title: titleOf(answers.item, context) };
  const data = { order: nextOrder(now, context), text, orderedBy, reference, answers: given };
  return permitted(then, { type: 'WhitePaperOrdered', data }, context);
};

const plan = (planned: PartialDate, { then }: States, context: DecisionContext): Decision<WhitePaperEvent> => {
  const decision = permitted(then, { type: 'WhitePaperPlanned', data: { planned } }, context);
  const already = then.status !== 'unknown' && planInForce(then)?.date.text === planned.text;
  return already && !isRefusal(decision) ? [] : decision;
};

const STEP_FIELDS = ['number', 'session', 'title', 'ministry', 'reference', 'committee', 'text'] as const;

/** Said again with nothing new in it, it is already so; with a sharper date it is an established date or a correction. */
const saysTheSame = (step: WhitePaperStep, data: WhitePaperAdvanced['data'], occurred: PartialDate): boolean =>
  narrows(step.occurred, occurred) &&
  STEP_FIELDS.every((field) => data[field] === null || sameJson(data[field], step[field])) &&
  data.rapporteurs.every(({ person: { person }, party }) =>
    step.rapporteurs.some((one) => one.person.person === person && (party === null || one.party === party)),
  );

const advance = ({ type: _, ...given }: AdvanceWhitePaper, { then, now }: States, context: DecisionContext): Decision<WhitePaperEvent> => {
  const data = given.number === null ? given : { ...given, session: given.session ?? sessionOf(context.occurred) };
  const reached = now.status === 'unknown' ? [] : stepsAt(now, data.stage);
  if (reached.some((step) => saysTheSame(step, data, context.occurred))) return [];
  return permitted(then, { type: 'WhitePaperAdvanced', data }, context);
};

/** An end is final whenever it came: judged on what is in effect now as well as on what was then. */
const end = (event: WhitePaperEvent, { then, now }: States, context: DecisionContext): Decision<WhitePaperEvent> => {
  const decision = permitted(now, event, context);
  return isRefusal(decision) ? decision : permitted(then, event, context);
};

const merge = (into: ItemId, states: States, context: DecisionContext): Decision<WhitePaperEvent> => {
  const { now } = states;
  if (now.status === 'merged' && now.into === into && narrows(now.ended, context.occurred)) return [];
  const event: WhitePaperEvent = { type: 'WhitePaperMerged', data: { into, intoTitle: titleOf(into, context) } };
  return aPaperDoesNotEndItself(context.item, into) ?? end(event, states, context);
};

const supersede = (by: ItemId, states: States, context: DecisionContext): Decision<WhitePaperEvent> => {
  const { now } = states;
  if (now.status === 'superseded' && now.by === by && narrows(now.ended, context.occurred)) return [];
  const event: WhitePaperEvent = { type: 'WhitePaperSuperseded', data: { by, byTitle: titleOf(by, context) } };
  return aPaperDoesNotEndItself(context.item, by) ?? end(event, states, context);
};

const withdraw = (states: States, context: DecisionContext): Decision<WhitePaperEvent> => {
  const { now } = states;
  if (now.status === 'withdrawn' && narrows(now.ended, context.occurred)) return [];
  return end({ type: 'WhitePaperWithdrawn', data: {} }, states, context);
};

const judge = ({ order: on, outcome }: JudgeWhitePaper, { then }: States, context: DecisionContext): Decision<WhitePaperEvent> => {
  const last =
    then.status === 'unknown'
      ? undefined
      : then.verdicts.findLast((verdict) => verdict.order === on && sameParty(verdict.assertedBy, context.assertedBy));
  if (last !== undefined && last.outcome === outcome && last.reason === context.reason) return [];
  return permitted(then, { type: 'WhitePaperJudged', data: { order: on, outcome } }, context);
};

const decide = (command: WhitePaperCommand, states: States, context: DecisionContext): Decision<WhitePaperEvent> => {
  switch (command.type) {
    case 'AnnounceWhitePaper': {
      const { type: _, ...data } = command;
      return permitted(states.now, { type: 'WhitePaperAnnounced', data }, context);
    }
    case 'RecordOrder':
      return order(command, states, context);
    case 'PlanWhitePaper':
      return plan(command.planned, states, context);
    case 'AdvanceWhitePaper':
      return advance(command, states, context);
    case 'MergeWhitePaper':
      return merge(command.into, states, context);
    case 'SupersedeWhitePaper':
      return supersede(command.by, states, context);
    case 'WithdrawWhitePaper':
      return withdraw(states, context);
    case 'JudgeWhitePaper':
      return judge(command, states, context);
  }
};

export const whitePaperDecider: Decider<WhitePaperCommand, WhitePaper, WhitePaperEvent> = {
  initial: { status: 'unknown' },
  evolve,
  decide,
  permits,
};
