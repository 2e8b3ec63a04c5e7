import { READ_PAGE_MAX, StoreUnavailable, type EventStore, type StoredEvent, type StreamPage } from '@saksgang/event-store';
import { STREAM_ENTRIES_MAX, type Entry, type Revision, type StreamName } from '@saksgang/kernel';

/** Entries kept decoded over all streams together. */
export const HELD_ENTRIES_MAX = 50_000;

/** Entries of one stream from revision 0 on, without a gap: the index is the revision. */
export type Entries = readonly Entry[];

/** An item has grown beyond STREAM_ENTRIES_MAX; nothing in this house can have done that. */
export class StreamTooLong extends Error {
  override readonly name = 'StreamTooLong';
  constructor(readonly stream: StreamName) {
    super(`${stream} holds more than ${STREAM_ENTRIES_MAX} entries`);
  }
}

/** Streams read through the port and kept, so that a hot one is not read whole again. */
export type Streams = Readonly<{
  /** What is held, without asking the store: whole up to some revision, but perhaps no longer the newest. Null: not held. */
  held: (stream: StreamName) => Entries | null;
  /** The next one to ask reads it whole: for when it is not known what the store did. */
  forget: (stream: StreamName) => void;
  /**
   * Reads what stands after `known` (what is held, where it is not given), in pages; empty for a stream that does not
   * exist. `news`: the leaves that this call read. @throws StoreUnavailable, always `not-written`.
   */
  read: (stream: StreamName, known?: Entries) => Promise<Readonly<{ entries: Entries; news: readonly StoredEvent[] }>>;
}>;

type Reads = Readonly<{ store: Pick<EventStore, 'readStream'>; decode: (stored: StoredEvent) => Entry; heldMax?: number }>;

export const createStreams = ({ store, decode, heldMax = HELD_ENTRIES_MAX }: Reads): Streams => {
  // A Map keeps the order of insertion: the first key is the one unused for longest.
  const held = new Map<StreamName, Entries>();
  let count = 0;

  const drop = (stream: StreamName): void => {
    count -= held.get(stream)?.length ?? 0;
    held.delete(stream);
  };
  const keep = (stream: StreamName, entries: Entries): void => {
    // Two readings may end in either order: the shorter one knows less and must not win.
    if ((held.get(stream)?.length ?? 0) > entries.length) return;
    drop(stream);
    if (entries.length === 0 || entries.length > heldMax) return;
    held.set(stream, entries);
    count += entries.length;
    for (const oldest of held.keys()) {
      if (count <= heldMax) break;
      drop(oldest);
    }
  };

  const read: Streams['read'] = async (stream, known = held.get(stream) ?? []) => {
    const news: StoredEvent[] = [];
    // Bounded: each page but the last brings at least one entry, and there is a most.
    while (known.length + news.length <= STREAM_ENTRIES_MAX) {
      const page = await readPage(store, stream, known.length + news.length);
      news.push(...page.events);
      if (page.end || page.events.length === 0) {
        const entries = news.length === 0 ? known : [...known, ...news.map(decode)];
        keep(stream, entries);
        return { entries, news };
      }
    }
    throw new StreamTooLong(stream);
  };
  return { held: (stream) => held.get(stream) ?? null, forget: drop, read };
};

/** A reading that fails has written nothing, whatever the engine says of its own outcome. */
const readPage = async (store: Reads['store'], stream: StreamName, from: Revision): Promise<StreamPage> => {
  try {
    return await store.readStream(stream, { from, limit: READ_PAGE_MAX });
  } catch (fault) {
    throw fault instanceof StoreUnavailable ? new StoreUnavailable(fault.message, 'not-written', { cause: fault }) : fault;
  }
};
