import {
  effectiveDay,
  history,
  isKeeping,
  isSharedType,
  NOW,
  osloDay,
  type AnyKind,
  type Day,
  type Described,
  type Entry,
  type EntryId,
  type Fact,
  type Instant,
  type ItemId,
  type Revision,
} from '@saksgang/kernel';
import { foldReference } from '../folding.js';
import type { CommonStep, Folded, FoldPoint, Step, WholeStream } from './step.js';

type Tail = Readonly<{ state: unknown; day: Day; sources: ReadonlySet<string>; founding: Fact }>;

/** Where one stream's fold stands: enough to put the common entry behind it, and no more, so that many streams fit. */
export type StreamFold = {
  readonly item: ItemId;
  readonly kind: AnyKind;
  readonly founded: Readonly<{ ordinal: number; recordedAt: Instant }>;
  /** Of its last entry. */
  revision: Revision;
  ordinal: number;
  /** Null when nothing can be put directly behind it: all is retracted. */
  tail: Tail | null;
};

/** Entries of one stream from the founding one on, in order of revision, with their numbers. */
export type KnownEntries = Readonly<{ entries: readonly Entry[]; ordinals: readonly number[] }>;

/** The stream begins. @throws what the kind's `evolve` throws */
export const found = (kind: AnyKind, entry: Entry, ordinal: number): Readonly<{ fold: StreamFold; step: Step }> => {
  const founded = { ordinal, recordedAt: entry.recordedAt };
  const fold: StreamFold = { item: entry.stream, kind, founded, revision: -1, ordinal, tail: null };
  if (entry.revision !== 0) throw outOfOrder(fold, entry);
  const step = commonStep(fold, asWritten(entry), null);
  return {
    fold: standAt(fold, entry, ordinal, tailAfter(step)),
    step: { ...placed(fold, entry, ordinal, null), common: step, whole: null },
  };
};

/** A stream whose earlier entries are known already: where it stands after them. */
export const foldOf = (kind: AnyKind, item: ItemId, known: KnownEntries): StreamFold => {
  const [first, last] = [known.entries[0], known.entries.at(-1)];
  if (first === undefined || last === undefined) throw new Error(`${item} has no entries to fold`);
  const ordinal = known.ordinals.at(-1) ?? 0;
  const founded = { ordinal: known.ordinals[0] ?? 0, recordedAt: first.recordedAt };
  return { item, kind, founded, revision: last.revision, ordinal, tail: tailOf(foldWhole(kind, known)) };
};

/** Is the entry a fact that stands last in order? Then its stream needs not be folded again. */
export const isCommon = ({ tail }: StreamFold, entry: Entry): boolean =>
  tail !== null &&
  entryAmendedBy(entry) === null &&
  !isKeeping(entry.event) &&
  effectiveDay(entry.occurred, osloDay(entry.recordedAt)) >= tail.day;

/** Puts a common entry behind the others. @throws what the kind's `evolve` throws */
export const advance = (fold: StreamFold, entry: Entry, ordinal: number): Step => {
  if (entry.revision !== fold.revision + 1) throw outOfOrder(fold, entry);
  const common = commonStep(fold, asWritten(entry), fold.tail);
  const step: Step = { ...placed(fold, entry, ordinal, fold.ordinal), common, whole: null };
  standAt(fold, entry, ordinal, tailAfter(common));
  return step;
};

/** Folds the whole stream again. `known`: all its entries up to and with the last, which is the new one. */
export const advanceWhole = (fold: StreamFold, known: KnownEntries): Step => {
  const [entry, ordinal] = [known.entries.at(-1), known.ordinals.at(-1)];
  if (entry === undefined || ordinal === undefined || entry.revision !== fold.revision + 1) throw outOfOrder(fold, entry);
  const whole = foldWhole(fold.kind, known);
  const step: Step = { ...placed(fold, entry, ordinal, fold.ordinal), common: null, whole };
  standAt(fold, entry, ordinal, tailOf(whole));
  return step;
};

/** The entry that an amendment names; null for all that speak of the item itself. */
export const entryAmendedBy = ({ event }: Entry): EntryId | null =>
  AMENDMENTS.has(event.type) ? (event.data as Readonly<{ entry: EntryId }>).entry : null;
const AMENDMENTS: ReadonlySet<string> = new Set(['EntryCorrected', 'EntryRetracted', 'DateEstablished']);

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
  changedBy: UNCHANGED,
});
const UNCHANGED: Fact['changedBy'] = [];

const outOfOrder = (fold: StreamFold, entry: Entry | undefined): Error =>
  new Error(`${fold.item}: revision ${entry?.revision ?? 'none'} came after ${fold.revision}`);

const placed = ({ item, kind, founded }: StreamFold, entry: Entry, ordinal: number, previous: number | null) => ({
  item,
  kind,
  entry,
  ordinal,
  previous,
  founded,
});

const standAt = (fold: StreamFold, entry: Entry, ordinal: number, tail: Tail | null): StreamFold =>
  Object.assign(fold, { revision: entry.revision, ordinal, tail });

const NO_SOURCES: ReadonlySet<string> = new Set();

const commonStep = ({ kind }: StreamFold, fact: Fact, tail: Tail | null): CommonStep => {
  const previousSources = tail?.sources ?? NO_SOURCES;
  const { before, after, sources } = foldPoint(kind, fact, tail ? tail.state : kind.decider.initial, previousSources);
  const described = once((): Described => kind.describe(fact, before));
  return { fact, before, after, sources, previousDay: tail?.day ?? null, previousSources, founding: tail?.founding ?? fact, described };
};

const tailAfter = ({ after, fact, sources, founding }: CommonStep): Tail => ({ state: after, day: fact.day, sources, founding });

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

const foldEntries = (kind: AnyKind, entries: readonly Entry[]): Folded => {
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
  return { history: told, points };
};

const foldWhole = (kind: AnyKind, { entries, ordinals }: KnownEntries): WholeStream => {
  const first = entries[0];
  if (first === undefined) throw new Error('a stream without entries has no fold');
  const folded = foldEntries(kind, entries);
  return {
    ...folded,
    founding: folded.points[0] ?? foldPoint(kind, asWritten(first), kind.decider.initial, NO_SOURCES),
    before: once(() => foldEntries(kind, entries.slice(0, -1))),
    entryNamed: (id) => entries.find((entry) => entry.id === id) ?? null,
    ordinals,
    ordinalOf: (revision) => ordinals[revision] ?? 0,
  };
};

const tailOf = ({ history: told, points, founding }: WholeStream): Tail | null => {
  const last = points.at(-1);
  if (told.retracted || last === undefined) return null;
  return { state: last.after, day: last.fact.day, sources: last.sources, founding: founding.fact };
};

const once = <T>(make: () => T): (() => T) => {
  let made: Readonly<{ value: T }> | null = null;
  return () => (made ??= { value: make() }).value;
};
