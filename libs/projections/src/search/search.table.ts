import type { TableSpec } from '../projection.js';

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

export const SEARCH_TABLES: readonly TableSpec[] = [
  {
    name: 'search_texts',
    body: `item TEXT NOT NULL, recorded_from INTEGER NOT NULL, recorded_to INTEGER, made INTEGER NOT NULL, nth INTEGER NOT NULL,
      valid_from TEXT NOT NULL, kind TEXT NOT NULL, part TEXT, weight INTEGER NOT NULL, text TEXT NOT NULL,
      PRIMARY KEY(recorded_from, made, nth)`,
    // A text may be as long as 64 kB.
    clustered: false,
    writingIndexes: { open: '(item) WHERE recorded_to IS NULL' },
    indexes: {},
  },
  {
    name: 'search_words',
    body: `word TEXT NOT NULL, recorded_from INTEGER NOT NULL, made INTEGER NOT NULL, nth INTEGER NOT NULL,
      PRIMARY KEY(word, recorded_from, made, nth)`,
    clustered: true,
    writingIndexes: {},
    indexes: {},
  },
  { name: 'search_vocabulary', body: 'word TEXT NOT NULL, PRIMARY KEY(word)', clustered: true, writingIndexes: {}, indexes: {} },
];
