import type { EntryId, PartialDate, Party, Source } from '@saksgang/kernel';
import type { Light } from '../project/project.events.js';
import type { NamedItem } from '../shared/named-item.js';

/** Who said something of a date, when and on what source. */
type Said = Readonly<{ entry: EntryId; occurred: PartialDate; assertedBy: Party | null; source: Source | null; reason: string | null }>;
export type Baseline = Said & Readonly<{ date: PartialDate }>;
/** Null: nothing was said of it. */
export type Forecast = Said & Readonly<{ date: PartialDate | null; light: Light | null }>;

export type MilestoneCore = Readonly<{
  title: string;
  project: NamedItem | null;
  owner: Party | null;
  /** The baseline in force; null: it was never planned to a date. */
  baseline: PartialDate | null;
  /** The forecast in force; null: none, or none since it was missed and planned anew. */
  forecast: PartialDate | null;
  /** The light asserted last; null: nobody did. */
  light: Light | null;
  baselines: readonly Baseline[];
  forecasts: readonly Forecast[];
}>;
export type AwaitedMilestone = MilestoneCore & Readonly<{ status: 'planned' | 'forecast' }>;
export type MissedMilestone = MilestoneCore & Readonly<{ status: 'missed'; missed: PartialDate }>;
/** `actual` is when, as far as is known; `reachedBy` the entry that says so. */
export type ReachedMilestone = MilestoneCore & Readonly<{ status: 'reached'; actual: PartialDate; reachedBy: EntryId }>;
export type CancelledMilestone = MilestoneCore & Readonly<{ status: 'cancelled'; cancelled: PartialDate }>;
export type KnownMilestone = AwaitedMilestone | MissedMilestone | ReachedMilestone | CancelledMilestone;
export type Milestone = Readonly<{ status: 'unknown' }> | KnownMilestone;
