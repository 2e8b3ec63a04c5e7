import { type RawBuilder, sql, type SqlBool, words } from '@saksgang/database';
import type { ItemId } from '@saksgang/kernel';
import type { Sources } from '../asking/sources.js';
import { inEffect, known } from '../asking/versions.js';
import { openedIn } from '../faces/face.js';
import type { Pin } from '../reading.js';
import { recordColumns, SHOWN_COLUMNS, type ItemRecord } from './item-rows.js';
import type { ItemsTable } from './items.table.js';
import type { OrderColumn } from './order-keys.js';

/** What a list shows, and what it is in order by. */
export type OrderedRecord = ItemRecord & Pick<ItemsTable, OrderColumn>;

export type Walk = Readonly<{
  column: OrderColumn;
  descending: boolean;
  limit: number;
  kinds: readonly string[] | null;
  /** Only these, where they are given: they are looked up, and not looked for along the order. */
  items: readonly ItemId[] | null;
  conditions: readonly RawBuilder<SqlBool>[];
  bounds: readonly RawBuilder<SqlBool>[];
}>;

const all = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  conditions.length === 0 ? sql`1 = 1` : sql.join([...conditions], sql` and `);

/** The rectangle of an item at the pin is found in an index that holds its four sides; only that one is read. */
const rectangleOf = (item: RawBuilder<unknown>, opened: string, pin: Pin): RawBuilder<unknown> =>
  words.thenFound(
    {
      from: sql`(select item as at_item, ${sql.ref(opened)} as rf, valid_from as vf from items where ${known(pin)} and ${inEffect(pin)}) x`,
      on: sql<SqlBool>`x.at_item = ${item}`,
    },
    { from: sql`items i`, as: 'i', on: sql<SqlBool>`i.${sql.ref(opened)} = x.rf and i.valid_from = x.vf` },
  );

/** Along the places of an order, at any point of view: what is there now and was elsewhere then has a place there too. */
export const walkPlaces = async ({ read, face }: Sources, walk: Walk, pin: Pin): Promise<readonly OrderedRecord[]> => {
  const { column, limit, conditions, bounds, items } = walk;
  const opened = openedIn({ face });
  const { revision, updated_at } = recordColumns(pin);
  const shown = sql.join([...SHOWN_COLUMNS, column].map((name) => sql`i.${sql.ref(name)}`));
  const direction = sql.raw(walk.descending ? 'desc' : 'asc');
  const standing = sql`${all([sql`i.retracted = 0`, ...conditions])}`;
  const select = sql`select ${shown}, ${revision} as revision, ${updated_at} as updated_at`;
  const statement =
    items === null
      ? sql<OrderedRecord>`${select} from (select key, item from item_places p where by = ${column} ${ofKinds(walk.kinds)}
          and ${all(bounds.map((bound) => bound))}) p
        ${rectangleOf(sql`p.item`, opened, pin)} where ${standsThere(column)} and ${standing}
        order by p.key ${direction}, p.item ${direction} limit ${limit}`
      : sql<OrderedRecord>`select * from (${select} from ${words.listed(items)} p
        ${rectangleOf(sql`p.listed`, opened, pin)} where ${standing}) as found
        where ${all(bounds)} order by ${sql.ref(column)} ${direction}, item ${direction} limit ${limit}`;
  return (await statement.execute(read)).rows;
};

/** A place's key as the item's own column holds it. */
const keyIn = (column: OrderColumn): RawBuilder<unknown> => (column === 'founded' ? sql`cast(p.key as bigint)` : sql`p.key`);

/** Most do. Worded so that no planner takes it for rare: it would put all there is beside each other, and sort. */
const standsThere = (column: OrderColumn): RawBuilder<unknown> => sql`coalesce(i.${sql.ref(column)} = ${keyIn(column)}, false)`;

/** Of one kind its own part of the order; several are picked out of the order of all. */
const ofKinds = (kinds: readonly string[] | null): RawBuilder<unknown> => {
  if (kinds === null) return sql``;
  return kinds.length === 1 ? sql`and kind = ${kinds[0]}` : sql`and kind || '' in (${sql.join([...kinds])})`;
};
