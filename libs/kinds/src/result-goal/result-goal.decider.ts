import {
  isRefusal,
  narrows,
  sameJson,
  sameParty,
  type Decider,
  type Decision,
  type DecisionContext,
  type DomainEvent,
  type Refusal,
} from '@saksgang/kernel';
import { eventsEverRead, nextKey } from '../shared/keys.js';
import type {
  AssessResultGoal,
  ConcludeResultGoal,
  MeasureIndicator,
  ResultGoalCommand,
  SetIndicator,
  SetResultGoal,
} from './result-goal.commands.js';
import type { IndicatorSet, ResultGoalEvent } from './result-goal.events.js';
import { evolve, type Told } from './result-goal.evolve.js';
import {
  aConcludedGoalIsLeftAsItIs,
  aGoalIsAssessedBySomeone,
  aGoalIsSetOnce,
  aGoalMustBeSetFirst,
  anAssessmentSaysSomething,
  anIndicatorHasItsNameAlone,
  indicatorOf,
  onlyASetIndicatorIsNamed,
  whatIsMeasuredKeepsItsUnit,
  whoDropsAGoalSaysWhy,
} from './result-goal.rules.js';
import type { Indicator, ResultGoal } from './result-goal.state.js';

type States = Readonly<{ then: ResultGoal; now: ResultGoal }>;

const permits = (goal: ResultGoal, fact: Told): Refusal | null => {
  const { event } = fact;
  switch (event.type) {
    case 'ResultGoalSet':
      return aGoalIsSetOnce(goal);
    case 'ResultGoalAssessed':
      return aGoalMustBeSetFirst(goal) ?? anAssessmentSaysSomething(event.data) ?? aGoalIsAssessedBySomeone(fact.assertedBy);
    case 'IndicatorSet':
      return aGoalMustBeSetFirst(goal) ?? aConcludedGoalIsLeftAsItIs(goal) ?? whatIsMeasuredKeepsItsUnit(goal, event.data);
    case 'IndicatorMeasured':
      return aGoalMustBeSetFirst(goal) ?? onlyASetIndicatorIsNamed(goal, event.data.indicator);
    case 'ResultGoalConcluded':
      return (
        aGoalMustBeSetFirst(goal) ??
        aConcludedGoalIsLeftAsItIs(goal) ??
        aGoalIsAssessedBySomeone(fact.assertedBy) ??
        whoDropsAGoalSaysWhy(event.data.outcome, fact.reason)
      );
  }
};

const permitted = (
  state: ResultGoal,
  event: ResultGoalEvent,
  { occurred, assertedBy, source, reason, day }: DecisionContext,
): Decision<ResultGoalEvent> => permits(state, { event, occurred, assertedBy, source, reason, day }) ?? [event];

const set = ({ code, text, level, project }: SetResultGoal, { now }: States, context: DecisionContext): Decision<ResultGoalEvent> => {
  const named = project === null ? null : { item: project, title: context.targets.get(project)?.title ?? project };
  return permitted(now, { type: 'ResultGoalSet', data: { code, text, level, project: named } }, context);
};

/** The same words of the same date by the same party: who says «still so» later says it anew. */
const isSaidAlready = (then: ResultGoal, command: AssessResultGoal, context: DecisionContext): boolean =>
  then.status !== 'unknown' &&
  then.assessments.some(
    ({ light, progress, text, occurred, assertedBy }) =>
      light === command.light &&
      progress === command.progress &&
      text === command.text &&
      occurred.text === context.occurred.text &&
      sameParty(assertedBy, context.assertedBy),
  );

const assess = (command: AssessResultGoal, { then }: States, context: DecisionContext): Decision<ResultGoalEvent> => {
  const { light, progress, text } = command;
  if (isSaidAlready(then, command, context)) return [];
  return permitted(then, { type: 'ResultGoalAssessed', data: { light, progress, text } }, context);
};

const isIndicatorSet = (event: DomainEvent): event is IndicatorSet => event.type === 'IndicatorSet';

const isDefinedSo = (indicator: Indicator | undefined, { name, unit, baseline, target }: SetIndicator): boolean =>
  indicator !== undefined &&
  indicator.name === name &&
  indicator.unit === unit &&
  sameJson(indicator.baseline, baseline) &&
  sameJson(indicator.target, target);

/** Which indicator it is, is asked of what is known now; a new one takes a key that none ever had. */
const setIndicator = (command: SetIndicator, { then, now }: States, context: DecisionContext): Decision<ResultGoalEvent> => {
  const { indicator: key, name, unit, baseline, target } = command;
  const namesake = now.status === 'unknown' ? undefined : now.indicators.find((known) => known.name === name && known.key !== key);
  if (key === null && isDefinedSo(namesake, command)) return [];
  if (namesake !== undefined) return anIndicatorHasItsNameAlone(namesake);
  const unknown = key === null ? null : onlyASetIndicatorIsNamed(now, key);
  if (unknown !== null) return unknown;
  if (key !== null && isDefinedSo(indicatorOf(then, key), command)) return [];
  const taken = eventsEverRead(context.entries).filter(isIndicatorSet);
  const indicator = key ?? nextKey(taken.map(({ data }) => data.indicator));
  return permitted(then, { type: 'IndicatorSet', data: { indicator, name, unit, baseline, target } }, context);
};

const isMeasuredAlready = (then: ResultGoal, command: MeasureIndicator, context: DecisionContext): boolean =>
  indicatorOf(then, command.indicator)?.measurements.some(
    ({ value, asWritten, at, text, occurred, assertedBy }) =>
      value === command.value &&
      asWritten === command.asWritten &&
      text === command.text &&
      at?.text === command.at?.text &&
      occurred.text === context.occurred.text &&
      sameParty(assertedBy, context.assertedBy),
  ) ?? false;

const measure = (command: MeasureIndicator, { then }: States, context: DecisionContext): Decision<ResultGoalEvent> => {
  if (isMeasuredAlready(then, command, context)) return [];
  const { type: _, ...data } = command;
  return permitted(then, { type: 'IndicatorMeasured', data }, context);
};

/** The end is final whenever it came: judged on what is in effect now as well as on what was then. */
const conclude = ({ outcome }: ConcludeResultGoal, { then, now }: States, context: DecisionContext): Decision<ResultGoalEvent> => {
  if (
    now.status === 'concluded' &&
    now.outcome === outcome &&
    sameParty(now.concludedBy, context.assertedBy) &&
    narrows(now.concluded, context.occurred)
  )
    return [];
  const concluded: ResultGoalEvent = { type: 'ResultGoalConcluded', data: { outcome } };
  const decision = permitted(now, concluded, context);
  return isRefusal(decision) ? decision : permitted(then, concluded, context);
};

const decide = (command: ResultGoalCommand, states: States, context: DecisionContext): Decision<ResultGoalEvent> => {
  switch (command.type) {
    case 'SetResultGoal':
      return set(command, states, context);
    case 'AssessResultGoal':
      return assess(command, states, context);
    case 'SetIndicator':
      return setIndicator(command, states, context);
    case 'MeasureIndicator':
      return measure(command, states, context);
    case 'ConcludeResultGoal':
      return conclude(command, states, context);
  }
};

export const resultGoalDecider: Decider<ResultGoalCommand, ResultGoal, ResultGoalEvent> = {
  initial: { status: 'unknown' },
  evolve,
  decide,
  permits,
};
