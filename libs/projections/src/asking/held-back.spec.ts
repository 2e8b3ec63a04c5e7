import { registry } from '@saksgang/kinds';
import { createTelling, sampledStories } from '../../testing/stories.js';
import { openWorld, type OpenSide, type World } from '../../testing/world.js';
import type { Projection } from '../projection.js';
import { projectionsOf } from '../read-side.js';
import { ReadProblem, type Pin, type Reading } from '../reading.js';

const SEED = 20_181_003;
const STORIES = 30;
/** Before the last entries, among them, and when all has taken effect. */
const DAYS = ['2018-09-03', '2018-10-05', '2018-10-06', '2018-10-20'];
const ROUNDS_BEFORE = 5; // entries of each story that every projection took

/** Everything that can be asked, by name; each touches one projection or several. */
const questions = (item: string, project: string): Readonly<Record<string, (reading: Reading, pin: Pin) => Promise<unknown>>> => ({
  items: (reading, pin) => reading.items({}, 'OCCURRED', { first: 100 }, pin),
  'items of a project': (reading, pin) => reading.items({ project }, 'TITLE', { first: 100 }, pin),
  itemsById: (reading, pin) => reading.itemsById([item, project], pin),
  byReference: (reading, pin) => reading.byReference('2018/7', null, pin),
  search: (reading, pin) => reading.search('alfa', null, { first: 100 }, pin),
  state: (reading, pin) => reading.state(item, pin),
  projectsOf: (reading, pin) => reading.projectsOf(item, pin),
  links: (reading, pin) => reading.links(item, {}, { first: 100 }, pin),
  trace: (reading, pin) => reading.trace({ item, part: null }, 'BOTH', 6, pin),
  timeline: (reading, pin) => reading.timeline({}, 'OLDEST_FIRST', { first: 100 }, pin),
  'timeline of a project': (reading, pin) => reading.timeline({ project }, 'OLDEST_FIRST', { first: 100 }, pin),
  'timeline of papers and mergers': (reading, pin) =>
    reading.timeline(
      { subtypesOf: { kind: 'whitePaper', subtypes: ['OTHER'] }, followMergersOf: ['whitePaper'] },
      'OLDEST_FIRST',
      { first: 100 },
      pin,
    ),
  'what is planned': (reading, pin) => reading.timeline({ show: ['PLANNED', 'HAPPENED'] }, 'OLDEST_FIRST', { first: 100 }, pin),
  history: (reading, pin) => reading.history({}, 'OLDEST_FIRST', { last: 100 }, pin),
  entry: (reading, pin) => reading.entry(`${item}@0`, pin),
  followUps: (reading, pin) => reading.followUps({}, 'DEADLINE', { first: 100 }, pin),
  'followUps of a project': (reading, pin) => reading.followUps({ project }, 'DECIDED', { first: 100 }, pin),
  status: (reading, pin) => reading.status(null, pin),
  'status of a project': (reading, pin) => reading.status(project, pin),
  gaps: (reading, pin) => reading.gaps(null, pin),
  attention: (reading, pin) => reading.attention([item, project], pin),
});

const NAMES = projectionsOf(registry).map(({ name }) => name);

/** Takes what comes while the gate is open. */
const holding = (projection: Projection, gate: { shut: boolean }): Projection => ({
  ...projection,
  writer: (rows) => {
    const write = projection.writer(rows);
    return (step) => {
      if (gate.shut) throw new Error('held back');
      write(step);
    };
  },
});

const answer = async (asked: Promise<unknown>): Promise<string> => {
  try {
    const told = (await asked) as { nodes?: unknown; totalCount?: () => Promise<number> } | null;
    return JSON.stringify(told?.totalCount ? [told.nodes, await told.totalCount()] : told);
  } catch (problem) {
    if (problem instanceof ReadProblem) return problem.code;
    throw problem;
  }
};

describe('one projection held back while the others run on', () => {
  let world: World;
  let side: OpenSide;
  beforeEach(() => {
    world = openWorld(registry);
  });
  afterEach(() => world.close());

  it.each(NAMES)('%s: every question is answered as if it were not, or not at all; and what does not need it is answered', async (name) => {
    const gate = { shut: false };
    const projections = projectionsOf(registry).map((one) => (one.name === name ? holding(one, gate) : one));
    side = await world.open({ projections });
    const telling = createTelling(world, sampledStories(STORIES, SEED));
    const [item, project] = ['resolution', 'project'].map((kind) => telling.items.find((one) => one.startsWith(`${kind}-`)) ?? '');
    const asked = Object.entries(questions(item ?? '', project ?? ''));
    for (let round = 0; round < ROUNDS_BEFORE; round += 1) await telling.round(round, side);
    const before = (await side.reading.pin(null, null)).position;
    const askAll = async ({ reading }: OpenSide, position: string): Promise<ReadonlyMap<string, string>> => {
      const answers = new Map<string, string>();
      for (const validAt of DAYS) {
        const pin = await reading.pin({ position, validAt }, null);
        for (const [question, ask] of asked) answers.set(`${question} on ${validAt}`, await answer(ask(reading, pin)));
      }
      return answers;
    };
    const then = await askAll(side, before);
    gate.shut = true;
    for (let round = ROUNDS_BEFORE; round < telling.rounds; round += 1) await telling.round(round, side);
    const now = (await side.reading.pin(null, null)).position;
    expect(now > before).toBe(true);
    expect(await askAll(side, before)).toEqual(then);
    // Who may see what is judged as it stands now, whatever is asked for.
    const held = new Map([...(await askAll(side, now)), ['visibility', await answer(side.reading.visibility([item ?? '']))]]);
    if (name !== 'visibility') held.delete('visibility');
    // Who may see what is not known then, so nobody who may not see everything sees anything.
    const narrow = await answer(side.readings.PUBLIC.pin(null, null));
    expect(narrow === 'PROJECTION_STOPPED').toBe(name === 'visibility');
    await side.close();
    gate.shut = false;
    const right = await askAll(await world.open({ projections }), now);
    const torn = [...held].filter(([question, told]) => told !== 'PROJECTION_STOPPED' && told !== right.get(question));
    expect(torn.map(([question]) => question)).toEqual([]);
    const stopped = [...held.values()].filter((told) => told === 'PROJECTION_STOPPED');
    expect(stopped.length).toBeGreaterThan(0);
    expect(stopped.length).toBeLessThan(held.size);
  });
});
