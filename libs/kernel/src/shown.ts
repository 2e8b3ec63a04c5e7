import type { Labels } from './labels.js';

/**
 * How a kind's state is told field by field. Fields are named by their path in the state, the elements of a list by `*`:
 * «points.*.text», «reports.*.occurred».
 */
export type Shown = Readonly<{
  /** Words for the fields that no event holds by the same path. */
  labels: Readonly<Record<string, Labels>>;
  /** Words for codes, by field. */
  words: Readonly<Record<string, Readonly<Record<string, Labels>>>>;
  /** What only follows from other fields. It is not told. */
  derived: readonly string[];
  /** The field that holds the item's parts by their path, and the field that is true of one that is there no longer. */
  parts: Readonly<{ field: string; gone: string }> | null;
}>;

export const NOTHING_SHOWN: Shown = { labels: {}, words: {}, derived: [], parts: null };
