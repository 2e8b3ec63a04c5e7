import { sql, type RawBuilder, type SqlBool } from '@saksgang/database';
import { positionOf } from '@saksgang/event-store';
import type { Party, Source } from '@saksgang/kernel';
import { parsed } from '../asking/entry-rows.js';
import { pageOf, windowOf } from '../asking/paging.js';
import { mustTell, positionAt, type Sources } from '../asking/sources.js';
import { beyond, bounded, known } from '../asking/versions.js';
import { containing, foldText } from '../folding.js';
import type { EntryRef, Page, PageInput, Pin, TimelineFilter, TimelineOrder, TimelineRow } from '../reading.js';
import { selectionOf, type ReachedThrough } from './selection.query.js';
import type { TimelineTable } from './timeline.table.js';

const ORDER = ['day', 'ordinal'] as const;

/** What had happened by the pin's day, as known at the pin, in order of (effective day, position). */
export const listTimeline = async (
  sources: Sources,
  filter: TimelineFilter,
  order: TimelineOrder,
  page: PageInput,
  asked: Pin,
): Promise<Page<TimelineRow>> => {
  const window = windowOf(sources.store.logId, ['timeline', filter, order], 2, page, asked, (ordinal) => positionAt(sources, ordinal));
  const { pin, after, before, backward } = window;
  mustTell(sources, 'timeline', pin);
  const { conditions: chosen, reached } = await questionOf(sources, filter, pin);
  const conditions = [known(pin), sql<SqlBool>`day <= ${pin.validAt}`, ...chosen];
  const newestFirst = order === 'NEWEST_FIRST';
  const direction = newestFirst !== backward ? 'desc' : 'asc';
  const bounds = [
    ...(after ? [beyond(ORDER, newestFirst ? '<' : '>', after)] : []),
    ...(before ? [beyond(ORDER, newestFirst ? '>' : '<', before)] : []),
  ];
  const read = filter.items || filter.project ? rowsOfItems : rowsInOrder;
  const rows = await read(sources, [...conditions, ...bounds], direction, window.limit + 1);
  return pageOf(window, rows, {
    keyOf: (row) => [row.day, row.ordinal],
    nodeOf: (row) => timelineRow(sources.store.logId, row, reached),
    count: async () => {
      let counting = sources.read.selectFrom('timeline').select((e) => e.fn.countAll<number>().as('n'));
      for (const condition of conditions) counting = counting.where(condition);
      return (await counting.executeTakeFirstOrThrow()).n;
    },
  });
};

type Rows = (
  sources: Sources,
  conditions: readonly RawBuilder<SqlBool>[],
  direction: 'asc' | 'desc',
  limit: number,
) => Promise<readonly TimelineTable[]>;

/** Walks the timeline, which lies in its own order, until the page is full. */
const rowsInOrder: Rows = ({ read }, conditions, direction, limit) => {
  let query = read.selectFrom('timeline').selectAll().orderBy('day', direction).orderBy('ordinal', direction).limit(limit);
  for (const condition of conditions) query = query.where(condition);
  return query.execute();
};

/** The items' places are found in an index and put in order there; only the page's own rows are read. */
const rowsOfItems: Rows = ({ read }, conditions, direction, limit) => {
  let places = read
    .selectFrom('timeline')
    .select(['day', 'ordinal', 'recorded_from'])
    .orderBy('day', direction)
    .orderBy('ordinal', direction)
    .limit(limit);
  for (const condition of conditions) places = places.where(condition);
  return read
    .selectFrom(places.as('place'))
    .innerJoin('timeline as t', (join) =>
      join.onRef('t.day', '=', 'place.day').onRef('t.ordinal', '=', 'place.ordinal').onRef('t.recorded_from', '=', 'place.recorded_from'),
    )
    .selectAll('t')
    .orderBy('t.day', direction)
    .orderBy('t.ordinal', direction)
    .execute();
};

/** The rows that a filter asks for, and which of their items it reached through others. */
export type TimelineQuestion = Readonly<{ conditions: readonly RawBuilder<SqlBool>[]; reached: ReachedThrough }>;

export const questionOf = async (sources: Sources, filter: TimelineFilter, pin: Pin): Promise<TimelineQuestion> => {
  const { condition, reached } = await selectionOf(sources, filter, pin);
  const conditions: RawBuilder<SqlBool>[] = condition === null ? [] : [condition];
  const among = (column: string, values: readonly string[]): void =>
    void conditions.push(values.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`${sql.ref(column)} in (${sql.join([...values])})`);
  if (filter.kinds?.length === 1) among('kind', filter.kinds);
  else if (filter.kinds) conditions.push(ofAnyKind(bounded('kinds', filter.kinds)));
  if (filter.types) among('type', bounded('types', filter.types));
  if (filter.from) conditions.push(sql<SqlBool>`day >= ${filter.from}`);
  if (filter.to) conditions.push(sql<SqlBool>`day <= ${filter.to}`);
  if (filter.text) conditions.push(saying(filter.text));
  return { conditions, reached };
};

/** Several kinds are most of the timeline: an expression keeps the database from sorting all their rows, and it walks the order instead. */
const ofAnyKind = (kinds: readonly string[]): RawBuilder<SqlBool> =>
  kinds.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`kind || '' in (${sql.join([...kinds])})`;

/** In the title or description of any language. `fold` is a function of the database. */
const saying = (text: string): RawBuilder<SqlBool> => {
  const told = sql`fold(title_nb || ' / ' || title_nn || ' / ' || title_en || ' / ' || description_nb || ' / ' || description_nn || ' / ' || description_en)`;
  return sql<SqlBool>`${told} like ${containing(foldText(text))} escape '\\'`;
};

export const timelineRow = (logId: string, row: TimelineTable, reached: ReachedThrough): TimelineRow => {
  const corrections = JSON.parse(row.corrections) as readonly EntryRef[];
  return {
    id: row.ref,
    item: row.item,
    kind: row.kind,
    part: row.part,
    nature: row.nature,
    type: row.type,
    title: { nb: row.title_nb, nn: row.title_nn, en: row.title_en },
    description: { nb: row.description_nb, nn: row.description_nn, en: row.description_en },
    occurred: { text: row.occurred, asWritten: row.as_written },
    day: row.day,
    recordedAt: row.recorded_at,
    position: positionOf(logId, row.ordinal),
    assertedBy: parsed<Party>(row.asserted_by),
    source: parsed<Source>(row.source),
    corrected: corrections.length > 0,
    corrections,
    reachedThrough: reached.get(row.item) ?? null,
  };
};
