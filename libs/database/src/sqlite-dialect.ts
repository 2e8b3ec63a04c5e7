import type Database from 'better-sqlite3';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';

const STATEMENTS_MAX = 500; // prepared statements kept per connection

/** Kysely over one better-sqlite3 connection, with prepared statements kept by their text. */
export const sqliteDialect = (driver: Database.Database): Dialect => ({
  createDriver: () => driverOver(driver),
  createQueryCompiler: () => new SqliteQueryCompiler(),
  createAdapter: () => new SqliteAdapter(),
  createIntrospector: (db) => new SqliteIntrospector(db),
});

/** Least recently used first: a Map keeps the order of insertion. */
const statementCache = (driver: Database.Database): ((sql: string) => Database.Statement) => {
  const kept = new Map<string, Database.Statement>();
  return (sql) => {
    const known = kept.get(sql);
    if (known) kept.delete(sql);
    const statement = known ?? driver.prepare(sql);
    kept.set(sql, statement);
    if (kept.size > STATEMENTS_MAX) kept.delete(kept.keys().next().value as string);
    return statement;
  };
};

const connectionOver = (driver: Database.Database): DatabaseConnection => {
  const statement = statementCache(driver);
  return {
    executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
      const prepared = statement(query.sql);
      if (prepared.reader) return { rows: prepared.all(...query.parameters) as R[] };
      const { changes, lastInsertRowid } = prepared.run(...query.parameters);
      return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
    },
    async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
      for (const row of statement(query.sql).iterate(...query.parameters)) yield { rows: [row as R] };
    },
  };
};

/** One connection, lent to one user at a time: a transaction holds it until it ends. */
const driverOver = (driver: Database.Database): Driver => {
  const connection = connectionOver(driver);
  const run = (sql: string) => connection.executeQuery(CompiledQuery.raw(sql));
  let lent: Promise<void> = Promise.resolve();
  const giveBack: (() => void)[] = [];
  return {
    init: async () => undefined,
    acquireConnection: async () => {
      const before = lent;
      lent = new Promise((free) => giveBack.push(free));
      await before;
      return connection;
    },
    // The queue is first in, first out, and so is giving back: only the holder can call this.
    releaseConnection: async () => giveBack.shift()?.(),
    beginTransaction: async () => void (await run('BEGIN')),
    commitTransaction: async () => void (await run('COMMIT')),
    rollbackTransaction: async () => void (await run('ROLLBACK')),
    destroy: async () => void driver.close(),
  };
};
