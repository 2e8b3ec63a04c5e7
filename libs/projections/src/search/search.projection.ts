import type { Projection } from '../projection.js';
import type { FoldPoint, Step, WholeStream } from '../streams/step.js';
import { sameValues, type Value, type Values } from '../writing/exchange.js';
import { SEARCH_COLUMNS, SEARCH_TABLES, TEXTS_TABLE, VOCABULARY_TABLE, WORDS_TABLE } from './search.table.js';
import { textsOf, type SearchText } from './texts.js';
import { wordsOf } from './words.js';

export const searchProjection: Projection = {
  name: 'search',
  version: 2, // an item's texts are closed by their places
  tables: SEARCH_TABLES,
  effort: 10,
  apart: true,
  writer: (rows) => {
    const words = rows.keyed({ table: WORDS_TABLE, whenThere: 'FAIL' });
    const vocabulary = rows.keyed({ table: VOCABULARY_TABLE, whenThere: 'KEEP' });
    // A text may be long: it is closed without having been read.
    const texts = rows.versioned({ table: TEXTS_TABLE, key: ['made', 'nth'], closedBy: ['item', 'made', 'nth'] });
    const open = ({ item, ordinal }: Step, values: Values): void => {
      texts.open(item, ordinal, values);
      for (const word of new Set(wordsOf(String(values[TEXT])))) {
        words.put([word, ordinal, values[MADE] ?? 0, values[NTH] ?? 0]);
        vocabulary.put([word]);
      }
    };

    /** What was said just before this entry, and what is said with it: only the texts that differ are touched. */
    const sayAgain = (step: Step, whole: WholeStream): void => {
      const { was, is } = whole.differing();
      const before = new Map(allOf(step, was, whole.before.points[0], whole).map((row) => [keyOf(row[MADE], row[NTH]), row]));
      const opened = allOf(step, is, whole.points[0], whole).filter((row) => {
        const key = keyOf(row[MADE], row[NTH]);
        const other = before.get(key);
        return other === undefined || !sameValues(row, other) || !before.delete(key);
      });
      for (const row of before.values()) texts.close(step.item, step.ordinal, null, [row[MADE] ?? null, row[NTH] ?? null]);
      for (const row of opened) open(step, row);
    };

    return (step) => {
      if (step.whole) sayAgain(step, step.whole);
      else
        for (const row of rowsOf(step, step.common.fact.day, step.ordinal, textsOf(step.kind, step.common, step.previous === null)))
          open(step, row);
    };
  },
};

const [MADE, NTH, TEXT] = [SEARCH_COLUMNS.indexOf('made'), SEARCH_COLUMNS.indexOf('nth'), SEARCH_COLUMNS.indexOf('text')];

const keyOf = (made: Value | undefined, nth: Value | undefined): string => `${String(made)} ${String(nth)}`;

const allOf = (step: Step, points: readonly FoldPoint[], founding: FoldPoint | undefined, { ordinalOf }: WholeStream): readonly Values[] =>
  points.flatMap((point) => rowsOf(step, point.fact.day, ordinalOf(point.fact.revision), textsOf(step.kind, point, point === founding)));

const rowsOf = ({ kind }: Step, day: string, made: number, texts: readonly SearchText[]): readonly Values[] =>
  texts.map(({ part, weight, text }, nth) => [made, nth, day, kind.name, part, weight, text]);
