import { dialogue, matter, matterKind, registryOf, venture } from '../../testing/matter.kind.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import { ReadProblem, type TimelineFilter } from '../reading.js';

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((name) => idOf('matter', name)) as [string, string, string, string];
const V = idOf('venture', 'v');
const opened = (title: string, projects: string[] = []) => ({ type: 'Opened', data: { title, references: [], projects } }) as const;
const touched = (text: string) => ({ type: 'Touched', data: { part: null, text } }) as const;
const merged = (into: string) => ({ type: 'Merged', data: { into } }) as const;
const retracted = (entry: string) => ({ type: 'EntryRetracted', data: { entry } });
const FOLLOWING = { followMergersOf: ['matter'] };

/** Matters whose sub-type is their title. */
const typed = matterKind('matter', { summarise: (state) => ({ ...matter.summarise(state), subtype: state.title }) });

let world: World;
let side: OpenSide;
beforeEach(async () => {
  world = openWorld(registryOf(typed, venture, dialogue));
  side = await world.open();
});
afterEach(() => world.close());

const told = async (filter: TimelineFilter, asOf: object | null = null): Promise<readonly string[]> => {
  await side.caughtUp();
  const pin = await side.reading.pin(asOf, null);
  const { edges } = await side.reading.timeline(filter, 'OLDEST_FIRST', {}, pin);
  const names = new Map([A, B, C, D, V].map((id, index) => [id, 'abcdv'.charAt(index)]));
  return edges.map(({ node }) => {
    const through = node.reachedThrough === null ? '' : ` through ${names.get(node.reachedThrough)}`;
    return `${names.get(node.item)} ${node.type}${through}`;
  });
};
/** `a` was merged into `b`, of which something is told before and after; `c` is another. */
const tell = async () => {
  await world.record(A, opened('a'), { occurred: '2018-01-01' });
  await world.record(B, opened('b'), { occurred: '2018-01-02' });
  await world.record(C, opened('c'), { occurred: '2018-01-03' });
  const merger = await world.record(A, merged(B), { occurred: '2018-02-01' });
  await world.record(B, touched('later'), { occurred: '2018-03-01' });
  return merger;
};

describe('a timeline that follows mergers', () => {
  it('tells what happened to the other item too, and through which it was reached', async () => {
    await tell();
    expect(await told({ items: [A], ...FOLLOWING })).toEqual(['a Opened', 'b Opened through a', 'a Merged', 'b Touched through a']);
    expect(await told({ items: [A] })).toEqual(['a Opened', 'a Merged']);
    expect(await told({ items: [B], ...FOLLOWING })).toEqual(['b Opened', 'b Touched']);
  });
  it('marks nothing that was asked for itself, and nothing where no item is asked for', async () => {
    await tell();
    expect(await told({ items: [A, B], ...FOLLOWING })).toEqual(['a Opened', 'b Opened', 'a Merged', 'b Touched']);
    expect(await told(FOLLOWING)).toEqual(['a Opened', 'b Opened', 'c Opened', 'a Merged', 'b Touched']);
  });
  it('keeps to all else that is asked', async () => {
    await tell();
    expect(await told({ items: [A], types: ['Touched'], ...FOLLOWING })).toEqual(['b Touched through a']);
    expect(await told({ items: [A], to: '2018-01-31', ...FOLLOWING })).toEqual(['a Opened', 'b Opened through a']);
    expect(await told({ items: [A], kinds: ['venture'], ...FOLLOWING })).toEqual([]);
    expect(await told({ items: [A], followMergersOf: ['venture'] })).toEqual(['a Opened', 'a Merged']);
  });
  it('goes on through several mergers, and round a ring once', async () => {
    await tell();
    await world.record(B, merged(C), { occurred: '2018-04-01' });
    expect(await told({ items: [A], types: ['Opened'], ...FOLLOWING })).toEqual(['a Opened', 'b Opened through a', 'c Opened through a']);
    await world.record(C, merged(A), { occurred: '2018-05-01' });
    expect(await told({ items: [A], types: ['Opened'], ...FOLLOWING })).toEqual(['a Opened', 'b Opened through a', 'c Opened through a']);
  });
  it('follows those that belong to a project', async () => {
    await world.record(V, opened('v'), { occurred: '2018-01-01' });
    await world.record(A, opened('a', [V]), { occurred: '2018-01-02' });
    await world.record(B, opened('b'), { occurred: '2018-01-03' });
    await world.record(A, merged(B), { occurred: '2018-02-01' });
    expect(await told({ project: V, ...FOLLOWING })).toEqual(['v Opened', 'a Opened', 'b Opened through a', 'a Merged']);
    expect(await told({ project: V, items: [B], ...FOLLOWING })).toEqual([]);
  });
  it('only mergers that were in effect, and known', async () => {
    const merger = await tell();
    expect(await told({ items: [A], ...FOLLOWING }, { validAt: '2018-01-31' })).toEqual(['a Opened']);
    await world.record(A, retracted(merger.id));
    expect(await told({ items: [A], ...FOLLOWING })).toEqual(['a Opened']);
    expect(await told({ items: [A], types: ['Opened'], ...FOLLOWING }, { position: merger.position })).toEqual([
      'a Opened',
      'b Opened through a',
    ]);
  });
  it('pages without hole or repeat while mergers go on being recorded', async () => {
    await tell();
    await side.caughtUp();
    const pin = await side.reading.pin(null, null);
    const filter = { items: [A], ...FOLLOWING };
    const whole = (await side.reading.timeline(filter, 'OLDEST_FIRST', {}, pin)).edges.map(({ node }) => node.id);
    const ids: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 10; page += 1) {
      await world.record(D, opened(`d ${page}`), { occurred: '2018-01-01' });
      if (page === 1) await world.record(B, merged(D), { occurred: '2018-01-05' });
      await side.caughtUp();
      const now = await side.reading.pin(null, null);
      const { edges, hasNextPage, totalCount } = await side.reading.timeline(filter, 'OLDEST_FIRST', { first: 1, after }, now);
      if (page < whole.length) expect(await totalCount()).toBe(page === 0 ? whole.length : 4);
      ids.push(...edges.map(({ node }) => node.id));
      after = edges.at(-1)?.cursor ?? after;
      if (!hasNextPage) break;
    }
    expect(ids).toEqual(whole);
  });
});

describe('a timeline of one sub-type', () => {
  it('is of items that are of it, as known and in effect', async () => {
    await tell();
    const subtypesOf = { kind: 'matter', subtypes: ['b'] };
    await world.record(D, opened('nobody'), { occurred: '2018-01-01' });
    expect(await told({ subtypesOf })).toEqual(['b Opened', 'b Touched']);
    expect(await told({ subtypesOf: { kind: 'venture', subtypes: ['b'] } })).toEqual([]);
    expect(await told({ subtypesOf: { kind: 'matter', subtypes: [] }, ...FOLLOWING })).toEqual([]);
    expect(await told({ subtypesOf, items: [A] })).toEqual([]);
  });
  it('follows mergers out of it, and marks no item that is of it too', async () => {
    await tell();
    expect(await told({ subtypesOf: { kind: 'matter', subtypes: ['a'] }, ...FOLLOWING })).toEqual([
      'a Opened',
      'b Opened through a',
      'a Merged',
      'b Touched through a',
    ]);
    expect(await told({ subtypesOf: { kind: 'matter', subtypes: ['a', 'b'] }, ...FOLLOWING })).toEqual([
      'a Opened',
      'b Opened',
      'a Merged',
      'b Touched',
    ]);
  });
  it('refuses more sub-types than one request may name', async () => {
    await tell();
    const subtypes = Array.from({ length: 501 }, (_, n) => `t${n}`);
    await expect(told({ subtypesOf: { kind: 'matter', subtypes } })).rejects.toThrow(ReadProblem);
  });
});

describe('a live timeline that follows mergers', () => {
  it('brings along what is told of the other item when the merger comes, and takes it away when that is taken back', async () => {
    await world.record(A, opened('a'), { occurred: '2018-01-01' });
    const other = await world.record(B, opened('b'), { occurred: '2018-01-02' });
    await side.caughtUp();
    const over = new AbortController();
    const changes = side.reading.timelineAfter(null, { items: [A], ...FOLLOWING }, over.signal)[Symbol.asyncIterator]();
    const next = async () => {
      const { value } = (await changes.next()) as IteratorResult<
        Readonly<{ put: readonly { id: string; reachedThrough: string | null }[]; removed: readonly string[] }>
      >;
      return {
        put: value.put.map(({ id, reachedThrough }: { id: string; reachedThrough: string | null }) => [id, reachedThrough]),
        removed: value.removed,
      };
    };
    const coming = next();
    const merger = await world.record(A, merged(B));
    // In one change, for both stand at one position: whoever resumes after it has missed neither.
    expect(await coming).toEqual({
      put: [
        [merger.ref, null],
        [other.ref, A],
      ],
      removed: [],
    });
    const touch = await world.record(B, touched('more'));
    expect(await next()).toEqual({ put: [[touch.ref, A]], removed: [] });
    await world.record(A, retracted(merger.id));
    const gone = await next();
    expect([gone.put, gone.removed.toSorted()]).toEqual([[], [merger.ref, other.ref, touch.ref].sort()]);
    over.abort();
  });
});
