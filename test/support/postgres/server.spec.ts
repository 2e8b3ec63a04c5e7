import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { describeOnPostgres, freshDatabase, runOn, startPostgres, type PostgresServer } from '../postgres.js';

const rowsOf = async (url: string, question: string): Promise<readonly unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(question)).rows as readonly unknown[];
  } finally {
    await client.end();
  }
};

describeOnPostgres('the PostgreSQL of the tests', () => {
  it('gives each test a database of its own, in the order of bytes', async () => {
    const [one, other] = [await freshDatabase(), await freshDatabase()];
    await runOn(one.url, 'CREATE TABLE a(b text)');
    await runOn(other.url, 'CREATE TABLE a(b text)');
    const [{ server_encoding: encoding } = { server_encoding: '' }] = (await rowsOf(one.url, 'SHOW server_encoding')) as {
      server_encoding: string;
    }[];
    expect(encoding).toBe('UTF8');
    await one.drop();
    await expect(rowsOf(one.url, 'SELECT 1')).rejects.toThrow(/does not exist/);
    await other.drop();
  });
});

describeOnPostgres(
  'a PostgreSQL of one test',
  () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server.stop());

    it('keeps what was committed when it is killed, and comes back on the same port', async () => {
      await runOn(server.url('postgres'), 'CREATE TABLE kept(n integer)');
      await runOn(server.url('postgres'), 'INSERT INTO kept VALUES (7)');
      await server.kill();
      await expect(rowsOf(server.url('postgres'), 'SELECT n FROM kept')).rejects.toThrow(/ECONNREFUSED/);
      await server.startAgain();
      expect(await rowsOf(server.url('postgres'), 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    });
  },
  true,
);

it('ends a server and removes its folder when whoever started it is gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'saksgang-keeper-'));
  mkdirSync(join(folder, 'data'));
  const abandoned = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  writeFileSync(join(folder, 'data', 'postmaster.pid'), `${abandoned.pid}\n`);
  const keeper = spawn(process.execPath, [fileURLToPath(new URL('keeper.mjs', import.meta.url)), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ends = [once(abandoned, 'exit'), once(keeper, 'exit')];
  keeper.stdin.end();
  await Promise.all(ends);
  expect([abandoned.signalCode, existsSync(folder)]).toEqual(['SIGQUIT', false]);
});
