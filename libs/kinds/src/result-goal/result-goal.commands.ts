import type { ItemId, PartialDate } from '@saksgang/kernel';
import type { Light } from '../project/project.events.js';
import type { Quantity } from '../shared/quantity.js';
import type { IndicatorBaseline, GoalLevel, GoalOutcome, IndicatorKey, IndicatorTarget } from './result-goal.events.js';

/** Founding. */
export type SetResultGoal = Readonly<{ type: 'SetResultGoal'; code: string; text: string; level: GoalLevel; project: ItemId | null }>;
export type AssessResultGoal = Readonly<{ type: 'AssessResultGoal'; light: Light | null; progress: number | null; text: string | null }>;
/** `indicator` null: a new one, which gets the next key; else the one that is defined anew. */
export type SetIndicator = Readonly<{
  type: 'SetIndicator';
  indicator: IndicatorKey | null;
  name: string;
  unit: string | null;
  baseline: IndicatorBaseline | null;
  target: IndicatorTarget | null;
}>;
export type MeasureIndicator = Readonly<{
  type: 'MeasureIndicator';
  indicator: IndicatorKey;
  value: Quantity;
  asWritten: string | null;
  at: PartialDate | null;
  text: string | null;
}>;
export type ConcludeResultGoal = Readonly<{ type: 'ConcludeResultGoal'; outcome: GoalOutcome }>;

export type ResultGoalCommand = SetResultGoal | AssessResultGoal | SetIndicator | MeasureIndicator | ConcludeResultGoal;
