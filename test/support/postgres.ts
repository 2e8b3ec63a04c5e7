import pg from 'pg';
import { notRun } from './not-run.js';
import { findBinaries } from './postgres/binaries.js';
import { startServer, type PostgresServer, type ServerOptions } from './postgres/server.js';

export type { PostgresServer } from './postgres/server.js';

/** An empty database of the test's own. `drop` ends whatever is connected to it. */
export type TestDatabase = Readonly<{ url: string; drop: () => Promise<void> }>;

const HOW = 'DATABASE_URL_TEST=postgres://… npm test';
const given = process.env['DATABASE_URL_TEST'] ?? '';
const found = given === '' ? await findBinaries() : null;

/**
 * Declares what needs a PostgreSQL; where this machine has none, one test that says so by name.
 * `needsOwn`: it must be the test's own server, to be killed or set up otherwise.
 */
export const describeOnPostgres = (what: string, declare: () => void, needsOwn = false): void => {
  const lacking =
    found === null ? (needsOwn ? 'the server of DATABASE_URL_TEST is not ours to stop' : null) : typeof found === 'string' ? found : null;
  if (lacking === null) return describe(what, declare);
  it(`says by name that it has not run: ${what}`, () => {
    notRun(`PostgreSQL: ${what}: ${lacking}`, needsOwn && found === null ? 'without DATABASE_URL_TEST' : HOW);
    expect(lacking).not.toBe('');
  });
};

/** A server for one spec, which it stops itself. Its folder goes with the process in any case. */
export const startPostgres = async (options: ServerOptions = {}): Promise<PostgresServer> => {
  if (found === null || typeof found === 'string') throw new Error(`no PostgreSQL to start: ${found ?? 'DATABASE_URL_TEST names one'}`);
  return startServer(found, options);
};

/** One server for all specs of a process: it goes with the process. */
let shared: Promise<PostgresServer> | null = null;
const sharedUrl = async (database: string): Promise<string> => {
  if (given !== '') return databaseOf(given, database);
  shared ??= startPostgres();
  return (await shared).url(database);
};
const databaseOf = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).toString();

let made = 0;
/** On the shared server. Name it after the process, so that runs beside each other on one server do not meet. */
export const freshDatabase = async (): Promise<TestDatabase> => {
  made += 1;
  const name = `saksgang_test_${process.pid}_${Date.now().toString(36)}_${made}`;
  const home = given === '' ? await sharedUrl('postgres') : given;
  await runOn(home, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  return { url: await sharedUrl(name), drop: () => runOn(home, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
};

/** One statement without rows, on a connection of its own. */
export const runOn = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};
