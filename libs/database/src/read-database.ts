import type Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import { askOver, sqliteDialect, statementCache, valuesInSqlite, wordsInSqlite, type Ask } from './sqlite-dialect.js';
import { attachTo, openDriver, type SqliteFile } from './sqlite-file.js';

/**
 * The database of the read models: one connection for the projections' prepared writes, one read-only connection for
 * queries, which see committed rows only. Durability is NORMAL: what is lost in a power cut is projected again.
 */
export type ReadDatabase<Tables, Face extends string = never> = Asked<Tables> &
  Readonly<{
    write: SqliteFile;
    /** Read-only connections of their own in which views stand before tables, by name. */
    faces: Readonly<Record<Face, Asked<Tables>>>;
    /**
     * Puts the tables of another file beside those there are, on all connections: they are found by their bare names, and by
     * `schema` where they must be told apart. Synchronous, as queries are, so that none is underway; not within a transaction.
     */
    attach: (schema: string, path: string) => void;
    detach: (schema: string) => void;
    close: () => Promise<void>;
  }>;

export type Asked<Tables> = Readonly<{
  read: Kysely<Tables>;
  /** The same connection, for what is asked most. */
  ask: Ask;
}>;

/** `views`: statements that make them, run once. `asked`: functions whose answer depends on when it is asked. */
export type FaceOptions = Readonly<{ views: readonly string[]; asked: Readonly<Record<string, () => string>> }>;

export type ReadDatabaseOptions<Face extends string = never> = Readonly<{
  file: string;
  /** Functions of one text that queries may call by name: pure, total, the same in every run. */
  functions?: Readonly<Record<string, (text: string) => string>>;
  /** Sees every statement that a query sends, after it has run: for tests that read plans. */
  observe?: (sql: string, parameters: readonly unknown[]) => void;
  faces?: Readonly<Record<Face, FaceOptions>>;
}>;

type Reader<Tables> = Asked<Tables> & Readonly<{ driver: Database.Database; file: SqliteFile; close: () => Promise<void> }>;

const openReader = <Tables>({ file, functions = {}, observe }: Omit<ReadDatabaseOptions, 'faces'>, face: FaceOptions): Reader<Tables> => {
  const reader = openDriver(file, { synchronous: 'NORMAL', readonly: true });
  for (const [name, work] of Object.entries(functions)) reader.driver.function(name, { deterministic: true }, work);
  for (const [name, work] of Object.entries(face.asked)) reader.driver.function(name, { deterministic: false }, work);
  for (const view of face.views) reader.driver.exec(view);
  const statements = statementCache(reader.driver);
  const ask = askOver(statements);
  const read = new Kysely<Tables>({
    dialect: sqliteDialect(reader.driver, statements),
    ...(observe ? { log: ({ query }) => observe(query.sql, query.parameters) } : {}),
  });
  return {
    driver: reader.driver,
    file: reader.file,
    read,
    ask: observe ? observed(ask, observe) : ask,
    close: async () => {
      await read.destroy();
      reader.file.close();
    },
  };
};

const AS_IT_IS: FaceOptions = { views: [], asked: {} };

export const openReadDatabase = <Tables, Face extends string = never>(options: ReadDatabaseOptions<Face>): ReadDatabase<Tables, Face> => {
  const writer = openDriver(options.file, { synchronous: 'NORMAL' });
  const write = writer.file;
  try {
    write.pragma('wal_autocheckpoint = 4000');
    const { read, ask, ...reader } = openReader<Tables>(options, AS_IT_IS);
    const faces = Object.entries<FaceOptions>(options.faces ?? {}).map(
      ([name, face]) => [name, openReader<Tables>(options, face)] as const,
    );
    const readers = [{ read, ask, ...reader }, ...faces.map(([, face]) => face)];
    const drivers = [writer.driver, ...readers.map(({ driver }) => driver)];
    return {
      write,
      read,
      ask,
      faces: Object.fromEntries(faces) as unknown as Readonly<Record<Face, Asked<Tables>>>,
      attach: (schema, path) => drivers.forEach((driver) => attachTo(driver, schema, path)),
      // Every kept statement is prepared again when it is next run: SQLite sees to it.
      detach: (schema) => drivers.toReversed().forEach((driver) => driver.exec(`DETACH ${schema}`)),
      // The writer closes last: only a writable connection may empty the write-ahead log.
      close: async () => {
        for (const { close } of readers) await close();
        write.close();
      },
    };
  } catch (problem) {
    write.close();
    throw problem;
  }
};

/** One read-only connection to read models that somebody else keeps, or nobody just now. Nothing is made and nothing written. */
export type StandingDatabase<Tables> = Asked<Tables> &
  Readonly<{
    /** For the tables of the file itself. */
    file: Pick<SqliteFile, 'prepare'>;
    /** As for `ReadDatabase`. */
    attach: (schema: string, path: string) => void;
    close: () => Promise<void>;
  }>;

/** Views stand before tables, as on a face. @throws the driver's SqliteError, also where there is no file */
export const openStandingDatabase = <Tables>(
  options: Omit<ReadDatabaseOptions, 'faces'>,
  face: FaceOptions = AS_IT_IS,
): StandingDatabase<Tables> => {
  const { driver, file, ...reader } = openReader<Tables>(options, face);
  return { ...reader, file, attach: (schema, path) => attachTo(driver, schema, path) };
};

const observed =
  (ask: Ask, observe: NonNullable<ReadDatabaseOptions['observe']>): Ask =>
  <Row>(sql: string, values: Parameters<Ask>[1]) => {
    const rows = ask<Row>(sql, values);
    observe(wordsInSqlite(sql), valuesInSqlite(values));
    return rows;
  };
