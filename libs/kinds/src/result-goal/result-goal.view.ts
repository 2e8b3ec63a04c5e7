import {
  NO_FACETS,
  labels,
  refuse,
  type Before,
  type Due,
  type Facets,
  type Json,
  type Outcome,
  type PartText,
  type Refusal,
  type Summary,
} from '@saksgang/kernel';
import type { VerdictOutcome } from '../resolution/resolution.events.js';
import { compareQuantities } from '../shared/quantity.js';
import { excerpt } from '../shared/wording.js';
import type { GoalOutcome, ResultGoalEvent } from './result-goal.events.js';
import type { ResultGoalStateName } from './result-goal.labels.js';
import { indicatorOf } from './result-goal.rules.js';
import type { Indicator, RecordedResultGoal, ResultGoal } from './result-goal.state.js';

export const stateOfGoal = (goal: RecordedResultGoal): ResultGoalStateName => {
  switch (goal.status) {
    case 'set':
      return 'SET';
    case 'assessed':
      return 'ASSESSED';
    case 'concluded':
      return goal.outcome;
  }
};

const NO_GOAL: Summary = { title: '', references: [], state: 'UNKNOWN', subtype: null, open: false, projects: [], body: null };

/** The reference is the code: several projects have a goal A, and all are found by it. */
export const summariseResultGoal = (goal: ResultGoal): Summary =>
  goal.status === 'unknown'
    ? NO_GOAL
    : {
        title: `${goal.code}: ${excerpt(goal.text)}`,
        references: [goal.code],
        state: stateOfGoal(goal),
        subtype: goal.level,
        open: goal.status !== 'concluded',
        projects: goal.project === null ? [] : [goal.project.item],
        body: null,
      };

/**
 * Is the latest value measured on the right side of the target? Null where nothing is measured, or where neither the target
 * nor the baseline says which side is right.
 */
export const hasReachedTarget = ({ baseline, target, measurements }: Indicator): boolean | null => {
  const latest = measurements.at(-1);
  if (target === null || latest === undefined) return null;
  const distance = compareQuantities(latest.value, target.value);
  if (distance === 0) return true;
  const rise = baseline === null ? 0 : compareQuantities(target.value, baseline.value);
  const aim = target.aim ?? (rise > 0 ? 'AT_LEAST' : rise < 0 ? 'AT_MOST' : null);
  return aim === null ? null : aim === 'AT_LEAST' ? distance > 0 : distance < 0;
};

const dueOf = (indicator: Indicator, concluded: boolean): readonly Due[] => {
  const { key, name, target } = indicator;
  if (target === null || target.by === null) return [];
  const what = labels(
    `Målverdien for «${excerpt(name)}» skal være nådd`,
    `Målverdien for «${excerpt(name)}» skal vere nådd`,
    `The target for “${excerpt(name)}” is to be reached`,
  );
  return [{ part: key, nature: 'DEADLINE', date: target.by, owner: null, what, met: concluded || hasReachedTarget(indicator) === true }];
};

const JUDGED_AS: Readonly<Record<GoalOutcome, VerdictOutcome | null>> = {
  ACHIEVED: 'FULFILLED',
  PARTLY_ACHIEVED: 'PARTLY',
  NOT_ACHIEVED: 'NOT_FULFILLED',
  DROPPED: null,
};

/** Who concludes a goal judges it; who drops it says nothing of what came of it. */
const verdictsOn = (goal: RecordedResultGoal): readonly Outcome[] => {
  const outcome = goal.status === 'concluded' ? JUDGED_AS[goal.outcome] : null;
  return goal.status !== 'concluded' || outcome === null ? [] : [{ part: null, outcome, assertedBy: goal.concludedBy }];
};

/** A goal by its nature wants to be founded on something, unless it has been dropped. */
export const facetsOfResultGoal = (goal: ResultGoal): Facets =>
  goal.status === 'unknown'
    ? NO_FACETS
    : {
        ...NO_FACETS,
        dues: goal.indicators.flatMap((indicator) => dueOf(indicator, goal.status === 'concluded')),
        light: goal.light,
        verdicts: verdictsOn(goal),
        wantsEvidence: !(goal.status === 'concluded' && goal.outcome === 'DROPPED'),
      };

/** A part of a goal is an indicator. */
export const indicatorIn = (event: ResultGoalEvent): string | null => ('indicator' in event.data ? event.data.indicator : null);

/** What can be searched for, an indicator's texts under its own key. */
export const textsOfResultGoal = ({ type, data }: ResultGoalEvent): readonly PartText[] => {
  const inPart = (part: string | null, ...texts: readonly (string | null)[]): readonly PartText[] =>
    texts.flatMap((text) => (text === null ? [] : [{ part, text }]));
  switch (type) {
    case 'ResultGoalSet':
      return inPart(null, data.text);
    case 'ResultGoalAssessed':
      return inPart(null, data.text);
    case 'IndicatorSet':
      return inPart(data.indicator, data.name, data.unit);
    case 'IndicatorMeasured':
      return inPart(data.indicator, data.asWritten, data.text);
    case 'ResultGoalConcluded':
      return [];
  }
};

/** A readonly value of the state as plain JSON: it is, by the form of its event. */
const json = (value: unknown): Json => value as Json;
/** By the path of each field, and of the whole. */
const fieldsOf = (path: string, value: object | null): readonly (readonly [string, Json])[] => [
  [path, json(value)],
  ...Object.entries(value ?? {}).map(([field, inner]) => [`${path}.${field}`, json(inner)] as const),
];

/** What an assessment does not mention it does not change; nothing, where the goal is concluded. */
export const beforeResultGoal = (goal: ResultGoal, { type, data }: ResultGoalEvent): Before => {
  if (goal.status === 'unknown') return {};
  switch (type) {
    case 'ResultGoalAssessed': {
      if (goal.status === 'concluded') return {};
      const last = goal.assessments.at(-1);
      return {
        light: data.light === null ? null : goal.light,
        progress: data.progress === null ? null : goal.progress,
        text: data.text === null ? null : (last?.text ?? null),
      };
    }
    case 'IndicatorSet': {
      const indicator = indicatorOf(goal, data.indicator);
      if (indicator === undefined) return {};
      const { key, name, unit, baseline, target } = indicator;
      return { indicator: key, name, unit, ...Object.fromEntries([...fieldsOf('baseline', baseline), ...fieldsOf('target', target)]) };
    }
    case 'IndicatorMeasured': {
      const indicator = indicatorOf(goal, data.indicator);
      const last = indicator?.measurements.at(-1);
      if (indicator === undefined || last === undefined) return { indicator: indicator?.key ?? null };
      return { indicator: indicator.key, value: last.value, asWritten: last.asWritten, at: json(last.at), text: last.text };
    }
    case 'ResultGoalSet':
    case 'ResultGoalConcluded':
      return {};
  }
};

/** The title of the project was captured with it: one is not corrected without the other. */
export const aProjectKeepsItsTitle = (before: ResultGoalEvent, after: ResultGoalEvent, paths: readonly string[]): Refusal | null =>
  before.type === 'ResultGoalSet' &&
  after.type === 'ResultGoalSet' &&
  before.data.project?.item !== after.data.project?.item &&
  !paths.includes('project') &&
  !paths.includes('project.title')
    ? refuse(
        'TITLE_REQUIRED',
        labels(
          'Prosjektet rettes uten at tittelen følger med.',
          'Prosjektet blir retta utan at tittelen følgjer med.',
          'The project is corrected without its title.',
        ),
        labels(
          'Oppgi både project.item og project.title.',
          'Oppgje både project.item og project.title.',
          'Give both project.item and project.title.',
        ),
        { allowed: ['correctEntry'] },
      )
    : null;
