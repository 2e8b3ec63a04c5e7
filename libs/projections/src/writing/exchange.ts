import type { Day, ItemId } from '@saksgang/kernel';
import type { TableSpec } from './table.js';

export type Value = null | number | string;
export type Values = readonly Value[];

export const sameValues = (one: Values, other: Values): boolean => one.every((value, place) => value === other[place]);

/** Before every day. */
export const FIRST_DAY: Day = '';

/** The open rows of one item (`recorded_to` is null) that are valid from `since` or a later day. */
export type OpenOf = Readonly<{
  item: ItemId;
  since: Day;
  /** The numbers of all entries of the item: its rows' `recorded_from` are among them. */
  entries: readonly number[];
}>;

/** Rows that must be at hand before a batch's steps are run. */
export type Wanted = Readonly<{ table: TableSpec }> &
  (
    | Readonly<{
        rows: 'OPEN';
        of: readonly OpenOf[];
        /** What the primary key, or an index that is there from the first row on, begins with. */
        foundBy: 'item' | 'entries';
      }>
    /** Those whose `column` is one of `values`. */
    | Readonly<{ rows: 'BY'; column: string; values: Values }>
    /** The one with the highest primary key, which is one number; none of an empty table. */
    | Readonly<{ rows: 'LAST' }>
  );

/** Whole rows, in the order of the table's columns, for each of what was wanted. Among themselves in any order. */
export type Loaded = readonly (readonly Values[])[];

/** What a batch changes in one table, each row at most once. To be applied in this order: deletes, closes, inserts. */
export type TableChanges = Readonly<{
  table: TableSpec;
  /** By primary key; what is not there is no fault. */
  deletes: readonly Values[];
  /**
   * Each sets `recorded_to` of exactly one row that is there and open: that whose `closedBy` columns are `key`. Any other number of rows
   * is a fault of the projection.
   */
  closes: readonly Close[];
  closedBy: readonly string[];
  /** Whole rows. */
  inserts: readonly Values[];
  /** What becomes of an insert whose primary key is there already. FAIL is a fault of the projection. */
  whenThere: 'FAIL' | 'KEEP' | 'REPLACE';
}>;

export type Close = Readonly<{ recordedTo: number; key: Values }>;

/** What is asked of an engine while a lane is fed. */
export type Request = Readonly<{ ask: 'load'; wanted: readonly Wanted[] }> | Readonly<{ ask: 'apply'; changes: readonly TableChanges[] }>;

/**
 * What an engine answers. To `load`: the rows. To `apply`, which it does whole or not at all: null, or the problem for which the
 * projection is to blame (a constraint, a close that met no row). A broken machine it throws instead.
 */
export type Answer = Readonly<{ loaded: Loaded; problem: null }> | Readonly<{ loaded: null; problem: unknown }>;

/** Steps that ask an engine for what they need, whatever engine that is: `yield` a request, be given its answer. */
export type Exchange<Result> = Generator<Request, Result, Answer>;
