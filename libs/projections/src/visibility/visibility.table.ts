import { columnsOf, type TableSpec } from '../writing/table.js';

/** Who may see an item, as it stands now: judged when somebody asks, whatever point of view they ask for. No row: nobody has said. */
export type VisibilityTable = {
  item: string;
  published: number;
  with_history: number;
  /** The number of the first entry that anyone may know of: 0 with history, else that of the entry that published it. */
  known_from: number;
  /** When it was published; null while it is not. */
  published_at: string | null;
};

/** A shielding that nobody has ended; its last day may have passed. */
export type ShieldsTable = {
  item: string;
  /** A part's path; '' for the whole item. */
  part: string;
  legal_basis: string;
  /** The last day on which it holds; null: until it is released. */
  until: string | null;
  shielded_at: string;
};

/** What decides who may see an entry, beside its item. Entries of which nothing is to be said have no row. */
export type MarksTable = {
  ordinal: number;
  item: string;
  /** It notes something, or amends an entry that does. */
  note: number;
  /** The item it links to, or amends or ends a link to. */
  target: string | null;
  /** The part it is about, or amends an entry that is. */
  part: string | null;
  /** The id of an entry that links, by which the entry that ends the link names it. */
  link: string | null;
};

export const VISIBILITY_TABLE: TableSpec = {
  name: 'visibility',
  // prettier-ignore
  columns: columnsOf<VisibilityTable>({
    item: 'TEXT', published: 'INTEGER', with_history: 'INTEGER', known_from: 'INTEGER', published_at: 'TEXT?',
  }),
  primaryKey: ['item'],
  clustered: true,
  writingIndexes: {},
  indexes: {},
};

export const SHIELDS_TABLE: TableSpec = {
  name: 'shields',
  columns: columnsOf<ShieldsTable>({ item: 'TEXT', part: 'TEXT', legal_basis: 'TEXT', until: 'TEXT?', shielded_at: 'TEXT' }),
  primaryKey: ['item', 'part'],
  clustered: true,
  writingIndexes: {},
  indexes: {},
};

export const MARKS_TABLE: TableSpec = {
  name: 'entry_marks',
  // prettier-ignore
  columns: columnsOf<MarksTable>({
    ordinal: 'INTEGER', item: 'TEXT', note: 'INTEGER', target: 'TEXT?', part: 'TEXT?', link: 'TEXT?',
  }),
  primaryKey: ['ordinal'],
  clustered: false,
  writingIndexes: { link: '(link) WHERE link IS NOT NULL' },
  indexes: {},
};

export const VISIBILITY_TABLES: readonly TableSpec[] = [VISIBILITY_TABLE, SHIELDS_TABLE, MARKS_TABLE];
