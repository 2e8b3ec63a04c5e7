import { sql, type SqlBool } from '@saksgang/database';
import { osloDay, type ItemId, type Position } from '@saksgang/kernel';
import { conditionsOf as historyConditions, entryRows } from '../history/history.query.js';
import type { EntryRow, HistoryFilter, Pin, TimelineFilter, TimelineRow } from '../reading.js';
import { questionOf, timelineRow, toldWhere, type TimelineQuestion } from '../timeline/timeline.query.js';
import { ordinalIn } from './pin.js';
import { mustTell, positionAt, type Sources } from './sources.js';
import { known } from './versions.js';

export const LIVE_ENTRIES_MAX = 200; // entries looked at in one go: what a slow reader makes the service hold

export type TimelineChange = Readonly<{ position: Position; put: readonly TimelineRow[]; removed: readonly string[] }>;

/** Walks the log span by span, as the projections reach it. Pulled: nothing is read before the reader asks for it. */
async function* spans(sources: Sources, after: Position | null, signal: AbortSignal): AsyncGenerator<Readonly<{ from: number; pin: Pin }>> {
  const { runner, clock } = sources;
  let from = after === null ? runner.reached() : ordinalIn(sources, after);
  while (!signal.aborted) {
    await runner.beyond(from, signal);
    const reached = runner.reached();
    if (signal.aborted || reached <= from) return;
    const to = await spanEnd(sources, from, reached);
    const today = osloDay(clock.now());
    yield { from, pin: { known: to, position: positionAt(sources, to), validAt: today, today, now: true } };
    from = to;
  }
}

const spanEnd = async ({ whole }: Sources, from: number, reached: number): Promise<number> => {
  const row = await whole
    .selectFrom('entries')
    .select('ordinal')
    .where('ordinal', '>', from)
    .where('ordinal', '<=', reached)
    .orderBy('ordinal')
    .offset(LIVE_ENTRIES_MAX - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.ordinal ?? reached;
};

/** Live, resumable, in order, at least once. @throws ReadProblem POSITION_UNKNOWN, PROJECTION_STOPPED */
export async function* liveEntries(
  sources: Sources,
  after: Position | null,
  filter: HistoryFilter,
  signal: AbortSignal,
): AsyncGenerator<EntryRow> {
  const conditions = historyConditions(filter);
  for await (const { from, pin } of spans(sources, after, signal)) {
    mustTell(sources, 'history', pin);
    let query = sources.read
      .selectFrom('entries')
      .selectAll()
      .where('ordinal', '>', from)
      .where('ordinal', '<=', pin.known)
      .orderBy('ordinal');
    for (const condition of conditions) query = query.where(condition);
    for (const row of await entryRows(sources, await query.execute(), pin)) {
      if (signal.aborted) return;
      yield row;
    }
  }
}

/** One change for each entry that changed the timeline: rows that came or came again, and ids that are no longer told. */
export async function* liveTimeline(
  sources: Sources,
  after: Position | null,
  filter: TimelineFilter,
  signal: AbortSignal,
): AsyncGenerator<TimelineChange> {
  for await (const { from, pin } of spans(sources, after, signal)) {
    mustTell(sources, 'timeline', pin);
    for (const change of await changesWithin(sources, from, pin, filter)) {
      if (signal.aborted) return;
      yield change;
    }
  }
}

const changesWithin = async (sources: Sources, from: number, pin: Pin, filter: TimelineFilter): Promise<readonly TimelineChange[]> => {
  const question = await questionOf(sources, filter, pin);
  // Rows of what is published later come with the entry that publishes it, and no index knows that.
  const touched =
    question.planned || sources.face !== 'INTERNAL'
      ? sql`item in (select item from entries where ordinal > ${from} and ordinal <= ${pin.known}) and`
      : sql``;
  const within = (column: 'recorded_from' | 'recorded_to') =>
    toldWhere(sources, question, sql<SqlBool>`${touched} ${sql.ref(column)} > ${from} and ${sql.ref(column)} <= ${pin.known}`, pin);
  const [came, went] = [await within('recorded_from'), await within('recorded_to')];
  const ordinals = [...new Set([...came.map((row) => row.recorded_from), ...went.map((row) => row.recorded_to ?? 0)])].sort(
    (a, b) => a - b,
  );
  const changes = ordinals.map((ordinal) => {
    const put = came.filter((row) => row.recorded_from === ordinal);
    const told = new Set(put.map((row) => row.ref));
    const removed = went.filter((row) => row.recorded_to === ordinal && !told.has(row.ref)).map((row) => row.ref);
    return {
      position: positionAt(sources, ordinal),
      put: put.map((row) => timelineRow(sources.store.logId, row, question.reached)),
      removed,
    };
  });
  const turned = await mergersWithin(sources, from, pin, filter, question);
  return turned === null ? changes : [...changes, turned];
};

/** A merger brings along all that is told of the other item, however old; taken back, all of it goes. At the span's end: some entry of it did. */
const mergersWithin = async (
  sources: Sources,
  from: number,
  pin: Pin,
  filter: TimelineFilter,
  question: TimelineQuestion,
): Promise<TimelineChange | null> => {
  if (!filter.followMergersOf) return null;
  const earlier = { ...pin, known: from };
  const before = await questionOf(sources, filter, earlier);
  const newly = [...question.reached.keys()].filter((item) => !before.reached.has(item));
  const noLonger = [...before.reached.keys()].filter((item) => !question.reached.has(item));
  if (newly.length === 0 && noLonger.length === 0) return null;
  const told = (of: TimelineQuestion, items: readonly ItemId[], at: Pin) =>
    items.length === 0 ? [] : toldWhere(sources, of, sql<SqlBool>`${known(at)} and item in (${sql.join([...items])})`, at);
  const put = await told(question, newly, pin);
  const still = new Set((await told(question, noLonger, pin)).map((row) => row.ref));
  const gone = (await told(before, noLonger, earlier)).filter((row) => !still.has(row.ref));
  return {
    position: pin.position,
    put: put.map((row) => timelineRow(sources.store.logId, row, question.reached)),
    removed: gone.map((row) => row.ref),
  };
};
