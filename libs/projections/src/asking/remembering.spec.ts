import { MATTERS } from '../../testing/matter.kind.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import { type ItemRow, type Pin } from '../reading.js';
import { ANSWERS_KEPT_MAX, createMemory, ITEMS_KEPT_MAX, VIEWS_KEPT_MAX } from './remembering.js';

const pinAt = (known: number, more: Partial<Pin> = {}): Pin => ({
  known,
  position: `p${known}`,
  validAt: '2018-10-03',
  today: '2018-10-03',
  now: true,
  ...more,
});

describe('What was read at a point of view', () => {
  let build = 0;
  const memory = createMemory({ builds: () => build });
  let asked = 0;
  const ask = (pin: Pin, ...question: unknown[]) => memory.answer(pin, question, () => Promise.resolve((asked += 1)));

  it('is read once, and again for another position, day, question or build', async () => {
    const first = await ask(pinAt(1), 'timeline', { kinds: ['a'] });
    expect(await ask(pinAt(1), 'timeline', { kinds: ['a'] })).toBe(first);
    const others = [
      await ask(pinAt(2), 'timeline', { kinds: ['a'] }),
      await ask(pinAt(1, { validAt: '2018-10-04' }), 'timeline', { kinds: ['a'] }),
      await ask(pinAt(1, { today: '2018-10-04' }), 'timeline', { kinds: ['a'] }),
      await ask(pinAt(1, { now: false }), 'timeline', { kinds: ['a'] }),
      await ask(pinAt(1), 'timeline', { kinds: ['b'] }),
      await ask(pinAt(1), 'items', { kinds: ['a'] }),
    ];
    build += 1;
    others.push(await ask(pinAt(1), 'timeline', { kinds: ['a'] }));
    expect(new Set([first, ...others]).size).toBe(others.length + 1);
  });

  it('is kept of a few views, and a few answers of each', async () => {
    const pin = pinAt(100);
    const first = await ask(pin, 0);
    for (let number = 1; number < ANSWERS_KEPT_MAX; number += 1) await ask(pin, number);
    expect(await ask(pin, 0)).toBe(first);
    await ask(pin, 'one more');
    const again = await ask(pin, 0);
    expect(again).not.toBe(first);
    for (let known = 101; known < 100 + VIEWS_KEPT_MAX; known += 1) await ask(pinAt(known), 0);
    expect(await ask(pinAt(100), 0)).toBe(again);
    await ask(pinAt(200), 0);
    expect(await ask(pinAt(100), 0)).not.toBe(again);
  });

  it('is kept of a page that is asked for again before as many others', async () => {
    const pin = pinAt(250);
    const page = (number: number) => memory.page(pin, ['page', number], () => Promise.resolve((asked += 1)));
    const first = await page(0);
    const second = await page(0);
    expect(second).not.toBe(first);
    expect(await page(0)).toBe(second);
    const once = await page(1);
    for (let number = 2; number <= ANSWERS_KEPT_MAX + 1; number += 1) await page(number);
    // Pages that were asked for once put none out that is kept, but each other.
    expect(await page(0)).toBe(second);
    const again = await page(1);
    expect(again).not.toBe(once);
    expect(await page(1)).not.toBe(again);
  });

  it('that failed is asked again', async () => {
    const fail = () => memory.answer(pinAt(300), ['x'], () => Promise.reject(new Error('behind')));
    await expect(fail()).rejects.toThrow('behind');
    expect(await memory.answer(pinAt(300), ['x'], () => Promise.resolve('told'))).toBe('told');
  });

  it('of items is asked of those alone that are not known, and never more is kept than there is room for', async () => {
    const row = (id: string) => ({ id }) as unknown as ItemRow;
    const pin = pinAt(400);
    const sent: number[] = [];
    const items = (ids: readonly string[]) =>
      memory.itemsById(ids, pin, (lacking) => {
        sent.push(lacking.length);
        return Promise.resolve(lacking.map((id) => (id === 'none' ? null : row(id))));
      });
    expect(await items(['a', 'none'])).toEqual([row('a'), null]);
    expect(await items(['none', 'b', 'a'])).toEqual([null, row('b'), row('a')]);
    const many = Array.from({ length: ITEMS_KEPT_MAX }, (_, number) => `m${number}`);
    // One asks for more room while the other waits: both are answered whole.
    const [some, all] = await Promise.all([items(['a', 'c']), items(many)]);
    expect([some, all.length, all.at(-1)]).toEqual([[row('a'), row('c')], ITEMS_KEPT_MAX, row(many.at(-1) ?? '')]);
    await items(['a']);
    expect(sent).toEqual([2, 1, 1, ITEMS_KEPT_MAX, 1]);
  });
});

describe('Questions asked twice', () => {
  let world: World;
  let side: OpenSide;
  beforeEach(async () => {
    world = openWorld(MATTERS);
    await world.record(idOf('matter', 'one'), { type: 'Opened', data: { title: 'En', references: [], projects: [] } });
    side = await world.open();
  });
  afterEach(() => world.close());
  const titles = async (): Promise<readonly string[]> => {
    const pin = await side.reading.pin(null, null);
    await side.reading.timeline({}, 'OLDEST_FIRST', { first: 5 }, pin);
    return (await side.reading.items({ kinds: ['matter'] }, 'TITLE', { first: 5 }, pin)).nodes.map(({ title }) => title);
  };

  it('are read from the tables once, pages twice, until something is recorded', async () => {
    expect(await titles()).toEqual(['En']);
    const first = side.statements();
    expect(await titles()).toEqual(['En']);
    const before = side.statements();
    expect(before).toBeGreaterThan(first);
    expect(await titles()).toEqual(['En']);
    expect(side.statements()).toBe(before);
    await world.record(idOf('matter', 'two'), { type: 'Opened', data: { title: 'To', references: [], projects: [] } });
    await side.caughtUp();
    expect(await titles()).toEqual(['En', 'To']);
  });

  it('are read again after a rebuild', async () => {
    await titles();
    await titles();
    const before = side.statements();
    await side.runner.rebuild(['items', 'timeline']);
    expect(await titles()).toEqual(['En']);
    expect(side.statements()).toBeGreaterThan(before);
  });
});
