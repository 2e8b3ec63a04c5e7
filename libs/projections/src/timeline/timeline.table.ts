import { columnsOf, type TableSpec } from '../writing/table.js';

/** A happening as it was told from one entry on until another. A correction closes a row and opens the next under the same id. */
export type TimelineTable = {
  item: string;
  recorded_from: number;
  recorded_to: number | null;
  /** Effective day and number of the entry: the order of the timeline. */
  day: string;
  ordinal: number;
  ref: string;
  kind: string;
  part: string | null;
  nature: 'HAPPENED' | 'PLANNED';
  type: string;
  title_nb: string;
  title_nn: string;
  title_en: string;
  description_nb: string;
  description_nn: string;
  description_en: string;
  occurred: string;
  as_written: string | null;
  recorded_at: string;
  /** JSON: Party, Source. */
  asserted_by: string | null;
  source: string | null;
  /** JSON: the refs of the entries that changed it, in log order. */
  corrections: string;
};

export const TIMELINE_COLUMNS = [
  'day', 'ordinal', 'ref', 'kind', 'part', 'nature', 'type', 'title_nb', 'title_nn', 'title_en', 'description_nb', 'description_nn',
  'description_en', 'occurred', 'as_written', 'recorded_at', 'asserted_by', 'source', 'corrections',
] as const satisfies readonly (keyof TimelineTable)[]; // prettier-ignore

/**
 * Not clustered by day: a row is 1–2 kB, more than SQLite keeps beside a key, so that each would take an overflow page of its own
 * (100,000 entries: 473 MB of read models instead of 329), and rows come in the order of the log.
 */
export const TIMELINE_TABLE: TableSpec = {
  name: 'timeline',
  // prettier-ignore
  columns: columnsOf<TimelineTable>({
    item: 'TEXT', recorded_from: 'INTEGER', recorded_to: 'INTEGER?', day: 'TEXT', ordinal: 'INTEGER', ref: 'TEXT', kind: 'TEXT',
    part: 'TEXT?', nature: 'TEXT', type: 'TEXT', title_nb: 'TEXT', title_nn: 'TEXT', title_en: 'TEXT', description_nb: 'TEXT',
    description_nn: 'TEXT', description_en: 'TEXT', occurred: 'TEXT', as_written: 'TEXT?', recorded_at: 'TEXT', asserted_by: 'TEXT?',
    source: 'TEXT?', corrections: 'TEXT',
  }),
  primaryKey: ['day', 'ordinal', 'recorded_from'],
  clustered: false,
  writingIndexes: {},
  indexes: {
    // With all that says whether a row is known: pages are found without touching the rows.
    item: '(item, day, ordinal, recorded_from, recorded_to)',
    kind: '(kind, day, ordinal, recorded_from, recorded_to)',
    // What came and what went after some entry: live readers.
    came: '(recorded_from)',
    went: '(recorded_to) WHERE recorded_to IS NOT NULL',
  },
};

export const TIMELINE_TABLES: readonly TableSpec[] = [TIMELINE_TABLE];
