import type { ItemId, Labels, PartialDate, Party } from '@saksgang/kernel';
import type { Light } from '../computed/computed.js';

export type Counted = Readonly<{ kind: string; state: string; light: Light; computedLight: Light; count: number }>;
export type DueRow = Readonly<{
  item: ItemId;
  part: string | null;
  date: PartialDate;
  owner: Party | null;
  what: Labels;
  /** Days past the date's upper bound; null where it is still to come. */
  daysLate: number | null;
}>;

/** `items`: every item of the board by kind, state, asserted and computed light. The other lists are bounded. */
export type StatusRows = Readonly<{
  counts: readonly Counted[];
  late: readonly DueRow[];
  next: readonly DueRow[];
  attention: readonly ItemId[];
}>;
