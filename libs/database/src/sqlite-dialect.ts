import type Database from 'better-sqlite3';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type FunctionNode,
  type QueryResult,
} from 'kysely';
import type { SqliteValue } from './sqlite-file.js';
import { AMONG, AMONG_IN_SQLITE, SQLITE_WORDS, wordedBy } from './words.js';

const STATEMENTS_MAX = 500; // prepared statements kept per connection

class Compiler extends SqliteQueryCompiler {
  protected override visitFunction(node: FunctionNode): void {
    const worded = wordedBy(SQLITE_WORDS, node);
    if (worded === null) super.visitFunction(node);
    else this.visitNode(worded);
  }
}

/** Kysely over one better-sqlite3 connection, with prepared statements kept by their text. */
export const sqliteDialect = (driver: Database.Database, prepared = statementCache(driver)): Dialect => ({
  createDriver: () => driverOver(driver, prepared),
  createQueryCompiler: () => new Compiler(),
  createAdapter: () => new SqliteAdapter(),
  createIntrospector: (db) => new SqliteIntrospector(db),
});

/**
 * A question whose words are fixed, and so need no building: asked by position, and answered at once where the database is a file.
 * It sees committed rows, beside a transaction that another question may hold. The values must be as many as the question's `?`; where
 * it says AMONG, a list of texts is one value.
 */
export type Ask = <Row>(words: string, values: readonly (SqliteValue | readonly string[])[]) => Row[] | Promise<Row[]>;
/** Of a file. */
export type AskAtOnce = <Row>(...given: Parameters<Ask>) => Row[];

export const askOver =
  (prepared: Statements): AskAtOnce =>
  <R>(words: string, values: Parameters<Ask>[1]) => {
    const { statement, rowOf } = prepared(words);
    if (rowOf === null) throw new TypeError('Only what answers rows is asked: the connection is readonly.');
    return (statement.all(...valuesInSqlite(values)) as unknown[][]).map(rowOf) as R[];
  };

/** What the database is sent. */
export const wordsInSqlite = (words: string): string => words.replaceAll(AMONG, AMONG_IN_SQLITE);
export const valuesInSqlite = (values: Parameters<Ask>[1]): readonly unknown[] =>
  values.map((value) => (Array.isArray(value) ? JSON.stringify(value) : value));

/** `rowOf` is null for what answers no rows. */
type Kept = Readonly<{ statement: Database.Statement; rowOf: ((values: readonly unknown[]) => Row) | null }>;
type Row = Record<string, unknown>;

/**
 * The driver hands over bare values and the rows are put together here, which takes half the time of its own row objects.
 * A table that is replaced under a kept statement comes back with the same columns: a file has one program's tables.
 */
const prepare = (driver: Database.Database, sql: string): Kept => {
  const statement = driver.prepare(wordsInSqlite(sql));
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

export type Statements = (sql: string) => Kept;

/** Least recently used first: a Map keeps the order of insertion. */
export const statementCache = (driver: Database.Database): Statements => {
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

const connectionOver = (prepared: Statements): DatabaseConnection => ({
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
});

/** One connection, lent to one user at a time: a transaction holds it until it ends. */
const driverOver = (driver: Database.Database, prepared: Statements): Driver => {
  const connection = connectionOver(prepared);
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
