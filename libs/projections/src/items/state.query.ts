import { foldLinks, foldState, history, kindOf, type Entry, type ItemId } from '@saksgang/kernel';
import { entryOf } from '../asking/entry-rows.js';
import { mustTell, type Sources } from '../asking/sources.js';
import type { ItemState, Pin } from '../reading.js';
import { asWritten } from '../streams/stream-fold.js';
import { itemsById } from './item-rows.js';

export const CACHED_ENTRIES_MAX = 50_000; // entries of streams kept parsed
const STREAM_ROWS = 2_000; // entries of one statement

/** Entries never change, so that a stream's known beginning can be kept and only what is new is read. */
export type StreamReader = (item: ItemId, upTo: number) => Promise<readonly Entry[]>;

export const createStreamReader = (sources: Pick<Sources, 'read' | 'store' | 'registry'>, max = CACHED_ENTRIES_MAX): StreamReader => {
  const { read } = sources;
  const kept = new Map<ItemId, Readonly<{ entries: readonly Entry[]; ordinals: readonly number[] }>>();
  let count = 0;
  const keep = (item: ItemId, entries: readonly Entry[], ordinals: readonly number[]): void => {
    count -= kept.get(item)?.entries.length ?? 0;
    kept.delete(item);
    kept.set(item, { entries, ordinals });
    count += entries.length;
    for (const [oldest, { entries: its }] of kept) {
      if (count <= max || oldest === item) break;
      kept.delete(oldest);
      count -= its.length;
    }
  };
  const readAfter = (item: ItemId, after: number) =>
    read
      .selectFrom('entries')
      .selectAll()
      .where('item', '=', item)
      .where('ordinal', '>', after)
      .orderBy('ordinal')
      .limit(STREAM_ROWS)
      .execute();

  return async (item, upTo) => {
    let { entries, ordinals } = kept.get(item) ?? { entries: [], ordinals: [] };
    // In pages, so that a long stream does not hold up everyone else.
    for (let more = (ordinals.at(-1) ?? -1) < upTo; more;) {
      const rows = await readAfter(item, ordinals.at(-1) ?? -1);
      entries = [...entries, ...rows.map((row) => entryOf(sources, row))];
      ordinals = [...ordinals, ...rows.map((row) => row.ordinal)];
      more = rows.length === STREAM_ROWS;
    }
    keep(item, entries, ordinals);
    const beyond = ordinals.findLastIndex((ordinal) => ordinal <= upTo) + 1;
    return beyond === entries.length ? entries : entries.slice(0, beyond);
  };
};

/** An item's full state, folded from its entries (ADR 0002). What was retracted shows the state it was founded in. */
export const stateAt = async (sources: Sources, streams: StreamReader, id: ItemId, pin: Pin): Promise<ItemState | null> => {
  mustTell(sources, 'items', pin);
  mustTell(sources, 'history', pin);
  const kind = sources.registry.kinds.get(kindOf(id));
  const row = (await itemsById(sources, [id], pin))[0] ?? null;
  if (row === null || kind === undefined) return null;
  const entries = await streams(id, pin.known);
  const { facts, retracted } = history(entries, { knownAt: null, validAt: pin.validAt });
  const founding = entries[0];
  const folded = retracted && founding ? [asWritten(founding)] : facts;
  return { row, state: foldState(kind, folded), facts, links: foldLinks(kind, id, facts), retracted };
};
