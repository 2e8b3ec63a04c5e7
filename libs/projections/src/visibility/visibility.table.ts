import type { TableSpec } from '../projection.js';

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

export const VISIBILITY_TABLES: readonly TableSpec[] = [
  {
    name: 'visibility',
    body: `item TEXT NOT NULL PRIMARY KEY, published INTEGER NOT NULL, with_history INTEGER NOT NULL, known_from INTEGER NOT NULL,
      published_at TEXT`,
    clustered: true,
    writingIndexes: {},
    indexes: {},
  },
  {
    name: 'shields',
    body: `item TEXT NOT NULL, part TEXT NOT NULL, legal_basis TEXT NOT NULL, until TEXT, shielded_at TEXT NOT NULL, PRIMARY KEY(item, part)`,
    clustered: true,
    writingIndexes: {},
    indexes: {},
  },
  {
    name: 'entry_marks',
    body: `ordinal INTEGER PRIMARY KEY, item TEXT NOT NULL, note INTEGER NOT NULL, target TEXT, part TEXT, link TEXT`,
    clustered: false,
    writingIndexes: { link: '(link) WHERE link IS NOT NULL' },
    indexes: {},
  },
];
