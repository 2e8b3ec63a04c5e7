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

/** `rowOf` is null for what answers no rows. */
type Kept = Readonly<{ statement: Database.Statement; rowOf: ((values: readonly unknown[]) => Row) | null }>;
type Row = Record<string, unknown>;

/**
 * The driver hands over bare values and the rows are put together here, which takes half the time of its own row objects.
 * A table that is replaced under a kept statement comes back with the same columns: a file has one program's tables.
 */
const prepare = (driver: Database.Database, sql: string): Kept => {
  const statement = driver.prepare(sql);
  if (!statement.reader) return { statement, rowOf: null };
  const names = statement.columns().map(({ name }) => name);
  // Copied, so that a row has room for all its columns from the start.
  const empty: Row = Object.fromEntries(names.map((name) => [name, null]));
  const rowOf = (values: readonly unknown[]): Row => {
    const row: Row = { ...empty };
    for (let column = 0; column < names.length; column += 1) row[names[column] as string] = values[column];
    return row;
  };
  return { statement: statement.raw(), rowOf };
};

/** Least recently used first: a Map keeps the order of insertion. */
const statementCache = (driver: Database.Database): ((sql: string) => Kept) => {
  const kept = new Map<string, Kept>();
  return (sql) => {
    const known = kept.get(sql);
    if (known) kept.delete(sql);
    const statement = known ?? prepare(driver, sql);
    kept.set(sql, statement);
    if (kept.size > STATEMENTS_MAX) kept.delete(kept.keys().next().value as string);
    return statement;
  };
};

const connectionOver = (driver: Database.Database): DatabaseConnection => {
  const prepared = statementCache(driver);
  return {
    executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
      const { statement, rowOf } = prepared(query.sql);
      if (rowOf !== null) return { rows: (statement.all(...query.parameters) as unknown[][]).map(rowOf) as R[] };
      const { changes, lastInsertRowid } = statement.run(...query.parameters);
      return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
    },
    async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
      const { statement, rowOf } = prepared(query.sql);
      for (const values of statement.iterate(...query.parameters)) yield { rows: [rowOf?.(values as unknown[]) as R] };
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
