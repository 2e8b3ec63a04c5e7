import { letterInput, recordBodies } from '../support/letter.js';
import { listen, TRANSPORTS, type Listening } from '../support/listening.js';
import { serve, type Json, type Served } from '../support/serve.js';

const PAGE = `query Page($filter: TimelineFilter, $after: String) { timeline(filter: $filter, first: 7, after: $after) {
  position totalCount pageInfo { hasNextPage endCursor } nodes { id nature type title occurred { text } } } }`;
const LIVE = `subscription Live($after: Position, $filter: TimelineFilter) { timeline(after: $after, filter: $filter) {
  position removed put { id nature type title occurred { text } } } }`;

describe.each(TRANSPORTS)('A client builder draws one timeline, page by page and then live over %s:', (transport) => {
  let served: Served;
  let resolution: string;
  let open: Listening[];
  let turn = 0;

  const hear = (after: string, filter: Json): Listening => {
    const listening = listen(transport, served.url, LIVE, { after, filter }, `Bearer ${served.keys.secretariat}`);
    open.push(listening);
    return listening;
  };
  const report = async (from: number, to: number): Promise<void> => {
    for (let number = from; number < to; number += 1)
      await served.recorded('reportPoint', {
        commandId: `rapport-${turn}-${number}`,
        point: { item: { id: resolution }, point: '3' },
        text: `Rapport ${number}`,
      });
  };
  const allPages = async (
    filter: Json,
  ): Promise<Readonly<{ rows: readonly Json[]; positions: readonly string[]; totals: readonly number[] }>> => {
    const pages: Json[] = [];
    for (let after: string | null = null, more = true; more && pages.length < 20;) {
      const { timeline } = await served.read(PAGE, { filter, after });
      pages.push(timeline);
      after = timeline.pageInfo.endCursor;
      more = timeline.pageInfo.hasNextPage;
    }
    return {
      rows: pages.flatMap(({ nodes }) => nodes),
      positions: pages.map(({ position }) => position),
      totals: pages.map(({ totalCount }) => totalCount),
    };
  };

  beforeAll(async () => {
    served = await serve();
    await recordBodies(served);
  });
  beforeEach(async () => {
    open = [];
    turn += 1;
    resolution = await served.recorded('recordResolution', letterInput(`vedtak-${turn}`));
  });
  afterEach(async () => {
    for (const listening of open) await listening.leave();
  });
  afterAll(() => served.close());

  it('the position of the pages is where the stream goes on, without a hole and without a repeat, while others write', async () => {
    const filter = { items: [{ id: resolution }] };
    await report(0, 20);
    const [pages] = await Promise.all([allPages(filter), report(20, 40)]);
    expect(new Set(pages.positions).size).toBe(1);
    expect(new Set(pages.totals)).toEqual(new Set([pages.rows.length]));
    const total = 61;
    const listening = hear(pages.positions[0] ?? '', filter);
    const [changes] = await Promise.all([listening.take(total - pages.rows.length), report(40, 60)]);
    expect(changes.flatMap(({ timeline }) => timeline.removed)).toEqual([]);
    const seen = [...pages.rows, ...changes.flatMap(({ timeline }) => timeline.put)].map(({ id }) => id);
    expect(seen).toEqual(Array.from({ length: total }, (_, revision) => `${resolution}@${revision}`));
    expect(seen).toEqual((await allPages(filter)).rows.map(({ id }) => id));
  });

  it('what is planned stands among it, moves, and goes when the thing happens', async () => {
    const milestone = await served.recorded('planMilestone', {
      commandId: `milepael-${turn}`,
      title: 'Stillingen er utlyst',
      baseline: { text: '2026-05' },
    });
    const filter = { items: [{ id: resolution }, { id: milestone }], show: ['HAPPENED', 'PLANNED'] };
    await served.recorded('assignPoint', {
      commandId: `fordel-${turn}`,
      point: { item: { id: resolution }, point: '3' },
      owner: { name: 'Administrasjonen' },
      deadline: { text: '2026-06-30' },
    });
    const pages = await allPages(filter);
    const planned = pages.rows.filter(({ nature }) => nature === 'PLANNED');
    expect(planned).toMatchObject([
      { type: 'BASELINE', title: 'Milepæl: Stillingen er utlyst', occurred: { text: '2026-05' } },
      { type: 'DEADLINE', title: 'Frist for punkt 3', occurred: { text: '2026-06-30' } },
    ]);
    const [baseline, deadline] = planned.map(({ id }) => id);
    const listening = hear(pages.positions[0] ?? '', filter);
    await served.recorded('forecastMilestone', {
      commandId: `prognose-${turn}`,
      milestone: { id: milestone },
      forecast: { text: '2026-08-15' },
    });
    await served.recorded('closePoint', {
      commandId: `lukk-${turn}`,
      point: { item: { id: resolution }, point: '3' },
      closedAs: 'CARRIED_OUT',
    });
    const [moved, closed] = (await listening.take(2)).map(({ timeline }) => timeline);
    expect(moved.removed).toEqual([baseline]);
    expect(moved.put).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'MilestoneForecasted' }),
        expect.objectContaining({ type: 'FORECAST', occurred: { text: '2026-08-15' } }),
      ]),
    );
    expect(closed).toMatchObject({ removed: [deadline], put: [{ type: 'PointClosed', nature: 'HAPPENED' }] });
    const left = (await allPages({ ...filter, show: ['PLANNED'] })).rows;
    expect(left.map(({ type }) => type)).toEqual(['FORECAST']);
    expect((await allPages({ items: filter.items })).rows.every(({ nature }) => nature === 'HAPPENED')).toBe(true);
  });
});
