import type { ItemId, Labels, LocalGapRule } from '@saksgang/kernel';

/** What a kind sees by itself, and what only shows between items. */
export type GapRule =
  | LocalGapRule
  | 'WITHOUT_EVIDENCE' // what wants evidence has none
  | 'PAST_AND_SILENT' // a date has passed and nothing was said since
  | 'CYCLE'
  | 'DUPLICATE_REFERENCE';

/** `closedBy`: the mutations by which it can be closed, as far as kinds and their commands tell; the edge knows those of whole rules. */
export type GapRow = Readonly<{ rule: GapRule; item: ItemId; part: string | null; what: Labels; closedBy: readonly string[] }>;
