import { createServer } from 'node:net';
import { once } from 'node:events';
import {
  describeOnPostgres,
  freshDatabase,
  runOn,
  startPostgres,
  type PostgresServer,
  type TestDatabase,
} from '../../../test/support/postgres.js';
import { mustSuit, openPostgres, PostgresUnusable, readPostgres, type Postgres } from './index.js';

const trouble = async (work: Promise<unknown>): Promise<PostgresUnusable> => {
  const problem = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (problem instanceof PostgresUnusable) return problem;
  throw new Error(`no trouble, but ${String(problem)}`);
};
const withParts = (url: string, parts: Partial<Record<'password' | 'pathname' | 'port' | 'username', string>>): string =>
  Object.assign(new URL(url), parts).toString();

type Tables = { note: { id: number; text: string } };

describeOnPostgres('a PostgreSQL database', () => {
  let database: TestDatabase;
  let postgres: Postgres;
  beforeAll(async () => {
    database = await freshDatabase();
    postgres = await openPostgres(database.url, { name: 'saksgang-test' });
    await postgres.exec('CREATE TABLE note(id bigint PRIMARY KEY, text text COLLATE "C" NOT NULL)');
  });
  beforeEach(() => postgres.exec('TRUNCATE note'));
  afterAll(async () => {
    await postgres.close();
    await database.drop();
  });

  it('gives integers and their sums as numbers', async () => {
    await postgres.query('INSERT INTO note VALUES ($1, $2)', [2 ** 53 - 1, 'æ']);
    const { rows } = await postgres.query('SELECT id, count(*) AS n, sum(id) AS sum, text FROM note GROUP BY id');
    expect(rows).toEqual([{ id: 2 ** 53 - 1, n: 1, sum: 2 ** 53 - 1, text: 'æ' }]);
  });

  it('keeps all of a transaction or nothing', async () => {
    const half = postgres.transaction(async (t) => {
      await t.query('INSERT INTO note VALUES (1, $1)', ['a']);
      await t.query('INSERT INTO note VALUES (1, $1)', ['again']);
    });
    await expect(half).rejects.toMatchObject({ code: '23505' });
    expect((await postgres.query('SELECT 1 FROM note')).count).toBe(0);
    await postgres.transaction((t) => t.exec(`INSERT INTO note VALUES (1, 'a')`));
    expect((await postgres.query('SELECT 1 FROM note')).count).toBe(1);
  });

  it('has a statement prepared that comes again, and not more than a connection can bear', async () => {
    const one = await openPostgres(database.url, { name: 'one', connectionsMax: 1 });
    const kept = async (): Promise<number> =>
      (await one.query<{ n: number }>('SELECT count(*) AS n FROM pg_prepared_statements')).rows[0]?.n ?? -1;
    await one.query('SELECT 1 AS a');
    expect(await kept()).toBe(0);
    await one.query('SELECT 1 AS a');
    expect(await kept()).toBe(2);
    for (let n = 0; n < 600; n += 1) for (const _again of [1, 2]) await one.query(`SELECT ${n} AS b`);
    expect(await kept()).toBeLessThan(510);
    await one.close();
  });

  it('gives up what takes too long, and goes on', async () => {
    const hasty = await openPostgres(database.url, { name: 'hasty', statementMs: 50, connectionsMax: 1 });
    await expect(hasty.query('SELECT pg_sleep(20)')).rejects.toMatchObject({ code: '57014' });
    expect((await hasty.query('SELECT 1')).count).toBe(1);
    await hasty.close();
  });

  it('makes connections anew that were lost while nobody used them', async () => {
    const reader = await openPostgres(database.url, { name: 'reader', connectionsMax: 2, readonly: true });
    const { read, ask } = readPostgres<Tables>(reader);
    const cut = () => postgres.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'reader'`);
    for (let round = 0; round < 3; round += 1) {
      await Promise.all([read.selectFrom('note').selectAll().execute(), ask('select id from note', [])]);
      expect((await cut()).count).toBeGreaterThan(0);
      expect(await read.selectFrom('note').selectAll().execute()).toEqual([]);
      await cut();
      expect(await ask('select id from note', [])).toEqual([]);
    }
    await reader.close();
  });

  it('never writes through its readers', async () => {
    const reader = await openPostgres(database.url, { name: 'reader', readonly: true });
    const { read } = readPostgres<Tables>(reader);
    await expect(read.insertInto('note').values({ id: 1, text: 'a' }).execute()).rejects.toMatchObject({ code: '25006' });
    await reader.close();
  });

  it('looks for bare names where it is told to, and tells functions of the session what is asked for', async () => {
    await postgres.exec(`CREATE SCHEMA face; CREATE VIEW face.note AS SELECT id, current_setting('saksgang.asking_day') AS text FROM public.note;
      INSERT INTO note VALUES (1, 'hidden')`);
    const narrow = await openPostgres(database.url, { name: 'narrow', searchPath: ['face', 'public'], connectionsMax: 2 });
    let day = '2018-01-01';
    const seen: string[] = [];
    const { read, ask } = readPostgres<Tables>(narrow, {
      asked: { 'saksgang.asking_day': () => day },
      observe: (text) => void seen.push(text),
    });
    expect(await read.selectFrom('note').selectAll().execute()).toEqual([{ id: 1, text: '2018-01-01' }]);
    day = '2018-01-02';
    const both = await Promise.all([1, 2].map(async () => ask<{ text: string }>('select text from note where id = ?', [1])));
    expect(both).toEqual([[{ text: day }], [{ text: day }]]);
    expect(seen).toEqual(['select * from "note"', ...Array(2).fill('select text from note where id = $1')]);
    await narrow.close();
  });

  it('tells whoever listens, and whoever holds a connection that it was lost', async () => {
    const held = await postgres.hold();
    const told: string[] = [];
    const heard = new Promise<void>((resolve) => void held.listen('news', (payload) => (told.push(payload), resolve())));
    await held.query('SELECT 1');
    await postgres.query(`SELECT pg_notify('news', 'æ')`);
    await heard;
    expect(told).toEqual(['æ']);
    const [{ pid } = { pid: 0 }] = (await held.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows;
    await postgres.query('SELECT pg_terminate_backend($1)', [pid]);
    expect(await held.ended).toBeInstanceOf(Error);
    const other = await postgres.hold();
    await other.close();
    expect(await other.ended).toBeNull();
  });

  it('takes a question that holds a NUL, which no text of it does', async () => {
    expect((await postgres.query('SELECT 1 FROM note WHERE text = $1 OR text = any($2)', ['a\0b', ['a\0b']])).count).toBe(0);
  });

  it('says what is wrong, and never the password', async () => {
    const [password, database_] = ['very-secret', '/nowhere'];
    const wrong = await trouble(openPostgres(withParts(database.url, { password }), { name: 'x' }));
    const missing = await trouble(openPostgres(withParts(database.url, { pathname: database_ }), { name: 'x' }));
    const none = await trouble(openPostgres('mysql://me:very-secret@there/db', { name: 'x' }));
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    const away = await trouble(openPostgres(withParts(database.url, { port: String(port), password }), { name: 'x' }));
    expect([wrong, missing, none, away].map((one) => one.trouble)).toEqual(['REFUSED', 'NO_SUCH_DATABASE', 'BAD_ADDRESS', 'UNREACHABLE']);
    const { password: own } = new URL(database.url);
    for (const problem of [wrong, missing, none, away]) {
      expect(problem.message).not.toContain(password);
      expect(problem.message).not.toContain(own);
    }
    expect(away.message).toContain(`127.0.0.1:${port}`);
  });

  it('refuses one whose text is not UTF8, and one that is too old', async () => {
    const name = `${new URL(database.url).pathname.slice(1)}_ascii`;
    await runOn(database.url, `CREATE DATABASE ${name} ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0`);
    expect((await trouble(openPostgres(withParts(database.url, { pathname: `/${name}` }), { name: 'x' }))).trouble).toBe('NOT_UTF8');
    await runOn(database.url, `DROP DATABASE ${name}`);
    expect(() => mustSuit(140_011, 'UTF8', 'db:5432/saksgang')).toThrow('It is version 14: 15 or later is needed.');
    expect(() => mustSuit(150_000, 'UTF8', 'db:5432/saksgang')).not.toThrow();
  });
});

describeOnPostgres(
  'a PostgreSQL that is killed',
  () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server.stop());

    it('is reached again when it is back, without opening it anew', async () => {
      const postgres = await openPostgres(server.url('postgres'), { name: 'x', connectionsMax: 2 });
      const held = await postgres.hold();
      const underway = postgres.query('SELECT pg_sleep(20)');
      await Promise.all([server.kill(), expect(underway).rejects.toThrow()]);
      expect(await held.ended).toBeInstanceOf(Error);
      await expect(postgres.query('SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      await server.startAgain();
      expect((await postgres.query('SELECT 1')).count).toBe(1);
      await postgres.close();
    });
  },
  true,
);
