import { NO_FACETS, same, type Due, type DueNature } from '@saksgang/kernel';
import { registry } from '@saksgang/kinds';
import { KS, LETTER } from '../../../kinds/testing/board-resolution.js';
import { matterKind, registryOf } from '../../testing/matter.kind.js';
import { date, idOf, openWorld, type OpenSide, type Recorded, type World } from '../../testing/world.js';
import type { PageInput, TimelineFilter, TimelineRow } from '../reading.js';

const MILESTONE = idOf('milestone', 'utlyst');
const RESOLUTION = idOf('resolution', 'kultur');
const BOTH: TimelineFilter = { show: ['HAPPENED', 'PLANNED'] };
const PLANNED: TimelineFilter = { show: ['PLANNED'] };

const milestonePlanned = (baseline: string) =>
  ({ type: 'MilestonePlanned', data: { title: 'Stillingen utlyst', project: null, owner: KS, baseline: date(baseline) } }) as const;
const forecast = (text: string) => ({ type: 'MilestoneForecasted', data: { forecast: date(text), light: null } }) as const;
const reached = { type: 'MilestoneReached', data: {} } as const;
const resolved = {
  type: 'ResolutionRecorded',
  data: {
    resolutionType: 'VEDTAK', title: 'Kultur for framtida', body: KS, caseReference: null, meeting: null, caseOfficer: null,
    recordedAs: 'ADOPTED', projects: [], points: LETTER,
  },
} as const; // prettier-ignore
const assigned = (point: string, deadline: string) =>
  ({ type: 'PointAssigned', data: { point, owner: KS, deadline: date(deadline) } }) as const;

describe('What is planned stands in the timeline', () => {
  let world: World;
  let side: OpenSide;
  beforeEach(async () => {
    world = openWorld(registry);
    side = await world.open();
  });
  afterEach(() => world.close());

  const rows = async (filter: TimelineFilter, asOf: object | null = null, page: PageInput = {}): Promise<readonly TimelineRow[]> => {
    await side.caughtUp();
    return (await side.reading.timeline(filter, 'OLDEST_FIRST', page, await side.reading.pin(asOf, null))).edges.map(({ node }) => node);
  };
  const told = async (filter: TimelineFilter, asOf: object | null = null): Promise<readonly string[]> =>
    (await rows(filter, asOf)).map(({ day, nature, type, part }) => [day, nature, type, part ?? ''].join(' ').trim());

  it('on the last day it may be, with what it is, where it is from, and the words for it', async () => {
    const source = { document: null, title: 'Prosjektplan', reference: null, dated: null, locator: 's. 2', url: null };
    const plan = await world.record(MILESTONE, milestonePlanned('2019-03'), { assertedBy: KS, source });
    const [row] = await rows(PLANNED);
    expect(row).toMatchObject({
      id: `${MILESTONE}#BASELINE`,
      item: MILESTONE,
      kind: 'milestone',
      part: null,
      nature: 'PLANNED',
      type: 'BASELINE',
      title: { nb: 'Milepæl: Stillingen utlyst', en: 'Milestone: Stillingen utlyst' },
      description: { nb: 'Opprinnelig plan', nn: 'Opphavleg plan', en: 'Original plan' },
      occurred: { text: '2019-03' },
      day: '2019-03-31',
      position: plan.position,
      assertedBy: KS,
      source,
      corrected: false,
    });
  });

  it('only when it is asked for', async () => {
    await world.record(MILESTONE, milestonePlanned('2019-03-01'));
    expect(await told({})).toEqual(['2018-10-03 HAPPENED MilestonePlanned']);
    expect(await told({ show: [] })).toEqual([]);
    expect(await told(BOTH)).toEqual(['2018-10-03 HAPPENED MilestonePlanned', '2019-03-01 PLANNED BASELINE']);
  });

  it('by its forecast once there is one, and no more when it has happened; earlier points of view keep what they saw', async () => {
    const plan = await world.record(MILESTONE, milestonePlanned('2019-03-01'));
    world.at('2018-12-01T09:00:00.000Z');
    const forecasted = await world.record(MILESTONE, forecast('2019-05-01'));
    expect(await told(PLANNED)).toEqual(['2019-05-01 PLANNED FORECAST']);
    world.at('2019-04-01T09:00:00.000Z');
    const done = await world.record(MILESTONE, reached, { occurred: '2019-03-28' });
    expect(await told(PLANNED)).toEqual([]);
    expect(await told(PLANNED, { position: forecasted.position })).toEqual(['2019-05-01 PLANNED FORECAST']);
    expect(await told(PLANNED, { validAt: '2019-03-27' })).toEqual(['2019-05-01 PLANNED FORECAST']);
    expect(await told(PLANNED, { validAt: '2018-11-30' })).toEqual(['2019-03-01 PLANNED BASELINE']);
    expect((await rows(PLANNED, { validAt: '2018-11-30' }))[0]?.position).toBe(plan.position);
    await world.record(MILESTONE, { type: 'EntryRetracted', data: { entry: done.id } }, { reason: 'Gjaldt en annen stilling.' });
    expect(await told(PLANNED)).toEqual(['2019-05-01 PLANNED FORECAST']);
  });

  it('and a plan of a year stands on its last day, never on 1 January', async () => {
    await world.record(MILESTONE, milestonePlanned('2019'));
    expect(await told(PLANNED)).toEqual(['2019-12-31 PLANNED BASELINE']);
  });

  it('for each point that has a deadline, filtered and paged with what happened, from either end', async () => {
    await world.record(RESOLUTION, resolved);
    await world.record(RESOLUTION, assigned('2.1', '2019-01-01'));
    await world.record(RESOLUTION, assigned('3', '2018-09-01'));
    await world.record(MILESTONE, milestonePlanned('2019-01-01'));
    const all = await told(BOTH);
    expect(all).toEqual([
      '2018-09-01 PLANNED DEADLINE 3',
      '2018-10-03 HAPPENED ResolutionRecorded',
      '2018-10-03 HAPPENED PointAssigned 2.1',
      '2018-10-03 HAPPENED PointAssigned 3',
      '2018-10-03 HAPPENED MilestonePlanned',
      '2019-01-01 PLANNED DEADLINE 2.1',
      '2019-01-01 PLANNED BASELINE',
    ]);
    expect(await told({ ...BOTH, items: [RESOLUTION], types: ['DEADLINE'] })).toHaveLength(2);
    expect(await told({ ...BOTH, kinds: ['milestone'], from: '2018-10-04' })).toEqual(['2019-01-01 PLANNED BASELINE']);
    expect(await told({ ...BOTH, text: 'FRIST FOR PUNKT 3' })).toEqual(['2018-09-01 PLANNED DEADLINE 3']);
    await side.caughtUp();
    const pin = await side.reading.pin(null, null);
    for (const [order, forward] of [
      ['OLDEST_FIRST', true],
      ['NEWEST_FIRST', true],
      ['OLDEST_FIRST', false],
      ['NEWEST_FIRST', false],
    ] as const) {
      const seen: string[] = [];
      let cursor: string | null = null;
      for (let turn = 0; turn < 4; turn += 1) {
        const page = await side.reading.timeline(BOTH, order, forward ? { first: 2, after: cursor } : { last: 2, before: cursor }, pin);
        const ids = page.edges.map(({ node }) => node.id);
        if (forward) seen.push(...ids);
        else seen.unshift(...ids);
        cursor = (forward ? page.edges.at(-1) : page.edges[0])?.cursor ?? null;
        expect(await page.totalCount()).toBe(7);
      }
      const expected = (await rows(BOTH)).map(({ id }) => id);
      expect(seen).toEqual(order === 'OLDEST_FIRST' ? expected : expected.reverse());
    }
  });

  it('and live: a plan comes, moves and goes when the thing happens', async () => {
    const entries: Recorded[] = [await world.record(MILESTONE, milestonePlanned('2019-03-01'))];
    await side.caughtUp();
    const over = new AbortController();
    const changes = side.reading.timelineAfter(entries[0]?.position ?? null, PLANNED, over.signal)[Symbol.asyncIterator]();
    const next = async () => {
      const { value } = await changes.next();
      return [value.position, value.put.map(({ id, day }: TimelineRow) => `${id} ${day}`), value.removed];
    };
    const moved = await world.record(MILESTONE, forecast('2019-05-01'));
    expect(await next()).toEqual([moved.position, [`${MILESTONE}#FORECAST 2019-05-01`], [`${MILESTONE}#BASELINE`]]);
    const again = await world.record(MILESTONE, forecast('2019-06-01'));
    expect(await next()).toEqual([again.position, [`${MILESTONE}#FORECAST 2019-06-01`], []]);
    const done = await world.record(MILESTONE, reached);
    expect(await next()).toEqual([done.position, [], [`${MILESTONE}#FORECAST`]]);
    over.abort();
  });
});

describe('What has no last day', () => {
  it('stands on its first, and what has neither has no place', async () => {
    const waits = matterKind('matter', {
      facets: ({ status }) =>
        status === 'unknown' ? NO_FACETS : { ...NO_FACETS, dues: [due('2019-02-01/..', 'FORECAST'), due('unknown', 'PLANNED')] },
    });
    const world = openWorld(registryOf(waits));
    const side = await world.open();
    await world.record(idOf('matter', 'a'), { type: 'Opened', data: { title: 'A', references: [], projects: [] } });
    await side.caughtUp();
    const { edges } = await side.reading.timeline(PLANNED, 'OLDEST_FIRST', {}, await side.reading.pin(null, null));
    expect(edges.map(({ node }) => `${node.day} ${node.type}`)).toEqual(['2019-02-01 FORECAST']);
    await world.close();
  });
});

const due = (text: string, nature: DueNature): Due => ({ part: null, nature, date: date(text), owner: null, what: same('a'), met: false });
