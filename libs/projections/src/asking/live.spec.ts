import { MATTERS } from '../../testing/matter.kind.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import { LIVE_ENTRIES_MAX } from './live.js';

const A = idOf('matter', 'a');
const V = idOf('venture', 'v');
const opened = (title: string, projects: string[] = []) => ({ type: 'Opened', data: { title, references: [], projects } }) as const;
const renamed = (title: string) => ({ type: 'Renamed', data: { title } }) as const;

describe('what is live', () => {
  let world: World;
  let side: OpenSide;
  let over: AbortController;
  beforeEach(async () => {
    world = openWorld(MATTERS);
    side = await world.open();
    over = new AbortController();
  });
  afterEach(() => world.close());

  const take = async <T>(from: AsyncIterable<T>, count: number): Promise<T[]> => {
    const taken: T[] = [];
    for await (const one of from) {
      taken.push(one);
      if (taken.length === count) break;
    }
    return taken;
  };

  it('comes as it is recorded, in order, from now on when nothing is said', async () => {
    await world.record(A, opened('before'));
    await side.caughtUp();
    const coming = take(side.reading.entriesAfter(null, {}, over.signal), 2);
    await world.record(A, renamed('one'));
    await world.record(A, renamed('two'));
    expect((await coming).map(({ ref }) => ref)).toEqual([`${A}@1`, `${A}@2`]);
  });

  it('resumes after a position, missing nothing, over more entries than are looked at in one go', async () => {
    const first = await world.record(A, opened('first'));
    const count = 2 * LIVE_ENTRIES_MAX + 7;
    for (let n = 1; n <= count; n += 1) await world.record(A, renamed(`name ${n}`));
    await side.caughtUp();
    const entries = await take(side.reading.entriesAfter(first.position, {}, over.signal), count);
    expect(entries.map(({ entry }) => entry.revision)).toEqual(Array.from({ length: count }, (_, n) => n + 1));
    const changes = await take(side.reading.timelineAfter(first.position, {}, over.signal), count);
    expect(changes.map(({ put }) => put[0]?.id)).toEqual(Array.from({ length: count }, (_, n) => `${A}@${n + 1}`));
  });

  it('is filtered like the lists', async () => {
    const coming = take(side.reading.entriesAfter(null, { types: ['Renamed'] }, over.signal), 1);
    await world.record(A, opened('a'));
    await world.record(A, renamed('b'));
    expect((await coming)[0]?.ref).toBe(`${A}@1`);
  });

  it('sends a corrected row again under its old id, and the id of one that is gone', async () => {
    await world.record(V, opened('v'));
    const first = await world.record(A, opened('a', [V]), { occurred: '2018-09-20' });
    const touched = await world.record(A, { type: 'Touched', data: { part: null, text: '' } });
    const correction = await world.record(A, {
      type: 'EntryCorrected',
      data: {
        entry: touched.id,
        version: 1,
        occurred: null,
        assertedBy: null,
        source: null,
        entryReason: null,
        cleared: [],
        set: [{ path: 'part', value: '2' }],
      },
    });
    const gone = await world.record(A, { type: 'EntryRetracted', data: { entry: touched.id } });
    await side.caughtUp();
    const changes = await take(side.reading.timelineAfter(first.position, { project: V }, over.signal), 3);
    expect(changes.map(({ position, put, removed }) => [position, put.map(({ id, part }) => `${id} ${part}`), removed])).toEqual([
      [touched.position, [`${touched.ref} null`], []],
      [correction.position, [`${touched.ref} 2`], []],
      [gone.position, [], [touched.ref]],
    ]);
  });

  it('ends without an error when the reader leaves, and when the service stops', async () => {
    const leaving = take(side.reading.entriesAfter(null, {}, over.signal), 1);
    over.abort();
    expect(await leaving).toEqual([]);
    const staying = take(side.reading.timelineAfter(null, {}, new AbortController().signal), 1);
    await side.runner.stop();
    expect(await staying).toEqual([]);
  });

  it('refuses a position of another log', async () => {
    await expect(take(side.reading.entriesAfter('other-1', {}, over.signal), 1)).rejects.toMatchObject({ code: 'POSITION_UNKNOWN' });
  });
});
