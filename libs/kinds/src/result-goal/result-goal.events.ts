import type { ItemId, PartialDate } from '@saksgang/kernel';
import type { Light } from '../project/project.events.js';
import type { Quantity } from '../shared/quantity.js';

/** Overordnet mål, resultatmål, effektmål. */
export const GOAL_LEVELS = ['OVERALL', 'RESULT', 'EFFECT'] as const;
export type GoalLevel = (typeof GOAL_LEVELS)[number];
export const GOAL_OUTCOMES = ['ACHIEVED', 'PARTLY_ACHIEVED', 'NOT_ACHIEVED', 'DROPPED'] as const;
export type GoalOutcome = (typeof GOAL_OUTCOMES)[number];
/** «minst», «høyst»: on which side of the target the goal lies. */
export const TARGET_AIMS = ['AT_LEAST', 'AT_MOST'] as const;
export type TargetAim = (typeof TARGET_AIMS)[number];

/** Given once within its goal, from «1»; it never means another indicator. */
export type IndicatorKey = string;

/**
 * The founding event. `code` as printed («A»), `text` verbatim. `project`: the one it belongs to, with its title when this was recorded.
 */
export type ResultGoalSet = Readonly<{
  type: 'ResultGoalSet';
  data: Readonly<{
    code: string;
    text: string;
    level: GoalLevel;
    project: Readonly<{ item: ItemId; title: string }> | null;
  }>;
}>;
/**
 * Who assesses is `assertedBy`. Null: nothing was said of it, and what was said before stands. `progress` is in percent, 0–100. Of a goal that
 * is concluded: said beside the conclusion, which stands.
 */
export type ResultGoalAssessed = Readonly<{
  type: 'ResultGoalAssessed';
  data: Readonly<{ light: Light | null; progress: number | null; text: string | null }>;
}>;

/** A value with the source's own words for it; `at`: the time it is of. */
export type IndicatorBaseline = Readonly<{ value: Quantity; asWritten: string | null; at: PartialDate | null }>;
/** `aim` null: not said; then it follows from where the baseline lies. `by`: when it is to be reached. */
export type IndicatorTarget = Readonly<{ value: Quantity; asWritten: string | null; aim: TargetAim | null; by: PartialDate | null }>;
/** An indicator as it is defined from now on: the first of its key makes it, a later one defines it anew. Null: not said. */
export type IndicatorSet = Readonly<{
  type: 'IndicatorSet';
  data: Readonly<{
    indicator: IndicatorKey;
    name: string;
    unit: string | null;
    baseline: IndicatorBaseline | null;
    target: IndicatorTarget | null;
  }>;
}>;
/** `at`: the time the value is of, where it is another than when it was measured or reported (`occurred`). */
export type IndicatorMeasured = Readonly<{
  type: 'IndicatorMeasured';
  data: Readonly<{ indicator: IndicatorKey; value: Quantity; asWritten: string | null; at: PartialDate | null; text: string | null }>;
}>;
/** Who concludes is `assertedBy`, why is `reason`. */
export type ResultGoalConcluded = Readonly<{ type: 'ResultGoalConcluded'; data: Readonly<{ outcome: GoalOutcome }> }>;

export type ResultGoalEvent = ResultGoalSet | ResultGoalAssessed | IndicatorSet | IndicatorMeasured | ResultGoalConcluded;
