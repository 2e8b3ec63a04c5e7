import { sql, type SqlBool } from '@saksgang/database';
import { osloDay, type ItemId, type Position } from '@saksgang/kernel';
import { conditionsOf as historyConditions, entryRows, namelessEntry } from '../history/history.query.js';
import type { EntryRow, HistoryFilter, Pin, TimelineFilter, TimelineRow } from '../reading.js';
import { selectionOf } from '../timeline/selection.query.js';
import type { ToldRow } from '../timeline/planned.query.js';
import { conditionsOnPlace, questionOf, timelineRow, toldWhere, type TimelineQuestion } from '../timeline/timeline.query.js';
import { entriesGoneWith, turnsWithin, wasShown, type Listening, type Turn } from '../visibility/turning.query.js';
import { judgementOf } from '../visibility/visibility.query.js';
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

/**
 * Values by place in the log, span by span. A slow reader takes them long after they were read: where who may see what was said anew
 * meanwhile, what is left is read anew before any of it is handed on.
 */
async function* judged<T>(
  sources: Sources,
  after: Position | null,
  signal: AbortSignal,
  within: (from: number, pin: Pin, listening: Listening) => Promise<readonly Readonly<{ ordinal: number; value: T }>[]>,
): AsyncGenerator<T> {
  const opened = sources.runner.reached();
  const listening = { opened, start: after === null ? opened : ordinalIn(sources, after) };
  for await (const { from, pin } of spans(sources, after, signal)) {
    let isStale = judgementOf(sources);
    let rest = await within(from, pin, listening);
    for (let last = from; rest.length > 0;) {
      if (signal.aborted) return;
      if (await isStale()) {
        isStale = judgementOf(sources);
        rest = await within(last, pin, listening);
      }
      const [next, ...others] = rest;
      if (next === undefined) break;
      yield next.value;
      last = next.ordinal;
      rest = others;
    }
  }
}

/** Live, resumable, in order, at least once. @throws ReadProblem POSITION_UNKNOWN, PROJECTION_STOPPED */
export const liveEntries = (
  sources: Sources,
  after: Position | null,
  filter: HistoryFilter,
  signal: AbortSignal,
): AsyncGenerator<EntryRow> => {
  const conditions = historyConditions(filter);
  return judged(sources, after, signal, async (from, pin, listening) => {
    mustTell(sources, 'history', pin);
    let query = sources.read
      .selectFrom('entries')
      .selectAll()
      .where('ordinal', '>', from)
      .where('ordinal', '<=', pin.known)
      .orderBy('ordinal');
    for (const condition of conditions) query = query.where(condition);
    const rows = await query.execute();
    const told = await entryRows(sources, rows, pin);
    const found = new Map(rows.map(({ ordinal }, at) => [ordinal, told[at] as EntryRow]));
    for (const turn of await turnsWithin(sources, from, pin.known, listening)) {
      const removed = await entriesGoneWith(sources, turn, conditions);
      // Whoever was shown something is told that it is gone, by an act that may itself be out of sight.
      if (removed.length > 0) found.set(turn.ordinal, { ...(found.get(turn.ordinal) ?? namelessEntry(sources, turn.act)), removed });
    }
    return inLogOrder(found);
  });
};

/** One change for each entry that changed the timeline: rows that came or came again, and ids that are no longer told. */
export const liveTimeline = (
  sources: Sources,
  after: Position | null,
  filter: TimelineFilter,
  signal: AbortSignal,
): AsyncGenerator<TimelineChange> =>
  judged(sources, after, signal, async (from, pin, listening) => {
    mustTell(sources, 'timeline', pin);
    return inLogOrder(await changesWithin(sources, from, pin, filter, listening));
  });

const inLogOrder = <T>(found: ReadonlyMap<number, T>): readonly Readonly<{ ordinal: number; value: T }>[] =>
  [...found].sort(([a], [b]) => a - b).map(([ordinal, value]) => ({ ordinal, value }));

const changesWithin = async (
  sources: Sources,
  from: number,
  pin: Pin,
  filter: TimelineFilter,
  listening: Listening,
): Promise<ReadonlyMap<number, TimelineChange>> => {
  const question = await questionOf(sources, filter, pin);
  // Rows of what is published later come with the entry that publishes it, and no index knows that.
  const touched =
    question.planned || sources.face !== 'INTERNAL'
      ? sql`item in (select item from entries where ordinal > ${from} and ordinal <= ${pin.known}) and`
      : sql``;
  const within = (column: 'recorded_from' | 'recorded_to') =>
    toldWhere(sources, question, sql<SqlBool>`${touched} ${sql.ref(column)} > ${from} and ${sql.ref(column)} <= ${pin.known}`, pin);
  const [came, went] = [await within('recorded_from'), await within('recorded_to')];
  const changes = new Map<number, TimelineChange>();
  const change = (ordinal: number, put: readonly ToldRow[], removed: readonly string[]): void => {
    const before = changes.get(ordinal) ?? { put: [], removed: [] };
    const rows = put.map((row) => timelineRow(sources.store.logId, row, question.reached));
    const again = new Set(rows.map(({ id }) => id));
    changes.set(ordinal, {
      position: positionAt(sources, ordinal),
      put: [...before.put.filter(({ id }) => !again.has(id)), ...rows],
      removed: [...new Set([...before.removed, ...removed])].filter((id) => !again.has(id)),
    });
  };
  for (const ordinal of new Set([...came.map((row) => row.recorded_from), ...went.map((row) => row.recorded_to ?? 0)])) {
    const put = came.filter((row) => row.recorded_from === ordinal);
    change(
      ordinal,
      put,
      went.filter((row) => row.recorded_to === ordinal).map((row) => row.ref),
    );
  }
  for (const turn of await turnsWithin(sources, from, pin.known, listening)) {
    const { put, removed } = await turnedBy(sources, turn, pin, filter, question);
    if (put.length + removed.length > 0) change(turn.ordinal, put, removed);
  }
  const merged = await mergersWithin(sources, from, pin, filter, question);
  if (merged !== null) change(pin.known, merged.put, merged.removed);
  return changes;
};

/** Not its words, nor what it belongs to: whether those fit may follow from what nobody was to see, or may not see now. */
const conditionsOnGone = async (whole: Sources, filter: TimelineFilter, pin: Pin): Promise<TimelineQuestion['conditions']> => {
  const { items = null, followMergersOf = null } = filter;
  const named = items === null ? null : (await selectionOf(whole, { items, followMergersOf }, pin)).condition;
  return [...(named === null ? [] : [named]), ...conditionsOnPlace(filter)];
};

type Change = Readonly<{ put: readonly ToldRow[]; removed: readonly string[] }>;

/** All that is told of the item from this act on, and the ids of what was told until then and is no more. */
const turnedBy = async (
  sources: Sources,
  { item, ordinal, before, upTo }: Turn,
  pin: Pin,
  filter: TimelineFilter,
  question: TimelineQuestion,
): Promise<Change> => {
  const versionsAt = (at: number) => sql<SqlBool>`item = ${item} and ${known({ known: at })}`;
  const put = await toldWhere(sources, question, versionsAt(ordinal), pin);
  if (before === null) return { put, removed: [] };
  const whole = { ...sources, read: sources.whole };
  const asked = { ...question, conditions: await conditionsOnGone(whole, filter, { ...pin, known: upTo }) };
  const was = await toldWhere(whole, asked, versionsAt(upTo), pin);
  const still = new Set(put.map((row) => row.ref));
  const removed = was
    .filter((row) => wasShown(before, row.part) && (row.recorded_to === null || row.recorded_to > before.knownFrom))
    .map((row) => row.ref)
    .filter((ref) => !still.has(ref));
  return { put, removed };
};

/** A merger brings along all that is told of the other item, however old; taken back, all of it goes. At the span's end: some entry of it did. */
const mergersWithin = async (
  sources: Sources,
  from: number,
  pin: Pin,
  filter: TimelineFilter,
  question: TimelineQuestion,
): Promise<Change | null> => {
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
  return { put, removed: gone.map((row) => row.ref) };
};
