import { openPostgresSession, openPostgresWriter, type PostgresWriter } from '@saksgang/database';
import { ordinalOf } from '@saksgang/event-store';
import { systemScheduler } from '../../../../apps/api/src/system.js';
import { rounds } from '../../../../test/support/not-run.js';
import { describeOnPostgres, freshDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import { MATTERS } from '../../testing/matter.kind.js';
import { checksumIn, openInstance, type Instance } from '../../testing/shared.js';
import { createTelling, sampledStories } from '../../testing/stories.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import { checksum, projectionsOf, type Projection } from '../index.js';
import { registry } from '@saksgang/kinds';
import { advance, Overtaken } from './read-schemas.js';
import { schemaOf } from './schemas.js';
import { AnotherLog, tidyUp } from './set-up.js';

const STORIES = 8;
const CUTS = rounds('all connections of processes that share read models cut', 1, 10);
const WITHIN_MS = 20_000; // ms in which what is waited for happens, on a machine that does much else
const ALL = projectionsOf(registry);
const NAMES = ALL.map(({ name }) => name);

const headOf = async ({ store }: World): Promise<number> => ordinalOf(store.logId, await store.head()) ?? -1;
const feeding = ({ runner }: Instance): readonly string[] =>
  runner
    .progress()
    .filter(({ here }) => here)
    .map(({ projection }) => projection);

describeOnPostgres('read models that several processes share', () => {
  let database: TestDatabase;
  let world: World;
  let side: OpenSide;
  let one: Instance;
  let two: Instance;
  let writer: PostgresWriter;

  const tell = async (seed: number): Promise<void> => {
    const telling = createTelling(world, sampledStories(STORIES, seed));
    for (let round = 0; round < telling.rounds; round += 1) await telling.round(round, side);
  };
  const bothReach = async (): Promise<void> => {
    const head = await headOf(world);
    expect(await one.runner.waitFor(head, WITHIN_MS)).toBe(true);
    expect(await two.runner.waitFor(head, WITHIN_MS)).toBe(true);
  };
  const areThoseOfSqlite = async (): Promise<void> => {
    for (const projection of ALL)
      expect([projection.name, await checksumIn(database.url, projection)]).toEqual([projection.name, checksum(side.file, projection)]);
  };

  beforeAll(async () => {
    database = await freshDatabase();
    world = openWorld(registry);
    side = await world.open();
    writer = openPostgresWriter({ url: database.url, applicationName: 'a spec' });
    one = await openInstance(world, database.url, 'one');
    expect(await one.runner.waitFor(0, WITHIN_MS)).toBe(true);
    two = await openInstance(world, database.url, 'two');
    await tell(1);
    await bothReach();
  });
  afterAll(async () => {
    await one.runner.stop();
    await two.runner.stop();
    await writer.close();
    await world.close();
    await database.drop();
  });

  it('one of them feeds each projection, the other follows, and the rows are those of SQLite', async () => {
    expect([...feeding(one), ...feeding(two)].toSorted()).toEqual(NAMES.toSorted());
    await areThoseOfSqlite();
  });

  it('can be built anew by whoever is asked, while the other feeds; a view over them shows the new ones', async () => {
    await writer.transaction((tx) =>
      tx.exec(`CREATE SCHEMA face; CREATE VIEW face.items AS SELECT item FROM ${schemaOf(itemsOf(ALL))}.items WHERE recorded_to IS NULL`),
    );
    const before = await writer.transaction((tx) => tx.rows<readonly [number]>('SELECT count(*) FROM face.items'));
    const builds = one.runner.builds();
    await two.runner.rebuild(NAMES);
    await writer.transaction((tx) => tx.exec(`DELETE FROM ${schemaOf(itemsOf(ALL))}.items WHERE recorded_from = 1`));
    const [[after] = [0]] = await writer.transaction((tx) => tx.rows<readonly [number]>('SELECT count(*) FROM face.items'));
    expect(after).toBe((before[0]?.[0] ?? 0) - 1);
    await two.runner.rebuild(['items']);
    await tell(2);
    await bothReach();
    await areThoseOfSqlite();
    expect(one.runner.builds() - builds).toBe(NAMES.length + 1);
    const [[left] = [1]] = await writer.transaction((tx) =>
      tx.rows<readonly [number]>(`SELECT count(*) FROM pg_namespace WHERE nspname ~ '_(next|former)$'`),
    );
    expect(left).toBe(0);
  });

  it('when the one that feeds is gone, the other takes over where it stood', async () => {
    const [feeder, other] = feeding(one).length > 0 ? [one, two] : [two, one];
    await feeder.runner.stop();
    await tell(3);
    expect(await other.runner.waitFor(await headOf(world), WITHIN_MS)).toBe(true);
    expect(feeding(other)).toHaveLength(NAMES.length);
    await areThoseOfSqlite();
    const again = await openInstance(world, database.url, feeder.name);
    [one, two] = [other, again];
    await bothReach();
  });

  it('when every connection is cut, they come back by themselves, and nothing is written twice', async () => {
    for (let seed = 4; seed < 4 + CUTS; seed += 1) {
      await writer.transaction((tx) =>
        tx.rows(`SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE application_name = ANY($1::text[])`, [['one', 'two']]),
      );
      await tell(seed);
      await bothReach();
    }
    await areThoseOfSqlite();
  });

  it('whoever has lost the lock without knowing it writes nothing', async () => {
    const stale = writer.transaction(async (tx) => {
      await advance(tx, itemsOf(ALL), 1, 2);
      await tx.exec(`DELETE FROM ${schemaOf(itemsOf(ALL))}.items`);
    });
    await expect(stale).rejects.toThrow(Overtaken);
    await areThoseOfSqlite();
  });

  it('of another log are refused while somebody serves these, with what to do', async () => {
    const elsewhere = openWorld(MATTERS);
    const store = { ...elsewhere.store, logId: 'feedfeedfeedfeed', origin: 'feedfeedfeedfeed-00000000000000000000' };
    await expect(openInstance(elsewhere, database.url, 'three', { store })).rejects.toThrow(AnotherLog);
    await expect(openInstance(elsewhere, database.url, 'three', { store })).rejects.toThrow(/Give each record a database of its own/);
    await elsewhere.close();
  });

  it('with another version of a projection, old and new are served side by side; the old goes when nobody uses it any more', async () => {
    const raised = ALL.map((projection) => (projection.name === 'items' ? { ...projection, version: projection.version + 1 } : projection));
    const schemas = [schemaOf(itemsOf(ALL)), schemaOf(itemsOf(raised))] as const;
    const there = async (): Promise<readonly string[]> =>
      (await writer.transaction((tx) => tx.rows<readonly [string]>('SELECT nspname FROM pg_namespace WHERE nspname = ANY($1::text[])', [schemas]))).flat(); // prettier-ignore
    const newer = await openInstance(world, database.url, 'newer', { projections: raised });
    await tell(100);
    await bothReach();
    expect(await newer.runner.waitFor(await headOf(world), WITHIN_MS)).toBe(true);
    expect(feeding(newer)).toEqual(['items']);
    expect(await checksumIn(database.url, itemsOf(raised))).toEqual(checksum(side.file, itemsOf(ALL)));

    const session = await openPostgresSession({ url: database.url, applicationName: 'a spec', scheduler: systemScheduler });
    const tidy = (unusedMs: number) =>
      tidyUp(
        session,
        { writer, scheduler: systemScheduler, logId: world.store.logId, origin: 0, projections: raised, schemas: [], makeFaces: () => [] },
        unusedMs,
      );
    expect(await tidy(0)).toEqual([]);
    await one.runner.stop();
    await two.runner.stop();
    expect(await tidy(60_000)).toEqual([]);
    expect(await tidy(0)).toEqual([schemas[0]]);
    expect(await there()).toEqual([schemas[1]]);
    await session.close();
    await newer.runner.stop();
    one = await openInstance(world, database.url, 'one');
    two = await openInstance(world, database.url, 'two');
    await bothReach();
    await areThoseOfSqlite();
  });
});

describeOnPostgres('an entry that cannot be taken', () => {
  it('stops what feeds for all, and is tried again by whoever takes over with a program that can', async () => {
    const database = await freshDatabase();
    const world = openWorld(MATTERS);
    try {
      const matter = idOf('matter', 'a');
      await world.record(matter, opened('En sak'));
      const poison = await world.recordPoison(idOf('matter', 'b'));
      await world.record(idOf('matter', 'c'), opened('En annen sak'));
      const projections = projectionsOf(MATTERS);
      const one = await openInstance(world, database.url, 'one', { projections });
      await until(() => one.runner.progress().every(({ stopped }) => stopped !== null));
      const two = await openInstance(world, database.url, 'two', { projections });
      await until(() => two.runner.progress().every(({ stopped }) => stopped !== null));
      expect(two.runner.standing('items')).toMatchObject({ ordinal: poison.ordinal - 1, stopped: { ordinal: poison.ordinal } });
      expect(await two.runner.waitFor(poison.ordinal, WITHIN_MS)).toBe(false);

      const [like] = (await world.store.readStream(matter)).events;
      const decode: World['codec']['decode'] = (stored) => {
        const { stream, revision, id, position } = stored;
        return position === poison.position && like
          ? { ...world.codec.decode(like), stream, revision, id, position }
          : world.codec.decode(stored);
      };
      const able = await openInstance(world, database.url, 'able', { projections, codec: { ...world.codec, decode } });
      const head = await headOf(world);
      await until(() => able.runner.reached() === head);
      await until(() => [one, two].every(({ runner }) => runner.progress().every(({ stopped }) => stopped === null)));
      expect(two.runner.reached()).toBe(head);
      for (const { runner } of [one, two, able]) await runner.stop();
    } finally {
      await world.close();
      await database.drop();
    }
  });
});

const itemsOf = (projections: readonly Projection[]): Projection => {
  const found = projections.find(({ name }) => name === 'items');
  if (found === undefined) throw new Error('there are no items');
  return found;
};

const opened = (title: string) => ({ type: 'Opened', data: { title, references: [], projects: [] } }) as const;

const TURNS_MAX = 2_000;
const until = async (come: () => boolean): Promise<void> => {
  for (let turn = 0; !come(); turn += 1) {
    if (turn === TURNS_MAX) throw new Error('it never came');
    await systemScheduler.sleep(10);
  }
};
