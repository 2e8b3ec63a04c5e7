import pg from 'pg';
import { readPostgresAddress } from './postgres-address.js';
import { isConnectionLost, PostgresUnusable, troubleOf, unusable } from './postgres-problem.js';

/** What PostgreSQL takes and gives. bigint comes as a number: integers above 2^53 − 1 are never stored by this house. */
export type PostgresValue = null | number | string | boolean | Uint8Array | readonly (null | number | string)[];
export type PostgresRows<Row> = Readonly<{ rows: Row[]; count: number }>;

/** Where statements are run. Parameters are `$1`, `$2`, … */
export interface PostgresConnection {
  /** `count`: rows that were answered or changed. A statement that comes again is kept prepared by the server. */
  query<Row extends object = Record<string, unknown>>(text: string, values?: readonly PostgresValue[]): Promise<PostgresRows<Row>>;
  /** Several statements without parameters or rows, in one go: they are one transaction unless they say otherwise. */
  exec(text: string): Promise<void>;
}

/** A connection for one use: locks of a session, and being told. */
export interface HeldConnection extends PostgresConnection {
  /** Calls back with the payload of each NOTIFY on this channel. */
  listen(channel: string, told: (payload: string) => void): Promise<void>;
  /** Calls back with the details of what the server remarks on a statement. */
  noticed(told: (detail: string) => void): void;
  /** Resolves when the connection is no more: null when `close` ended it. */
  readonly ended: Promise<Error | null>;
  /** Idempotent. */
  close(): Promise<void>;
}

/** Connections to one database, at most as many as were asked for. They are made when needed, and anew when they were lost. */
export interface Postgres extends PostgresConnection {
  /** Host, port and database. */
  readonly where: string;
  readonly connectionsMax: number;
  /** As in 150004. */
  readonly version: number;
  /** `BEGIN … COMMIT` on one connection; rolls back and rethrows when `work` throws. */
  transaction<T>(work: (connection: PostgresConnection) => Promise<T>): Promise<T>;
  /** Lends a connection; `broken`: it is not to be used again. For the query builder. */
  lend(): Promise<Lent>;
  /** Beside the pool, not counted in it. */
  hold(): Promise<HeldConnection>;
  /** Waits for what is underway. Idempotent. */
  close(): Promise<void>;
}
export type Lent = PostgresConnection & Readonly<{ settings: Map<string, string>; giveBack: (broken?: boolean) => void }>;

export type PostgresOptions = Readonly<{
  /** Shown in `pg_stat_activity`. */
  name: string;
  connectionsMax?: number;
  /** ms after which the server gives a statement up; 0: never. */
  statementMs?: number;
  /** Schemas in which bare names are looked for, in this order. */
  searchPath?: readonly string[];
  readonly?: boolean;
  /** What was committed outlives a power cut of the server, whatever it is set to: for what cannot be built again. */
  durable?: boolean;
}>;

export const POSTGRES_VERSION_MIN = 150_000;
const CONNECTIONS_MAX = 8;
const STATEMENT_MS = 30_000; // ms
const CONNECT_MS = 5_000; // ms to wait for a connection, made or given back
const ANSWER_MS_MORE = 2_000; // ms past the server's own limit after which a connection counts as dead
const KEEP_ALIVE_MS = 5_000; // ms of silence after which a connection is probed
const IDLE_MS = 60_000; // ms after which a connection that nobody uses is closed
const STATEMENTS_MAX = 500; // statements that a connection keeps prepared; with more it is replaced by a new one
const TEXTS_MAX = 2_000; // statements remembered, to know one that comes again

/**
 * Opens the database and looks whether it will do.
 * @throws PostgresUnusable
 */
export const openPostgres = async (url: string, options: PostgresOptions): Promise<Postgres> => {
  const { where } = readPostgresAddress(url);
  const config = configOf(url, options);
  const pool = new pg.Pool({
    ...config,
    max: options.connectionsMax ?? CONNECTIONS_MAX,
    idleTimeoutMillis: IDLE_MS,
    allowExitOnIdle: true,
  });
  // What becomes of a connection is told to whoever uses it; one that nobody uses is made anew when it is needed.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  try {
    const version = await mustDo(pool, where);
    return overPool(pool, config, where, version);
  } catch (problem) {
    await pool.end();
    const trouble = troubleOf(problem);
    throw trouble === null || problem instanceof PostgresUnusable ? problem : unusable(trouble, where);
  }
};

const configOf = (
  url: string,
  { name, statementMs = STATEMENT_MS, searchPath, readonly = false, durable = false }: PostgresOptions,
): pg.ClientConfig => {
  const settings: Readonly<Record<string, string | number | null>> = {
    // Compiling a plan takes longer than running any of ours.
    jit: 'off',
    client_min_messages: 'warning',
    statement_timeout: statementMs,
    search_path: searchPath?.join(',') ?? null,
    synchronous_commit: durable ? 'on' : null,
    default_transaction_read_only: readonly ? 'on' : null,
  };
  const set = Object.entries(settings).flatMap(([setting, value]) => (value === null ? [] : [`-c ${setting}=${value}`]));
  return {
    connectionString: url,
    application_name: name,
    options: set.join(' '),
    connectionTimeoutMillis: CONNECT_MS,
    ...(statementMs === 0 ? {} : { query_timeout: statementMs + ANSWER_MS_MORE }),
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  };
};

const [BIGINT, NUMERIC] = [20, 1700];
/** Sums of bigint are numeric. */
const parserOf = (type: number, format?: 'text' | 'binary'): unknown =>
  type === BIGINT || type === NUMERIC ? Number : pg.types.getTypeParser(type, format);

const mustDo = async (pool: pg.Pool, where: string): Promise<number> => {
  const { rows } = await pool.query<{ version: string; encoding: string }>(
    `SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding`,
  );
  const [{ version, encoding } = { version: '0', encoding: '' }] = rows;
  mustSuit(Number(version), encoding, where);
  return Number(version);
};

/** @throws PostgresUnusable TOO_OLD, NOT_UTF8 */
export const mustSuit = (version: number, encoding: string, where: string): void => {
  const [is, least] = [version, POSTGRES_VERSION_MIN].map((number) => Math.trunc(number / 10_000));
  if (version < POSTGRES_VERSION_MIN) throw unusable('TOO_OLD', where, ` It is version ${is}: ${least} or later is needed.`);
  if (encoding !== 'UTF8') throw unusable('NOT_UTF8', where);
};

const overPool = (pool: pg.Pool, config: pg.ClientConfig, where: string, version: number): Postgres => {
  const nameOf = createNames();
  const kept = new WeakMap<pg.ClientBase, Kept>();
  const lend = async (): Promise<Lent> => {
    const client = await pool.connect();
    const state = kept.get(client) ?? { names: new Set<string>(), settings: new Map<string, string>() };
    kept.set(client, state);
    return {
      ...connectionOver(client, nameOf, state.names),
      settings: state.settings,
      giveBack: (broken = false) => client.release(broken || state.names.size > STATEMENTS_MAX),
    };
  };
  const using = async <T>(work: (connection: Lent) => Promise<T>): Promise<T> => {
    const lent = await lend();
    try {
      const result = await work(lent);
      lent.giveBack();
      return result;
    } catch (problem) {
      lent.giveBack(isConnectionLost(problem));
      throw problem;
    }
  };
  let closed: Promise<void> | null = null;
  return {
    where,
    connectionsMax: pool.options.max,
    version,
    query: (text, values) => using((connection) => connection.query(text, values)),
    exec: (text) => using((connection) => connection.exec(text)),
    transaction: (work) => using((connection) => transactionOn(connection, work)),
    lend,
    hold: () => holdOne(config, nameOf),
    close: () => (closed ??= pool.end()),
  };
};
type Kept = Readonly<{ names: Set<string>; settings: Map<string, string> }>;

const transactionOn = async <T>(connection: PostgresConnection, work: (connection: PostgresConnection) => Promise<T>): Promise<T> => {
  await connection.exec('BEGIN');
  try {
    const result = await work(connection);
    await connection.exec('COMMIT');
    return result;
  } catch (problem) {
    // Where the connection is lost the server has rolled back by itself.
    await connection.exec('ROLLBACK').catch(() => undefined);
    throw problem;
  }
};

type NameOf = (text: string) => string | null;

const connectionOver = (client: pg.ClientBase, nameOf: NameOf, names: Set<string>): PostgresConnection => ({
  query: async <Row extends object>(text: string, values: readonly PostgresValue[] = []) => {
    const name = nameOf(text);
    if (name !== null) names.add(name);
    const { rows, rowCount } = await client.query<Row>({ text, values: values.map(storable), ...(name === null ? {} : { name }) });
    return { rows, count: rowCount ?? 0 };
  },
  exec: async (text) => void (await client.query(text)),
});

/** PostgreSQL keeps no NUL. No text of the record holds one, or the sign that stands for it in a question. */
const storable = (value: PostgresValue): unknown => {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\u0001') : value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return Array.isArray(value) ? value.map(storable) : value;
};

/** A statement that is asked once is not worth being prepared: the second time it gets a name. Least recently used are forgotten. */
const createNames = (): NameOf => {
  const seen = new Map<string, string | null>();
  let made = 0;
  return (text) => {
    const known = seen.get(text);
    const name = known ?? (seen.has(text) ? `q${(made += 1)}` : null);
    seen.delete(text);
    seen.set(text, name);
    if (seen.size > TEXTS_MAX) seen.delete(seen.keys().next().value as string);
    return name;
  };
};

const holdOne = async (config: pg.ClientConfig, nameOf: NameOf): Promise<HeldConnection> => {
  const client = new pg.Client(config);
  let why: Error | null = null;
  client.on('error', (problem) => (why ??= problem));
  let closing: Promise<void> | null = null;
  const ended = new Promise<Error | null>((tell) =>
    client.on('end', () => tell(closing === null ? (why ?? new Error('Connection terminated by the server')) : null)),
  );
  await client.connect();
  return {
    ...connectionOver(client, nameOf, new Set()),
    listen: async (channel, told) => {
      client.on('notification', (message) => {
        if (message.channel === channel) told(message.payload ?? '');
      });
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    },
    noticed: (told) => void client.on('notice', ({ detail }) => told(detail ?? '')),
    ended,
    close: () => (closing ??= client.end()),
  };
};
