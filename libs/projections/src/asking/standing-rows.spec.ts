import { labels, NO_FACETS, type Facets } from '@saksgang/kernel';
import { matterKind, registryOf, type Matter } from '../../testing/matter.kind.js';
import { date, idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import type { Pin } from '../reading.js';
import { CLOSED_SINCE_MAX, isOfNow } from './standing-rows.js';

/** Each reference is a part that asks for something, by a day that has passed, and rests on nothing. */
const facets = ({ references }: Matter): Facets => ({
  ...NO_FACETS,
  asks: references.map((part) => ({ part, state: 'OPEN', open: true, owner: null, deadline: null, closedAs: null, text: part })),
  dues: references.map((part) => ({
    part,
    nature: 'FORECAST',
    date: date('2018-09-20'),
    owner: null,
    what: labels(part, part, part),
    met: false,
  })),
  wantsEvidence: references.length > 1,
});
const summarise = ({ title, references, projects }: Matter) => ({
  title, references, state: title === 'closed' ? 'CLOSED' : 'OPEN', subtype: null, open: true, projects, body: null,
}); // prettier-ignore
const REGISTRY = registryOf(matterKind('matter', { facets, summarise }));
const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((name) => idOf('matter', name)) as [string, string, string, string];

describe('the whole record, asked about at a pin while more is recorded', () => {
  let world: World;
  let side: OpenSide;
  const opened = (references: readonly string[]) => ({ type: 'Opened', data: { title: 'first', references, projects: [] } }) as const;
  const renumbered = (references: readonly string[]) => ({ type: 'Renumbered', data: { references } }) as const;
  beforeEach(async () => {
    world = openWorld(REGISTRY);
    side = await world.open();
    for (const item of [A, B, C]) await world.record(item, opened(['1', '2']), { occurred: '2018-09-01' });
    await side.caughtUp();
  });
  afterEach(() => world.close());

  const told = async ({ reading }: OpenSide, pin: Pin) => {
    const followUps = await reading.followUps({}, 'DEADLINE', { first: 100 }, pin);
    return {
      followUps: [followUps.edges.map(({ node }) => node), await followUps.totalCount()],
      status: await reading.status(null, pin),
      gaps: await reading.gaps(null, pin),
    };
  };

  it('is told as it stood then, whether what stood is looked up or all there ever was is looked through', async () => {
    const pin = await side.reading.pin(null, null);
    await world.record(A, renumbered(['1']), { occurred: '2018-09-10' });
    const late = await world.record(B, renumbered([]), { occurred: '2018-09-05' });
    await world.record(B, { type: 'EntryRetracted', data: { entry: late.id } });
    await world.record(C, { type: 'Renamed', data: { title: 'closed' } });
    await world.record(D, opened(['1', '2', '3']));
    await side.caughtUp();
    expect(isOfNow(side, pin)).toBe(true);
    const then = await told(side, pin);
    expect(then.followUps[1]).toBe(6);
    expect(then.status.late).toHaveLength(6);
    expect(then.gaps.length).toBeGreaterThan(6);
    expect(then).toEqual(await told(side, { ...pin, now: false }));
    const now = await told(side, await side.reading.pin(null, null));
    expect(now).not.toEqual(then);
    expect(now).toEqual(await told(side, { ...(await side.reading.pin(null, null)), now: false }));
  });

  it('is looked through when too much has been recorded since, or another day is asked about', async () => {
    const pin = await side.reading.pin(null, null);
    const reachedBy = (entries: number) => ({ runner: { ...side.runner, reached: () => pin.known + entries } });
    expect(isOfNow(reachedBy(CLOSED_SINCE_MAX), pin)).toBe(true);
    expect(isOfNow(reachedBy(CLOSED_SINCE_MAX + 1), pin)).toBe(false);
    expect(isOfNow(side, await side.reading.pin({ validAt: '2018-09-02' }, null))).toBe(false);
  });
});
