import pg from 'pg';
import { bareTypes, connectPostgres, type PostgresConnection } from './postgres-connection.js';
import { copyInto, type StoredValue } from './postgres-copy.js';

/** Statements of one transaction, on the connection that holds it. Schemas are named in them: nothing is found by a search path. */
export type PostgresTransaction = Readonly<{
  /** Answers rows as lists of values, integers as numbers. Statements that are not awaited are sent behind each other. */
  rows: <Row extends readonly StoredValue[]>(sql: string, values?: readonly unknown[]) => Promise<readonly Row[]>;
  /** Answers how many rows it touched. */
  run: (sql: string, values?: readonly unknown[]) => Promise<number>;
  /** Statements without values, one after the other. They are not kept prepared. */
  exec: (sql: string) => Promise<void>;
  /** Everything before must have been awaited. */
  copy: (table: string, columns: readonly string[], rows: readonly (readonly StoredValue[])[]) => Promise<void>;
}>;

/** A connection of its own that writes, made when it is needed and anew after it was lost. One transaction at a time. */
export type PostgresWriter = Readonly<{
  /**
   * Commits what `work` does, or nothing of it. When the server is lost while it commits nobody knows which: ask the rows.
   * @throws what `work` throws, and what the driver throws
   */
  transaction: <T>(work: (tx: PostgresTransaction) => Promise<T>) => Promise<T>;
  /** Statements each by itself: what only asks, or cannot stand in a transaction. */
  each: <T>(work: (on: PostgresTransaction) => Promise<T>) => Promise<T>;
  /** Idempotent. What is under way is broken off. */
  close: () => Promise<void>;
}>;

export type WriterOptions = Readonly<{ url: string; applicationName: string }>;

const NAMES_MAX = 2_000; // statements kept prepared on a connection

export const openPostgresWriter = ({ url, applicationName }: WriterOptions): PostgresWriter => {
  let turn: Promise<unknown> = Promise.resolve();
  const names = new Map<string, string>();
  const nameOf = (sql: string): string | undefined => {
    const known = names.get(sql);
    if (known !== undefined || names.size >= NAMES_MAX) return known;
    const name = `w${names.size}`;
    names.set(sql, name);
    return name;
  };

  let held: PostgresConnection | null = null;
  const connect = async (): Promise<PostgresConnection> => {
    // It may be lost before it is made.
    let made: PostgresConnection | null = null;
    const forget = (): void => {
      if (held === made) held = null;
    };
    // What is sent is not held up by waiting for what was sent before.
    made = await connectPostgres(url, { applicationName, pipeline: true }, forget);
    return made;
  };
  const connected = async (): Promise<PostgresConnection> => (held ??= await connect());
  const cut = (lost: PostgresConnection): void => {
    if (held === lost) held = null;
    lost.cut();
  };

  const over = ({ client: on }: PostgresConnection): PostgresTransaction => {
    const ask = (text: string, values: readonly unknown[] = []) => {
      const name = nameOf(text);
      return on.query({ text, values: [...values], rowMode: 'array' as const, types: bareTypes, ...(name === undefined ? {} : { name }) });
    };
    return {
      rows: async <Row extends readonly StoredValue[]>(sql: string, values?: readonly unknown[]) =>
        (await ask(sql, values)).rows as unknown as readonly Row[],
      run: async (sql, values) => (await ask(sql, values)).rowCount ?? 0,
      exec: async (sql) => void (await on.query(sql)),
      copy: (table, columns, rows) => copyInto(on, { table, columns }, rows),
    };
  };

  const transact = async <T>(work: (tx: PostgresTransaction) => Promise<T>): Promise<T> => {
    const on = await connected();
    try {
      await on.client.query('BEGIN');
      const result = await work(over(on));
      const { command } = await on.client.query('COMMIT');
      // A transaction in which something failed is rolled back, and the server says no more about it.
      if (command !== 'COMMIT') throw new Error('PostgreSQL rolled back what was to be committed');
      return result;
    } catch (problem) {
      if (held === on) await on.client.query('ROLLBACK').catch(() => cut(on));
      throw problem;
    }
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    transaction: (work) => inTurn(() => transact(work)),
    each: (work) => inTurn(async () => work(over(await connected()))),
    close: async () => {
      if (held !== null) cut(held);
      await turn;
    },
  };
};

/** Classes of SQLSTATE that speak of what was to be stored: data, constraints, limits of a row or an index. */
const OF_CONTENT = ['22', '23', '54'];

/** The server took offence at what was to be stored, and is well. */
export const isRefusedContent = (problem: unknown): boolean =>
  problem instanceof pg.DatabaseError && OF_CONTENT.includes(problem.code?.slice(0, 2) ?? '');

/** Classes of SQLSTATE that no waiting mends: the name or the password, the database, what it is asked. */
const FOR_GOOD = ['28', '3D', '42'];

export const isRefusedForGood = (problem: unknown): boolean =>
  problem instanceof pg.DatabaseError && FOR_GOOD.includes(problem.code?.slice(0, 2) ?? '');
