import type { Day, ItemId } from '@saksgang/kernel';
import type { Step } from '../streams/step.js';
import type { TableChanges, Value, Values, Wanted } from './exchange.js';
import type { TableSpec } from './table.js';

/** The rows of a projection's tables, in memory: steps read and write these and nothing else, and an engine brings and keeps them. */
export type Rows = Readonly<{
  versioned: (spec: VersionedSpec) => VersionedRows;
  keyed: (spec: KeyedSpec) => KeyedRows;
}>;

/**
 * A table in which every row says from which entry on it was known (`recorded_from`) and from which on no longer (`recorded_to`, null
 * while it is); setting `recorded_to`, once, is the only update. Its columns begin with item, recorded_from and recorded_to.
 */
export type VersionedSpec = Readonly<{
  table: TableSpec;
  /** Columns that tell an item's open rows apart; at most the last of them holds any text. */
  key: readonly string[];
  /** Columns by which an engine finds a row that is to be closed: of `key`, item and recorded_from. */
  closedBy: readonly string[];
  /** Columns that tell apart those of an item's open rows that have no end (`valid_to` is null). */
  slot?: readonly string[];
  /** By what an engine finds an item's open rows. */
  foundBy?: 'item' | 'entries';
  /** From which day on the item's open rows must be at hand for this step; null: none. Without it they never are: rows are closed unseen. */
  wants?: (step: Step) => Day | null;
}>;

/** An open row: `values` are all columns, in the table's order. */
export type OpenRow = Readonly<{ values: Values }>;

export type VersionedRows = Readonly<{
  /** `values`: all columns behind item, recorded_from and recorded_to. */
  open: (item: ItemId, ordinal: number, values: Values) => void;
  /** Closes one open row by its key. `openedAt`: its `recorded_from`, where `closedBy` asks for it and the row is not at hand. */
  close: (item: ItemId, ordinal: number, openedAt: number | null, key: Values) => void;
  /** The open rows that are at hand, from the day on that was wanted. */
  openOf: (item: ItemId) => readonly OpenRow[];
  /** Of those the one in this slot that has no end. */
  standing: (item: ItemId, slot: Values) => OpenRow | null;
  /**
   * Makes the item's open rows equal to `desired`: closes and opens only what differs. `since`: rows valid from an earlier day are left
   * as they are, and are not in `desired`. Linear in both.
   */
  become: (item: ItemId, ordinal: number, desired: readonly Values[], since?: Day | null) => void;
}>;

/** A table whose rows are put, and perhaps taken away, by their primary key. */
export type KeyedSpec = Readonly<{
  table: TableSpec;
  /** What becomes of a row whose primary key is there already. */
  whenThere: 'FAIL' | 'KEEP' | 'REPLACE';
  /** The columns that rows are asked for by. */
  asked?: readonly string[];
  /** The row that the step will ask for; null: none. */
  wants?: (step: Step) => Readonly<{ column: string; value: Value }> | null;
  /** The row with the highest primary key is always at hand. */
  last?: boolean;
}>;

export type KeyedRows = Readonly<{
  /** A whole row. */
  put: (row: Values) => void;
  /** By primary key; what is not there is no fault. */
  remove: (key: Values) => void;
  /** Of the rows that were wanted and those that were put since. */
  by: (column: string, value: Value) => Values | null;
  last: () => Values | null;
}>;

/** One table while it is written: what its steps need of the engine, and what they leave for it. */
export type WrittenTable = Readonly<{
  table: TableSpec;
  /** Notes what the step will need. Called for every step, in order, before any of a batch is run. */
  want: (step: Step) => void;
  /** What is noted and not at hand; asked once. */
  wanted: () => readonly Wanting[];
  /** Something is to be written. */
  isChanged: () => boolean;
  /** So much is to be written, or at hand, that it is better written now. */
  isDue: () => boolean;
  changes: () => TableChanges;
  /** What `changes` told is written. */
  settled: () => void;
  /** Between batches: what is at hand, written and was used longest ago is forgotten where there is too much of it. */
  tidy: () => void;
  /** Nothing is known any more, and nothing is to be written. */
  forget: () => void;
}>;

/** What is wanted of an engine, and where it goes. */
export type Wanting = Readonly<{ wanted: Wanted; take: (rows: readonly Values[]) => void }>;
