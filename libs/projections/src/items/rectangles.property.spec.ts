import fc from 'fast-check';
import { boundsOf, foldLinks, foldState, history, type Entry, type ItemId, type Summary } from '@saksgang/kernel';
import { matter, MATTERS } from '../../testing/matter.kind.js';
import { DAYS, LAW_MS_MAX, recordStory, storiesOf, type Told } from '../../testing/histories.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import { checkItems, checksum } from '../checking.js';
import { foldReference } from '../folding.js';
import { projectionsOf } from '../read-side.js';
import type { Pin } from '../reading.js';
import { rounds } from '../../../../test/support/not-run.js';

const SEED = 20_181_003;
const HISTORIES = rounds('histories held against a naive fold', 100, 2_000);
/** Mostly plain entries, some of which come late; then what speaks of earlier ones. */
const STORIES = storiesOf([
  'retracted', 'title corrected', 'date corrected', 'date established', 'linked', 'unlinked', 'renumbered', 'moved', 'merged', 'closed',
  'renamed', 'renamed',
]); // prettier-ignore

/** What the kernel says, folded anew for one (position, day). */
const naive = (item: ItemId, entries: readonly Entry[], position: string, day: string) => {
  const { facts, allFacts, retracted } = history(entries, { knownAt: position, validAt: day });
  if (retracted || facts.length === 0) return null;
  const summary: Summary = matter.summarise(foldState(matter, facts));
  const founding = allFacts[0];
  if (founding === undefined) return null;
  const references = new Set(summary.references.flatMap(foldReference));
  const sources = new Set(facts.flatMap(({ source }) => (source?.reference ? foldReference(source.reference) : [])));
  const links = foldLinks(matter, item, facts).map(({ entry, relation, target, day: since }) => `${entry} ${relation} ${target} ${since}`);
  return {
    title: summary.title,
    state: summary.state,
    occurred: founding.occurred.text,
    latest: boundsOf(founding.occurred).latest,
    references: [...references].sort(),
    sources: [...sources].sort(),
    projects: [...summary.projects].sort(),
    links: links.sort(),
    told: facts
      .filter((fact) => ['Opened', 'Renamed', 'Moved', 'Merged', 'Closed'].includes(fact.event.type))
      .map((fact) => `${fact.day} ${fact.revision}`),
  };
};

describe('what the read models say at (position, day)', () => {
  let world: World;
  let side: OpenSide;
  let histories = 0;
  beforeAll(async () => {
    world = openWorld(MATTERS);
    side = await world.open();
  });
  afterAll(() => world.close());

  /** Records one history and answers its entries and the day of the last. */
  const recorded = async (item: ItemId, story: readonly Told[]) => {
    const lastDay = await recordStory(world, item, story, true);
    await side.caughtUp();
    const { events } = await world.store.readStream(item);
    return { entries: events.map((stored) => world.codec.decode(stored)), lastDay };
  };

  const said = async (item: ItemId, pin: Pin) => {
    const row = await side.reading.item(item, pin);
    if (row === null || row.state === 'RETRACTED') return null;
    const facets = side.file
      .prepare<{ facet: string; value: string }>(
        `SELECT facet, value FROM item_facets WHERE item = ? AND recorded_from <= ? AND (recorded_to IS NULL OR recorded_to > ?)
         AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?) ORDER BY value`,
      )
      .all(item, pin.known, pin.known, pin.validAt, pin.validAt);
    const of = (facet: string) => facets.filter((one) => one.facet === facet).map(({ value }) => value);
    const links = await side.reading.links(item, { direction: 'OUT' }, { first: 100 }, pin);
    const timeline = await side.reading.timeline({ items: [item] }, 'OLDEST_FIRST', { first: 100 }, pin);
    return {
      title: row.title,
      state: row.state,
      occurred: row.occurred.text,
      latest: boundsOf(row.occurred).latest,
      references: of('REFERENCE'),
      sources: of('SOURCE'),
      projects: of('PROJECT'),
      links: links.edges.map(({ node }) => `${node.entry} ${node.relation} ${node.target} ${node.day}`).sort(),
      told: timeline.edges.map(({ node }) => `${node.day} ${node.id.split('@')[1]}`),
    };
  };

  it(
    `equals the fold of the log, for every pair that matters, over ${HISTORIES} histories (seed ${SEED})`,
    async () => {
      const history = fc.asyncProperty(STORIES, async (story) => {
        const item = idOf('matter', `history ${histories++}`);
        const { entries, lastDay } = await recorded(item, story);
        for (const [revision, { position }] of entries.entries()) {
          for (const validAt of ['2018-08-31', ...DAYS, '2018-09-30', lastDay]) {
            const pin = await side.reading.pin({ position, validAt }, null);
            expect(await said(item, pin)).toEqual(naive(item, entries, position, validAt));
            const row = await side.reading.item(item, pin);
            if (row) expect(row.revision).toBe(revision);
          }
        }
      });
      await fc.assert(history, { seed: SEED, numRuns: HISTORIES });
      expect(checkItems(side.file)).toEqual([]);
      for (const table of ['items', 'item_facets', 'links']) {
        const empty = side.file.prepare(`SELECT * FROM ${table} WHERE valid_to <= valid_from OR recorded_to <= recorded_from`).all();
        expect(empty).toEqual([]);
      }
    },
    LAW_MS_MAX,
  );

  it('is the same, row for row, when all of it is built anew', async () => {
    expect(histories).toBeGreaterThanOrEqual(HISTORIES);
    const all = projectionsOf(MATTERS);
    const live = all.map((projection) => checksum(side.file, projection));
    // Nothing is asked of a matter: the signals have a spec of their own.
    expect(Math.min(...live.filter((_, index) => all[index]?.name !== 'signals').map(({ rows }) => rows))).toBeGreaterThan(50);
    await side.runner.rebuild(all.map(({ name }) => name));
    expect(projectionsOf(MATTERS).map((projection) => checksum(side.file, projection))).toEqual(live);
  });
});
