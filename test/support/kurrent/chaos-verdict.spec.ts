import { type EventStore, type FollowBatch, createMemoryEventStore, StoreUnavailable } from '@saksgang/event-store';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventNamed, takeFrom } from '../../../libs/event-store/testing/sample-events.js';
import { seededRandom } from '../../../libs/event-store/testing/seeded-random.js';
import { runWriters, streamsOf } from './chaos-run.js';
import { type ChaosRun, faultsIn } from './chaos-verdict.js';

const standing = (stream: string, ...ids: readonly string[]) => ids.map((id, revision) => ({ id, stream, revision }));
const EXACT: ChaosRun = {
  asked: 2,
  acknowledged: [
    { writer: 0, number: 0, stream: 'a', ids: ['one', 'two'], revision: 1, position: 'p2' },
    { writer: 0, number: 1, stream: 'a', ids: ['three'], revision: 2, position: 'p3' },
  ],
  standing: standing('a', 'one', 'two', 'three'),
  followed: [
    [
      { id: 'one', position: 'p1' },
      { id: 'two', position: 'p2' },
      { id: 'three', position: 'p3' },
    ],
  ],
  told: new Map(),
};
const [one, two, three] = EXACT.followed[0] as [
  { id: string; position: string },
  { id: string; position: string },
  { id: string; position: string },
];

describe('the verdict on a run of chaos', () => {
  it('finds nothing in an exact run', () => expect(faultsIn(EXACT)).toEqual([]));

  it.each<[string, Partial<ChaosRun>, string]>([
    ['an append that was never acknowledged', { asked: 3 }, 'acknowledged 2 of 3'],
    ['a lost event', { standing: standing('a', 'one', 'two') }, 'lost: writer 0 append 1'],
    ['half an append', { standing: standing('a', 'one', 'three') }, 'lost: writer 0 append 0'],
    ['an event in another place than was acknowledged', { standing: standing('a', 'two', 'one', 'three') }, 'lost: writer 0 append 0'],
    ['an event twice', { standing: standing('a', 'one', 'two', 'three', 'three') }, 'twice: a 3'],
    [
      'an event nobody was told of',
      { standing: standing('a', 'one', 'two', 'three', 'four') },
      'stands, but the writer was told otherwise: a 3: nothing',
    ],
    ['a gap', { standing: EXACT.standing.map((event, index) => ({ ...event, revision: index === 2 ? 5 : index })) }, 'gap: a 5 after 1'],
    ['another order than the writer’s', { standing: [...EXACT.standing].reverse() }, 'out of order: writer 0 append 1'],
    ['a follower that missed the last', { followed: [[one, two]] }, 'follower 0 differs from the log at event 2 (2 of 3)'],
    ['a follower that missed one', { followed: [[one, three]] }, 'follower 0 differs from the log at event 1 (2 of 3)'],
    ['a follower that met one twice', { followed: [[one, two, two, three]] }, 'follower 0 differs from the log at event 2 (4 of 3)'],
    ['positions that fall', { followed: [[one, { ...two, position: 'p0' }, three]] }, 'follower 0: positions do not grow at event 1'],
    [
      'another position than was acknowledged',
      { followed: [[one, two, { ...three, position: 'p4' }]] },
      'follower 0 met another position than was acknowledged: writer 0 append 1',
    ],
  ])('finds %s', (_, change, fault) => expect(faultsIn({ ...EXACT, ...change })).toContain(fault));
});

/** Every so many appends go wrong. */
const ONE_IN = 6;
const sometimes = (store: EventStore, wrong: EventStore['append']): EventStore => {
  let appends = 0;
  return { ...bare(store), append: (...asked) => ((appends += 1) % ONE_IN === 0 ? wrong(...asked) : store.append(...asked)) };
};
const bare = (store: EventStore): EventStore => ({
  logId: store.logId,
  origin: store.origin,
  append: (...asked) => store.append(...asked),
  readStream: (...asked) => store.readStream(...asked),
  follow: (options) => store.follow(options),
  deleteBoxes: (persons) => store.deleteBoxes(persons),
  head: () => store.head(),
  health: () => store.health(),
  close: () => store.close(),
});

/** The faults an engine could have, planted in one that has none. */
const PLANTED: Readonly<Record<string, Readonly<{ plant: (store: EventStore) => EventStore; found: RegExp }>>> = {
  'tries again with new ids': {
    plant: (store) =>
      sometimes(store, async (stream, expected, events) => {
        const { revision } = await store.append(stream, expected, events);
        return store.append(
          stream,
          revision,
          events.map((event) => eventNamed(`again ${event.id}`)),
        );
      }),
    found: /^stands, but the writer was told otherwise/,
  },
  'says not written of what was written': {
    plant: (store) =>
      sometimes(store, async (...asked) => {
        await store.append(...asked);
        throw new StoreUnavailable('planted', 'not-written');
      }),
    found: /^stands, but the writer was told otherwise.*notWritten/,
  },
  'acknowledges what it has not written': {
    plant: (store) =>
      sometimes(store, (_, expected, events) => Promise.resolve({ revision: expected + events.length, position: store.origin })),
    found: /^lost/,
  },
  'hands out the position of a checkpoint before the events that lie before it': {
    plant: (store) => ({ ...bare(store), follow: (options) => ahead(store.follow({ ...options, batch: 4 })) }),
    found: /^follower 0 differs from the log/,
  },
};
async function* ahead(batches: AsyncIterable<FollowBatch>): AsyncIterable<FollowBatch> {
  for await (const { events, position, caughtUp } of batches) for (const event of events) yield { events: [event], position, caughtUp };
}

describe('chaos', () => {
  const run = async (plant: (store: EventStore) => EventStore): Promise<string[]> => {
    const inner = createMemoryEventStore({ random: seededRandom('verdict') });
    const seed = 'planted';
    const scheduler = { sleep: (ms: number) => sleep(ms / 50) };
    const done = await runWriters({ seed, stores: [plant(inner)], writers: 4, appends: 30, scheduler }, () => Promise.resolve());
    const log = await takeFrom(
      inner,
      inner.origin,
      (await heads(inner, seed)).reduce((sum, head) => sum + head + 1, 0),
    );
    await inner.close();
    return faultsIn({ asked: 120, standing: log.map(({ id, stream, revision }) => ({ id, stream, revision })), ...done });
  };
  const heads = (store: EventStore, seed: string): Promise<number[]> =>
    Promise.all(streamsOf(seed).map(async (stream) => (await store.readStream(stream, { limit: 1 })).head));

  it('finds nothing on an engine without fault', async () => expect(await run(bare)).toEqual([]));

  it.each(Object.entries(PLANTED))('finds an engine that %s', async (_, { plant, found }) =>
    expect(await run(plant)).toContainEqual(expect.stringMatching(found)),
  );
});
