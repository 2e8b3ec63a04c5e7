import { openPostgres, type Postgres } from '@saksgang/database';
import { describeOnPostgres } from '../../../../test/support/postgres.js';
import { MATTERS } from '../../testing/matter.kind.js';
import { openMirror, type Mirror } from '../../testing/mirror.js';
import type { Asked } from '../../testing/plans.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import { createReading, projectionsOf } from '../index.js';
import type { Pin, Reading } from '../reading.js';
import { FACES, type Face } from './face.js';
import { ASKING_DAY_SETTING, searchPathOf } from './faces-in-postgres.js';

const [one, two, project] = [idOf('matter', 'one'), idOf('matter', 'two'), idOf('venture', 'project')];
const TODAY = '2018-10-03';

const QUESTIONS: readonly (readonly [string, (reading: Reading, pin: Pin) => Promise<unknown>])[] = [
  ['the timeline, from its beginning', (r, pin) => r.timeline({}, 'OLDEST_FIRST', { first: 2 }, pin)],
  ['the timeline in brief', (r, pin) => r.timeline({}, 'NEWEST_FIRST', { first: 2 }, pin, 'nb')],
  ['the timeline of items', (r, pin) => r.timeline({ items: [one, two] }, 'OLDEST_FIRST', { first: 2 }, pin)],
  ['the timeline of a kind', (r, pin) => r.timeline({ kinds: ['matter'] }, 'OLDEST_FIRST', { first: 2 }, pin)],
  ['a list of a kind', (r, pin) => r.items({ kinds: ['matter'] }, 'TITLE', { first: 2 }, pin)],
  ['a list of all', (r, pin) => r.items({}, 'OCCURRED_DESC', { first: 2 }, pin)],
  ['items by id', (r, pin) => r.itemsById([one, two], pin)],
  ['a state', (r, pin) => r.state(one, pin)],
  ['a reference', (r, pin) => r.byReference('18/01456-7', null, pin)],
  ['links', (r, pin) => r.links(one, {}, { first: 2 }, pin)],
  ['the history of an item', (r, pin) => r.history({ items: [one] }, 'OLDEST_FIRST', { first: 2 }, pin)],
  ['the history', (r, pin) => r.history({}, 'NEWEST_FIRST', { first: 2 }, pin)],
  ['the board of a project', (r, pin) => r.status(project, pin)],
];
/** Who may see what: as many rows as were ever published or shielded, put beside the others in one go. */
const FEW = ['visibility', 'shields', 'entry_marks'];

const [ITEMS, RECTANGLES] = [1_000, 12];

describeOnPostgres('A plan of PostgreSQL', () => {
  let world: World;
  let side: OpenSide;
  let mirror: Mirror;
  let pin: Pin;
  const asked: Asked[] = [];
  const explaining = new Map<Face, Postgres>();
  beforeAll(async () => {
    world = openWorld(MATTERS);
    for (const item of [project, one, two])
      await world.record(item, { type: 'Opened', data: { title: 'Kulturskolen', references: ['18/01456-7'], projects: item === project ? [] : [project] } }); // prettier-ignore
    for (const item of [project, one]) await world.record(item, { type: 'Published', data: { withHistory: true } });
    side = await world.open();
    const projections = projectionsOf(MATTERS);
    const clock = { now: () => `${TODAY}T10:00:00.000Z` };
    mirror = await openMirror({ projections, clock, observe: (sql, parameters) => void asked.push({ sql, parameters }) });
    for (const face of FACES)
      explaining.set(
        face,
        await openPostgres(mirror.url, { name: 'plans', connectionsMax: 1, searchPath: searchPathOf(face, projections) }),
      );
    pin = await side.reading.pin(null, null);
  });
  afterAll(async () => {
    for (const postgres of explaining.values()) await postgres.close();
    await mirror.close();
    await world.close();
  });

  /** Tables that are read whole although nothing is dearer than that: there is no other way. */
  const readWhole = async (face: Face, statements: readonly Asked[]): Promise<readonly string[]> => {
    const found: string[] = [];
    await explaining.get(face)?.transaction(async (t) => {
      await t.exec(`SET LOCAL enable_seqscan = off; SET LOCAL ${ASKING_DAY_SETTING} = '${TODAY}'`);
      for (const { sql, parameters } of statements) {
        const { rows } = await t.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, parameters as readonly string[]);
        for (const { 'QUERY PLAN': step } of rows) {
          const table = /Seq Scan on (\w+)/u.exec(step)?.[1];
          if (table !== undefined && !FEW.includes(table)) found.push(`${table} <- ${sql}`);
        }
      }
    });
    return found;
  };

  it('is seen to read a table whole where nothing leads into it', async () => {
    const planted = ['select * from items where state = $1', 'select * from links where provenance = $1'];
    for (const sql of planted) expect(await readWhole('INTERNAL', [{ sql, parameters: ['x'] }])).toHaveLength(1);
  });

  it.each(FACES)('leads into every table that a hot path reads: %s', async (face) => {
    const { runner, file } = side;
    for (const [name, ask] of QUESTIONS) {
      asked.length = 0;
      const whole = mirror.faces.INTERNAL.read;
      const parts = {
        runner,
        store: world.store,
        registry: world.registry,
        clock: { now: () => `${TODAY}T10:00:00.000Z` },
        staleAfterDays: 90,
      };
      await mirror.asked(file, () => ask(createReading({ ...parts, whole, face, ...mirror.faces[face] }), pin));
      expect(asked.length).toBeGreaterThan(0);
      expect([name, await readWhole(face, [...asked])]).toEqual([name, []]);
    }
  });

  /** As a record has them after years: thousands of items, each with many rectangles of which one stands. */
  const grow = async (): Promise<void> => {
    const columns = (row: string, set: string) => `(jsonb_populate_record(${row}, jsonb_build_object(${set}))).*`;
    const [items, places, openness] = [`'item', 'matter-' || n`, `'item', 'matter-' || n, 'key', 'k' || n`, `'item', 'matter-' || n`];
    await explaining.get('INTERNAL')?.exec(`
      INSERT INTO items SELECT ${columns('i', `${items}, 'recorded_from', -20 * n - m, 'recorded_to', CASE WHEN m > 0 THEN 1 END`)}
        FROM (SELECT i FROM items i LIMIT 1) one, generate_series(1, ${ITEMS}) n, generate_series(0, ${RECTANGLES - 1}) m;
      INSERT INTO item_places SELECT ${columns('p', places)}
        FROM (SELECT DISTINCT ON (by) p FROM item_places p) one, generate_series(1, ${ITEMS}) n;
      INSERT INTO visibility SELECT ${columns('v', openness)}
        FROM (SELECT v FROM visibility v WHERE published = 1 LIMIT 1) one, generate_series(1, ${ITEMS}) n;
      ANALYZE items; ANALYZE item_places; ANALYZE visibility`);
  };

  it('walks the places of an order until a page is full, however many there are', async () => {
    const { runner, file } = side;
    const parts = {
      runner,
      store: world.store,
      registry: world.registry,
      clock: { now: () => `${TODAY}T10:00:00.000Z` },
      staleAfterDays: 90,
    };
    const walks = new Map<Face, Asked[]>();
    for (const face of FACES) {
      asked.length = 0;
      const reading = createReading({ ...parts, whole: mirror.faces.INTERNAL.read, face, ...mirror.faces[face] });
      for (const order of ['OCCURRED_DESC', 'REFERENCE'] as const)
        await mirror.asked(file, () => reading.items({}, order, { first: 2 }, pin));
      walks.set(
        face,
        asked.filter(({ sql }) => sql.includes('item_places')),
      );
    }
    await grow();
    for (const [face, statements] of walks) {
      expect(statements).toHaveLength(2);
      for (const { sql, parameters } of statements) {
        const plan = await explaining.get(face)?.transaction(async (t) => {
          await t.exec(`SET LOCAL ${ASKING_DAY_SETTING} = '${TODAY}'`);
          return (await t.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, parameters as readonly string[])).rows;
        });
        expect([face, plan?.filter(({ 'QUERY PLAN': step }) => /Seq Scan on item/u.test(step))]).toEqual([face, []]);
      }
    }
  });
});
