import type { ItemId } from '@saksgang/kernel';
import type { AsOfInput, EntryRow, FieldChangeRow, Pin } from '../reading.js';

/** Both points of view, as taken for this request and as they were asked for: a cursor holds for one question. */
export type DiffQuestion = Readonly<{
  from: Pin;
  to: Pin;
  asked: Readonly<{ from: AsOfInput; to: AsOfInput | null }>;
  /** Null: any item. */
  subject: ItemId | null;
  /** Items that belong to it from either point of view, and itself. Null: the whole record. */
  project: ItemId | null;
}>;

export type ChangeType = 'ADDED' | 'CHANGED' | 'RETRACTED';

/** What became of one item, or of one part of it, between two points of view. */
export type ChangeRow = Readonly<{
  item: ItemId;
  part: string | null;
  change: ChangeType;
  fields: readonly FieldChangeRow[];
  /** In log order, at most CAUSES_MAX: the newest. */
  causes: readonly EntryRow[];
  /** Where the item, and the part, can be read: the second point of view, unless it is only there from the first. */
  at: Pin;
}>;
