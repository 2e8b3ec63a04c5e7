import { MATTERS } from '../../testing/matter.kind.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import { LIVE_ENTRIES_MAX } from './live.js';

const A = idOf('matter', 'a');
const V = idOf('venture', 'v');
const opened = (title: string, projects: string[] = []) => ({ type: 'Opened', data: { title, references: [], projects } }) as const;
const renamed = (title: string) => ({ type: 'Renamed', data: { title } }) as const;

const take = async <T>(from: AsyncIterable<T>, count: number): Promise<T[]> => {
  const taken: T[] = [];
  for await (const one of from) {
    taken.push(one);
    if (taken.length === count) break;
  }
  return taken;
};

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

describe('what is live through a narrow face', () => {
  let world: World;
  let side: OpenSide;
  const over = new AbortController();
  beforeEach(async () => {
    world = openWorld(MATTERS);
    side = await world.open();
  });
  afterEach(() => world.close());
  const say = (type: string, data: object = {}) => world.record(A, { type, data });
  const shapeOf = ({ put, removed }: Readonly<{ put: readonly Readonly<{ id: string }>[]; removed: readonly string[] }>) => [
    put.map(({ id }) => id),
    removed,
  ];

  it('is judged anew while a slow reader takes it: nothing of what was taken back meanwhile is handed on', async () => {
    const first = await world.record(A, opened('a'));
    await say('Published', { withHistory: true });
    for (const name of ['b', 'c', 'd']) await world.record(A, renamed(name));
    await side.caughtUp();
    const entries = side.readings.PUBLIC.entriesAfter(first.position, { types: ['Renamed'] }, over.signal);
    const changes = side.readings.PUBLIC.timelineAfter(first.position, {}, over.signal);
    const reads = [entries[Symbol.asyncIterator](), changes[Symbol.asyncIterator]()] as const;
    expect(await reads[0].next()).toMatchObject({ value: { ref: `${A}@2` } });
    expect(shapeOf((await reads[1].next()).value)).toEqual([[`${A}@0`], []]);
    await say('Unpublished');
    await side.caughtUp();
    expect(await reads[0].next()).toMatchObject({ value: { ref: `${A}@5`, removed: [`${A}@2`, `${A}@3`, `${A}@4`], withheld: true } });
    expect(shapeOf((await reads[1].next()).value)).toEqual([[], [0, 2, 3, 4].map((revision) => `${A}@${revision}`)]);
    for (const one of reads) await one.return?.();
  });

  it('names none that was never shown: of an item published as it stands, what was said before', async () => {
    await world.record(A, opened('a'));
    const note = await world.record(A, { type: 'NoteAdded', data: { text: 'internt', part: null } });
    await say('Published', { withHistory: false });
    const link = { relation: 'LED_TO', target: V, targetPart: null, part: null, period: null };
    await world.record(V, opened('v'));
    await world.record(A, { type: 'Linked', data: link });
    const last = await world.record(A, { type: 'NoteAdded', data: { text: 'også internt', part: null } });
    await side.caughtUp();
    await say('Unpublished');
    await side.caughtUp();
    const [told] = await take(side.readings.PUBLIC.entriesAfter(last.position, {}, over.signal), 1);
    expect(told).toMatchObject({ ref: `${A}@5`, removed: [`${A}@2`] });
    expect(told?.removed).not.toContain(note.ref);
  });

  it('tells who begins before it was shown, and after it was taken back, nothing of it', async () => {
    const first = await world.record(V, opened('v'));
    await world.record(A, opened('a'));
    await say('Published', { withHistory: true });
    await say('Unpublished');
    const last = await world.record(V, { type: 'Published', data: { withHistory: true } });
    await side.caughtUp();
    const [told] = await take(side.readings.PUBLIC.entriesAfter(first.position, {}, over.signal), 1);
    expect(told).toMatchObject({ ref: last.ref });
    const [change] = await take(side.readings.PUBLIC.timelineAfter(first.position, {}, over.signal), 1);
    expect(change?.position).toBe(last.position);
  });

  it('takes back what links to it too', async () => {
    await world.record(A, opened('a'));
    await world.record(V, opened('v'));
    for (const item of [A, V]) await world.record(item, { type: 'Published', data: { withHistory: true } });
    const link = { relation: 'LED_TO', target: V, targetPart: null, part: null, period: null };
    const linked = await world.record(A, { type: 'Linked', data: link });
    const gone = await world.record(V, { type: 'Unpublished', data: {} });
    await side.caughtUp();
    const [told] = await take(side.readings.PUBLIC.entriesAfter(linked.position, {}, over.signal), 1);
    expect(told).toMatchObject({ ref: gone.ref, removed: [`${V}@0`, `${V}@1`, linked.ref] });
    const [steering] = await take(side.readings.STEERING.entriesAfter(linked.position, {}, over.signal), 1);
    expect(steering).toMatchObject({ ref: gone.ref });
    expect(steering).not.toHaveProperty('removed');
  });

  it('follows the day: what stood shielded until yesterday was shown today, and goes when it is taken back', async () => {
    await world.record(A, opened('a'));
    const first = await say('Published', { withHistory: true });
    await say('Shielded', { part: null, legalBasis: 'offl. § 13', until: '2018-10-04' });
    await world.record(V, opened('v'));
    await world.record(V, { type: 'Published', data: { withHistory: true } });
    await side.caughtUp();
    const shielded = await take(side.readings.PUBLIC.timelineAfter(first.position, {}, over.signal), 1);
    expect(shielded.map(shapeOf)).toEqual([[[], [`${A}@0`]]]);
    world.at('2018-10-05T10:00:00.000Z');
    const shown = await world.record(A, renamed('b'));
    await say('Unpublished');
    await side.caughtUp();
    const [change] = await take(side.readings.PUBLIC.timelineAfter(shown.position, {}, over.signal), 1);
    expect(change === undefined ? null : shapeOf(change)).toEqual([[], [`${A}@0`, shown.ref]]);
  });
});
