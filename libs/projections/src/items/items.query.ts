import { type RawBuilder, sql, type SqlBool, words } from '@saksgang/database';
import { LIST_MAX, type ItemId } from '@saksgang/kernel';
import type { OrderKey } from '../asking/cursor.js';
import { pageOf, windowOf, type Window } from '../asking/paging.js';
import { within } from '../asking/scope.js';
import { mustTell, positionAt, type Sources } from '../asking/sources.js';
import { isOfNow } from '../asking/standing-rows.js';
import { beyond, bounded, inEffect, known } from '../asking/versions.js';
import { containing, foldReference, sortKey } from '../folding.js';
import type { FoundItem, ItemFilter, ItemOrder, ItemRow, Page, PageInput, Pin } from '../reading.js';
import { itemsById, lastDayKnown, recordColumns, rowOf, SHIELDED_STATE, SHOWN_COLUMNS, veiledRows } from './item-rows.js';
import { placeKey, type OrderColumn } from './order-keys.js';
import { walkPlaces, type OrderedRecord } from './places.query.js';
import { membersOf } from './belonging.query.js';

const ORDERS: Readonly<Record<ItemOrder, Readonly<{ column: OrderColumn; descending: boolean }>>> = {
  OCCURRED: { column: 'occurred_key', descending: false },
  OCCURRED_DESC: { column: 'occurred_key', descending: true },
  TITLE: { column: 'title_key', descending: false },
  RECORDED: { column: 'founded', descending: false },
  RECORDED_DESC: { column: 'founded', descending: true },
  REFERENCE: { column: 'reference_key', descending: false },
};

/** A list of items: retracted ones are not in it. */
export const listItems = async (
  sources: Sources,
  filter: ItemFilter,
  order: ItemOrder,
  page: PageInput,
  asked: Pin,
): Promise<Page<ItemRow>> => {
  const window = windowOf(sources.store.logId, [sources.face, 'items', filter, order], 2, page, asked, (ordinal) =>
    positionAt(sources, ordinal),
  );
  const { pin } = window;
  mustTell(sources, 'items', pin);
  const members = filter.project ? await membersOf(sources, filter.project, pin) : null;
  const conditions = conditionsOf(filter);
  const { column, descending: falling } = ORDERS[order];
  const descending = falling !== window.backward;
  const rows = isListOfNow(sources, filter, order, pin, members)
    ? await rowsOfNow(sources, [...conditions, ...ofMembers(members)], window, column, descending)
    : await walkPlaces(
        sources,
        {
          column,
          descending,
          limit: window.limit + 1,
          kinds: filter.kinds ? bounded('kinds', filter.kinds) : null,
          items: members,
          conditions,
          bounds: members ? boundsOf(window, [column, 'item'], descending) : boundsOf(window, ['key', 'item'], descending),
        },
        pin,
      );
  const veils = await veilsAmong(sources, filter, column, pin);
  const veiled = veils.filter((row) => isWithin(window, descending, [row[column], row.item]));
  return pageOf(window, veiled.length === 0 ? rows : merged(rows, veiled, window, column, descending), {
    keyOf: (row) => [row[column], row.item],
    nodeOf: rowOf,
    count: async () => veils.length + (await count(sources, [...conditions, ...ofMembers(members)], pin)),
  });
};

const BEHIND_ALL_TEXTS = '\u{10ffff}';
const BEHIND_ALL_NUMBERS = Number.MAX_SAFE_INTEGER;

/**
 * What a narrow face lists as shielded: behind all others in every order, for its place among them would tell something of it, and only
 * where nothing is asked that it does not tell.
 */
const veilsAmong = async (sources: Sources, filter: ItemFilter, column: OrderColumn, pin: Pin): Promise<readonly OrderedRecord[]> => {
  const { kinds, states, toldWhole, ...others } = filter;
  const isAskedMore = Object.values(others).some((asked) => asked !== null && asked !== undefined);
  if (sources.face === 'INTERNAL' || toldWhole === true || isAskedMore) return [];
  if (states && !states.includes(SHIELDED_STATE)) return [];
  const rows = await veiledRows(sources, null, pin);
  const key = column === 'founded' ? BEHIND_ALL_NUMBERS : BEHIND_ALL_TEXTS;
  return rows.filter(({ kind }) => !kinds || kinds.includes(kind)).map((row) => ({ ...row, [column]: key }) as OrderedRecord);
};

const isWithin = ({ after, before, backward }: Window, descending: boolean, key: OrderKey): boolean => {
  const ascending = descending === backward;
  const isBehind = (other: OrderKey): boolean =>
    (compare(key[0] ?? '', other[0] ?? '') || compare(key[1] ?? '', other[1] ?? '')) * (ascending ? 1 : -1) > 0;
  const isBefore = (other: OrderKey): boolean =>
    (compare(key[0] ?? '', other[0] ?? '') || compare(key[1] ?? '', other[1] ?? '')) * (ascending ? 1 : -1) < 0;
  return (after === null || isBehind(after)) && (before === null || isBefore(before));
};

const merged = (
  one: readonly OrderedRecord[],
  other: readonly OrderedRecord[],
  { limit }: Window,
  column: OrderColumn,
  descending: boolean,
): readonly OrderedRecord[] => {
  const direction = descending ? -1 : 1;
  return [...one, ...other].sort((a, b) => direction * (compare(a[column], b[column]) || compare(a.item, b.item))).slice(0, limit + 1);
};

/** Lists of one kind as it is now, which most are, have indexes of their own that hold nothing else; so have single items. */
const isListOfNow = (sources: Sources, { kinds }: ItemFilter, order: ItemOrder, pin: Pin, members: readonly ItemId[] | null): boolean =>
  isOfNow(sources, pin) && (members !== null || (kinds?.length === 1 && order !== 'REFERENCE'));

/**
 * What is open now comes from an index in the order asked for; what has been closed since the pin is few, and is put between.
 * The open rows are read first: a row that is closed meanwhile is then seen twice rather than not at all.
 */
const rowsOfNow = async (
  sources: Sources,
  conditions: readonly RawBuilder<SqlBool>[],
  window: Window,
  column: OrderColumn,
  descending: boolean,
): Promise<readonly OrderedRecord[]> => {
  const { pin } = window;
  const last = pin.validAt >= (await lastDayKnown(sources, pin.known));
  const select = async (which: RawBuilder<SqlBool>): Promise<OrderedRecord[]> => {
    const { revision, updated_at } = recordColumns(pin);
    let query = sources.read
      .selectFrom('items as i')
      .select(SHOWN_COLUMNS)
      .select(column)
      .select([revision.$castTo<number>().as('revision'), updated_at.$castTo<string>().as('updated_at')])
      .where(which)
      .where('recorded_from', '<=', pin.known)
      .where(inLists)
      .where(last ? sql<SqlBool>`valid_to is null` : inEffect(pin))
      .orderBy(column, descending ? 'desc' : 'asc')
      .orderBy('item', descending ? 'desc' : 'asc')
      .limit(window.limit + 1);
    for (const condition of conditions) query = query.where(condition);
    for (const bound of boundsOf(window, [column, 'item'], descending)) query = query.where(bound);
    return await query.execute();
  };
  const open = await select(sql<SqlBool>`recorded_to is null`);
  const closedSince = await select(sql<SqlBool>`recorded_to > ${pin.known}`);
  if (closedSince.length === 0) return open;
  const byItem = new Map([...open, ...closedSince].map((row) => [row.item, row]));
  return merged([...byItem.values()], [], window, column, descending);
};

/** As a literal: an index over a part of the rows is only used where the query says that part word for word. */
const inLists = sql<SqlBool>`retracted = 0`;

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** `after` lies where reading forward has been; reading backward turns both bounds. */
const boundsOf = (
  { after, before, backward }: Window,
  columns: readonly [string, 'item'],
  descending: boolean,
): readonly RawBuilder<SqlBool>[] => {
  const onwards = descending !== backward ? '<' : '>';
  const back = onwards === '>' ? '<' : '>';
  const bound = (key: OrderKey | null, direction: '>' | '<') =>
    key === null ? [] : [beyond(columns, direction, columns[0] === 'key' ? inPlaces(key) : key)];
  return [...bound(after, onwards), ...bound(before, back)];
};

/** The key of a row as its place holds it. */
const inPlaces = ([first = '', ...others]: OrderKey): OrderKey => [placeKey(first), ...others];

const count = async (sources: Sources, conditions: readonly RawBuilder<SqlBool>[], pin: Pin): Promise<number> => {
  let query = sources.read
    .selectFrom('items as i')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where(known(pin))
    .where(inEffect(pin))
    .where(inLists);
  for (const condition of conditions) query = query.where(condition);
  return (await query.executeTakeFirstOrThrow()).n;
};

const ofMembers = (members: readonly ItemId[] | null): readonly RawBuilder<SqlBool>[] =>
  members === null ? [] : [within('i.item', members)];

const conditionsOf = (filter: ItemFilter): readonly RawBuilder<SqlBool>[] => {
  const conditions: RawBuilder<SqlBool>[] = [];
  const among = (column: string, name: string, values: readonly string[] | null | undefined): void => {
    if (values)
      conditions.push(values.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`${sql.ref(column)} in (${sql.join(bounded(name, values))})`);
  };
  among('kind', 'kinds', filter.kinds);
  among('state', 'states', filter.states);
  among('subtype', 'subtypes', filter.subtypes);
  if (filter.body) conditions.push(sql<SqlBool>`body = ${filter.body}`);
  if (filter.open !== null && filter.open !== undefined) conditions.push(sql<SqlBool>`open = ${filter.open ? 1 : 0}`);
  if (filter.text?.trim()) conditions.push(saying(filter.text.trim()));
  // What may have happened within the days asked for; what nobody can date is not among it.
  if (filter.from) conditions.push(sql<SqlBool>`(latest >= ${filter.from} or (latest is null and earliest is not null))`);
  if (filter.to) conditions.push(sql<SqlBool>`(earliest <= ${filter.to} or (earliest is null and latest is not null))`);
  return conditions;
};

/** In the title, where quotation marks do not count, or in the reference. A text of quotation marks alone says nothing to look for. */
const saying = (text: string): RawBuilder<SqlBool> => {
  const key = sortKey(text);
  const inReference = words.like('reference', containing(text));
  return key === '' ? inReference : sql<SqlBool>`(${words.like('title_key', containing(key))} or ${inReference})`;
};

export const findByReference = async (
  sources: Sources,
  reference: string,
  kind: string | null,
  pin: Pin,
): Promise<readonly FoundItem[]> => {
  mustTell(sources, 'items', pin);
  const folded = foldReference(reference)[0];
  if (folded === undefined) return [];
  const facets = await sources.read
    .selectFrom('item_facets')
    .select(['item', 'facet'])
    .where('facet', 'in', ['REFERENCE', 'SOURCE'])
    .where('value', '=', folded)
    .where(known(pin))
    .where(inEffect(pin))
    .orderBy('facet')
    .orderBy('item')
    .limit(2 * LIST_MAX)
    .execute();
  const foundBy = new Map<ItemId, FoundItem['foundBy']>();
  // REFERENCE sorts before SOURCE: what an item is called counts before what it was recorded from.
  for (const { item, facet } of facets) if ((facet === 'REFERENCE' || facet === 'SOURCE') && !foundBy.has(item)) foundBy.set(item, facet);
  const rows = await itemsById(sources, [...foundBy.keys()].slice(0, LIST_MAX), pin);
  return rows.flatMap((row) =>
    row === null || (kind !== null && row.kind !== kind) ? [] : [{ ...row, foundBy: foundBy.get(row.id) ?? 'SOURCE' }],
  );
};
