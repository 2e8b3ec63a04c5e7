import type { AnyKind, Day, Described, Entry, EntryId, Fact, History, Instant, ItemId, Revision } from '@saksgang/kernel';

/** One fact in its place: the state it met and the state it left. `sources`: folded references of all sources so far. */
export type FoldPoint = Readonly<{ fact: Fact; before: unknown; after: unknown; sources: ReadonlySet<string> }>;

/** The common entry: last in order, corrects nothing. It stands directly after what was folded before. */
export type CommonStep = FoldPoint &
  Readonly<{
    /** Effective day of the fact before it; null for the founding entry. */
    previousDay: Day | null;
    previousSources: ReadonlySet<string>;
    founding: Fact;
    /** What the kind says of the fact in its place; asked of it once. Of its own events only. */
    described: () => Described;
  }>;

/** A stream's facts in fold order, none when all is retracted. */
export type Folded = Readonly<{ history: History; points: readonly FoldPoint[] }>;

/** Points of a stream as known just before an entry that are none with it, and those that are new with it. In fold order. */
export type Differing = Readonly<{ was: readonly FoldPoint[]; is: readonly FoldPoint[] }>;

/** Any other entry: the whole stream, folded again up to and with it. */
export type WholeStream = Folded &
  Readonly<{
    /** The first point; where all is retracted, what the founding entry would have made. */
    founding: FoldPoint;
    /** The same as known just before this entry. */
    before: Folded;
    /** What is told of the item differs only in these points, if any. The others are the same things, before and now. */
    differing: () => Differing;
    /** Before this day nothing differs; null where the founding differs, or all of it. */
    since: () => Day | null;
    entryNamed: (id: EntryId) => Entry | null;
    /** The numbers of the stream's entries, by revision. */
    ordinals: readonly number[];
    /** The number of the stream's entry at this revision. */
    ordinalOf: (revision: Revision) => number;
  }>;

/**
 * What one entry does to its stream: everything projections need of it, computed once for all of them. A step stays true
 * when later entries have been folded, so that a projection can be fed the same steps twice.
 */
export type Step = Readonly<{
  item: ItemId;
  kind: AnyKind;
  entry: Entry;
  /** The number in the entry's position. */
  ordinal: number;
  /** The number of the stream's entry before this one; null for the founding entry. */
  previous: number | null;
  /** The stream's founding entry: its number, and when it was recorded. */
  founded: Readonly<{ ordinal: number; recordedAt: Instant }>;
}> &
  (Readonly<{ common: CommonStep; whole: null }> | Readonly<{ common: null; whole: WholeStream }>);

/** What stands at the end of each day on which something took effect. */
export const lastOfEachDay = (points: readonly FoldPoint[]): readonly FoldPoint[] =>
  points.filter((point, index) => points[index + 1]?.fact.day !== point.fact.day);
