import { type Access, openAccess, openReadingLog, openSharedAccessRows, openSharedReadingLog, type ReadingLog } from '@saksgang/access';
import { openPostgres } from '@saksgang/database';
import { type Clock, type Random, type Scheduler, type Sealer } from '@saksgang/kernel';
import {
  createSealer,
  type Discloser,
  type KeyStore,
  openKeyStore,
  openSharedCheckpoints,
  openSharedKeyStore,
  type SignedCheckpoints,
} from '@saksgang/recording';

/** What lies beside the log and is no read model: names, keys of programs, what was read, what was signed. */
export type Stores = Readonly<{
  keys: KeyStore;
  sealer: Sealer & Discloser;
  access: Access;
  readingLog: ReadingLog;
  /** The signer's memory, where instances share it; null: it is the recording's own file. */
  signed: SignedCheckpoints | null;
  /** Why the database in which they lie does not answer now; null: it does, or they are files. */
  trouble: () => Promise<string | null>;
  close: () => Promise<void>;
}>;

export type StoresOptions = Readonly<{
  clock: Clock;
  random: Random;
  scheduler: Scheduler;
  dataDir: string;
  /** Of the PostgreSQL database that several instances share; null: they lie in the data directory. */
  databaseUrl: string | null;
  keyEncryptionKeyFile: string | null;
  /** The mutation names that a key may be for. */
  commands: readonly string[];
}>;

const CONNECTIONS_MAX = 4; // of one instance: short statements on small tables
const STATEMENT_MS_MAX = 5_000; // ms

type Closing = Readonly<{ close: () => Promise<void> }>;
/** Takes what has been opened, to be closed in the end: the last first. */
type Keep = <T extends Closing>(one: T) => T;

/** @throws when they do not open; the message says what to do */
export const openStores = async (options: StoresOptions): Promise<Stores> => {
  const opened: Closing[] = [];
  const keep: Keep = (one) => {
    opened.unshift(one);
    return one;
  };
  const close = async (): Promise<void> => {
    for (const one of opened.splice(0)) await one.close();
  };
  try {
    const stores = options.databaseUrl === null ? openFiles(options, keep) : await openShared(options.databaseUrl, options, keep);
    return { ...stores, close };
  } catch (fault) {
    await close();
    throw fault;
  }
};

const openFiles = (options: StoresOptions, keep: Keep): Omit<Stores, 'close'> => {
  const keys = keep(openKeyStore(options));
  const sealer = createSealer({ keys, random: options.random });
  const access = keep(openAccess({ ...options, sealer }));
  const readingLog = keep(openReadingLog(options));
  return { keys, sealer, access, readingLog, signed: null, trouble: () => Promise.resolve(null) };
};

const openShared = async (url: string, options: StoresOptions, keep: Keep): Promise<Omit<Stores, 'close'>> => {
  const limits = { durable: true, connectionsMax: CONNECTIONS_MAX, statementMs: STATEMENT_MS_MAX };
  const database = keep(await openPostgres(url, { name: 'saksgang stores', ...limits }));
  const keys = keep(await openSharedKeyStore({ ...options, database }));
  const sealer = createSealer({ keys, random: options.random });
  const access = keep(openAccess({ ...options, sealer, rows: await openSharedAccessRows(database) }));
  const readingLog = keep(await openSharedReadingLog({ ...options, database }));
  const signed = await openSharedCheckpoints(database);
  const trouble = (): Promise<string | null> =>
    database.query('SELECT 1').then(
      () => null,
      (fault: unknown) => (fault instanceof Error ? fault.message : String(fault)),
    );
  return { keys, sealer, access, readingLog, signed, trouble };
};
