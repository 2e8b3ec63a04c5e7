import {
  effectiveDay,
  isKeeping,
  osloDay,
  type AnyKind,
  type Day,
  type Described,
  type Entry,
  type Fact,
  type Instant,
  type ItemId,
  type Revision,
} from '@saksgang/kernel';
import type { CommonStep, Folded, Step, WholeStream } from './step.js';
import { asWritten, entryAmendedBy, foldEntries, foldPoint, foldWhole, NO_SOURCES, once, type KnownEntries } from './whole-stream.js';

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
  return { item, kind, founded, revision: last.revision, ordinal, tail: tailOf(foldEntries(kind, known.entries, null)) };
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

/**
 * Folds the stream again from where it differs. `known`: all its entries up to and with the last, which is the new one; `earlier`: the
 * same stream as it was folded last, if that is at hand.
 */
export const advanceWhole = (fold: StreamFold, known: KnownEntries, earlier: Folded | null): Step & Readonly<{ whole: WholeStream }> => {
  const [entry, ordinal] = [known.entries.at(-1), known.ordinals.at(-1)];
  if (entry === undefined || ordinal === undefined || entry.revision !== fold.revision + 1) throw outOfOrder(fold, entry);
  const whole = foldWhole(fold.kind, known, earlier);
  const step = { ...placed(fold, entry, ordinal, fold.ordinal), common: null, whole } as const;
  standAt(fold, entry, ordinal, tailOf(whole));
  return step;
};

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

const commonStep = ({ kind }: StreamFold, fact: Fact, tail: Tail | null): CommonStep => {
  const previousSources = tail?.sources ?? NO_SOURCES;
  const { before, after, sources } = foldPoint(kind, fact, tail ? tail.state : kind.decider.initial, previousSources);
  const described = once((): Described => kind.describe(fact, before));
  return { fact, before, after, sources, previousDay: tail?.day ?? null, previousSources, founding: tail?.founding ?? fact, described };
};

const tailAfter = ({ after, fact, sources, founding }: CommonStep): Tail => ({ state: after, day: fact.day, sources, founding });

const tailOf = ({ history: told, points }: Folded): Tail | null => {
  const [founding, last] = [points[0], points.at(-1)];
  if (told.retracted || founding === undefined || last === undefined) return null;
  return { state: last.after, day: last.fact.day, sources: last.sources, founding: founding.fact };
};
