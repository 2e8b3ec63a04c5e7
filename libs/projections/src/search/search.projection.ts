import type { Projection } from '../projection.js';
import type { Step, WholeStream } from '../streams/step.js';
import { versionedWriter, type Values } from '../versioned-rows.js';
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
    return (step) => {
      if (step.whole) texts.become(step.item, step.ordinal, allOf(step, step.whole), step.whole.ordinals);
      else
        for (const row of rowsOf(step, step.common.fact.day, step.ordinal, textsOf(step.kind, step.common, step.previous === null)))
          texts.open(step.item, step.ordinal, row);
    };
  },
};

const [MADE, NTH, TEXT] = [SEARCH_COLUMNS.indexOf('made'), SEARCH_COLUMNS.indexOf('nth'), SEARCH_COLUMNS.indexOf('text')];

const allOf = (step: Step, { points, history, ordinalOf }: WholeStream): readonly Values[] =>
  history.retracted
    ? []
    : points.flatMap((point, index) =>
        rowsOf(step, point.fact.day, ordinalOf(point.fact.revision), textsOf(step.kind, point, index === 0)),
      );

const rowsOf = ({ kind }: Step, day: string, made: number, texts: readonly SearchText[]): readonly Values[] =>
  texts.map(({ part, weight, text }, nth) => [made, nth, day, kind.name, part, weight, text]);
