import type { PartialDate, Party } from '@saksgang/kernel';
import type { Light } from '../project/project.events.js';
import type { NamedItem } from '../shared/named-item.js';

/**
 * The founding event. `project`: the one it belongs to, with its title when this was recorded. `baseline` null: it was never planned
 * to a date. `owner` null: nobody is named as responsible.
 */
export type MilestonePlanned = Readonly<{
  type: 'MilestonePlanned';
  data: Readonly<{
    title: string;
    project: NamedItem | null;
    owner: Party | null;
    baseline: PartialDate | null;
  }>;
}>;
/** From now on deviation is counted from this date; the earlier baselines stay in the history. */
export type MilestoneRebaselined = Readonly<{ type: 'MilestoneRebaselined'; data: Readonly<{ baseline: PartialDate }> }>;
/**
 * Who forecasts is `assertedBy`. Null: nothing was said of it, and what was said before stands. At least one is said. A `forecast` of
 * «unknown»: postponed, and no new date said.
 */
export type MilestoneForecasted = Readonly<{
  type: 'MilestoneForecasted';
  data: Readonly<{ forecast: PartialDate | null; light: Light | null }>;
}>;
/** `occurred` is the actual date. */
export type MilestoneReached = Readonly<{ type: 'MilestoneReached'; data: Readonly<Record<string, never>> }>;
/** It was not reached as planned. It may still be reached late, or be given a new date. */
export type MilestoneMissed = Readonly<{ type: 'MilestoneMissed'; data: Readonly<Record<string, never>> }>;
/** Nobody works towards it any more; why is `reason`. */
export type MilestoneCancelled = Readonly<{ type: 'MilestoneCancelled'; data: Readonly<Record<string, never>> }>;

export type MilestoneEvent =
  MilestonePlanned | MilestoneRebaselined | MilestoneForecasted | MilestoneReached | MilestoneMissed | MilestoneCancelled;
