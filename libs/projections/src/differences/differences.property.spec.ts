import fc from 'fast-check';
import { foldLinks, foldNotes, foldState, history, sameJson, type Entry, type EntryId, type ItemId, type Json } from '@saksgang/kernel';
import { matter, MATTERS, type Matter } from '../../testing/matter.kind.js';
import { DAYS, LAW_MS_MAX, recordStory, STORY_MAX, storiesOf, type Told } from '../../testing/histories.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import type { ChangeRow, Pin } from '../reading.js';
import { rounds } from '../../../../test/support/not-run.js';

const SEED = 20_181_003;
const HISTORIES = rounds('differences applied to what was known before', 40, 1_000);
/** Plain entries, some of them late; then what speaks of earlier ones: corrections of corrections, retractions, established dates. */
const STORIES = storiesOf([
  'retracted', 'retracted', 'title corrected', 'date corrected', 'date established', 'linked', 'linked', 'unlinked', 'renumbered', 'noted',
  'merged', 'closed', 'renamed', 'renamed',
]); // prettier-ignore

type Answer = Readonly<Record<string, Json>>;

/** What the kernel says of the item at (position, day), written down by the names that differences use. Null: it is not there. */
const answerAt = (item: ItemId, entries: readonly Entry[], { position, validAt }: Pin): Answer | null => {
  const { facts, retracted } = history(entries, { knownAt: position, validAt });
  const founding = facts[0];
  if (retracted || founding === undefined) return null;
  const { status, ...state } = foldState<Matter>(matter, facts);
  const revisionOf = (entry: EntryId) => entries.find(({ id }) => id === entry)?.revision ?? -1;
  const answer: Record<string, Json> = { ...state, state: status.toUpperCase(), occurred: founding.occurred };
  for (const note of foldNotes(facts)) {
    answer[`notes.@${revisionOf(note.entry)}.text`] = note.text;
    answer[`notes.@${revisionOf(note.entry)}.occurred`] = note.occurred;
  }
  for (const { entry, relation, target } of foldLinks(matter, item, facts))
    answer[`links.${item}@${revisionOf(entry)}`] = { relation, direction: 'OUT', item: target };
  return Object.fromEntries(Object.entries(answer).filter(([, value]) => !sameJson(value, [])));
};

/** The change, made: each field holds what stood behind it. What is an element of a list is written as its fields. */
const applied = (answer: Answer | null, changes: readonly ChangeRow[]): Answer | null => {
  const next: Record<string, Json> = { ...answer };
  for (const { change, fields } of changes) {
    for (const { path, before, after } of fields) {
      for (const [name, value] of leavesOf(path, before)) {
        if (!sameJson(next[name], value)) throw new Error(`${name} held ${JSON.stringify(next[name])}, not ${JSON.stringify(value)}`);
        delete next[name];
      }
      for (const [name, value] of leavesOf(path, after)) next[name] = value;
    }
    if (change === 'RETRACTED') return null;
  }
  return answer === null && changes.length === 0 ? null : next;
};
const leavesOf = (path: string, value: Json): readonly (readonly [string, Json])[] => {
  if (value === null) return [];
  const element = /^notes\.@\d+$/u.test(path);
  return element ? Object.entries(value).map(([name, inner]) => [`${path}.${name}`, inner as Json]) : [[path, value]];
};

describe('a difference', () => {
  let world: World;
  let side: OpenSide;
  let histories = 0;
  beforeAll(async () => {
    world = openWorld(MATTERS);
    side = await world.open();
  });
  afterAll(() => world.close());

  const recorded = async (item: ItemId, story: readonly Told[]) => {
    await recordStory(world, item, story);
    await side.caughtUp();
    const { events } = await world.store.readStream(item);
    return events.map((stored) => world.codec.decode(stored));
  };

  const pair = fc.record({
    from: fc.nat({ max: STORY_MAX }),
    to: fc.nat({ max: STORY_MAX }),
    days: fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 })),
  });
  const VALID = ['2018-08-31', ...DAYS, '2018-10-06', '2018-12-31'];
  let differing = 0;

  it(
    `applied to the answer at one point of view gives the answer at the other, over ${HISTORIES} histories (seed ${SEED})`,
    async () => {
      const law = fc.asyncProperty(STORIES, fc.array(pair, { minLength: 4, maxLength: 4 }), async (story, pairs) => {
        const item = idOf('matter', `difference ${histories++}`);
        const entries = await recorded(item, story);
        for (const { from, to, days } of pairs) {
          const asked = [
            { position: entries[from % entries.length]?.position ?? '', validAt: VALID[days[0]] ?? '' },
            { position: entries[to % entries.length]?.position ?? '', validAt: VALID[days[1]] ?? '' },
          ] as const;
          const [one, other] = [await side.reading.pin(asked[0], null), await side.reading.pin(asked[1], null)];
          const page = await side.reading.differences(
            { from: one, to: other, asked: { from: asked[0], to: asked[1] }, subject: item, project: null },
            { first: 100 },
          );
          const [before, after] = [answerAt(item, entries, one), answerAt(item, entries, other)];
          expect(applied(before, page.nodes)).toEqual(after);
          // Only real differences, and each has somebody behind it.
          expect(page.nodes.length).toBe(sameJson(before, after) ? 0 : 1);
          expect(await page.totalCount()).toBe(page.nodes.length);
          for (const { change, fields, causes } of page.nodes) {
            differing += 1;
            expect(change).toBe(before === null ? 'ADDED' : after === null ? 'RETRACTED' : 'CHANGED');
            expect(fields.filter(({ before: was, after: is }) => sameJson(was, is))).toEqual([]);
            expect(causes.length).toBeGreaterThan(0);
            if (one.validAt !== other.validAt) continue;
            const known = [one.known, other.known].sort((a, b) => a - b);
            const numbers = causes.map(({ entry }) => entries.findIndex(({ id }) => id === entry.id));
            const between = entries.map(({ position }) => Number(position.split('-').at(-1)));
            for (const number of numbers) {
              expect(between[number]).toBeGreaterThan(known[0] ?? 0);
              expect(between[number]).toBeLessThanOrEqual(known[1] ?? 0);
            }
          }
        }
      });
      await fc.assert(law, { seed: SEED, numRuns: HISTORIES });
      // The law is held where something differs, not only where nothing does.
      expect(differing).toBeGreaterThan(HISTORIES);
    },
    LAW_MS_MAX,
  );
});
