import fc from 'fast-check';
import {
  foldState,
  history,
  NO_FACETS,
  osloDay,
  same,
  type Ask,
  type Entry,
  type EntryId,
  type Facets,
  type ItemId,
  type PartialDate,
} from '@saksgang/kernel';
import { matterKind, registryOf, type Matter } from '../../testing/matter.kind.js';
import { date, idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import { checksum } from '../checking.js';
import { sortKey } from '../folding.js';
import { attentionOf, computedLightOf, overdueDays } from './computed.js';
import { signalsProjection } from './signals.projection.js';

const SEED = 20_181_003;
const HISTORIES = 60;
const DAYS = ['2018-09-01', '2018-09-02', '2018-09-03', '2018-09-04'];
const DEADLINES: Readonly<Record<string, PartialDate>> = { a: date('2018-09-02'), b: date('2018-09'), c: date('2018-09-03/..') };
const OWNER = { body: idOf('body', 'owner'), name: 'Owner' };

const askOf = ({ title, status }: Matter, part: string): Ask => ({
  part,
  state: status.toUpperCase(),
  open: status === 'open',
  owner: title === 'b' ? OWNER : null,
  deadline: DEADLINES[title] ?? null,
  closedAs: status === 'closed' ? 'CARRIED_OUT' : null,
  text: `${title} ${part}`,
});

/** Everything follows from the few things a matter's entries change. */
const facetsOf = (matter: Matter): Facets => {
  if (matter.status === 'unknown') return NO_FACETS;
  const asks = matter.references.map((reference) => askOf(matter, reference));
  return {
    ...NO_FACETS,
    asks,
    dues: asks.flatMap(({ part, deadline, owner, open }) =>
      deadline === null
        ? []
        : [{ part, nature: 'DEADLINE' as const, date: deadline, owner, what: same(`deadline of ${part}`), met: !open }],
    ),
    light: matter.title === 'a' ? 'RED' : null,
    slip: matter.title === 'b' ? { first: date('2018-01'), current: date('2018-09') } : null,
    gaps: asks
      .filter(({ owner, open }) => open && owner === null)
      .map(({ part }) => ({ rule: 'ASK_WITHOUT_OWNER', part, what: same(part), closedBy: ['assign'] })),
  };
};

const matter = matterKind('matter', { facets: facetsOf });
const REGISTRY = registryOf(matter);

type Told = Readonly<{ what: number; day: string | null; which: number; word: string; days: number }>;
const told: fc.Arbitrary<Told> = fc.record({
  what: fc.integer({ min: 0, max: 9 }),
  day: fc.option(fc.constantFrom(...DAYS), { nil: null }),
  which: fc.nat({ max: 11 }),
  word: fc.constantFrom('a', 'b', 'c', 'd'),
  days: fc.integer({ min: 0, max: 1 }),
});

const eventOf = ({ what, which, word, day }: Told, ids: readonly EntryId[]) => {
  const named = ids[which % ids.length] ?? '';
  const correction = { entry: named, version: 1, assertedBy: null, source: null, entryReason: null, cleared: [] };
  switch (what) {
    case 0:
      return { type: 'EntryRetracted', data: { entry: named } };
    case 1:
      return { type: 'EntryCorrected', data: { ...correction, occurred: null, set: [{ path: 'title', value: word }] } };
    case 2:
      return { type: 'EntryCorrected', data: { ...correction, occurred: { text: day ?? 'unknown', asWritten: null }, set: [] } };
    case 3:
    case 4:
      return { type: 'Renumbered', data: { references: which % 3 === 0 ? [] : ['1', word, ...(which % 2 === 0 ? ['10'] : [])] } };
    case 5:
      return { type: 'Closed', data: {} };
    default:
      return { type: 'Renamed', data: { title: word } };
  }
};

type Folded = Readonly<{ item: ItemId; state: Matter; entries: readonly Entry[] }>;

const foldedAt = (streams: ReadonlyMap<ItemId, readonly Entry[]>, position: string, validAt: string): readonly Folded[] =>
  [...streams].flatMap(([item, all]) => {
    const entries = all.filter((entry) => entry.position <= position);
    const { facts, retracted } = history(entries, { knownAt: position, validAt });
    return retracted || facts.length === 0 ? [] : [{ item, state: foldState<Matter>(matter, facts), entries }];
  });

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const isDouble = (folded: readonly Folded[], { references: [own] }: Matter): boolean =>
  own !== undefined && folded.filter(({ state }) => state.references[0] === own).length > 1;

/** What the rules say of all items, folded anew for one (position, day). */
const naive = (folded: readonly Folded[], today: string) => ({
  followUps: folded
    .flatMap(({ item, state }) =>
      facetsOf(state).asks.map((ask) => ({
        key: `${latestOf(ask.deadline)} ${item} ${sortKey(ask.part)}`,
        row: [item, ask.part, ask.state, ask.open, ask.closedAs, overdueDays(ask.deadline, ask.open, today)],
        unassigned: ask.open && ask.owner === null,
      })),
    )
    .sort((one, other) => byText(one.key, other.key)),
  lights: folded
    .map(
      ({ state }) => `${state.status.toUpperCase()} ${facetsOf(state).light ?? 'NOT_ASSESSED'} ${computedLightOf(facetsOf(state), today)}`,
    )
    .sort(),
  attention: Object.fromEntries(
    folded.map(({ item, state, entries }) => {
      const facets = facetsOf(state);
      const lastEntryDay = osloDay(entries.at(-1)?.recordedAt ?? '');
      const basis = {
        facets,
        open: state.status === 'open',
        lastEntryDay,
        gap: facets.gaps.length > 0 || isDouble(folded, state),
        restsOnDisputed: false,
      };
      return [item, attentionOf(basis, today, 90)];
    }),
  ),
  gaps: folded
    .flatMap(({ item, state }) => [
      ...facetsOf(state).gaps.map(({ rule, part }) => `${item} ${rule} ${part}`),
      ...(isDouble(folded, state) ? [`${item} DUPLICATE_REFERENCE null`] : []),
    ])
    .sort(),
});
const latestOf = (deadline: PartialDate | null): string =>
  deadline === DEADLINES['a'] ? '2018-09-02' : deadline === DEADLINES['b'] ? '2018-09-30' : '~';

describe('what computed values follow from, at (position, day)', () => {
  let world: World;
  let side: OpenSide;
  beforeEach(async () => {
    world = openWorld(REGISTRY);
    side = await world.open();
  });
  afterEach(() => world.close());

  const recorded = async (items: readonly ItemId[], story: readonly Told[]): Promise<ReadonlyMap<ItemId, readonly Entry[]>> => {
    const ids = new Map<ItemId, EntryId[]>();
    world.at('2018-10-04T10:00:00.000Z');
    for (const item of items) {
      const opened = { type: 'Opened', data: { title: 'a', references: ['1', '2'], projects: [] } } as const;
      ids.set(item, [(await world.record(item, opened, { occurred: '2018-09-02' })).id]);
    }
    let on = 4;
    for (const [index, one] of story.entries()) {
      const item = items[index % items.length] ?? '';
      const known = ids.get(item) ?? [];
      on += one.days;
      world.at(`2018-10-${String(on).padStart(2, '0')}T10:00:00.000Z`);
      known.push((await world.record(item, eventOf(one, known), one.day ? { occurred: one.day } : {})).id);
    }
    await side.caughtUp();
    const streams = items.map(async (item) => {
      const { events } = await world.store.readStream(item);
      return [item, events.map((stored) => world.codec.decode(stored))] as const;
    });
    return new Map(await Promise.all(streams));
  };

  const lightsOf = (counts: readonly Readonly<{ state: string; light: string; computedLight: string; count: number }>[]) =>
    counts
      .flatMap(({ state, light, computedLight, count }) => Array.from({ length: count }, () => `${state} ${light} ${computedLight}`))
      .sort();

  it(`equals the fold of the log, for every pair that matters, over ${HISTORIES} histories (seed ${SEED}), and again when built anew`, async () => {
    let histories = 0;
    const pairs = fc.asyncProperty(fc.array(told, { minLength: 1, maxLength: 12 }), async (story) => {
      await world.close();
      world = openWorld(REGISTRY);
      side = await world.open();
      histories += 1;
      const items = ['one', 'two'].map((name) => idOf('matter', name));
      const streams = await recorded(items, story);
      const positions = [...streams.values()].flat().map(({ position }) => position).sort(); // prettier-ignore
      for (const position of [positions[1], positions[Math.floor(positions.length / 2)], positions.at(-1)]) {
        for (const validAt of ['2018-08-31', ...DAYS, '2018-10-01', '2018-10-20', '2019-02-01']) {
          const pin = await side.reading.pin({ position: position ?? null, validAt }, null);
          const expected = naive(foldedAt(streams, pin.position, validAt), validAt);
          const rowsOf = async (filter: object) =>
            (await side.reading.followUps(filter, 'DEADLINE', { first: 100 }, pin)).edges.map(({ node }) => [
              node.item, node.part, node.state, node.open, node.closedAs, node.daysOverdue,
            ]); // prettier-ignore
          expect(await rowsOf({})).toEqual(expected.followUps.map(({ row }) => row));
          expect(await rowsOf({ overdue: true })).toEqual(expected.followUps.filter(({ row }) => row[5] !== null).map(({ row }) => row));
          expect(await rowsOf({ unassigned: false })).toEqual(
            expected.followUps.filter(({ unassigned }) => !unassigned).map(({ row }) => row),
          );
          const { counts } = await side.reading.status(null, pin);
          expect(lightsOf(counts)).toEqual(expected.lights);
          const shown = items.filter((item) => item in expected.attention);
          expect(await side.reading.attention(shown, pin)).toEqual(shown.map((item) => expected.attention[item]));
          expect((await side.reading.gaps(null, pin)).map(({ item, rule, part }) => `${item} ${rule} ${part}`).sort()).toEqual(
            expected.gaps,
          );
        }
      }
      for (const table of ['signals', 'asks', 'dues', 'gaps']) {
        const empty = side.file.prepare(`SELECT * FROM ${table} WHERE valid_to <= valid_from OR recorded_to <= recorded_from`).all();
        expect(empty).toEqual([]);
      }
      const live = checksum(side.file, signalsProjection);
      await side.runner.rebuild(['signals']);
      expect(checksum(side.file, signalsProjection)).toEqual(live);
    });
    await fc.assert(pairs, { seed: SEED, numRuns: HISTORIES });
    expect(histories).toBeGreaterThanOrEqual(HISTORIES);
  }, 120_000);
});
