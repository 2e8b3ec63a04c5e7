import Database from 'better-sqlite3';

/** What SQLite takes and gives. Integers above 2^53 − 1 are never stored by this house. */
export type SqliteValue = null | number | string | Uint8Array;
export type SqliteRow = Readonly<Record<string, unknown>>;

/** A statement prepared once and run many times. Parameters are positional (`?`). */
export interface SqliteStatement<Row = SqliteRow> {
  run(...values: readonly SqliteValue[]): Readonly<{ changes: number }>;
  get(...values: readonly SqliteValue[]): Row | undefined;
  all(...values: readonly SqliteValue[]): Row[];
  /** One row at a time. The file takes no other statement until the iteration has ended. */
  iterate(...values: readonly SqliteValue[]): IterableIterator<Row>;
}

/** One open SQLite file, on the caller's thread. All calls are synchronous: a transaction is never torn by other work. */
export interface SqliteFile {
  readonly path: string;
  prepare<Row = SqliteRow>(sql: string): SqliteStatement<Row>;
  /** Runs statements without parameters or rows: DDL, savepoints. */
  exec(sql: string): void;
  /** `BEGIN IMMEDIATE … COMMIT`; rolls back and rethrows when `work` throws. Nested calls become savepoints. `work` must be synchronous. */
  transaction<T>(work: () => T): T;
  /** The first column of the first row, or undefined. */
  pragma(text: string): unknown;
  /** Idempotent. */
  close(): void;
}

export type SqliteOptions = Readonly<{
  /**
   * FULL where an acknowledged write must survive a power cut; NORMAL only for what can be rebuilt; OFF for a file that nobody
   * reads before it is finished: it has no journal on the disk and no second connection, and after any fault it is thrown away.
   */
  synchronous: 'FULL' | 'NORMAL' | 'OFF';
  readonly?: boolean;
  /** Overwrite deleted content with zeros: for files that hold keys or personal data. */
  secureDelete?: boolean;
  /** ms to wait for another process' lock before SQLITE_BUSY. */
  busyMs?: number;
}>;

const BUSY_MS = 2_000; // ms
const CACHE_KIB = 32_768; // KiB of page cache per connection
const ATTACHED_CACHE_KIB = 3_072; // KiB of page cache per attached file and connection: there are many of both, and the system keeps pages too
const SYNCHRONOUS = { OFF: 0, NORMAL: 1, FULL: 2 } as const;

/**
 * Opens the file (made when missing, unless read-only) in WAL mode with the named durability, which is set on every
 * open and read back: the driver reopens a WAL file at NORMAL by itself.
 * @throws SqliteSettingRefused when the file does not take a setting it needs; the driver's SqliteError otherwise.
 */
export const openSqliteFile = (path: string, options: SqliteOptions): SqliteFile => openDriver(path, options).file;

/** The same with the driver beside it, for the Kysely dialect of this room. */
export const openDriver = (path: string, options: SqliteOptions): Readonly<{ file: SqliteFile; driver: Database.Database }> => {
  const driver = new Database(path, {
    readonly: options.readonly ?? false,
    fileMustExist: options.readonly ?? false,
    timeout: options.busyMs ?? BUSY_MS,
  });
  try {
    set(driver, options);
  } catch (problem) {
    driver.close();
    throw problem;
  }
  return { file: fileOver(driver, path), driver };
};

const set = (driver: Database.Database, options: SqliteOptions): void => {
  const journal = options.synchronous === 'OFF' ? 'MEMORY' : 'WAL';
  if (journal === 'MEMORY') demand(driver, 'locking_mode', 'EXCLUSIVE', 'exclusive');
  if (!options.readonly) demand(driver, 'journal_mode', journal, journal.toLowerCase());
  demand(driver, 'synchronous', options.synchronous, SYNCHRONOUS[options.synchronous]);
  driver.pragma(`cache_size = -${CACHE_KIB}`);
  driver.pragma('trusted_schema = OFF');
  driver.pragma('foreign_keys = ON');
  if (options.secureDelete) demand(driver, 'secure_delete', 'ON', 1);
  if (process.platform === 'darwin') driver.pragma('fullfsync = ON');
};

/**
 * Puts the tables of another file beside those of this connection, in WAL mode at NORMAL. Each schema has a page cache of its own.
 * @throws SqliteSettingRefused
 */
export const attachTo = (driver: Database.Database, schema: string, path: string): void => {
  driver.prepare(`ATTACH ? AS ${schema}`).run(path);
  demand(driver, `${schema}.synchronous`, 'NORMAL', SYNCHRONOUS.NORMAL);
  if (!driver.readonly) demand(driver, `${schema}.journal_mode`, 'WAL', 'wal');
  driver.pragma(`${schema}.cache_size = -${ATTACHED_CACHE_KIB}`);
};

const demand = (driver: Database.Database, name: string, wanted: string, readBack: unknown): void => {
  driver.pragma(`${name} = ${wanted}`);
  const is = driver.pragma(name, { simple: true });
  if (is !== readBack) throw new SqliteSettingRefused(name, wanted, String(is));
};

const fileOver = (driver: Database.Database, path: string): SqliteFile => ({
  path,
  prepare: <Row>(sql: string) => driver.prepare(sql) as unknown as SqliteStatement<Row>,
  exec: (sql) => void driver.exec(sql),
  transaction: (work) => driver.transaction(work).immediate(),
  pragma: (text) => driver.pragma(text, { simple: true }),
  close: () => void driver.close(),
});

/**
 * Writes the write-ahead log back into the file and cuts it to nothing: what was deleted with `secureDelete` is then in neither. False
 * when somebody reads the file meanwhile, and the log is left as it is.
 */
export const emptyWriteAheadLog = (file: SqliteFile): boolean => file.pragma('wal_checkpoint(TRUNCATE)') === 0;

/** The file system or file does not allow a setting that the house depends on. */
export class SqliteSettingRefused extends Error {
  override readonly name = 'SqliteSettingRefused';
  constructor(setting: string, wanted: string, is: string) {
    super(`SQLite did not take ${setting} = ${wanted}: it is ${is}. Put the data directory on a local disk.`);
  }
}
