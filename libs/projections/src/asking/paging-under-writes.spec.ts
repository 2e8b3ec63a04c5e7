import { NO_FACETS, type EntryId, type ItemId } from '@saksgang/kernel';
import { matterKind, registryOf } from '../../testing/matter.kind.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import type { Page, PageInput, Pin } from '../reading.js';

const ROWS = 10_000;
const PAGE = 100;
const COUNTED_EVERY = 25; // pages of which one is asked for its total
const HUB = idOf('venture', 'hub');
const TODAY = '2018-10-03';

/** Of everything one: each item is a row of its list, of the timeline, of the record, of the hub's links, of the follow-ups and of a search. */
const matter = matterKind('matter', {
  links: (event) => (event.type === 'Opened' ? [{ relation: 'SERVES', target: HUB, targetPart: null, part: null, inverse: false }] : []),
  facets: ({ status, title }) =>
    status === 'unknown'
      ? NO_FACETS
      : { ...NO_FACETS, asks: [{ part: '1', state: 'OPEN', open: true, owner: null, deadline: null, closedAs: null, text: title }] },
});
const opened = (title: string) => ({ type: 'Opened', data: { title, references: [], projects: [] } }) as const;
const nameOf = (n: number): ItemId => idOf('matter', `row ${n}`);

type Ask = (side: OpenSide, page: PageInput, pin: Pin) => Promise<Page<unknown>>;
type Connection = Readonly<{
  name: string;
  ask: Ask;
  keyOf: (row: never) => string;
  backward: boolean;
  total: number;
}>;

const items: Ask = ({ reading }, page, pin) => reading.items({ kinds: ['matter'] }, 'TITLE', page, pin);
const connections: readonly Connection[] = [
  { name: 'items', ask: items, keyOf: (row: { id: string }) => row.id, backward: true, total: ROWS },
  { name: 'timeline', ask: ({ reading }, page, pin) => reading.timeline({ kinds: ['matter'] }, 'OLDEST_FIRST', page, pin), keyOf: (row: { id: string }) => row.id, backward: true, total: ROWS }, // prettier-ignore
  { name: 'history', ask: ({ reading }, page, pin) => reading.history({}, 'NEWEST_FIRST', page, pin), keyOf: (row: { ref: string }) => row.ref, backward: true, total: ROWS + 1 }, // prettier-ignore
  { name: 'links', ask: ({ reading }, page, pin) => reading.links(HUB, {}, page, pin), keyOf: (row: { id: string }) => row.id, backward: true, total: ROWS }, // prettier-ignore
  { name: 'follow-ups', ask: ({ reading }, page, pin) => reading.followUps({}, 'STATE', page, pin), keyOf: (row: { item: string }) => row.item, backward: true, total: ROWS }, // prettier-ignore
  { name: 'search', ask: ({ reading }, page, pin) => reading.search('sak', null, page, pin), keyOf: (row: { item: { id: string } }) => row.item.id, backward: false, total: ROWS }, // prettier-ignore
];

/** One reader on the way through a connection, a page a step. */
const createWalk = (side: OpenSide, { ask, keyOf, total }: Connection, backward: boolean) => {
  const rows: string[] = [];
  let cursor: string | null = null;
  let position: string | null = null;
  let more = true;
  let steps = 0;
  return {
    rows,
    walking: () => more,
    step: async (): Promise<void> => {
      if (!more) return;
      const input: PageInput = backward ? { last: PAGE, before: cursor } : { first: PAGE, after: cursor };
      const page: Page<unknown> = await ask(side, input, await side.reading.pin(null, null));
      const keys = page.nodes.map((row) => keyOf(row as never));
      if (backward) rows.unshift(...keys);
      else rows.push(...keys);
      position ??= page.position;
      expect(page.position).toBe(position);
      if (steps % COUNTED_EVERY === 0 || rows.length === total) expect(await page.totalCount()).toBe(total);
      steps += 1;
      more = backward ? page.hasPreviousPage : page.hasNextPage;
      cursor = page.cursorAt(backward ? 0 : page.nodes.length - 1);
    },
  };
};

describe(`a connection of ${ROWS} rows`, () => {
  let world: World;
  let side: OpenSide;
  const founding: EntryId[] = [];
  beforeAll(async () => {
    world = openWorld(registryOf(matter, matterKind('venture')));
    await world.record(HUB, opened('navet'));
    for (let n = 0; n < ROWS; n += 1)
      founding.push(
        (await world.record(nameOf(n), opened(`sak ${n}`), { occurred: `2018-09-${String((n % 28) + 1).padStart(2, '0')}` })).id,
      );
    side = await world.open();
    await side.built();
  }, 60_000);
  afterAll(() => world.close());

  /** Something of every sort: a row comes, one moves in every order, one goes, a link ends. */
  const write = async (turn: number): Promise<void> => {
    const [renamed, dated, gone, another] = [7, 11, 13, 17].map((step) => (turn * step * 31) % ROWS) as [number, number, number, number];
    const correction = { version: 1, assertedBy: null, source: null, entryReason: null, cleared: [] };
    await world.record(idOf('matter', `new ${turn}`), opened(`sak ${turn} kom til`));
    await world.record(nameOf(renamed), { type: 'Renamed', data: { title: `aller først ${turn}` } });
    await world.record(nameOf(dated), { type: 'EntryCorrected', data: { ...correction, entry: founding[dated], occurred: { text: '2018-08-01', asWritten: null }, set: [] } }); // prettier-ignore
    await world.record(nameOf(gone), { type: 'EntryRetracted', data: { entry: founding[gone] } });
    await world.record(nameOf(another), { type: 'Closed', data: {} });
    await side.caughtUp();
  };

  it('is walked forward and backward while a writer goes on: each row once, in order, with the total it began with', async () => {
    const walks = connections.flatMap((connection) => {
      const directions = connection.backward ? [false, true] : [false];
      return directions.map((backward) => ({ ...connection, ...createWalk(side, connection, backward), backward }));
    });
    const pin = await side.reading.pin({ position: (await side.reading.pin(null, null)).position, validAt: TODAY }, null);
    for (let turn = 0; walks.some(({ walking }) => walking()); turn += 1) {
      for (const walk of walks) await walk.step();
      await write(turn);
    }
    // In one go, afterwards, as of where the walks began: the same rows in the same order.
    for (const { name, total, ask, keyOf } of connections) {
      const whole: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const page: Page<unknown> = await ask(side, { first: PAGE, after }, pin);
        whole.push(...page.nodes.map((row) => keyOf(row as never)));
        [after, more] = [page.cursorAt(page.nodes.length - 1), page.hasNextPage];
      }
      expect([name, new Set(whole).size]).toEqual([name, total]);
      for (const { rows, backward } of walks.filter((walk) => walk.name === name))
        expect([name, backward, rows.length, rows.findIndex((row, at) => row !== whole[at])]).toEqual([name, backward, total, -1]);
    }
  }, 120_000);
});
