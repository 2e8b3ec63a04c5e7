import { boundsOf, type Fact, type Proposed } from '@saksgang/kernel';
import type { IndicatorMeasured, IndicatorSet, ResultGoalAssessed, ResultGoalEvent, ResultGoalSet } from './result-goal.events.js';
import type { Assessment, Indicator, Measurement, OpenResultGoal, RecordedResultGoal, ResultGoal } from './result-goal.state.js';

export type Told = Fact<ResultGoalEvent> | Proposed<ResultGoalEvent>;

const said = (fact: Told) => ({
  entry: 'entry' in fact ? fact.entry : '',
  occurred: fact.occurred,
  assertedBy: fact.assertedBy,
  source: fact.source,
});

const set = ({ data }: ResultGoalSet): OpenResultGoal => ({
  ...data,
  status: 'set',
  light: null,
  progress: null,
  assessments: [],
  indicators: [],
});

/** A conclusion stands: who assesses the goal otherwise afterwards is heard beside it, and changes nothing of it. */
const assessed = (goal: RecordedResultGoal, { data }: ResultGoalAssessed, fact: Told): RecordedResultGoal => {
  const assessment: Assessment = { ...said(fact), ...data };
  const assessments = [...goal.assessments, assessment];
  if (goal.status === 'concluded') return { ...goal, assessments };
  return {
    ...goal,
    status: 'assessed',
    light: data.light ?? goal.light,
    progress: data.progress ?? goal.progress,
    assessments,
  };
};

const withIndicator = <G extends RecordedResultGoal>(goal: G, { data }: IndicatorSet): G => {
  const { indicator: key, ...definition } = data;
  const at = goal.indicators.findIndex((known) => known.key === key);
  const earlier = goal.indicators[at];
  const indicator: Indicator = { key, ...definition, measurements: earlier?.measurements ?? [] };
  return { ...goal, indicators: earlier === undefined ? [...goal.indicators, indicator] : goal.indicators.with(at, indicator) };
};

/** The last day of the time a value is of; the day it was reported by, where that is all that is known. */
const timeOf = ({ at, occurred }: Measurement): string | null => (at === null ? null : boundsOf(at).latest) ?? boundsOf(occurred).latest;

const withMeasurement = <G extends RecordedResultGoal>(goal: G, { data }: IndicatorMeasured, fact: Told): G => {
  const { indicator: key, ...value } = data;
  const measurement: Measurement = { ...said(fact), ...value };
  const time = timeOf(measurement);
  const insert = (indicator: Indicator): Indicator => {
    const after = indicator.measurements.findIndex((other) => time !== null && (timeOf(other) ?? '') > time);
    const at = after === -1 ? indicator.measurements.length : after;
    return { ...indicator, measurements: indicator.measurements.toSpliced(at, 0, measurement) };
  };
  return { ...goal, indicators: goal.indicators.map((indicator) => (indicator.key === key ? insert(indicator) : indicator)) };
};

export const evolve = (goal: ResultGoal, fact: Told): ResultGoal => {
  const { event } = fact;
  if (event.type === 'ResultGoalSet') return goal.status === 'unknown' ? set(event) : goal;
  if (goal.status === 'unknown') return goal;
  switch (event.type) {
    case 'IndicatorMeasured':
      return withMeasurement(goal, event, fact);
    case 'ResultGoalAssessed':
      return assessed(goal, event, fact);
    case 'IndicatorSet':
      return goal.status === 'concluded' ? goal : withIndicator(goal, event);
    case 'ResultGoalConcluded':
      return goal.status === 'concluded'
        ? goal
        : { ...goal, status: 'concluded', outcome: event.data.outcome, concluded: fact.occurred, concludedBy: fact.assertedBy };
  }
};
