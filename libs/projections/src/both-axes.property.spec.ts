import fc from 'fast-check';
import { kindOf, type Day, type Entry, type ItemId, type Position } from '@saksgang/kernel';
import { registry } from '@saksgang/kinds';
import { isLong, notRun, rounds } from '../../../test/support/not-run.js';
import { HOLDINGS, holdItem, holdLists, holdProject } from '../testing/holding.js';
import { bytewise, naiveRecord } from '../testing/naive.js';
import { createTelling, story, type Story } from '../testing/stories.js';
import { openWorld, type OpenSide, IS_COMPARED } from '../testing/world.js';
import { checkItems, checksum } from './checking.js';
import { projectionsOf } from './read-side.js';
import type { Pin } from './reading.js';

const SEED = 20_181_003;
const [SHORT, LONG] = IS_COMPARED ? [25, 1_000] : [1_000, 20_000];
const HISTORIES = rounds(
  `histories of three items held against a naive fold, on both axes${IS_COMPARED ? ', on PostgreSQL' : ''}`,
  SHORT,
  LONG,
);
const TOGETHER = Math.min(250, SHORT); // histories told side by side in one record
const ENTRIES_MAX = 9; // entries of one history
/** Before everything; every day on which something takes effect or falls due, and the day after; a quarter later, when nothing has moved. */
const DAYS: readonly Day[] = ['09-01', '09-02', '09-03', '09-04', '09-05', '09-30', '10-01', '10-03', '10-04', '10-05', '10-06', '10-07', '10-08'].map((day) => `2018-${day}`).concat('2019-01-15'); // prettier-ignore
/** Of the days, every so many at each position, the others at the next and in the next record: over four records each pair is met. */
const STRIDE = isLong ? 1 : 4;
if (!isLong) notRun('both axes: each position on every day, and every question at each of them', 'npm run test:long');

const headOf = (streams: ReadonlyMap<ItemId, readonly Entry[]>): Position =>
  [...streams.values()].map((entries) => entries.at(-1)?.position ?? '').reduce((a, b) => (bytewise(a, b) > 0 ? a : b));

/** Holds one point of view; `turn` chooses what is looked at beside the lists. */
const hold = async (side: OpenSide, items: readonly ItemId[], streams: ReadonlyMap<ItemId, readonly Entry[]>, pin: Pin, turn: number) => {
  const naive = naiveRecord(registry, streams, pin.position, pin.validAt);
  await holdLists(side.reading, naive, pin, turn);
  for (const [nth, holding] of HOLDINGS.entries())
    if (isLong || turn % HOLDINGS.length === nth) await holding(side.reading, naive, pin, turn);
  const some = Math.ceil(items.length / 100);
  for (let nth = turn * some; nth < (turn + 1) * some; nth += 1)
    await holdItem(side.reading, naive, items[nth % items.length] ?? '', pin, nth);
  const projects = items.filter((item) => kindOf(item) === 'project');
  const project = projects[turn % projects.length];
  if (project !== undefined) await holdProject(side.reading, naive, project, pin);
};

/** The last position at which nothing recorded later than an instant had been seen: clocks step back, and writers are an hour apart. */
const holdInstants = async ({ reading }: OpenSide, streams: ReadonlyMap<ItemId, readonly Entry[]>): Promise<void> => {
  const log = [...streams.values()].flat().sort((a, b) => bytewise(a.position, b.position));
  const instants = [...new Set(log.map(({ recordedAt }) => recordedAt))];
  for (const knownAt of instants) {
    const later = log.findIndex(({ recordedAt }) => recordedAt > knownAt);
    const last = later === -1 ? log.at(-1) : log[later - 1];
    if (last !== undefined) expect([knownAt, (await reading.pin({ knownAt }, null)).position]).toEqual([knownAt, last.position]);
  }
};

/** Tells the stories side by side, looks at each moment as it comes, and then back at all of them. */
const holdStories = async (stories: readonly Story[], alsoAnew: boolean, nthRecord = 0): Promise<void> => {
  const world = openWorld(registry);
  try {
    const side = await world.open();
    const telling = createTelling(world, stories);
    const heads: Position[] = [];
    for (let round = 0; round < telling.rounds; round += 1) {
      await telling.round(round, side);
      const streams = await telling.entries();
      heads.push(headOf(streams));
      await hold(side, telling.items, streams, await side.reading.pin(null, null), round);
    }
    const streams = await telling.entries();
    let turn = 0;
    for (const [round, position] of heads.entries())
      for (const [nth, validAt] of DAYS.entries())
        if ((nth + round + nthRecord) % STRIDE === 0)
          await hold(side, telling.items, streams, await side.reading.pin({ position, validAt }, null), turn++);
    await holdInstants(side, streams);
    expect(checkItems(side.file)).toEqual([]);
    if (!alsoAnew) return;
    const all = projectionsOf(registry);
    const live = all.map((projection) => checksum(side.file, projection));
    expect(Math.min(...live.map(({ rows }) => rows))).toBeGreaterThan(TOGETHER / 5);
    await side.runner.rebuild(all.map(({ name }) => name));
    expect(all.map((projection) => checksum(side.file, projection))).toEqual(live);
  } finally {
    await world.close();
  }
};

/** The fewest of them, by halves, that still fail. */
const narrowed = async (stories: readonly Story[], nthRecord: number): Promise<readonly Story[]> => {
  if (stories.length === 1) return stories;
  const half = stories.length / 2;
  for (const part of [stories.slice(0, half), stories.slice(half)])
    if (await holdStories(part, false, nthRecord).then(() => false, () => true)) return narrowed(part, nthRecord); // prettier-ignore
  return stories;
};

describe('what the read models answer at (known, valid)', () => {
  it(`is what a naive fold of the raw entries says, over ${HISTORIES} histories (seed ${SEED})`, async () => {
    let histories = 0;
    const record = fc.asyncProperty(fc.array(story(ENTRIES_MAX), { minLength: TOGETHER, maxLength: TOGETHER }), async (stories) => {
      await holdStories(stories, histories === 0, histories / TOGETHER).catch(async (problem: Error) => {
        throw new Error(`${problem.message}\nseed ${SEED}, told by ${JSON.stringify(await narrowed(stories, histories / TOGETHER))}`, {
          cause: problem,
        });
      });
      histories += stories.length;
    });
    // Stories are narrowed above: shrinking would tell hundreds of them again and again.
    await fc.assert(record, { seed: SEED, numRuns: Math.ceil(HISTORIES / TOGETHER), endOnFailure: true });
    expect(histories).toBeGreaterThanOrEqual(HISTORIES);
  }, 3_600_000);
});
