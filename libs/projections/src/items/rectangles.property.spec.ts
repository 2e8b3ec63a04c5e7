import fc from 'fast-check';
import { boundsOf, foldLinks, foldState, history, type Entry, type EntryId, type Summary } from '@saksgang/kernel';
import { matter, MATTERS } from '../../testing/matter.kind.js';
import { idOf, openWorld } from '../../testing/world.js';
import { checkItems, checksum } from '../checking.js';
import { foldReference } from '../folding.js';
import { projectionsOf } from '../read-side.js';

const SEED = 20_181_003;
const HISTORIES = 100;
const ITEM = idOf('matter', 'property');
const DAYS = ['2018-09-01', '2018-09-02', '2018-09-03', '2018-09-04'];

type Told = Readonly<{ what: number; day: string | null; which: number; word: string; days: number }>;
const told: fc.Arbitrary<Told> = fc.record({
  what: fc.integer({ min: 0, max: 11 }),
  day: fc.option(fc.constantFrom(...DAYS), { nil: null }),
  which: fc.nat({ max: 11 }),
  word: fc.constantFrom('a', 'b', 'c'),
  days: fc.integer({ min: 0, max: 1 }),
});

/** Mostly plain entries, some of which come late; then what speaks of earlier ones. */
const eventOf = ({ what, which, word, day }: Told, ids: readonly EntryId[]) => {
  const named = ids[which % ids.length] ?? '';
  const correction = { entry: named, assertedBy: null, source: null };
  switch (what) {
    case 0:
      return { type: 'EntryRetracted', data: { entry: named } };
    case 1:
      return { type: 'EntryCorrected', data: { ...correction, occurred: null, set: [{ path: 'title', value: `corrected ${word}` }] } };
    case 2:
      return { type: 'EntryCorrected', data: { ...correction, occurred: { text: day ?? 'unknown', asWritten: null }, set: [] } };
    case 3:
      return { type: 'DateEstablished', data: { entry: named, date: { text: day ?? '2018-09', asWritten: null } } };
    case 4:
      return { type: 'Linked', data: { relation: 'SERVES', target: idOf('venture', word), targetPart: null, part: null, period: null } };
    case 5:
      return { type: 'Unlinked', data: { link: named } };
    case 6:
      return { type: 'Renumbered', data: { references: [word, '18/2'] } };
    case 7:
      return { type: 'Moved', data: { projects: [idOf('venture', word)] } };
    case 8:
      return { type: 'Merged', data: { into: idOf('matter', word) } };
    case 9:
      return { type: 'Closed', data: {} };
    default:
      return { type: 'Renamed', data: { title: word } };
  }
};

/** What the kernel says, folded anew for one (position, day). */
const naive = (entries: readonly Entry[], position: string, day: string) => {
  const { facts, allFacts, retracted } = history(entries, { knownAt: position, validAt: day });
  if (retracted || facts.length === 0) return null;
  const summary: Summary = matter.summarise(foldState(matter, facts));
  const founding = allFacts[0];
  if (founding === undefined) return null;
  const references = new Set(summary.references.flatMap(foldReference));
  const sources = new Set(facts.flatMap(({ source }) => (source?.reference ? foldReference(source.reference) : [])));
  const links = foldLinks(matter, ITEM, facts).map(({ entry, relation, target, day: since }) => `${entry} ${relation} ${target} ${since}`);
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
  it(`equals the fold of the log, for every pair that matters, over ${HISTORIES} histories (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(told, { minLength: 1, maxLength: 11 }), async (story) => {
        const world = openWorld(MATTERS);
        try {
          const side = await world.open();
          const ids: EntryId[] = [];
          const opening = { type: 'Opened', data: { title: 'first', references: ['18/1-7'], projects: [] } } as const;
          ids.push((await world.record(ITEM, opening, { occurred: '2018-09-03' })).id);
          let on = 4;
          for (const one of story) {
            on += one.days;
            world.at(`2018-10-${String(on).padStart(2, '0')}T10:00:00.000Z`);
            const source =
              one.which % 4 === 0
                ? { document: null, title: null, reference: `19/${one.word}`, dated: null, locator: null, url: null }
                : null;
            ids.push((await world.record(ITEM, eventOf(one, ids), { ...(one.day ? { occurred: one.day } : {}), source })).id);
          }
          await side.caughtUp();
          expect(checkItems(side.file)).toEqual([]);
          const { events } = await world.store.readStream(ITEM);
          const entries = events.map((stored) => world.codec.decode(stored));
          const { reading, file } = side;
          const facets = file.prepare<{ facet: string; value: string }>(
            `SELECT facet, value FROM item_facets WHERE recorded_from <= ? AND (recorded_to IS NULL OR recorded_to > ?) AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?) ORDER BY value`,
          );
          for (const [index, { position }] of entries.entries()) {
            for (const validAt of ['2018-08-31', ...DAYS, '2018-09-30', `2018-10-${String(on).padStart(2, '0')}`]) {
              const pin = await reading.pin({ position, validAt }, null);
              const row = await reading.item(ITEM, pin);
              const of = (facet: string) =>
                facets
                  .all(index + 1, index + 1, validAt, validAt)
                  .filter((one) => one.facet === facet)
                  .map(({ value }) => value);
              const links = await reading.links(ITEM, {}, { first: 100 }, pin);
              const timeline = await reading.timeline({ items: [ITEM] }, 'OLDEST_FIRST', { first: 100 }, pin);
              const said = row &&
                row.state !== 'RETRACTED' && {
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
              expect(said || null).toEqual(naive(entries, position, validAt));
              if (row) expect(row.revision).toBe(index);
            }
          }
          const live = projectionsOf(MATTERS).map((projection) => checksum(file, projection));
          await side.runner.rebuild(['history', 'items', 'links', 'timeline']);
          expect(projectionsOf(MATTERS).map((projection) => checksum(file, projection))).toEqual(live);
        } finally {
          await world.close();
        }
      }),
      { seed: SEED, numRuns: HISTORIES },
    );
  });
});
