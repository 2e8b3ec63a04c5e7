import {
  effectiveDay,
  history,
  isSharedType,
  NOW,
  osloDay,
  type AnyKind,
  type Day,
  type Entry,
  type EntryId,
  type Fact,
  type History,
  type ItemId,
  type Revision,
} from '@saksgang/kernel';
import { foldReference } from '../folding.js';

/** One fact in its place: the state it met and the state it left. `sources`: folded references of all sources so far. */
export type FoldPoint = Readonly<{ fact: Fact; before: unknown; after: unknown; sources: ReadonlySet<string> }>;

/** A stream folded again from its founding, as known at one of its entries. */
export type Refolded = Readonly<{ history: History; points: readonly FoldPoint[]; founding: FoldPoint }>;

/** The common entry: last in order, corrects nothing. It stands directly after what was folded before. */
export type CommonStep = FoldPoint &
  Readonly<{
    /** Effective day of the fact before it; null for the founding entry. */
    previousDay: Day | null;
    previousSources: ReadonlySet<string>;
    founding: Fact;
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
  /** The stream's founding entry, and its number. */
  founded: Readonly<{ entry: Entry; ordinal: number }>;
  common: CommonStep | null;
  /** The whole stream up to and with this entry. Linear in the stream: asked for only when `common` is null. */
  refold: () => Refolded;
  /** The history as known just before this entry. Linear. */
  historyBefore: () => History;
  entryNamed: (id: EntryId) => Entry | null;
  /** The number of the stream's entry at this revision, which is this entry's or an earlier one. */
  ordinalOf: (revision: Revision) => number;
}>;

type Tail = Readonly<{ state: unknown; day: Day; sources: ReadonlySet<string>; founding: Fact }>;

/** One stream's entries and where its fold stands. Grows by `advance` only, in order of revision. */
export type StreamFold = {
  readonly item: ItemId;
  readonly kind: AnyKind;
  readonly entries: Entry[];
  readonly ordinals: number[];
  readonly revisions: Map<EntryId, number>;
  /** Where the fold stands after the last entry; null when nothing can be put directly behind it (no entries, or all is retracted). */
  tail: () => Tail | null;
};

export const emptyFold = (item: ItemId, kind: AnyKind): StreamFold => ({
  item,
  kind,
  entries: [],
  ordinals: [],
  revisions: new Map(),
  tail: () => null,
});

/** Takes entries that are known already, without a step for each; the fold is made when it is next asked for. */
export const takeIn = (fold: StreamFold, known: readonly Readonly<{ entry: Entry; ordinal: number }>[]): void => {
  for (const { entry, ordinal } of known) push(fold, entry, ordinal);
  const count = fold.entries.length;
  fold.tail = once(() => tailOf(refold(fold.kind, fold.entries.slice(0, count))));
};

/** Puts the stream's next entry behind the others and says what it does. @throws what the kind's `evolve` throws */
export const advance = (fold: StreamFold, entry: Entry, ordinal: number): Step => {
  if (entry.revision !== fold.entries.length)
    throw new Error(`${entry.stream}: revision ${entry.revision} came after ${fold.entries.length - 1}`);
  const previous = fold.ordinals.at(-1) ?? null;
  const common = commonStep(fold, entry);
  push(fold, entry, ordinal);
  const { item, kind, entries, ordinals, revisions } = fold;
  const count = entries.length;
  const refolded = once(() => refold(kind, entries.slice(0, count)));
  fold.tail = common ? () => common.tail : once(() => tailOf(refolded()));
  return {
    item,
    kind,
    entry,
    ordinal,
    previous,
    founded: { entry: entries[0] ?? entry, ordinal: ordinals[0] ?? ordinal },
    common: common?.step ?? null,
    refold: refolded,
    historyBefore: once(() => history(entries.slice(0, count - 1), NOW)),
    entryNamed: (id) => {
      const revision = revisions.get(id);
      return revision === undefined || revision >= count ? null : (entries[revision] ?? null);
    },
    ordinalOf: (revision) => ordinals[revision] ?? ordinal,
  };
};

/** The entry that an amendment names; null for all that speak of the item itself. */
export const entryAmendedBy = ({ event }: Entry): EntryId | null =>
  AMENDMENTS.has(event.type) ? (event.data as Readonly<{ entry: EntryId }>).entry : null;
const AMENDMENTS: ReadonlySet<string> = new Set(['EntryCorrected', 'EntryRetracted', 'DateEstablished']);

/** What stands at the end of each day on which something took effect. */
export const lastOfEachDay = (points: readonly FoldPoint[]): readonly FoldPoint[] =>
  points.filter((point, index) => points[index + 1]?.fact.day !== point.fact.day);

/** The entry as a fact of its own, with nothing applied to it. */
export const asWritten = (entry: Entry): Fact => ({
  event: entry.event,
  occurred: entry.occurred,
  assertedBy: entry.assertedBy,
  source: entry.source,
  reason: entry.reason,
  day: effectiveDay(entry.occurred, osloDay(entry.recordedAt)),
  entry: entry.id,
  position: entry.position,
  revision: entry.revision,
  recordedAt: entry.recordedAt,
  actor: entry.actor,
  changedBy: [],
});

const push = (fold: StreamFold, entry: Entry, ordinal: number): void => {
  fold.entries.push(entry);
  fold.ordinals.push(ordinal);
  fold.revisions.set(entry.id, entry.revision);
};

const NO_SOURCES: ReadonlySet<string> = new Set();

const commonStep = (fold: StreamFold, entry: Entry): Readonly<{ step: CommonStep; tail: Tail }> | null => {
  const founding = entry.revision === 0;
  if (entryAmendedBy(entry) !== null) return null;
  const tail = founding ? null : fold.tail();
  if (!founding && tail === null) return null;
  const fact = asWritten(entry);
  if (tail !== null && fact.day < tail.day) return null;
  const previousSources = tail?.sources ?? NO_SOURCES;
  const point = foldPoint(fold.kind, fact, tail ? tail.state : fold.kind.decider.initial, previousSources);
  const step = { ...point, previousDay: tail?.day ?? null, previousSources, founding: tail?.founding ?? fact };
  return { step, tail: { state: point.after, day: fact.day, sources: point.sources, founding: step.founding } };
};

const foldPoint = (kind: AnyKind, fact: Fact, before: unknown, sources: ReadonlySet<string>): FoldPoint => ({
  fact,
  before,
  after: isSharedType(fact.event.type) ? before : kind.decider.evolve(before, fact),
  sources: withSource(sources, fact),
});

const withSource = (sources: ReadonlySet<string>, { source }: Fact): ReadonlySet<string> => {
  const folded = source?.reference ? foldReference(source.reference).filter((reference) => !sources.has(reference)) : [];
  return folded.length === 0 ? sources : new Set([...sources, ...folded]);
};

const refold = (kind: AnyKind, entries: readonly Entry[]): Refolded => {
  const told = history(entries, NOW);
  const points: FoldPoint[] = [];
  let state: unknown = kind.decider.initial;
  let sources = NO_SOURCES;
  for (const fact of told.allFacts) {
    const point = foldPoint(kind, fact, state, sources);
    points.push(point);
    state = point.after;
    sources = point.sources;
  }
  const first = entries[0];
  if (first === undefined) throw new Error('a stream without entries has no fold');
  return { history: told, points, founding: points[0] ?? foldPoint(kind, asWritten(first), kind.decider.initial, NO_SOURCES) };
};

const tailOf = ({ history: told, points, founding }: Refolded): Tail | null => {
  const last = points.at(-1);
  return told.retracted || last === undefined
    ? null
    : { state: last.after, day: last.fact.day, sources: last.sources, founding: founding.fact };
};

const once = <T>(make: () => T): (() => T) => {
  let made: Readonly<{ value: T }> | null = null;
  return () => (made ??= { value: make() }).value;
};
