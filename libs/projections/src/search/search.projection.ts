import type { SqliteValue } from '@saksgang/database';
import type { Projection } from '../projection.js';
import type { FoldPoint, Step, WholeStream } from '../streams/step.js';
import { sameValues, versionedWriter, type Values } from '../versioned-rows.js';
import { SEARCH_COLUMNS, SEARCH_TABLES } from './search.table.js';
import { textsOf, type SearchText } from './texts.js';
import { wordsOf } from './words.js';

export const searchProjection: Projection = {
  name: 'search',
  version: 1,
  tables: SEARCH_TABLES,
  effort: 10,
  apart: true,
  writer: (file) => {
    const word = file.prepare(`INSERT INTO search_words(word, recorded_from, made, nth) VALUES (?, ?, ?, ?)`);
    const known = file.prepare(`INSERT INTO search_vocabulary(word) VALUES (?) ON CONFLICT DO NOTHING`);
    const texts = versionedWriter(file, {
      table: 'search_texts',
      columns: SEARCH_COLUMNS,
      key: [MADE, NTH],
      foundBy: 'item',
      opened: (ordinal, values) => {
        for (const one of new Set(wordsOf(String(values[TEXT])))) {
          word.run(one, ordinal, values[MADE] ?? 0, values[NTH] ?? 0);
          known.run(one);
        }
      },
    });
    const openOf = file.prepare<Record<string, SqliteValue>>(
      'SELECT recorded_from AS "from", made, nth FROM search_texts WHERE item = ? AND recorded_to IS NULL',
    );

    /** What was said just before this entry, and what is said with it: only the texts that differ are touched. */
    const sayAgain = (step: Step, whole: WholeStream): void => {
      const { was, is } = whole.differing();
      const before = new Map(allOf(step, was, whole.before.points[0], whole).map((row) => [keyOf(row[MADE], row[NTH]), row]));
      const opened = allOf(step, is, whole.points[0], whole).filter((row) => {
        const key = keyOf(row[MADE], row[NTH]);
        const other = before.get(key);
        return other === undefined || !sameValues(row, other) || !before.delete(key);
      });
      if (before.size > 0)
        for (const { from = null, made = null, nth = null } of openOf.all(step.item))
          if (before.has(keyOf(made, nth))) texts.close(step.item, step.ordinal, Number(from), [made, nth]);
      for (const row of opened) texts.open(step.item, step.ordinal, row);
    };

    return (step) => {
      if (step.whole) sayAgain(step, step.whole);
      else
        for (const row of rowsOf(step, step.common.fact.day, step.ordinal, textsOf(step.kind, step.common, step.previous === null)))
          texts.open(step.item, step.ordinal, row);
    };
  },
};

const [MADE, NTH, TEXT] = [SEARCH_COLUMNS.indexOf('made'), SEARCH_COLUMNS.indexOf('nth'), SEARCH_COLUMNS.indexOf('text')];

const keyOf = (made: SqliteValue | undefined, nth: SqliteValue | undefined): string => `${String(made)} ${String(nth)}`;

const allOf = (step: Step, points: readonly FoldPoint[], founding: FoldPoint | undefined, { ordinalOf }: WholeStream): readonly Values[] =>
  points.flatMap((point) => rowsOf(step, point.fact.day, ordinalOf(point.fact.revision), textsOf(step.kind, point, point === founding)));

const rowsOf = ({ kind }: Step, day: string, made: number, texts: readonly SearchText[]): readonly Values[] =>
  texts.map(({ part, weight, text }, nth) => [made, nth, day, kind.name, part, weight, text]);
