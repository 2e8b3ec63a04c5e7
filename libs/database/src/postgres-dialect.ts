import {
  type CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Driver,
  type FunctionNode,
  type QueryResult,
} from 'kysely';
import { isConnectionLost } from './postgres-problem.js';
import type { Lent, Postgres, PostgresValue } from './postgres.js';
import type { Asked } from './read-database.js';
import { AMONG, AMONG_IN_POSTGRES, POSTGRES_WORDS, wordedBy } from './words.js';

class Compiler extends PostgresQueryCompiler {
  protected override visitFunction(node: FunctionNode): void {
    const worded = wordedBy(POSTGRES_WORDS, node);
    if (worded === null) super.visitFunction(node);
    else this.visitNode(worded);
  }
}

export type PostgresReaderOptions = Readonly<{
  /**
   * Settings of the session that the database's functions read, by name: looked at whenever a connection is taken, and sent when they
   * have changed.
   */
  asked?: Readonly<Record<string, () => string>>;
  /** Sees every statement that a query sends, after it has run: for tests that read plans. */
  observe?: (sql: string, parameters: readonly unknown[]) => void;
}>;

const TEXTS_MAX = 200; // questions asked by position whose words are kept

/** Questions asked of PostgreSQL as they are of a file. Close what it reads through, and it is closed. */
export const readPostgres = <Tables>(postgres: Postgres, { asked = {}, observe }: PostgresReaderOptions = {}): Asked<Tables> => {
  const lend = async (): Promise<Lent> => {
    const lent = await postgres.lend();
    try {
      await bringUpToDate(lent, asked);
      return lent;
    } catch (problem) {
      lent.giveBack(true);
      throw problem;
    }
  };
  const asking = { lend, connectionsMax: postgres.connectionsMax };
  const read = new Kysely<Tables>({
    dialect: {
      createDriver: () => driverOver(asking),
      createQueryCompiler: () => new Compiler(),
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (db) => new PostgresIntrospector(db),
    },
    ...(observe ? { log: ({ query }) => observe(query.sql, query.parameters) } : {}),
  });
  const numbered = new Map<string, string>();
  const worded = (text: string): string => {
    const known = numbered.get(text) ?? inPostgres(text);
    if (numbered.size >= TEXTS_MAX) numbered.clear();
    numbered.set(text, known);
    return known;
  };
  return {
    read,
    ask: async <Row>(text: string, values: readonly unknown[]) => {
      const question = worded(text);
      const { rows } = await askOn(asking, (lent) => lent.query(question, values as readonly PostgresValue[]));
      observe?.(question, values);
      return rows as Row[];
    },
  };
};

const inPostgres = (text: string): string => {
  let place = 0;
  return text.replaceAll(AMONG, AMONG_IN_POSTGRES).replace(/\?/gu, () => `$${(place += 1)}`);
};

const bringUpToDate = async (lent: Lent, asked: Readonly<Record<string, () => string>>): Promise<void> => {
  for (const [name, now] of Object.entries(asked)) {
    const value = now();
    if (lent.settings.get(name) === value) continue;
    await lent.query('SELECT set_config($1, $2, false)', [name, value]);
    lent.settings.set(name, value);
  }
};

type Asking = Readonly<{ lend: () => Promise<Lent>; connectionsMax: number }>;

/** Connections may have been lost while nobody used them: a question is asked again on another, until it is one that was made anew. */
const askOn = async <T>({ lend, connectionsMax }: Asking, ask: (lent: Lent) => Promise<T>): Promise<T> => {
  for (let lost = 0; ; lost += 1) {
    const lent = await lend();
    try {
      const answer = await ask(lent);
      lent.giveBack();
      return answer;
    } catch (problem) {
      const isLost = isConnectionLost(problem);
      lent.giveBack(isLost);
      if (!isLost || lost === connectionsMax) throw problem;
    }
  }
};

type Held = DatabaseConnection & { lent: Lent | null };

/** A connection is taken for each question; a transaction keeps one. */
const driverOver = (asking: Asking): Driver => {
  const run = async (held: Held, text: string): Promise<void> => {
    await held.lent?.exec(text);
  };
  const giveBack = (held: Held, broken = false): void => {
    held.lent?.giveBack(broken);
    held.lent = null;
  };
  return {
    init: async () => undefined,
    acquireConnection: async () => {
      const held: Held = {
        lent: null,
        executeQuery: async <R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> => {
          const ask = (lent: Lent) => lent.query(sql, parameters as readonly PostgresValue[]);
          const { rows, count } = await (held.lent === null ? askOn(asking, ask) : ask(held.lent));
          return { rows: rows as R[], numAffectedRows: BigInt(count) };
        },
        streamQuery: () => {
          throw new TypeError('Answers of PostgreSQL are not streamed: ask for pages.');
        },
      };
      return held;
    },
    releaseConnection: async (held) => giveBack(held as Held),
    beginTransaction: async (held) => {
      (held as Held).lent = await asking.lend();
      await run(held as Held, 'BEGIN');
    },
    commitTransaction: (held) => run(held as Held, 'COMMIT'),
    rollbackTransaction: (held) => run(held as Held, 'ROLLBACK').catch(() => giveBack(held as Held, true)),
    destroy: async () => undefined,
  };
};
