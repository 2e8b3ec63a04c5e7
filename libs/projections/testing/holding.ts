import type { ItemId } from '@saksgang/kernel';
import type { Page, PageInput, Pin, Reading, TimelineRow } from '../src/index.js';
import { byReference, happened, linksOf, membersOf, rowOf, saying, type NaiveRecord } from './naive.js';
import { attentionOf, countsOf, datesOf, followUpsOf, gapsOf, planned } from './naive-computed.js';
import { traceOf } from './naive-trace.js';
import { WORDS } from './stories.js';

const FOUND_BY = ['a', 'b', '2018/7', '2018/7-3', 'rapport', 'prosjektalfa'];
const TRACE_DEPTHS = [1, 2, 6];

/** Most of what is compared is the same: comparing it as one text costs a tenth of finding where two lists differ. */
const same = (actual: readonly unknown[], expected: readonly unknown[]): void => {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) expect(asText(actual)).toEqual(asText(expected));
};
const asText = (values: readonly unknown[]): readonly string[] => values.map((value) => JSON.stringify(value));
const sorted = (values: readonly unknown[]): readonly string[] => asText(values).toSorted();

/** All of it, page by page, and as many as its count says. */
export const walked = async <T>(ask: (page: PageInput) => Promise<Page<T>>): Promise<readonly T[]> => {
  const nodes: T[] = [];
  let page = await ask({ first: 100 });
  nodes.push(...page.nodes);
  for (; page.hasNextPage; nodes.push(...page.nodes)) page = await ask({ first: 100, after: page.cursorAt(page.nodes.length - 1) });
  if (nodes.length > 0) expect(await page.totalCount()).toBe(nodes.length);
  return nodes;
};

const gapsTold = async (reading: Reading, project: ItemId | null, pin: Pin): Promise<readonly string[]> =>
  (await reading.gaps(project, pin)).map(({ item, rule, part }) => [item, rule, part].join(' ')).sort();

const countsTold = ({ counts }: Awaited<ReturnType<Reading['status']>>) =>
  Object.fromEntries(counts.map(({ kind, state, light, computedLight, count }) => [[kind, state, light, computedLight].join(' '), count]));

type Holding = (reading: Reading, naive: NaiveRecord, pin: Pin, turn: number) => Promise<void>;

/** The items and what happened to them: what everything else follows from. */
export const holdLists: Holding = async (reading, naive, pin) => {
  const rows = await walked((page) => reading.items({}, 'RECORDED', page, pin));
  same(
    rows.map((row) => [row.id, row.title, row.state, row.reference, row.subtype, row.open, row.occurred.text, row.occurred.asWritten, row.revision, row.recordedAt, row.updatedAt]), // prettier-ignore
    naive.items.map(rowOf),
  );
  const told = await walked((page) => reading.timeline({}, 'OLDEST_FIRST', page, pin));
  same(
    told.map((row) => [row.id, row.day, row.title.nb, row.description.nn, row.occurred.text, row.assertedBy, row.corrections]),
    happened(naive),
  );
  for (const order of ['OLDEST_FIRST', 'NEWEST_FIRST'] as const) {
    const [whole, brief] = [await reading.timeline({}, order, { last: 7 }, pin), await reading.timeline({}, order, { last: 7 }, pin, 'nn')];
    same(brief.nodes.map(inBrief), whole.nodes.map(inBrief));
  }
};

/** All that is shown of a row in brief. */
const inBrief = (row: TimelineRow) => [
  row.id, row.item, row.kind, row.part, row.nature, row.type, row.title.nn, row.description.nn, row.occurred, row.day, row.recordedAt, row.position,
]; // prettier-ignore

const holdDates: Holding = async (reading, naive, pin) => {
  const due = await walked((page) => reading.timeline({ show: ['PLANNED'] }, 'OLDEST_FIRST', page, pin));
  same(due.map(({ day }) => day), due.map(({ day }) => day).toSorted()); // prettier-ignore
  same(sorted(due.map((row) => [row.day, row.item, row.type, row.part, row.occurred.text, row.title.nb])), sorted(planned(naive)));
  const asked = await walked((page) => reading.followUps({}, 'DEADLINE', page, pin));
  same(asked.map((row) => [row.item, row.part, row.state, row.open, row.deadline?.text, row.closedAs, row.daysOverdue]), followUpsOf(naive)); // prettier-ignore
  const late = await walked((page) => reading.followUps({ overdue: true }, 'DEADLINE_DESC', page, pin));
  same(sorted(late.map(({ item, part }) => [item, part])), sorted(followUpsOf(naive).flatMap(([item, part, , , , , days]) => (days === null ? [] : [[item, part]])))); // prettier-ignore
};

const holdBoard: Holding = async (reading, naive, pin) =>
  expect(countsTold(await reading.status(null, pin))).toEqual(countsOf(naive, null));

const holdGaps: Holding = async (reading, naive, pin) => {
  const gaps = gapsOf(naive);
  same(await gapsTold(reading, null, pin), gaps);
  const items = naive.items.map(({ id }) => id);
  const named = new Set(gaps.map((gap) => gap.slice(0, gap.indexOf(' '))));
  same(await reading.attention(items, pin), naive.items.map((item) => attentionOf(naive, item, named))); // prettier-ignore
};

/** A reference and a word: `turn` chooses which. */
const holdFound: Holding = async (reading, naive, pin, turn) => {
  const reference = FOUND_BY[turn % FOUND_BY.length] ?? '';
  same((await reading.byReference(reference, null, pin)).map(({ id, foundBy }) => [id, foundBy]), byReference(naive, reference)); // prettier-ignore
  const word = WORDS[turn % WORDS.length] ?? '';
  const hits = await walked((page) => reading.search(word, null, page, pin));
  same(hits.map(({ item }) => item.id).toSorted(), saying(naive, word)); // prettier-ignore
};

/** What is asked of the whole record beside its lists: follow-ups and plans, the board, gaps and attention, by reference and by word. */
export const HOLDINGS: readonly Holding[] = [holdDates, holdGaps, holdBoard, holdFound];

/** An item's state with its points, its links, its timeline, and its trace both ways. */
export const holdItem = async (reading: Reading, naive: NaiveRecord, item: ItemId, pin: Pin, turn: number): Promise<void> => {
  const expected = naive.byId.get(item);
  const state = await reading.state(item, pin);
  const links = await walked((page) => reading.links(item, {}, page, pin));
  const said = ({ entry, relation, source, part, target, targetPart, day, declared }: Omit<(typeof links)[number], 'id' | 'direction'>) => [entry, relation, source, part, target, targetPart, day, declared]; // prettier-ignore
  same(links.map(said), linksOf(naive, item).map(said)); // prettier-ignore
  const told = await walked((page) => reading.timeline({ items: [item] }, 'NEWEST_FIRST', page, pin));
  same(told.map(({ id }) => id), happened(naive, ({ id }) => id === item).map(([ref]) => ref).toReversed()); // prettier-ignore
  if (expected === undefined) {
    const since = naive.retracted.get(item);
    expect([item, state?.row.state ?? null]).toEqual([item, since !== undefined && since <= naive.today ? 'RETRACTED' : null]);
    return;
  }
  same([state?.state, state?.facts], [expected.state, expected.facts]);
  const heading = turn % 2 === 0 ? 'FORWARD' : 'BACKWARD';
  const depth = TRACE_DEPTHS[turn % TRACE_DEPTHS.length] ?? 1;
  const trace = await reading.trace({ item, part: null }, heading, depth, pin);
  const whole = (place: string): boolean => !place.includes('/');
  const nodes = trace.nodes.filter(({ id }) => whole(id)).map(({ id, distance }) => `${id} ${distance}`).sort(); // prettier-ignore
  const edges = trace.edges.filter(({ from, to }) => whole(from) && whole(to)).map(({ from, relation, to }) => `${from} ${relation} ${to}`);
  expect({ nodes, edges: [...new Set(edges)].sort() }).toEqual(traceOf(naive, item, heading, depth));
};

/** A project and all that belongs to it. */
export const holdProject = async (reading: Reading, naive: NaiveRecord, project: ItemId, pin: Pin): Promise<void> => {
  const members = membersOf(naive, project);
  const around = new Set([project, ...members]);
  const within = naive.items.filter(({ id }) => members.has(id)).map(({ id }) => id);
  const rows = await walked((page) => reading.items({ project }, 'RECORDED_DESC', page, pin));
  same(rows.map(({ id }) => id), within.toReversed()); // prettier-ignore
  for (const id of within) expect(await reading.projectsOf(id, pin)).toContain(project);
  same(await gapsTold(reading, project, pin), gapsOf(naive, around));
  const board = await reading.status(project, pin);
  expect(countsTold(board)).toEqual(countsOf(naive, members));
  const dated = (dues: typeof board.late) =>
    dues.map(({ item, part, date, daysLate }) => `${item} ${part} ${date.text} ${daysLate}`).sort();
  expect({ late: dated(board.late), next: dated(board.next) }).toEqual(datesOf(naive, around));
  const told = await walked((page) => reading.timeline({ project }, 'OLDEST_FIRST', page, pin));
  same(told.map(({ id }) => id), happened(naive, ({ id }) => around.has(id)).map(([ref]) => ref)); // prettier-ignore
  const asked = await walked((page) => reading.followUps({ project }, 'DEADLINE', page, pin));
  same(asked.map(({ item, part }) => [item, part]), followUpsOf(naive, ({ id }) => members.has(id)).map(([item, part]) => [item, part])); // prettier-ignore
};
