import { type RawBuilder, sql, type SqlBool, words } from '@saksgang/database';
import { LIST_MAX, SHIELDED_TITLE, type Before, type EntryId, type ItemId, type Json } from '@saksgang/kernel';
import { entryOf, refParts } from '../asking/entry-rows.js';
import { pageOf, windowOf } from '../asking/paging.js';
import { mustTell, positionAt, type Sources, type ToldFrom } from '../asking/sources.js';
import { bounded, inChunks } from '../asking/versions.js';
import { containing } from '../folding.js';
import type { EntryRef, EntryRow, HistoryFilter, HistoryOrder, Page, PageInput, Pin } from '../reading.js';
import { itemsById, SHIELDED_STATE } from '../items/item-rows.js';
import { entriesToldTo } from '../visibility/told.js';
import { changeRows } from './change-rows.js';
import { fieldOf } from './changes.js';
import type { EntriesTable } from './history.table.js';

/** The raw record, in log order. The pin bounds what is known, and nothing else. */
export const listHistory = async (
  sources: Sources,
  filter: HistoryFilter,
  order: HistoryOrder,
  page: PageInput,
  asked: Pin,
): Promise<Page<EntryRow>> => {
  const window = windowOf(sources.store.logId, [sources.face, 'history', filter, order], 1, page, asked, (ordinal) =>
    positionAt(sources, ordinal),
  );
  const { pin, after, before, backward, limit } = window;
  mustTell(sources, 'history', pin);
  const conditions = [sql<SqlBool>`ordinal <= ${pin.known}`, ...conditionsOf(filter)];
  const newestFirst = order === 'NEWEST_FIRST';
  const direction = newestFirst !== backward ? 'desc' : 'asc';
  let numbers = sources.read
    .selectFrom('entries')
    .select('ordinal')
    .orderBy('ordinal', direction)
    .limit(limit + 1);
  for (const condition of conditions) numbers = numbers.where(condition);
  if (after) numbers = numbers.where('ordinal', newestFirst ? '<' : '>', Number(after[0]));
  if (before) numbers = numbers.where('ordinal', newestFirst ? '>' : '<', Number(before[0]));
  // What has to be put in order is numbers; only the page's own rows are read.
  const rows = await sources.read.selectFrom('entries').selectAll().where('ordinal', 'in', numbers).orderBy('ordinal', direction).execute();
  const told = await entryRows(sources, rows, pin);
  return pageOf(
    window,
    rows.map((row, index) => ({ row, entry: told[index] as EntryRow })),
    {
      keyOf: ({ row }) => [row.ordinal],
      nodeOf: ({ entry }) => entry,
      count: async () => {
        let counting = sources.read.selectFrom('entries').select((e) => e.fn.countAll<number>().as('n'));
        for (const condition of conditions) counting = counting.where(condition);
        return (await counting.executeTakeFirstOrThrow()).n;
      },
    },
  );
};

/** A field is named by its path with `*` for list indices (a number says the same), or by any beginning of it: «points» is all of the points. */
export const conditionsOf = (filter: HistoryFilter): readonly RawBuilder<SqlBool>[] => {
  const conditions: RawBuilder<SqlBool>[] = [];
  const among = (column: string, name: string, values: readonly string[] | null | undefined): void => {
    if (values)
      conditions.push(values.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`${sql.ref(column)} in (${sql.join(bounded(name, values))})`);
  };
  among('item', 'items', filter.items);
  among('kind', 'kinds', filter.kinds);
  among('type', 'types', filter.types);
  among('actor', 'actors', filter.actors);
  if (filter.fields) {
    const patterns = bounded('fields', filter.fields)
      .map(fieldOf)
      .flatMap((field) => [containing(`|${field}|`), containing(`|${field}.`)]);
    conditions.push(
      patterns.length === 0
        ? sql<SqlBool>`1 = 0`
        : sql<SqlBool>`(${sql.join(
            patterns.map((pattern) => words.like('fields', pattern)),
            sql` or `,
          )})`,
    );
  }
  if (filter.assertedBy) conditions.push(sql<SqlBool>`asserted_body = ${filter.assertedBy}`);
  if (filter.recordedFrom) conditions.push(sql<SqlBool>`recorded_at >= ${filter.recordedFrom}`);
  if (filter.recordedTo) conditions.push(sql<SqlBool>`recorded_at <= ${filter.recordedTo}`);
  if (filter.corrections === true) conditions.push(sql<SqlBool>`corrects is not null`);
  if (filter.corrections === false) conditions.push(sql<SqlBool>`corrects is null`);
  return conditions;
};

export const entryByRef = async (sources: Sources, ref: EntryRef, pin: Pin): Promise<EntryRow | null> => {
  mustTell(sources, 'history', pin);
  const row = await rowByRef(sources.read, ref, pin);
  return row === null ? null : ((await entryRows(sources, [row], pin))[0] ?? null);
};

const rowByRef = async (from: Sources['read'], ref: EntryRef, { known }: Pin): Promise<EntriesTable | null> => {
  const parts = refParts(ref);
  if (parts === null) return null;
  const named = from.selectFrom('entries').selectAll().where('item', '=', parts.item).where('revision', '=', parts.revision);
  return (await named.where('ordinal', '<=', known).executeTakeFirst()) ?? null;
};

export const entryBehind = async (sources: Sources, ref: EntryRef, pin: Pin): Promise<EntryRow | null> => {
  const seen = await entryByRef(sources, ref, pin);
  const parts = refParts(ref);
  if (seen !== null || parts === null || sources.face === 'INTERNAL') return seen;
  const [item] = await itemsById(sources, [parts.item], pin);
  if (!item || item.state === SHIELDED_STATE) return null;
  const row = await rowByRef(sources.whole, ref, pin);
  return row === null ? null : namelessEntry(sources, row);
};

/** That it stands there, of what type, and when: not what it says, nor on what source, nor by whom, nor of which command. */
export const namelessEntry = (sources: Sources, row: EntriesTable): EntryRow => {
  const entry = entryOf(sources, {
    ...row,
    data: '{}',
    asserted_by: null,
    source: null,
    reason: null,
    actor: WITHHELD,
    command_id: WITHHELD,
  });
  return { ref: refOf(row), entry, kind: row.kind, changes: [], title: SHIELDED_TITLE, corrects: null, correctedBy: [], withheld: true };
};
const WITHHELD = 'withheld';

/** Of one item, in log order; ids that are not its own, or not known yet, are left out. */
export const entriesByIds = async (sources: Sources, item: ItemId, ids: readonly EntryId[], pin: Pin): Promise<readonly EntryRow[]> => {
  mustTell(sources, 'history', pin);
  const rows = await inChunks([...new Set(ids)], (chunk) =>
    sources.read
      .selectFrom('entries')
      .selectAll()
      .where('item', '=', item)
      .where('id', 'in', chunk)
      .where('ordinal', '<=', pin.known)
      .execute(),
  );
  return entryRows(
    sources,
    rows.sort((a, b) => a.ordinal - b.ordinal),
    pin,
  );
};

/** The rows told, with the entries they correct and those that correct them. */
export const entryRows = async (
  sources: ToldFrom,
  rows: readonly EntriesTable[],
  pin: Pick<Pin, 'known'>,
): Promise<readonly EntryRow[]> => {
  if (rows.length === 0) return [];
  const correcting = await correctionsOf(sources, rows, pin);
  const corrected = rows.flatMap(({ corrects }) => (corrects === null ? [] : [corrects]));
  const named = await inChunks(corrected, (chunk) =>
    sources.read.selectFrom('entries').select(['ordinal', 'item', 'revision']).where('ordinal', 'in', chunk).execute(),
  );
  const refs = new Map(named.map((row) => [row.ordinal, refOf(row)]));
  const told = rows.map((row) => entryRow(sources, row, refs, correcting.get(row.ordinal) ?? []));
  return entriesToldTo(sources, told, (row, through) => wordedAgain(sources, row, through));
};

const entryRow = (
  sources: ToldFrom,
  row: EntriesTable,
  refs: ReadonlyMap<number, EntryRef>,
  correctedBy: readonly EntryRef[],
): EntryRow => {
  const { registry } = sources;
  const entry = entryOf(sources, row);
  const kind = registry.kinds.get(row.kind);
  const before = row.before === null ? {} : (JSON.parse(row.before) as Before);
  return {
    ref: refOf(row),
    entry,
    kind: row.kind,
    changes: kind ? changeRows(kind, registry.shared, entry, before) : [],
    title: { nb: row.title_nb, nn: row.title_nn, en: row.title_en },
    corrects: row.corrects === null ? null : (refs.get(row.corrects) ?? null),
    correctedBy,
    withheld: false,
  };
};

/** As a face may be told it: the values gone through, and the words made of what is left. */
const wordedAgain = ({ registry }: Pick<Sources, 'registry'>, row: EntryRow, through: (value: Json) => Json): EntryRow => {
  const kind = registry.kinds.get(row.kind);
  const data = through(row.entry.event.data as Json) as object;
  const entry = { ...row.entry, event: { ...row.entry.event, data } };
  const before = Object.fromEntries(row.changes.map((change) => [change.path, through(change.before)]));
  return { ...row, entry, changes: kind ? changeRows(kind, registry.shared, entry, before) : [], withheld: true };
};

export const refOf = ({ item, revision }: Pick<EntriesTable, 'item' | 'revision'>): EntryRef => `${item}@${revision}`;

const correctionsOf = async (
  { read }: Pick<Sources, 'read'>,
  rows: readonly EntriesTable[],
  pin: Pick<Pin, 'known'>,
): Promise<ReadonlyMap<number, readonly EntryRef[]>> => {
  const found = await inChunks(
    rows.map((row) => row.ordinal),
    (chunk) =>
      read
        .selectFrom('entries')
        .select(['ordinal', 'item', 'revision', 'corrects'])
        .where('corrects', 'in', chunk)
        .where('ordinal', '<=', pin.known)
        .orderBy('ordinal')
        .limit(LIST_MAX * chunk.length)
        .execute(),
  );
  const byEntry = new Map<number, EntryRef[]>();
  for (const row of found) {
    if (row.corrects === null) continue;
    const others = byEntry.get(row.corrects);
    if (others) others.push(refOf(row));
    else byEntry.set(row.corrects, [refOf(row)]);
  }
  return byEntry;
};
