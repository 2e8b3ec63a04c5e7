import type { ItemId } from '@saksgang/kernel';
import { MATTERS } from '../testing/matter.kind.js';
import { namesIn, planOf, scanIn, type Asked } from '../testing/plans.js';
import { believeLarge } from '../testing/statistics.js';
import { idOf, openWorld, type OpenSide, type World } from '../testing/world.js';
import type { ItemOrder, Pin, Reading } from './reading.js';
import { projectionsOf } from './index.js';

const TABLES = projectionsOf(MATTERS).flatMap(({ tables }) => tables.map(({ name }) => name));
const ITEM_ORDERS: readonly ItemOrder[] = ['OCCURRED', 'OCCURRED_DESC', 'TITLE', 'RECORDED', 'RECORDED_DESC'];
const [one, two, project] = [idOf('matter', 'one'), idOf('matter', 'two'), idOf('venture', 'project')];

/** What the guard must bite on: plans of these statements read a table whole, openly or by another name. */
const PLANTED = [
  'select * from items',
  "select * from items where state = 'OPEN'",
  'select item from items order by recorded_from',
  'select * from items as i where i.recorded_from <= 5 and (i.recorded_to is null or i.recorded_to > 5)',
  'select count(*) from timeline',
  "select * from timeline t join entries e on e.command_id = t.type where t.item = 'x'",
  "select * from asks a join items i on i.item = a.item where a.state = 'OPEN'",
  'select d.item from dues d where exists (select 1 from links l where l.relation = d.nature)',
];

/** Steps that look like more than they are. */
const BOUNDED: readonly Readonly<{ step: RegExp; why: string }>[] = [
  { step: /^SEARCH \w+ USING INDEX \w+_closed\w* \(recorded_to>\?\)$/, why: 'asked only within CLOSED_SINCE_MAX entries of the newest' },
  { step: /^SCAN \w+ USING INDEX \w+_last$/, why: 'holds what stands now, and nothing of what was' },
  { step: /^SCAN search_vocabulary$/, why: 'the words of the language, not the record: it grows ever more slowly' },
];

type Question = Readonly<{ name: string; ask: (reading: Reading, pin: Pin) => Promise<unknown> }>;
const question = (name: string, ask: Question['ask']): Question => ({ name, ask });

const QUESTIONS: readonly Question[] = [
  ...(['OLDEST_FIRST', 'NEWEST_FIRST'] as const).flatMap((order) => [
    question(`timeline, ${order}`, (r, pin) => r.timeline({}, order, { first: 2 }, pin)),
    question(`timeline after a cursor, ${order}`, async (r, pin) =>
      r.timeline({}, order, { first: 2, after: (await r.timeline({}, order, { first: 2 }, pin)).cursorAt(0) }, pin),
    ),
  ]),
  question('timeline of a kind', (r, pin) => r.timeline({ kinds: ['matter'] }, 'OLDEST_FIRST', { first: 2 }, pin)),
  question('timeline of several kinds', (r, pin) => r.timeline({ kinds: ['matter', 'venture'] }, 'OLDEST_FIRST', { last: 2 }, pin)),
  question('timeline of items', (r, pin) => r.timeline({ items: [one, two] }, 'OLDEST_FIRST', { first: 2 }, pin)),
  question('timeline of a project', (r, pin) => r.timeline({ project }, 'OLDEST_FIRST', { first: 2 }, pin)),
  question('timeline of some days', (r, pin) => r.timeline({ from: '2018-01-01', to: '2018-12-31' }, 'OLDEST_FIRST', { first: 2 }, pin)),
  ...ITEM_ORDERS.flatMap((order) => [
    question(`list of a kind, ${order}`, (r, pin) => r.items({ kinds: ['matter'] }, order, { first: 2 }, pin)),
    question(`list of all, ${order}`, (r, pin) => r.items({}, order, { first: 2 }, pin)),
  ]),
  question('list of a project', (r, pin) => r.items({ project }, 'TITLE', { first: 2 }, pin)),
  question('list by state', (r, pin) => r.items({ kinds: ['matter'], states: ['OPEN'] }, 'TITLE', { first: 2 }, pin)),
  question('items by id', (r, pin) => r.itemsById([one, two], pin)),
  question('state', (r, pin) => r.state(one, pin)),
  question('by reference', (r, pin) => r.byReference('18/01456-7', null, pin)),
  question('search', (r, pin) => r.search('kulturskolen', null, { first: 2 }, pin)),
  question('links', (r, pin) => r.links(one, {}, { first: 2 }, pin)),
  question('links of a relation', (r, pin) => r.links(one, { relations: ['LED_TO'], direction: 'IN' }, { first: 2 }, pin)),
  question('history', (r, pin) => r.history({}, 'NEWEST_FIRST', { first: 2 }, pin)),
  question('history of an item', (r, pin) => r.history({ items: [one] }, 'OLDEST_FIRST', { first: 2 }, pin)),
  question('history by actor', (r, pin) => r.history({ actors: ['actor-1'] }, 'NEWEST_FIRST', { first: 2 }, pin)),
  question('an entry', (r, pin) => r.entry(`${one}@0`, pin)),
  question('follow-ups of a project', (r, pin) => r.followUps({ project }, 'DEADLINE', { first: 2 }, pin)),
  question('board of a project', (r, pin) => r.status(project, pin)),
  question('attention of items', (r, pin) => r.attention([one, two], pin)),
  question('gaps of a project', (r, pin) => r.gaps(project, pin)),
  question('projects of an item', (r, pin) => r.projectsOf(one, pin)),
  question('what changed in a project', async (r, pin) =>
    r.differences(
      {
        from: await r.pin({ validAt: '2018-05-02' }, null),
        to: pin,
        asked: { from: { validAt: '2018-05-02' }, to: null },
        subject: null,
        project,
      },
      { first: 2 },
    ),
  ),
  question('trace', (r, pin) => r.trace({ item: one, part: null }, 'BOTH', 6, pin)),
];

/** Asked of the whole record: as it is now they read what stands, of the past all there ever was. */
const OF_THE_WHOLE_RECORD: readonly Question[] = [
  question('follow-ups of the record', (r, pin) => r.followUps({}, 'DEADLINE', { first: 2 }, pin)),
  question('board of the record', (r, pin) => r.status(null, pin)),
  question('gaps of the record', (r, pin) => r.gaps(null, pin)),
];

describe.each(['statistics of 100,000 entries', 'no statistics'] as const)('With %s, on the hot paths', (statistics) => {
  let world: World;
  let side: OpenSide;
  const asked: Asked[] = [];
  beforeAll(async () => {
    world = openWorld(MATTERS);
    const opened = (item: ItemId, projects: readonly ItemId[] = []) =>
      world.record(
        item,
        { type: 'Opened', data: { title: 'Kulturskolen', references: ['18/01456-7'], projects } },
        { occurred: '2018-05-01' },
      );
    await opened(project);
    await opened(one, [project]);
    await opened(two, [project]);
    for (const item of [one, two]) await world.record(item, { type: 'Touched', data: { part: null, text: 'a' } });
    const first = await world.open();
    if (statistics !== 'no statistics') believeLarge(first.file);
    await first.close();
    side = await world.open({ observe: (sql, parameters) => void asked.push({ sql, parameters }) });
  });
  afterAll(() => world.close());

  /** Each statement that a question sends and that reads a whole table, with the step that does. */
  const scans = async (ask: () => Promise<unknown>): Promise<readonly string[]> => {
    asked.length = 0;
    await ask();
    const found: string[] = [];
    const sent = [...new Map(asked.map((one) => [one.sql, one])).values()];
    expect(sent.length).toBeGreaterThan(0);
    for (const statement of sent) {
      const names = namesIn(statement.sql, TABLES);
      for (const step of await planOf(side.read, statement)) {
        const scan = scanIn(step, names);
        if (scan !== null && !BOUNDED.some(({ step: bounded }) => bounded.test(scan))) found.push(`${scan} <- ${statement.sql}`);
      }
    }
    return found;
  };

  it.each(QUESTIONS.map(({ name, ask }) => [name, ask] as const))('%s reads no whole table, now or in the past', async (_name, ask) => {
    const now = await side.reading.pin(null, null);
    const past = await side.reading.pin(
      {
        position: (await side.reading.history({}, 'OLDEST_FIRST', { first: 2 }, now)).nodes[1]?.entry.position ?? null,
        validAt: '2018-06-01',
      },
      null,
    );
    expect(past.known).toBeLessThan(now.known);
    expect(await scans(() => ask(side.reading, now))).toEqual([]);
    expect(await scans(() => ask(side.reading, past).catch(() => null))).toEqual([]);
  });

  it.each(OF_THE_WHOLE_RECORD.map(({ name, ask }) => [name, ask] as const))(
    '%s reads what stands now, and whole tables of the past alone',
    async (_name, ask) => {
      expect(await scans(async () => ask(side.reading, await side.reading.pin(null, null)))).toEqual([]);
      const past = await side.reading.pin({ validAt: '2018-06-01' }, null);
      expect(await scans(() => ask(side.reading, past))).not.toEqual([]);
    },
  );

  it.each(PLANTED)('the guard bites: %s', async (sql) => {
    const steps = await planOf(side.read, { sql, parameters: [] });
    expect(steps.filter((step) => scanIn(step, namesIn(sql, TABLES)) !== null)).not.toEqual([]);
  });
});
