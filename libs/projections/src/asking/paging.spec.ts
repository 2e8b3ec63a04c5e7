import { MATTERS } from '../../testing/matter.kind.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import type { ItemOrder, Page, PageInput } from '../reading.js';
import { digestOf, readCursor, writeCursor } from './cursor.js';

const opened = (title: string) => ({ type: 'Opened', data: { title, references: [], projects: [] } }) as const;
const NAMES = ['Ås', 'aure', 'Ærfugl', 'Øvre', 'zebra', 'bø', '«cafe»', 'Café 2', 'café 10'];

describe('pages', () => {
  let world: World;
  let side: OpenSide;
  beforeEach(async () => {
    world = openWorld(MATTERS);
    side = await world.open();
    for (const [n, name] of NAMES.entries()) await world.record(idOf('matter', name), opened(name), { occurred: `2018-09-0${n + 1}` });
    await side.caughtUp();
  });
  afterEach(() => world.close());

  const items = async (order: ItemOrder, page: PageInput) =>
    side.reading.items({ kinds: ['matter'] }, order, page, await side.reading.pin(null, null));
  const titles = (page: Page<{ title: string }>) => page.edges.map(({ node }) => node.title);

  it('walk forward and backward over the same rows, without gap or repetition', async () => {
    const forward: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const page: Page<{ title: string }> = await items('OCCURRED', { first: 4, after });
      expect(page.hasPreviousPage).toBe(after !== null);
      forward.push(...titles(page));
      after = page.edges.at(-1)?.cursor ?? null;
      more = page.hasNextPage;
    }
    expect(forward).toEqual(NAMES);
    const backward: string[] = [];
    let before: string | null = null;
    for (let more = true; more;) {
      const page: Page<{ title: string }> = await items('OCCURRED', { last: 4, before });
      expect(page.hasNextPage).toBe(before !== null);
      backward.unshift(...titles(page));
      before = page.edges[0]?.cursor ?? null;
      more = page.hasPreviousPage;
    }
    expect(backward).toEqual(NAMES);
  });

  it('come in Norwegian order by title, numbers by value', async () => {
    expect(titles(await items('TITLE', {}))).toEqual(['aure', 'bø', '«cafe»', 'Café 2', 'café 10', 'zebra', 'Ærfugl', 'Øvre', 'Ås']);
  });

  it('come newest first where that is asked for', async () => {
    expect(titles(await items('RECORDED_DESC', { first: 2 }))).toEqual(['café 10', 'Café 2']);
    expect(titles(await items('OCCURRED_DESC', { first: 2 }))).toEqual(['café 10', 'Café 2']);
    expect(titles(await items('OCCURRED_DESC', { last: 2 }))).toEqual(['aure', 'Ås']);
  });

  it('never tear: later pages stand where the first one stood, while writes go on', async () => {
    const first = await items('TITLE', { first: 3 });
    await world.record(idOf('matter', 'zebra'), { type: 'Renamed', data: { title: 'aaa' } });
    await world.record(idOf('matter', 'aure'), { type: 'Renamed', data: { title: 'ååå' } });
    await world.record(idOf('matter', 'new'), opened('dd'));
    await side.caughtUp();
    const second = await items('TITLE', { first: 10, after: first.edges.at(-1)?.cursor ?? null });
    expect([...titles(first), ...titles(second)]).toEqual(['aure', 'bø', '«cafe»', 'Café 2', 'café 10', 'zebra', 'Ærfugl', 'Øvre', 'Ås']);
    expect(second.position).toBe(first.position);
    expect(await second.totalCount()).toBe(9);
    const anew = await items('TITLE', {});
    expect(titles(anew)).toEqual(['aaa', 'bø', '«cafe»', 'Café 2', 'café 10', 'dd', 'Ærfugl', 'Øvre', 'Ås', 'ååå']);
    expect(await anew.totalCount()).toBe(10);
  });

  it('follow the as-of of the request where it has one', async () => {
    const first = await items('TITLE', { first: 3 });
    await world.record(idOf('matter', 'new'), opened('dd'));
    await side.caughtUp();
    const pin = await side.reading.pin({ position: (await side.reading.pin(null, null)).position }, null);
    const page = await side.reading.items({ kinds: ['matter'] }, 'TITLE', { first: 3, after: first.edges.at(-1)?.cursor ?? null }, pin);
    expect(titles(page)).toEqual(['Café 2', 'café 10', 'dd']);
    expect(page.position).toBe(pin.position);
  });

  it.each([
    ['a day', { validAt: '2018-10-20' }],
    ['the record as known at the end of today', { knownOn: '2018-10-03' }],
    ['an instant that has not come', { knownAt: '2018-10-03T23:00:00.000Z' }],
  ])('never tear where the request asks for %s, which leaves open what will be recorded meanwhile', async (_what, asOf) => {
    const ask = async (after: string | null) =>
      side.reading.items({ kinds: ['matter'] }, 'TITLE', { first: 3, after }, await side.reading.pin(asOf, null));
    const first = await ask(null);
    await world.record(idOf('matter', 'zebra'), { type: 'Renamed', data: { title: 'aaa' } });
    await world.record(idOf('matter', 'new'), opened('dd'));
    await side.caughtUp();
    const second = await ask(first.edges.at(-1)?.cursor ?? null);
    expect(titles(second)).toEqual(['Café 2', 'café 10', 'zebra']);
    expect([second.position, await second.totalCount()]).toEqual([first.position, NAMES.length]);
  });

  it('stand on the day on which they began, also over midnight and as known at a position', async () => {
    const { position } = await side.reading.pin(null, null);
    const ask = async (after: string | null) => {
      const page = { first: 3, after };
      return side.reading.items({ kinds: ['matter'] }, 'TITLE', page, await side.reading.pin({ position }, null));
    };
    const first = await ask(null);
    world.at('2018-10-03T22:30:00.000Z');
    expect((await ask(null)).pin?.validAt).toBe('2018-10-04');
    expect((await ask(first.edges.at(-1)?.cursor ?? null)).pin?.validAt).toBe('2018-10-03');
  });

  it.each([
    [{ first: 0 }, 'BAD_PAGE'],
    [{ first: -1 }, 'BAD_PAGE'],
    [{ first: 101 }, 'BAD_PAGE'],
    [{ first: 1_000_000 }, 'BAD_PAGE'],
    [{ first: 1.5 }, 'BAD_PAGE'],
    [{ last: 0 }, 'BAD_PAGE'],
    [{ first: 1, last: 1 }, 'BAD_PAGE'],
    [{ first: 1, after: '' }, 'BAD_CURSOR'],
    [{ first: 1, after: 'nonsense' }, 'BAD_CURSOR'],
    [{ first: 1, after: Buffer.from('{"a":1}').toString('base64url') }, 'BAD_CURSOR'],
    [{ first: 1, after: Buffer.from('["x"]').toString('base64url') }, 'BAD_CURSOR'],
    [{ first: 1, after: 'A'.repeat(100_000) }, 'BAD_CURSOR'],
  ])('refuse %j as %s', async (page, code) => {
    await expect(items('TITLE', page)).rejects.toMatchObject({ name: 'ReadProblem', code });
  });

  it('take 1 and 100 rows, and 25 when nothing is said', async () => {
    for (let n = 0; n < 30; n += 1) await world.record(idOf('matter', `more ${n}`), opened(`more ${n}`));
    await side.caughtUp();
    expect(titles(await items('TITLE', { first: 1 }))).toHaveLength(1);
    expect(titles(await items('TITLE', { first: 100 }))).toHaveLength(39);
    expect(titles(await items('TITLE', {}))).toHaveLength(25);
  });

  it('refuse a cursor of another filter, order or kind of page', async () => {
    const cursor = (await items('TITLE', { first: 1 })).edges[0]?.cursor ?? '';
    await expect(items('OCCURRED', { first: 1, after: cursor })).rejects.toMatchObject({ code: 'BAD_CURSOR' });
    const pin = await side.reading.pin(null, null);
    await expect(side.reading.items({ kinds: ['venture'] }, 'TITLE', { first: 1, after: cursor }, pin)).rejects.toMatchObject({
      code: 'BAD_CURSOR',
    });
    await expect(side.reading.timeline({}, 'OLDEST_FIRST', { first: 1, after: cursor }, pin)).rejects.toMatchObject({ code: 'BAD_CURSOR' });
  });

  it('refuse a cursor of another log, and one from beyond the end of this one', async () => {
    const digest = digestOf(['INTERNAL', 'items', { kinds: ['matter'] }, 'TITLE']);
    const place = { known: 1, validAt: '2018-10-03', key: ['a', 'b'] };
    const after = (logId: string, known: number) => items('TITLE', { first: 1, after: writeCursor(logId, digest, { ...place, known }) });
    await expect(after('another', 1)).rejects.toMatchObject({ code: 'POSITION_UNKNOWN' });
    await expect(after(world.store.logId, 1_000)).rejects.toMatchObject({ code: 'POSITION_UNKNOWN' });
    expect(readCursor('log', digest, writeCursor('log', digest, place))).toEqual(place);
  });

  it('refuse filters that name more than a request may', async () => {
    const pin = await side.reading.pin(null, null);
    const many = Array.from({ length: 501 }, (_, n) => `K${n}`);
    await expect(side.reading.items({ states: many }, 'TITLE', {}, pin)).rejects.toMatchObject({ code: 'BAD_FILTER' });
    expect((await side.reading.items({ states: [] }, 'TITLE', {}, pin)).edges).toEqual([]);
  });
});
