import type { EntryId, ItemId, PartialDate, Party, Source } from '@saksgang/kernel';
import type { Light } from '../project/project.events.js';
import type { Quantity } from '../shared/quantity.js';
import type { IndicatorBaseline, GoalLevel, GoalOutcome, IndicatorKey, IndicatorTarget } from './result-goal.events.js';

type Said = Readonly<{ entry: EntryId; occurred: PartialDate; assertedBy: Party | null; source: Source | null }>;
export type Assessment = Said & Readonly<{ light: Light | null; progress: number | null; text: string | null }>;
export type Measurement = Said & Readonly<{ value: Quantity; asWritten: string | null; at: PartialDate | null; text: string | null }>;
export type Indicator = Readonly<{
  key: IndicatorKey;
  name: string;
  unit: string | null;
  baseline: IndicatorBaseline | null;
  target: IndicatorTarget | null;
  /** By the time they are of, as far as that is known; those of one time as they were recorded. */
  measurements: readonly Measurement[];
}>;

export type ResultGoalCore = Readonly<{
  code: string;
  text: string;
  level: GoalLevel;
  project: Readonly<{ item: ItemId; title: string }> | null;
  /** The light and the progress somebody asserted last; null where nobody did. */
  light: Light | null;
  progress: number | null;
  assessments: readonly Assessment[];
  /** In the order in which they were first set. */
  indicators: readonly Indicator[];
}>;
export type OpenResultGoal = ResultGoalCore & Readonly<{ status: 'set' | 'assessed' }>;
export type ConcludedResultGoal = ResultGoalCore &
  Readonly<{ status: 'concluded'; outcome: GoalOutcome; concluded: PartialDate; concludedBy: Party | null }>;
export type ResultGoal = Readonly<{ status: 'unknown' }> | OpenResultGoal | ConcludedResultGoal;
/** What it is once its founding entry is folded. */
export type RecordedResultGoal = Exclude<ResultGoal, { status: 'unknown' }>;
