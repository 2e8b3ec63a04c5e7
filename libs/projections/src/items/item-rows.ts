import { AMONG, sql, words } from '@saksgang/database';
import { kindOf, osloDay, SHIELDED_TITLE, type Day, type Instant, type ItemId } from '@saksgang/kernel';
import type { Sources } from '../asking/sources.js';
import { inChunks, inEffect, known } from '../asking/versions.js';
import type { ItemRow, Pin } from '../reading.js';
import type { ItemsTable } from './items.table.js';

/** Of a rectangle only what an item's row shows: half of its columns are there to be sorted and filtered by. */
export const SHOWN_COLUMNS = ['item', 'kind', 'reference', 'title', 'state', 'subtype', 'open', 'occurred', 'as_written', 'recorded_at'] as const satisfies readonly (keyof ItemsTable)[]; // prettier-ignore

/** What is shown of a rectangle, its revision and update filled in. */
export type ItemRecord = Pick<ItemsTable, (typeof SHOWN_COLUMNS)[number]> & { revision: number; updated_at: string };

/** `revision` and `updated_at` are those of the item's last rectangle, at the pin: each entry opens one, so it is the newest known. */
export const recordColumns = ({ known: at }: Pick<Pin, 'known'>) => {
  const ofLast = (column: 'revision' | 'updated_at') =>
    sql`coalesce(i.${sql.ref(column)}, (select l.${sql.ref(column)} from items l where l.item = i.item and l.recorded_from <= ${at}
      and l.valid_to is null order by l.recorded_from desc limit 1))`;
  return { revision: ofLast('revision'), updated_at: ofLast('updated_at') };
};

/** The effective day of nothing known at the pin lies after this: then each item's last rectangle is the one in effect. */
export const lastDayKnown = async ({ whole, runner }: Sources, ordinal: number): Promise<Day> => {
  // The raw record may have stopped where the items went on: then nobody can say, and every version is looked at.
  if (runner.standing('history').ordinal < ordinal) return BEHIND_ALL_DAYS;
  const row = await whole
    .selectFrom('entries')
    .select('recorded_max')
    .where('ordinal', '<=', ordinal)
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? '' : osloDay(row.recorded_max);
};

const BEHIND_ALL_DAYS: Day = '~';

/** By id, in the order asked for; retracted items included. */
export const itemsById = async (sources: Sources, ids: readonly ItemId[], pin: Pin): Promise<readonly (ItemRow | null)[]> => {
  const rows = await inChunks([...new Set(ids)], (chunk) => rowsOf(sources, chunk, pin));
  const byId = new Map(rows.map((row) => [row.item, rowOf(row)]));
  const lacking = sources.face === 'INTERNAL' ? [] : ids.filter((id) => !byId.has(id));
  for (const row of await veiledRows(sources, lacking, pin)) byId.set(row.item, rowOf(row));
  return ids.map((id) => byId.get(id) ?? null);
};

/** The state of an item of which this face may only know that it is there. */
export const SHIELDED_STATE = 'SHIELDED';

/** What a narrow face knows of shielded items among these; null: of all that there are. */
export const veiledRows = async (
  { read }: Sources,
  ids: readonly ItemId[] | null,
  { known: at }: Pick<Pin, 'known'>,
): Promise<readonly ItemRecord[]> => {
  if (ids?.length === 0) return [];
  const among = ids === null ? sql`` : sql`and ${words.among('item', ids)}`;
  const { rows } = await sql<
    Readonly<{ item: ItemId; shielded_at: Instant }>
  >`select item, shielded_at from veils where known_from <= ${at} ${among}
    order by item`.execute(read);
  return rows.map(({ item, shielded_at }) => veiled(item, shielded_at));
};

/** Nothing but its kind is its own: the title stands for any, and the times are those of the shielding. */
export const veiled = (item: ItemId, shieldedAt: Instant): ItemRecord => ({
  item,
  kind: kindOf(item),
  reference: null,
  title: SHIELDED_TITLE.nb,
  state: SHIELDED_STATE,
  subtype: null,
  open: 0,
  occurred: 'unknown',
  as_written: null,
  recorded_at: shieldedAt,
  revision: 0,
  updated_at: shieldedAt,
});

const UNCHANGED = `select ${SHOWN_COLUMNS.join(', ')}, revision, updated_at from items
  where item ${AMONG} and recorded_to is null and valid_to is null and recorded_from <= ? and valid_from <= ?`;

/** Most items have not changed since the pin: their last rectangle is found by one probe each, the others by their versions. */
const rowsOf = async (sources: Sources, ids: readonly ItemId[], pin: Pin): Promise<readonly ItemRecord[]> => {
  const last = await sources.ask<ItemRecord>(UNCHANGED, [ids, pin.known, pin.validAt]);
  const found = new Set(last.map((row) => row.item));
  const others = ids.filter((id) => !found.has(id));
  if (others.length === 0) return last;
  const { revision, updated_at } = recordColumns(pin);
  const versions = await sources.read
    .selectFrom('items as i')
    .select(SHOWN_COLUMNS)
    .select([revision.$castTo<number>().as('revision'), updated_at.$castTo<string>().as('updated_at')])
    .where('i.item', 'in', others)
    .where(known(pin))
    .where(inEffect(pin))
    .execute();
  return [...last, ...versions] as ItemRecord[];
};

export const rowOf = (row: ItemRecord): ItemRow => ({
  id: row.item,
  kind: row.kind,
  reference: row.reference,
  title: row.title,
  state: row.state,
  subtype: row.subtype,
  open: row.open === 1,
  occurred: { text: row.occurred, asWritten: row.as_written },
  revision: row.revision,
  recordedAt: row.recorded_at,
  updatedAt: row.updated_at,
});
