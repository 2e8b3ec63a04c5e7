import { columnsOf, type TableSpec } from '../writing/table.js';

/** A rectangle of one item: known from one entry until another, in effect from one day until another (null: no end). */
export type ItemsTable = {
  item: string;
  recorded_from: number;
  recorded_to: number | null;
  valid_from: string;
  valid_to: string | null;
  kind: string;
  reference: string | null;
  title: string;
  state: string;
  subtype: string | null;
  open: number;
  body: string | null;
  /** Of the founding entry as known. */
  occurred: string;
  as_written: string | null;
  earliest: string | null;
  latest: string | null;
  /** The founding entry's number and recording. */
  founded: number;
  recorded_at: string;
  /** Follow the known axis alone, so only the last rectangle (`valid_to` null) says them. */
  revision: number | null;
  updated_at: string | null;
  retracted: number;
  occurred_key: string;
  title_key: string;
  reference_key: string;
};

/** What an item is found by, versioned like the item: REFERENCE and SOURCE values are folded, PROJECT and NAME values are item ids. */
export type FacetsTable = {
  item: string;
  recorded_from: number;
  recorded_to: number | null;
  valid_from: string;
  valid_to: string | null;
  facet: 'REFERENCE' | 'SOURCE' | 'PROJECT' | 'NAME';
  value: string;
};

/** A place that an item has, or has had, in one of the orders of lists. `key`: of `founded` the number, in digits of one length. */
export type PlacesTable = { by: string; kind: string; key: string; item: string };

/** In the order in which rows are written. */
export const ITEM_COLUMNS = [
  'valid_from', 'valid_to', 'kind', 'reference', 'title', 'state', 'subtype', 'open', 'body', 'occurred', 'as_written', 'earliest', 'latest',
  'founded', 'recorded_at', 'revision', 'updated_at', 'retracted', 'occurred_key', 'title_key', 'reference_key',
] as const satisfies readonly (keyof ItemsTable)[]; // prettier-ignore

export const FACET_COLUMNS = ['valid_from', 'valid_to', 'facet', 'value'] as const satisfies readonly (keyof FacetsTable)[];

const LAST_KNOWN = 'WHERE recorded_to IS NULL AND valid_to IS NULL AND retracted = 0';

export const ITEMS_TABLE: TableSpec = {
  name: 'items',
  // prettier-ignore
  columns: columnsOf<ItemsTable>({
    item: 'TEXT', recorded_from: 'INTEGER', recorded_to: 'INTEGER?', valid_from: 'TEXT', valid_to: 'TEXT?', kind: 'TEXT',
    reference: 'TEXT?', title: 'TEXT', state: 'TEXT', subtype: 'TEXT?', open: 'INTEGER', body: 'TEXT?', occurred: 'TEXT',
    as_written: 'TEXT?', earliest: 'TEXT?', latest: 'TEXT?', founded: 'INTEGER', recorded_at: 'TEXT', revision: 'INTEGER?',
    updated_at: 'TEXT?', retracted: 'INTEGER', occurred_key: 'TEXT', title_key: 'TEXT', reference_key: 'TEXT',
  }),
  primaryKey: ['recorded_from', 'valid_from'],
  clustered: true,
  // An entry is of one item: its number is half a key, and rows are put at the table's end. Writing finds an item's rows by its entries.
  writingIndexes: {},
  indexes: {
    open: '(item, valid_from) WHERE recorded_to IS NULL',
    // With all that says whether a rectangle is known and in effect: it is found without touching the others.
    item: '(item, recorded_from, valid_from, recorded_to, valid_to)',
    // One row per item: what is so now, in the orders lists have.
    last: '(item) WHERE recorded_to IS NULL AND valid_to IS NULL',
    occurred: `(kind, occurred_key, item) ${LAST_KNOWN}`,
    title: `(kind, title_key, item) ${LAST_KNOWN}`,
    founded: `(kind, founded, item) ${LAST_KNOWN}`,
    // What has changed since some entry: how a reader of an earlier entry finds what the orders above no longer hold.
    closed: '(recorded_to) WHERE recorded_to IS NOT NULL',
  },
};

export const PLACES_TABLE: TableSpec = {
  name: 'item_places',
  columns: columnsOf<PlacesTable>({ by: 'TEXT', kind: 'TEXT', key: 'TEXT', item: 'TEXT' }),
  primaryKey: ['by', 'kind', 'key', 'item'],
  clustered: true,
  writingIndexes: {},
  indexes: { any: '(by, key, item)' },
};

export const FACETS_TABLE: TableSpec = {
  name: 'item_facets',
  // prettier-ignore
  columns: columnsOf<FacetsTable>({
    item: 'TEXT', recorded_from: 'INTEGER', recorded_to: 'INTEGER?', valid_from: 'TEXT', valid_to: 'TEXT?', facet: 'TEXT', value: 'TEXT',
  }),
  primaryKey: ['item', 'facet', 'value', 'recorded_from', 'valid_from'],
  clustered: true,
  writingIndexes: {},
  indexes: { value: '(facet, value, item)' },
};

export const ITEM_TABLES: readonly TableSpec[] = [ITEMS_TABLE, PLACES_TABLE, FACETS_TABLE];
