import { columnsOf, type TableSpec } from '../writing/table.js';

/**
 * A text that an entry says, known from one entry until another. What was said stays findable when something else is said
 * later (an earlier title, a point before it was reworded); what is corrected or retracted does not.
 */
export type SearchTextsTable = {
  item: string;
  recorded_from: number;
  recorded_to: number | null;
  /** The number of the entry that says it, and which of that entry's texts it is. */
  made: number;
  nth: number;
  /** Its effective day. */
  valid_from: string;
  kind: string;
  part: string | null;
  /** How much finding it here counts. */
  weight: number;
  text: string;
};

/** Each word of a text, folded; once for each text. A word is never closed: its text is. */
export type SearchWordsTable = { word: string; recorded_from: number; made: number; nth: number };

/** Every word there ever was, to find those that hold another. */
export type SearchVocabularyTable = { word: string };

export const SEARCH_COLUMNS = [
  'made',
  'nth',
  'valid_from',
  'kind',
  'part',
  'weight',
  'text',
] as const satisfies readonly (keyof SearchTextsTable)[];

export const TEXTS_TABLE: TableSpec = {
  name: 'search_texts',
  // prettier-ignore
  columns: columnsOf<SearchTextsTable>({
    item: 'TEXT', recorded_from: 'INTEGER', recorded_to: 'INTEGER?', made: 'INTEGER', nth: 'INTEGER', valid_from: 'TEXT', kind: 'TEXT',
    part: 'TEXT?', weight: 'INTEGER', text: 'TEXT',
  }),
  primaryKey: ['recorded_from', 'made', 'nth'],
  // A text may be as long as 64 kB.
  clustered: false,
  writingIndexes: { open: '(item, made, nth) WHERE recorded_to IS NULL' },
  indexes: {},
};

export const WORDS_TABLE: TableSpec = {
  name: 'search_words',
  columns: columnsOf<SearchWordsTable>({ word: 'TEXT', recorded_from: 'INTEGER', made: 'INTEGER', nth: 'INTEGER' }),
  primaryKey: ['word', 'recorded_from', 'made', 'nth'],
  clustered: true,
  writingIndexes: {},
  indexes: {},
};

export const VOCABULARY_TABLE: TableSpec = {
  name: 'search_vocabulary',
  columns: columnsOf<SearchVocabularyTable>({ word: 'TEXT' }),
  primaryKey: ['word'],
  clustered: true,
  writingIndexes: {},
  indexes: {},
};

export const SEARCH_TABLES: readonly TableSpec[] = [TEXTS_TABLE, WORDS_TABLE, VOCABULARY_TABLE];
