import { existsSync, readFileSync } from 'node:fs';
import { openPostgres, type Postgres } from '@saksgang/database';
import { type PersonId } from '@saksgang/kernel';
import { openKeyStore, openSharedKeyStore, readSharedTombstones, readTombstones, type KeyStore } from '@saksgang/recording';
import { machineClock, machineRandom, machineScheduler } from './machine.js';
import { type Terminal } from './terminal.js';

const CONNECTIONS_MAX = 2; // of one command

/** The address of the database in which instances share read models, names, API keys and what was signed. Null: they lie in the data directory. */
export const databaseUrlOf = ({ environment }: Pick<Terminal, 'environment'>): string | null => {
  const file = environment['DATABASE_URL_FILE'];
  if (environment['DATABASE_URL'] || !file) return environment['DATABASE_URL'] || null;
  if (!existsSync(file)) throw new Error(`There is no file ${file} with the address of the database (DATABASE_URL_FILE).`);
  return readFileSync(file, 'utf8').trim();
};

/** Does something with the shared database of these settings, null where there is none, and closes it. @throws PostgresUnusable */
export const withSharedDatabase = async <A>(
  terminal: Pick<Terminal, 'environment'>,
  work: (database: Postgres | null) => Promise<A>,
): Promise<A> => {
  const url = databaseUrlOf(terminal);
  if (url === null) return work(null);
  const database = await openPostgres(url, { name: 'saksgang cli', connectionsMax: CONNECTIONS_MAX, durable: true });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
};

/** The key store of these settings: the shared one, or the one in the data directory. */
export const openKeysOf = async (
  { environment }: Pick<Terminal, 'environment'>,
  dataDir: string,
  database: Postgres | null,
): Promise<KeyStore> => {
  const keyEncryptionKeyFile = environment['KEY_ENCRYPTION_KEY_FILE'] || null;
  const options = { dataDir, keyEncryptionKeyFile, clock: machineClock, random: machineRandom };
  return database === null ? openKeyStore(options) : openSharedKeyStore({ ...options, database, scheduler: machineScheduler });
};

/** Who is erased, as the key stores of these directories know it, and the shared one of these settings. */
export const erasedOf = (terminal: Pick<Terminal, 'environment'>, directories: readonly string[]): Promise<ReadonlySet<PersonId>> =>
  withSharedDatabase(terminal, async (database) => {
    const shared = database === null ? [] : await readSharedTombstones(database);
    return new Set([...shared, ...directories.flatMap((directory) => [...(readTombstones(directory) ?? [])])]);
  });
