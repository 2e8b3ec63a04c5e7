import type { Codec, EventStore, StoredEvent } from '@saksgang/event-store';
import { ordinalOf } from '@saksgang/event-store';
import { kindOf, type Entry, type ItemId, type Registry } from '@saksgang/kernel';
import { advance, emptyFold, takeIn, type Step, type StreamFold } from '../streams/stream-fold.js';

/** An entry handed to the projections: what it does to its stream, or why that cannot be said. */
export type Handed = Readonly<{ ordinal: number }> & (Readonly<{ step: Step; failure: null }> | Readonly<{ step: null; failure: unknown }>);

type Log = Pick<EventStore, 'logId' | 'readStream'>;
type Decoder = Pick<Codec, 'decode'>;

const STREAM_PAGE = 1_000; // entries
export const FOLDS_LEAF_CHARS_MAX = 64_000_000; // characters of leaves whose streams are kept folded

/**
 * Turns stored entries into steps. Streams stay folded between batches, the least recently used leave first, so that the
 * next entry of a long stream costs one `evolve`; a stream that is not at hand is read from the log once.
 * A batch may start anywhere, but batches must follow each other.
 */
export const createHandler = (log: Log, codec: Decoder, registry: Registry, charsMax = FOLDS_LEAF_CHARS_MAX) => {
  const folds = new Map<ItemId, { fold: StreamFold; chars: number }>();
  let chars = 0;

  const forgetOldest = (): void => {
    for (const [item, kept] of folds) {
      if (chars <= charsMax) return;
      folds.delete(item);
      chars -= kept.chars;
    }
  };

  const keep = (item: ItemId, fold: StreamFold, more: number): void => {
    const known = folds.get(item)?.chars ?? 0;
    folds.delete(item);
    folds.set(item, { fold, chars: known + more });
    chars += more;
  };

  /** The stream's entries before `revision`, from the log. */
  const load = async (item: ItemId, fold: StreamFold, revision: number): Promise<number> => {
    let read = 0;
    for (let from = 0; from < revision; from += STREAM_PAGE) {
      const limit = Math.min(STREAM_PAGE, revision - from);
      const page = await log.readStream(item, { from, limit });
      takeIn(
        fold,
        page.events.map((stored) => ({ entry: codec.decode(stored), ordinal: numberOf(log, stored) })),
      );
      read += page.events.reduce((sum, { leaf }) => sum + leaf.length, 0);
    }
    return read;
  };

  const handOne = async (stored: StoredEvent): Promise<Handed> => {
    const ordinal = numberOf(log, stored);
    try {
      const entry: Entry = codec.decode(stored);
      const kind = registry.kinds.get(kindOf(entry.stream));
      if (kind === undefined) throw new Error(`there is no kind "${kindOf(entry.stream)}"`);
      const known = folds.get(entry.stream)?.fold;
      const fold = known ?? emptyFold(entry.stream, kind);
      const loaded = known || entry.revision === 0 ? 0 : await load(entry.stream, fold, entry.revision);
      keep(entry.stream, fold, loaded + stored.leaf.length);
      return { ordinal, step: advance(fold, entry, ordinal), failure: null };
    } catch (failure) {
      if (isUnavailable(failure)) throw failure;
      return { ordinal, step: null, failure };
    }
  };

  return async (events: readonly StoredEvent[]): Promise<readonly Handed[]> => {
    const batch: Handed[] = [];
    for (const stored of events) batch.push(await handOne(stored));
    forgetOldest();
    return batch;
  };
};

export const numberOf = (log: Pick<EventStore, 'logId'>, { position }: Pick<StoredEvent, 'position'>): number => {
  const ordinal = ordinalOf(log.logId, position);
  if (ordinal === null) throw new Error(`${position} is no position of the log ${log.logId}`);
  return ordinal;
};

const isUnavailable = (problem: unknown): boolean => (problem as { name?: unknown } | null)?.name === 'StoreUnavailable';
