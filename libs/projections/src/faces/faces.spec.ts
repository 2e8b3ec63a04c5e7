import type { ItemId } from '@saksgang/kernel';
import { MATTERS } from '../../testing/matter.kind.js';
import { planOf, scanIn, type Asked } from '../../testing/plans.js';
import { believeLarge } from '../../testing/statistics.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import { projectionsOf } from '../index.js';
import type { Pin, Reading } from '../reading.js';
import { NARROW_FACES } from './face.js';
import { RULES, viewsOf, withoutRule } from './views.js';

const [one, two, draft, project] = [idOf('matter', 'one'), idOf('matter', 'two'), idOf('matter', 'draft'), idOf('venture', 'project')];

/** The names that base tables go by in the views. */
const IN_VIEWS = ['t', 'v', 'o', 'm', 'i'];
/** A question that gives a result of its own one of these names does not mean a table by it. */
const namesIn = ({ sql }: Asked): ReadonlySet<string> => new Set(IN_VIEWS.filter((name) => !new RegExp(`\\) ${name}\\b`, 'u').test(sql)));
/** Asked only within CLOSED_SINCE_MAX entries of the newest. */
const BOUNDED = /^SEARCH t USING INDEX \w+_closed \(recorded_to>\?\)$/u;

const QUESTIONS: readonly (readonly [string, (reading: Reading, pin: Pin) => Promise<unknown>])[] = [
  ['the timeline, from its beginning', (r, pin) => r.timeline({}, 'OLDEST_FIRST', { first: 2 }, pin)],
  ['the timeline in brief', (r, pin) => r.timeline({}, 'NEWEST_FIRST', { first: 2 }, pin, 'nb')],
  ['the timeline of items', (r, pin) => r.timeline({ items: [one, two] }, 'OLDEST_FIRST', { first: 2 }, pin)],
  ['a list of a kind', (r, pin) => r.items({ kinds: ['matter'] }, 'TITLE', { first: 2 }, pin)],
  ['a list of all', (r, pin) => r.items({}, 'OCCURRED_DESC', { first: 2 }, pin)],
  ['items by id', (r, pin) => r.itemsById([one, two, draft], pin)],
  ['a state', (r, pin) => r.state(one, pin)],
  ['a reference', (r, pin) => r.byReference('18/01456-7', null, pin)],
  ['links', (r, pin) => r.links(one, {}, { first: 2 }, pin)],
  ['the history of an item', (r, pin) => r.history({ items: [one] }, 'OLDEST_FIRST', { first: 2 }, pin)],
  ['the history', (r, pin) => r.history({}, 'NEWEST_FIRST', { first: 2 }, pin)],
  ['the follow-ups of a project', (r, pin) => r.followUps({ project }, 'DEADLINE', { first: 2 }, pin)],
  ['the board of a project', (r, pin) => r.status(project, pin)],
  ['a trace', (r, pin) => r.trace({ item: one, part: null }, 'BOTH', 6, pin)],
];

describe('The faces of the read models', () => {
  let world: World;
  let side: OpenSide;
  const asked: Asked[] = [];
  beforeAll(async () => {
    world = openWorld(MATTERS);
    const opened = (item: ItemId, title: string, projects: readonly ItemId[] = []) =>
      world.record(item, { type: 'Opened', data: { title, references: ['18/01456-7'], projects } }, { occurred: '2018-05-01' });
    await opened(project, 'Prosjektet');
    for (const item of [one, two]) await opened(item, 'Kulturskolen', [project]);
    await opened(draft, 'Utkastet', [project]);
    await world.record(one, { type: 'NoteAdded', data: { text: 'Internt', part: null } });
    for (const item of [project, one, two]) await world.record(item, { type: 'Published', data: { withHistory: item === one } });
    await world.record(two, { type: 'Shielded', data: { part: null, legalBasis: 'offl. § 13', until: null } });
    const first = await world.open();
    believeLarge(first.file);
    await first.close();
    side = await world.open({ observe: (sql, parameters) => void asked.push({ sql, parameters }) });
  });
  afterAll(() => world.close());

  it('have a rule for every table there is, in the order to build them and in the files', () => {
    expect(withoutRule(projectionsOf(MATTERS).flatMap(({ tables }) => tables))).toEqual([]);
    for (const { name, tables } of projectionsOf(MATTERS)) {
      const there = side.file.prepare<{ name: string }>(`SELECT name FROM ${name}_rows.sqlite_schema WHERE type = 'table'`).all();
      const known = [...tables.map((table) => table.name), 'reached'];
      expect(there.filter(({ name: table }) => !known.includes(table) && !table.startsWith('sqlite_'))).toEqual([]);
      for (const table of tables) expect([table.name, RULES[table.name as keyof typeof RULES].of]).toEqual([table.name, name]);
    }
  });
  it('notice a table that has none', () => {
    expect(withoutRule([{ name: 'items' }, { name: 'letters' }])).toEqual(['letters']);
  });

  it.each(NARROW_FACES)('stand before every table that tells of an item: %s', async (face) => {
    const open = Object.entries(RULES).filter(([, { seen }]) => seen[face] === null);
    expect(open.map(([table]) => table)).toEqual(['search_words', 'search_vocabulary', 'visibility', 'shields', 'entry_marks']);
    expect([...viewsOf(face)]).toHaveLength(Object.keys(RULES).length - open.length + 1);
    for (const [table, { of }] of Object.entries(RULES)) {
      const columns = side.file.prepare<{ name: string }>(`SELECT name FROM ${of}_rows.pragma_table_info('${table}')`).all();
      const [row = {}] = await side.faces[face].ask<object>(`select * from ${table} limit 1`, []);
      if (Object.keys(row).length > 0) expect(Object.keys(row)).toEqual(expect.arrayContaining(columns.map(({ name }) => name)));
    }
  });

  it('show the public what is published, and of what is shielded that it is there', async () => {
    const { PUBLIC, STEERING } = side.readings;
    const titles = async (reading: Reading): Promise<readonly string[]> => {
      const page = await reading.items({}, 'TITLE', { first: 10 }, await reading.pin(null, null));
      expect(await page.totalCount()).toBe(page.nodes.length);
      return page.nodes.map(({ title }) => title);
    };
    expect(await titles(side.reading)).toEqual(['Kulturskolen', 'Kulturskolen', 'Prosjektet', 'Utkastet']);
    expect(await titles(STEERING)).toEqual(['Kulturskolen', 'Prosjektet', 'Utkastet', 'Skjermet']);
    expect(await titles(PUBLIC)).toEqual(['Kulturskolen', 'Prosjektet', 'Skjermet']);
  });

  it.each(QUESTIONS)('let nobody walk a whole table for %s', async (_name, ask) => {
    for (const face of NARROW_FACES) {
      const reading = side.readings[face];
      const pin = await reading.pin(null, null);
      asked.length = 0;
      await ask(reading, pin);
      const found: string[] = [];
      for (const statement of new Map(asked.map((sent) => [sent.sql, sent])).values()) {
        const steps = await planOf(side.faces[face].read, statement).catch(() => planOf(side.read, statement));
        found.push(
          ...steps
            .filter((step) => scanIn(step, namesIn(statement)) !== null && !BOUNDED.test(step))
            .map((step) => `${step} <- ${statement.sql}`),
        );
      }
      expect([face, found]).toEqual([face, []]);
    }
  });
});
