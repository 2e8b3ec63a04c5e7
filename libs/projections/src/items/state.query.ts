import { foldLinks, foldState, history, kindOf, type Entry, type ItemId } from '@saksgang/kernel';
import { ordinalOf } from '@saksgang/event-store';
import { entryOf } from '../asking/entry-rows.js';
import { mustTell, type Sources } from '../asking/sources.js';
import type { EntriesTable } from '../history/history.table.js';
import type { ItemRow, ItemState, Pin } from '../reading.js';
import { asWritten } from '../streams/whole-stream.js';
import { statesToldTo } from '../visibility/told.js';
import { itemsById, SHIELDED_STATE } from './item-rows.js';

export const CACHED_ENTRIES_MAX = 50_000; // entries of streams kept parsed
const STREAM_ROWS = 2_000; // entries of one statement
const STREAMS_PER_STATEMENT = 100; // streams of one statement

/** A stream as far as it is wanted: up to this revision. */
type Wanted = Pick<ItemRow, 'id' | 'revision'>;
/** Entries never change, so that a stream's known beginning can be kept and only what is new is read. In the order asked for. */
export type StreamReader = (wanted: readonly Wanted[]) => Promise<readonly (readonly Entry[])[]>;

export const createStreamReader = (sources: Pick<Sources, 'whole' | 'store' | 'registry'>, max = CACHED_ENTRIES_MAX): StreamReader => {
  const kept = new Map<ItemId, readonly Entry[]>();
  let count = 0;

  const keep = (item: ItemId, entries: readonly Entry[]): void => {
    count += entries.length - (kept.get(item)?.length ?? 0);
    kept.delete(item);
    kept.set(item, entries);
    for (const [oldest, its] of kept) {
      if (count <= max || oldest === item) break;
      kept.delete(oldest);
      count -= its.length;
    }
  };

  return async (wanted) => {
    const known = new Map(wanted.map(({ id }) => [id, kept.get(id) ?? []]));
    const lacking = wanted.filter(({ id, revision }) => (known.get(id)?.length ?? 0) <= revision);
    for (let from = 0; from < lacking.length; from += STREAMS_PER_STATEMENT) {
      await readOn(sources, lacking.slice(from, from + STREAMS_PER_STATEMENT), known);
    }
    return wanted.map(({ id, revision }) => {
      const entries = known.get(id) ?? [];
      keep(id, entries);
      return entries.length === revision + 1 ? entries : entries.slice(0, revision + 1);
    });
  };
};

/** Reads what is not known yet of several streams, in pages, so that long ones do not hold up everyone else. */
const readOn = async (
  sources: Pick<Sources, 'whole' | 'store' | 'registry'>,
  lacking: readonly Wanted[],
  known: Map<ItemId, readonly Entry[]>,
): Promise<void> => {
  for (let more = true; more;) {
    const rows = await sources.whole
      .selectFrom('entries')
      .selectAll()
      .where((e) => e.or(lacking.map(({ id }) => e.and([e('item', '=', id), e('ordinal', '>', endOf(sources, known.get(id)))]))))
      .orderBy('ordinal')
      .limit(STREAM_ROWS)
      .execute();
    for (const [item, fresh] of grouped(rows)) known.set(item, [...(known.get(item) ?? []), ...fresh.map((row) => entryOf(sources, row))]);
    more = rows.length === STREAM_ROWS;
  }
};

const endOf = ({ store }: Pick<Sources, 'store'>, entries: readonly Entry[] | undefined): number => {
  const last = entries?.at(-1);
  return last === undefined ? -1 : (ordinalOf(store.logId, last.position) ?? -1);
};

const grouped = (rows: readonly EntriesTable[]): ReadonlyMap<ItemId, readonly EntriesTable[]> => {
  const groups = new Map<ItemId, EntriesTable[]>();
  for (const row of rows) {
    const group = groups.get(row.item);
    if (group) group.push(row);
    else groups.set(row.item, [row]);
  }
  return groups;
};

/** The items' full states, folded from their entries (ADR 0002). What was retracted shows the state it was founded in. */
export const statesAt = async (
  sources: Sources,
  streams: StreamReader,
  ids: readonly ItemId[],
  pin: Pin,
): Promise<readonly (ItemState | null)[]> => {
  mustTell(sources, 'items', pin);
  mustTell(sources, 'history', pin);
  const rows = (await itemsById(sources, ids, pin)).filter((row) => row !== null && row.state !== SHIELDED_STATE) as readonly ItemRow[];
  const known = await streams(rows);
  const folded = rows.map((row, index) => stateOf(sources, row, known[index] ?? [], pin));
  const told = await statesToldTo(
    sources,
    folded.filter((state) => state !== null),
  );
  const states = new Map(told.map((state) => [state.row.id, state]));
  return ids.map((id) => states.get(id) ?? null);
};

const stateOf = ({ registry }: Sources, row: ItemRow, entries: readonly Entry[], pin: Pin): ItemState | null => {
  const kind = registry.kinds.get(kindOf(row.id));
  if (kind === undefined) return null;
  const { facts, retracted } = history(entries, { knownAt: null, validAt: pin.validAt });
  const founding = entries[0];
  const folded = retracted && founding ? [asWritten(founding)] : facts;
  return { row, state: foldState(kind, folded), facts, links: foldLinks(kind, row.id, facts), retracted };
};
