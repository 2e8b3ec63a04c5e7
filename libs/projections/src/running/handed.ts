import { ordinalOf, type Codec, type EventStore, type StoredEvent } from '@saksgang/event-store';
import { isOwnStream, kindOf, type AnyKind, type Entry, type ItemId, type Registry, type Revision } from '@saksgang/kernel';
import type { Folded, Step } from '../streams/step.js';
import { advance, advanceWhole, foldOf, found, isCommon, type StreamFold } from '../streams/stream-fold.js';
import type { KnownEntries } from '../streams/whole-stream.js';

/** An entry handed to the projections: what it does to its stream, or why that cannot be said. */
export type Handed = Readonly<{ ordinal: number }> & (Readonly<{ step: Step; failure: null }> | Readonly<{ step: null; failure: unknown }>);

type Log = Pick<EventStore, 'logId' | 'readStream'>;
type Decoder = Pick<Codec, 'decode'>;

const STREAM_PAGE = 1_000; // entries
export const FOLDED_CHARS_MAX = 64_000_000; // characters of the leaves of the streams whose folds are kept
export const WHOLE_ENTRIES_MAX = 20_000; // entries kept of streams that had to be folded again
/** Entries kept of the streams that were added to last, while the whole log is gone through: its next late entry reads none of them again. */
export const RECENT_ENTRIES_MAX = 10_000; // entries

/** What a handler may keep. `foldedCharsMax`: characters of the leaves of streams that stay folded; `recentEntriesMax`: entries. */
export type Keeping = Readonly<{ foldedCharsMax: number; recentEntriesMax: number }>;
const FOLDS_ALONE: Keeping = { foldedCharsMax: FOLDED_CHARS_MAX, recentEntriesMax: 0 };

/**
 * Turns stored entries into steps. Streams stay folded between batches, the least recently used leave first, so that the
 * next entry of a long stream costs one `evolve`. A stream that is not at hand is read from the log and folded once; so is
 * one whose next entry comes late or speaks of an earlier one, and its entries and their fold are then kept for the next such, which
 * folds again only what differs.
 * A batch may start anywhere, but batches must follow each other. Entries of the record itself are left out.
 */
export const createHandler = (log: Log, codec: Decoder, registry: Registry, keeping: Keeping = FOLDS_ALONE) => {
  const folds = createKept<StreamFold>(keeping.foldedCharsMax);
  const wholes = createKept<KnownEntries & Readonly<{ folded: Folded }>>(WHOLE_ENTRIES_MAX);

  const recent = createKept<Listed>(keeping.recentEntriesMax);

  /** Only streams that are at hand from their first entry on are worth it. */
  const list = (entry: Entry, ordinal: number): void => {
    const { stream: item, revision } = entry;
    const listed = revision === 0 ? { entries: [], ordinals: [] } : recent.get(item);
    if (listed === undefined || listed.entries.length !== revision) return;
    listed.entries.push(entry);
    listed.ordinals.push(ordinal);
    recent.put(item, listed, 1);
  };

  /** The stream's entries before `revision`. */
  const entriesBefore = async (item: ItemId, revision: Revision): Promise<KnownEntries> => {
    const listed = recent.get(item);
    const kept = listed?.entries.length === revision ? listed : wholes.get(item);
    const entries: Entry[] = [...(kept?.entries ?? [])];
    const ordinals: number[] = [...(kept?.ordinals ?? [])];
    while (entries.length < revision) {
      const page = await log.readStream(item, { from: entries.length, limit: Math.min(STREAM_PAGE, revision - entries.length) });
      if (page.events.length === 0) throw new Error(`${item} ends before revision ${revision}`);
      for (const stored of page.events) {
        entries.push(codec.decode(stored));
        ordinals.push(numberOf(log, stored));
      }
    }
    return { entries, ordinals };
  };

  const stepOf = async (entry: Entry, leafChars: number, ordinal: number): Promise<Step> => {
    const { stream: item, revision } = entry;
    const before = revision > 0 && folds.get(item) === undefined ? await entriesBefore(item, revision) : null;
    if (before) folds.put(item, foldOf(kindIn(registry, item), item, before), charsOf(before));
    const fold = folds.get(item);
    if (fold === undefined) {
      const founded = found(kindIn(registry, item), entry, ordinal);
      folds.put(item, founded.fold, leafChars);
      return founded.step;
    }
    folds.put(item, fold, leafChars);
    if (isCommon(fold, entry)) return advance(fold, entry, ordinal);
    const earlier = before ?? (await entriesBefore(item, revision));
    const known = { entries: [...earlier.entries, entry], ordinals: [...earlier.ordinals, ordinal] };
    const kept = wholes.get(item);
    const step = advanceWhole(fold, known, kept?.folded ?? null);
    const { history, points } = step.whole;
    wholes.put(item, { ...known, folded: { history, points } }, known.entries.length - (kept?.entries.length ?? 0));
    return step;
  };

  return async (events: readonly StoredEvent[]): Promise<readonly Handed[]> => {
    const batch: Handed[] = [];
    for (const stored of events) {
      if (isOwnStream(stored.stream)) continue;
      const ordinal = numberOf(log, stored);
      try {
        const entry = codec.decode(stored);
        batch.push({ ordinal, step: await stepOf(entry, stored.leaf.length, ordinal), failure: null });
        if (keeping.recentEntriesMax > 0) list(entry, ordinal);
      } catch (failure) {
        if (isUnavailable(failure)) throw failure;
        batch.push({ ordinal, step: null, failure });
      }
    }
    folds.forgetOldest();
    wholes.forgetOldest();
    recent.forgetOldest();
    return batch;
  };
};

type Listed = Readonly<{ entries: Entry[]; ordinals: number[] }>;

/** By item, with a weight each; the least recently used are forgotten when all together weigh too much. */
const createKept = <T>(weightMax: number) => {
  const kept = new Map<ItemId, { value: T; weight: number }>();
  let weight = 0;
  return {
    get: (item: ItemId): T | undefined => kept.get(item)?.value,
    /** `more` is added to what it weighed before. */
    put: (item: ItemId, value: T, more: number): void => {
      const before = kept.get(item)?.weight ?? 0;
      kept.delete(item);
      kept.set(item, { value, weight: before + more });
      weight += more;
    },
    forgetOldest: (): void => {
      for (const [item, oldest] of kept) {
        if (weight <= weightMax) return;
        kept.delete(item);
        weight -= oldest.weight;
      }
    },
  };
};

/** Only an estimate is needed: what its leaves would weigh. */
const charsOf = ({ entries }: KnownEntries): number => entries.length * LEAF_CHARS;
const LEAF_CHARS = 1_000; // characters of a usual leaf

const kindIn = ({ kinds }: Registry, stream: ItemId): AnyKind => {
  const kind = kinds.get(kindOf(stream));
  if (kind === undefined) throw new Error(`there is no kind "${kindOf(stream)}"`);
  return kind;
};

export const numberOf = (log: Pick<EventStore, 'logId'>, { position }: Pick<StoredEvent, 'position'>): number => {
  const ordinal = ordinalOf(log.logId, position);
  if (ordinal === null) throw new Error(`${position} is no position of the log ${log.logId}`);
  return ordinal;
};

const isUnavailable = (problem: unknown): boolean => (problem as { name?: unknown } | null)?.name === 'StoreUnavailable';
