import { Kysely } from 'kysely';
import { askOver, sqliteDialect, statementCache, type Ask } from './sqlite-dialect.js';
import { attachTo, openDriver, type SqliteFile } from './sqlite-file.js';

/**
 * The database of the read models: one connection for the projections' prepared writes, one read-only connection for
 * queries, which see committed rows only. Durability is NORMAL: what is lost in a power cut is projected again.
 */
export type ReadDatabase<Tables> = Readonly<{
  write: SqliteFile;
  read: Kysely<Tables>;
  /** The same connection, for what is asked most. */
  ask: Ask;
  /**
   * Puts the tables of another file beside those there are, on both connections: they are found by their bare names, and by
   * `schema` where they must be told apart. Synchronous, as queries are, so that none is underway; not within a transaction.
   */
  attach: (schema: string, path: string) => void;
  detach: (schema: string) => void;
  close: () => Promise<void>;
}>;

export type ReadDatabaseOptions = Readonly<{
  file: string;
  /** Functions of one text that queries may call by name: pure, total, the same in every run. */
  functions?: Readonly<Record<string, (text: string) => string>>;
  /** Sees every statement that a query sends, after it has run: for tests that read plans. */
  observe?: (sql: string, parameters: readonly unknown[]) => void;
}>;

export const openReadDatabase = <Tables>(options: ReadDatabaseOptions): ReadDatabase<Tables> => {
  const writer = openDriver(options.file, { synchronous: 'NORMAL' });
  const write = writer.file;
  try {
    write.pragma('wal_autocheckpoint = 4000');
    const reader = openDriver(options.file, { synchronous: 'NORMAL', readonly: true });
    for (const [name, work] of Object.entries(options.functions ?? {})) reader.driver.function(name, { deterministic: true }, work);
    const { observe } = options;
    const statements = statementCache(reader.driver);
    const ask = askOver(statements);
    const read = new Kysely<Tables>({
      dialect: sqliteDialect(reader.driver, statements),
      ...(observe ? { log: ({ query }) => observe(query.sql, query.parameters) } : {}),
    });
    return {
      write,
      read,
      ask: observe ? observed(ask, observe) : ask,
      attach: (schema, path) => {
        attachTo(writer.driver, schema, path);
        attachTo(reader.driver, schema, path);
      },
      // Every kept statement is prepared again when it is next run: SQLite sees to it.
      detach: (schema) => {
        reader.driver.exec(`DETACH ${schema}`);
        writer.driver.exec(`DETACH ${schema}`);
      },
      // The writer closes last: only a writable connection may empty the write-ahead log.
      close: async () => {
        await read.destroy();
        reader.file.close();
        write.close();
      },
    };
  } catch (problem) {
    write.close();
    throw problem;
  }
};

const observed =
  (ask: Ask, observe: NonNullable<ReadDatabaseOptions['observe']>): Ask =>
  <Row>(sql: string, values: Parameters<Ask>[1]) => {
    const rows = ask<Row>(sql, values);
    observe(sql, values);
    return rows;
  };
