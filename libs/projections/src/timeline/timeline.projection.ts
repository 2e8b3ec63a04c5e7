import { isSharedType, type AnyKind, type Described, type Fact, type ItemId } from '@saksgang/kernel';
import type { Projection } from '../projection.js';
import type { FoldPoint, Step, WholeStream } from '../streams/step.js';
import { sameValues, type Values } from '../writing/exchange.js';
import { TIMELINE_COLUMNS, TIMELINE_TABLE, TIMELINE_TABLES } from './timeline.table.js';

export const timelineProjection: Projection = {
  name: 'timeline',
  version: 2, // 2: the title of a wording stands beside its text
  tables: TIMELINE_TABLES,
  effort: 4,
  writer: (rows) => {
    // An entry is told once at a time, so its place finds the row that tells it now.
    const place = ['day', 'ordinal'];
    const tellings = rows.versioned({ table: TIMELINE_TABLE, key: place, closedBy: place });

    /** What was told just before this entry, and what is told with it: only the rows that differ are touched. */
    const tellAgain = ({ item, kind, ordinal }: Step, whole: WholeStream): void => {
      const { was, is } = whole.differing();
      const before = new Map(allTold(item, kind, was, whole).map((row) => [row[ORDINAL], row]));
      const opened = allTold(item, kind, is, whole).filter((row) => {
        const other = before.get(row[ORDINAL]);
        return other === undefined || !sameValues(row, other) || !before.delete(row[ORDINAL]);
      });
      for (const [day = null, number = null] of before.values()) tellings.close(item, ordinal, null, [day, number]);
      for (const row of opened) tellings.open(item, ordinal, row);
    };

    return (step) => {
      const { item, kind, ordinal, common } = step;
      if (common === null) tellAgain(step, step.whole);
      else if (isToldOf(kind, common.fact)) tellings.open(item, ordinal, told(item, kind, common.fact, common.described(), ordinal));
    };
  },
};

const ORDINAL = TIMELINE_COLUMNS.indexOf('ordinal');

const allTold = (item: ItemId, kind: AnyKind, points: readonly FoldPoint[], { ordinalOf }: WholeStream): readonly Values[] =>
  points
    .filter(({ fact }) => isToldOf(kind, fact))
    .map(({ fact, before }) => told(item, kind, fact, kind.describe(fact, before), ordinalOf(fact.revision)));

/** Links and notes tell of the record, not of the world. */
const isToldOf = (kind: AnyKind, { event }: Fact): boolean => !isSharedType(event.type) && kind.onTimeline(event);

const told = (item: ItemId, kind: AnyKind, fact: Fact, { title, description }: Described, ordinal: number): Values => [
  fact.day, ordinal, `${item}@${fact.revision}`, kind.name, kind.partOf(fact.event), 'HAPPENED', fact.event.type,
  title.nb, title.nn, title.en, description.nb, description.nn, description.en, fact.occurred.text, fact.occurred.asWritten,
  fact.recordedAt, json(fact.assertedBy), json(fact.source),
  fact.changedBy.length === 0 ? NOTHING : JSON.stringify(fact.changedBy.map((entry) => `${item}@${entry.revision}`)),
]; // prettier-ignore

const NOTHING = '[]';

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));
