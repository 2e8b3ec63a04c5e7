import { type RawBuilder, sql, type SqlBool, words } from '@saksgang/database';
import { positionOf } from '@saksgang/event-store';
import type { Locale, Party, Source } from '@saksgang/kernel';
import { parsed } from '../asking/entry-rows.js';
import type { OrderKey } from '../asking/cursor.js';
import { pageOf, windowOf } from '../asking/paging.js';
import { mustTell, positionAt, type Sources } from '../asking/sources.js';
import { bounded, known, knownOnTheWay } from '../asking/versions.js';
import { containing, foldText, roughlyContaining } from '../folding.js';
import type { EntryRef, Page, PageInput, Pin, TimelineFilter, TimelineOrder, TimelineRow } from '../reading.js';
import { plannedTable, type ToldRow } from './planned.query.js';
import { briefRow, rowsInBrief } from './brief.query.js';
import { selectionOf, type ReachedThrough } from './selection.query.js';
import type { TimelineTable } from './timeline.table.js';

/**
 * What had happened by the pin's day, as known at the pin, in order of (effective day, position), and where the filter shows it
 * what was planned then, on the days it was planned for. `brief`: as `Reading.timeline` says; what is planned is told whole.
 */
export const listTimeline = async (
  sources: Sources,
  filter: TimelineFilter,
  order: TimelineOrder,
  page: PageInput,
  asked: Pin,
  brief: Locale | null,
): Promise<Page<TimelineRow>> => {
  const window = windowOf(sources.store.logId, [sources.face, 'timeline', filter, order], 3, page, asked, (ordinal) =>
    positionAt(sources, ordinal),
  );
  const { pin, after, before, backward } = window;
  const question = await questionOf(sources, filter, pin);
  const newestFirst = order === 'NEWEST_FIRST';
  const direction = newestFirst !== backward ? 'desc' : 'asc';
  const bounds: Bounds = [
    ...(after ? [{ side: newestFirst ? '<' : '>', key: after } as const] : []),
    ...(before ? [{ side: newestFirst ? '>' : '<', key: before } as const] : []),
  ];
  const { logId } = sources.store;
  const count = () => countTold(sources, question, pin);
  if (brief !== null && !question.planned && question.conditions.length === 0) {
    const rows = await rowsInBrief(sources, brief, pin, bounds, direction, window.limit + 1);
    return pageOf(window, rows, { keyOf: placeOf, nodeOf: (row) => briefRow(logId, row), count });
  }
  const rows = await toldInOrder(sources, question, filter, pin, bounds, direction, window.limit + 1);
  return pageOf<ToldRow, TimelineRow>(window, rows, { keyOf: placeOf, nodeOf: (row) => timelineRow(logId, row, question.reached), count });
};

const placeOf = ({ day, ordinal, slot }: Pick<ToldRow, 'day' | 'ordinal' | 'slot'>): OrderKey => [day, ordinal, slot ?? ''];

export type Bounds = readonly Readonly<{ side: '<' | '>'; key: OrderKey }>[];

const toldInOrder = async (
  sources: Sources,
  question: TimelineQuestion,
  filter: TimelineFilter,
  pin: Pin,
  bounds: Bounds,
  direction: 'asc' | 'desc',
  limit: number,
): Promise<readonly ToldRow[]> => {
  const read = filter.items || filter.project ? rowsOfItems : rowsInOrder;
  const happened = question.happened
    ? await read(sources, [...happenedBy(pin), ...question.conditions, ...bounds.map(happenedBeyond)], direction, limit)
    : [];
  if (!question.planned) return happened;
  let planning = sources.read.selectFrom(plannedTable(pin)).selectAll().where(known(pin));
  for (const condition of [...question.conditions, ...bounds.map(plannedBeyond)]) planning = planning.where(condition);
  const planned = await planning.orderBy('day', direction).orderBy('ordinal', direction).orderBy('slot', direction).limit(limit).execute();
  return [...happened, ...planned].sort((a, b) => (direction === 'asc' ? inOrder(a, b) : inOrder(b, a))).slice(0, limit);
};

const happenedBy = (pin: Pin): readonly RawBuilder<SqlBool>[] => [knownOnTheWay(pin), sql<SqlBool>`day <= ${pin.validAt}`];

/** What happened has no slot: of one place it stands before what is planned there. */
const happenedBeyond = ({ side, key: [day, ordinal, slot] }: Bounds[number]): RawBuilder<SqlBool> =>
  side === '<' && slot !== ''
    ? sql<SqlBool>`(day, ordinal) <= (${day}, ${ordinal})`
    : sql<SqlBool>`(day, ordinal) ${sql.raw(side)} (${day}, ${ordinal})`;
const plannedBeyond = ({ side, key }: Bounds[number]): RawBuilder<SqlBool> =>
  sql<SqlBool>`(day, ordinal, slot) ${sql.raw(side)} (${sql.join(key)})`;

const inOrder = (a: ToldRow, b: ToldRow): number => bytewise(a.day, b.day) || a.ordinal - b.ordinal || bytewise(a.slot ?? '', b.slot ?? '');
const bytewise = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const countTold = async ({ read }: Sources, { conditions, happened, planned }: TimelineQuestion, pin: Pin): Promise<number> => {
  let count = 0;
  if (happened) {
    let counting = read.selectFrom('timeline').select((e) => e.fn.countAll<number>().as('n'));
    for (const condition of [...happenedBy(pin), ...conditions]) counting = counting.where(condition);
    count += (await counting.executeTakeFirstOrThrow()).n;
  }
  if (planned) {
    let counting = read
      .selectFrom(plannedTable(pin))
      .select((e) => e.fn.countAll<number>().as('n'))
      .where(known(pin));
    for (const condition of conditions) counting = counting.where(condition);
    count += (await counting.executeTakeFirstOrThrow()).n;
  }
  return count;
};

/** All that the filter asks for and that `which` names by its versions, unpaged: live readers. */
export const toldWhere = async (
  { read }: Sources,
  { conditions, happened, planned }: TimelineQuestion,
  which: RawBuilder<SqlBool>,
  pin: Pin,
): Promise<readonly ToldRow[]> => {
  const rows: ToldRow[] = [];
  if (happened) {
    let query = read.selectFrom('timeline').selectAll().where(which).orderBy('day').orderBy('ordinal');
    for (const condition of conditions) query = query.where(condition);
    rows.push(...(await query.execute()));
  }
  if (planned) {
    let query = read.selectFrom(plannedTable(pin)).selectAll().where(which).orderBy('day').orderBy('ordinal').orderBy('slot');
    for (const condition of conditions) query = query.where(condition);
    rows.push(...(await query.execute()));
  }
  return rows;
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

/** The rows that a filter asks for, of which natures, and which of their items it reached through others. */
export type TimelineQuestion = Readonly<{
  conditions: readonly RawBuilder<SqlBool>[];
  reached: ReachedThrough;
  happened: boolean;
  planned: boolean;
}>;
const HAPPENED: readonly TimelineRow['nature'][] = ['HAPPENED'];

export const questionOf = async (sources: Sources, filter: TimelineFilter, pin: Pin): Promise<TimelineQuestion> => {
  const show = filter.show ?? HAPPENED;
  const [happened, planned] = [show.includes('HAPPENED'), show.includes('PLANNED')];
  mustTell(sources, 'timeline', pin);
  // What is planned is told of the entry that said so.
  if (planned) for (const projection of ['signals', 'history']) mustTell(sources, projection, pin);
  const { condition, reached } = await selectionOf(sources, filter, pin);
  const conditions = [...(condition === null ? [] : [condition]), ...conditionsOnPlace(filter)];
  if (filter.text) conditions.push(saying(filter.text));
  return { conditions, reached, happened, planned };
};

/** What a filter asks of a row's kind, type and day: of no word that stands there, and of nothing that its item is or belongs to. */
export const conditionsOnPlace = (filter: TimelineFilter): readonly RawBuilder<SqlBool>[] => {
  const conditions: RawBuilder<SqlBool>[] = [];
  const among = (column: string, values: readonly string[]): void =>
    void conditions.push(values.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`${sql.ref(column)} in (${sql.join([...values])})`);
  if (filter.kinds?.length === 1) among('kind', filter.kinds);
  else if (filter.kinds) conditions.push(ofAnyKind(bounded('kinds', filter.kinds)));
  if (filter.types) among('type', bounded('types', filter.types));
  if (filter.from) conditions.push(sql<SqlBool>`day >= ${filter.from}`);
  if (filter.to) conditions.push(sql<SqlBool>`day <= ${filter.to}`);
  return conditions;
};

/** Several kinds are most of the timeline: an expression keeps the database from sorting all their rows, and it walks the order instead. */
const ofAnyKind = (kinds: readonly string[]): RawBuilder<SqlBool> =>
  kinds.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`kind || '' in (${sql.join([...kinds])})`;

/** In the title or description of any language. `fold` is a function of the database, and only asked of what may hold the text. */
const saying = (text: string): RawBuilder<SqlBool> => {
  const said = sql`title_nb || ' / ' || title_nn || ' / ' || title_en || ' / ' || description_nb || ' / ' || description_nn || ' / ' || description_en`;
  const folded = foldText(text);
  const rough = roughlyContaining(folded);
  const mayHold = rough === null ? sql<SqlBool>`1 = 1` : words.like(sql`(${said})`, rough);
  // Worded so that no planner takes it for rare: it would read and sort all there is, and the order is walked until the page is full.
  return sql<SqlBool>`case when ${mayHold} then ${words.like(sql`fold(${said})`, containing(folded))} else false end`;
};

const NO_CORRECTIONS = '[]'; // as most rows have it: nothing to parse

export const timelineRow = (logId: string, row: TimelineTable, reached: ReachedThrough): TimelineRow => {
  const corrections = row.corrections === NO_CORRECTIONS ? [] : (JSON.parse(row.corrections) as readonly EntryRef[]);
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
