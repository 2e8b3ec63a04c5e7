import { NO_FACETS, type Ask, type Facets, type ItemId } from '@saksgang/kernel';
import { matterKind, registryOf, type Matter } from '../../testing/matter.kind.js';
import { date, idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import type { FollowUpFilter, FollowUpOrder } from './follow-up.js';

const KARI = idOf('body', 'kari');

/** «2 2018-10-01 kari»: point 2 is to be done by that day, and Kari is responsible. */
const askOf = (text: string): Ask => {
  const [part = '', deadline = '-', owner = '-'] = text.split(' ');
  return {
    part,
    state: owner === '-' ? 'OPEN' : 'ASSIGNED',
    open: true,
    owner: owner === '-' ? null : { body: owner === 'kari' ? KARI : null, name: owner },
    deadline: deadline === '-' ? null : date(deadline),
    closedAs: null,
    text: `Tilsette kulturfaglig kapasitet (${part})`,
  };
};
const facets = ({ references }: Matter): Facets => ({ ...NO_FACETS, asks: references.map(askOf) });
const summarise = (state: Matter) => ({
  title: state.title, references: [], state: 'OPEN', subtype: null, open: true, projects: state.projects, body: state.title === 'Kari' ? KARI : null,
}); // prettier-ignore

const REGISTRY = registryOf(matterKind('matter', { facets, summarise }), matterKind('venture', { belonging: 'GATHERS' }));
const V = idOf('venture', 'v');

describe('the follow-up list', () => {
  let world: World;
  let side: OpenSide;
  beforeAll(async () => {
    world = openWorld(REGISTRY);
    side = await world.open();
    await world.record(V, { type: 'Opened', data: { title: 'v', references: [], projects: [] } });
    const opened = (item: ItemId, title: string, references: readonly string[], projects: readonly ItemId[], occurred: string) =>
      world.record(item, { type: 'Opened', data: { title, references, projects } }, { occurred });
    await opened(idOf('matter', 'a'), 'Kari', ['1 2018-10-02 kari', '2 2018-12-01', '10 - kari', '3 2018-10-02'], [V], '2018-09-02');
    await opened(idOf('matter', 'b'), 'Æresmedlem', ['1 2018 nn', '2 ../2018-09-30', '3'], [], '2018-09-01');
    await side.caughtUp();
  });
  afterAll(() => world.close());

  const names: Readonly<Record<ItemId, string>> = { [idOf('matter', 'a')]: 'a', [idOf('matter', 'b')]: 'b' };
  const list = async (filter: FollowUpFilter, order: FollowUpOrder = 'DEADLINE', page = {}) => {
    const { edges } = await side.reading.followUps(filter, order, page, await side.reading.pin(null, null));
    return edges.map(({ node }) => `${names[node.item]}${node.part}`);
  };

  const filters: readonly (readonly [string, FollowUpFilter, readonly string[]])[] = [
    ['all of it', {}, ['b2', 'a1', 'a3', 'a2', 'b1', 'a10', 'b3']],
    ['a project', { project: V }, ['a1', 'a3', 'a2', 'a10']],
    ['bodies', { bodies: [KARI] }, ['a1', 'a3', 'a2', 'a10']],
    ['no body at all', { bodies: [] }, []],
    ['owners', { owners: [KARI] }, ['a1', 'a10']],
    ['states', { states: ['ASSIGNED'] }, ['a1', 'b1', 'a10']],
    ['overdue', { overdue: true }, ['b2', 'a1', 'a3']],
    ['not overdue', { overdue: false }, ['a2', 'b1', 'a10', 'b3']],
    ['unassigned', { unassigned: true }, ['b2', 'a3', 'a2', 'b3']],
    ['assigned', { unassigned: false }, ['a1', 'b1', 'a10']],
    ['due before a day, that day not included', { dueBefore: '2018-12-01' }, ['b2', 'a1', 'a3']],
    ['a kind', { kinds: ['venture'] }, []],
    ['text of the part', { text: 'KAPASITET (10)' }, ['a10']],
    ['text of the title, as Norwegians sort', { text: 'æres' }, ['b2', 'b1', 'b3']],
    ['signs that LIKE knows', { text: '%' }, []],
    ['everything together', { project: V, unassigned: true, overdue: true, states: ['OPEN'] }, ['a3']],
  ];
  it.each(filters)('filtered by %s', async (_what, filter, rows) => {
    const found = await list(filter);
    expect([...found].sort()).toEqual([...rows].sort());
    const all = await list({});
    expect(found).toEqual(all.filter((row) => rows.includes(row)));
  });

  it('stands in the order asked for, each document from its first point on', async () => {
    const [first, second] = [idOf('matter', 'a'), idOf('matter', 'b')].sort().map((id) => names[id] ?? '');
    expect(await list({})).toEqual(['b2', 'a1', 'a3', 'a2', 'b1', ...(first === 'a' ? ['a10', 'b3'] : ['b3', 'a10'])]);
    expect(await list({}, 'DEADLINE_DESC')).toEqual(['b1', 'a2', 'a1', 'a3', 'b2', ...(first === 'a' ? ['a10', 'b3'] : ['b3', 'a10'])]);
    expect(await list({}, 'DECIDED')).toEqual(['b1', 'b2', 'b3', 'a1', 'a2', 'a3', 'a10']);
    expect(await list({}, 'DECIDED_DESC')).toEqual(['a1', 'a2', 'a3', 'a10', 'b1', 'b2', 'b3']);
    const byState: Readonly<Record<string, readonly string[]>> = { a: ['a1', 'a10'], b: ['b1'] };
    const open: Readonly<Record<string, readonly string[]>> = { a: ['a2', 'a3'], b: ['b2', 'b3'] };
    const [one, other] = [first ?? '', second ?? ''];
    expect(await list({}, 'STATE')).toEqual([
      ...(byState[one] ?? []),
      ...(byState[other] ?? []),
      ...(open[one] ?? []),
      ...(open[other] ?? []),
    ]);
  });

  it.each(['DEADLINE', 'DEADLINE_DESC', 'DECIDED', 'DECIDED_DESC', 'STATE'] as const)('pages both ways by %s without losing or doubling a row', async (order) => {
    const pin = await side.reading.pin(null, null);
    const all = await list({}, order);
    const forward: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 4; pages += 1) {
      const page = await side.reading.followUps({}, order, { first: 2, after }, pin);
      forward.push(...page.edges.map(({ node }) => `${names[node.item]}${node.part}`));
      after = page.edges.at(-1)?.cursor ?? null;
      expect(page.hasNextPage).toBe(pages < 3);
      expect(await page.totalCount()).toBe(7);
    }
    expect(forward).toEqual(all);
    const back = await side.reading.followUps({}, order, { last: 3, before: after }, pin);
    expect(back.edges.map(({ node }) => `${names[node.item]}${node.part}`)).toEqual(all.slice(3, 6));
  }); // prettier-ignore

  it('refuses a cursor of another question, and a filter that names too many', async () => {
    const pin = await side.reading.pin(null, null);
    const { edges } = await side.reading.followUps({}, 'DEADLINE', { first: 1 }, pin);
    const after = edges[0]?.cursor ?? '';
    await expect(side.reading.followUps({ overdue: true }, 'DEADLINE', { after }, pin)).rejects.toMatchObject({ code: 'BAD_CURSOR' });
    const owners = Array.from({ length: 501 }, (_, n) => idOf('body', String(n)));
    await expect(side.reading.followUps({ owners }, 'DEADLINE', {}, pin)).rejects.toMatchObject({ code: 'BAD_FILTER' });
  });
});
