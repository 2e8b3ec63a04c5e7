import 'reflect-metadata';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ordinalOf } from '@saksgang/event-store';
import { isRefusal, type Instant, type Random, type Role } from '@saksgang/kernel';
import { registry } from '@saksgang/kinds';
import { readExample, recordExample } from '../../apps/api/src/example.js';
import { createLogger } from '../../apps/api/src/logger.js';
import { openRecord, type OpenedRecord } from '../../apps/api/src/record.js';
import { readSettings, type Settings } from '../../apps/api/src/settings.js';
import { createServer, type Server, type Tuned } from '../../apps/api/src/server.js';
import { systemScheduler } from '../../apps/api/src/system.js';
import { UNWATCHED, type Watching } from '../../apps/api/src/watching/watching.js';
import { startKurrentServer, type KurrentServer } from './kurrent/kurrent-server.js';
import { freshDatabase } from './postgres.js';

const EXAMPLE_FOLDER = fileURLToPath(new URL('../../apps/api/example', import.meta.url));
const BESIDE = 0x5eed; // another instance draws other keys
const SHOWN_MS_MAX = 20_000; // ms in which read models come as far as the log
const STARTS_AT: Instant = '2026-03-02T10:00:00.000Z';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer has the shape its document asked for
export type Json = any;
export type Fields = Readonly<Record<string, unknown>>;
export type Fault = Readonly<{ message: string; path?: readonly unknown[]; extensions: Readonly<{ code: string }> & Fields }>;
export type Answer = Readonly<{ status: number; headers: Headers; data: Json; errors: readonly Fault[] }>;
/**
 * `key`: a secret, or null for none. Unless it says otherwise, a command goes with the secretariat's; so does a question, but for one
 * of the example, which is published: that goes without.
 */
export type Asking = Readonly<{ key?: string | null; headers?: Readonly<Record<string, string>> }>;

/** The whole application in a directory of its own, listening on a free port, on the engine of the run. Only clock and randomness are the test's. */
export interface Served {
  readonly url: string;
  readonly dataDir: string;
  /** The scripted server behind the log, to make it fail; null on SQLite. */
  readonly database: KurrentServer | null;
  /** Of the PostgreSQL database that holds read models and small stores; null where they are files. */
  readonly sharedUrl: string | null;
  readonly record: OpenedRecord;
  /** Every line that was logged, of every start. */
  readonly logged: readonly string[];
  /** A key's secret for each of three roles; `another` makes one more. */
  readonly keys: Readonly<Record<'secretariat' | 'steering' | 'auditor', string>>;
  another(name: string, role: Role): Promise<Readonly<{ id: string; secret: string }>>;
  /** Moves the clock. */
  at(instant: Instant): void;
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  ask(query: string, variables?: Fields, asking?: Asking): Promise<Answer>;
  /** The data of an answer. @throws when it holds errors. */
  read(query: string, variables?: Fields, asking?: Asking): Promise<Json>;
  /** Sends a command; answers its Outcome. @throws when the answer holds errors. */
  mutate(command: string, input: Fields, asking?: Asking): Promise<Json>;
  /** The id of the item a command was recorded on. @throws when it was not recorded, with the outcome. */
  recorded(command: string, input: Fields): Promise<string>;
  /** Records the example as `npm start` does. */
  recordExample(): Promise<Readonly<{ recorded: number; replayed: number }>>;
  /** Publishes every item there is, with its history. */
  publishAll(): Promise<void>;
  /** Stops everything and opens the same data again; `between` runs while nothing is open. */
  restart(between?: () => void): Promise<void>;
  /** Stops everything and deletes the data. */
  close(): Promise<void>;
}

/** Reads of an Outcome all that it holds, save the item itself. */
export const OUTCOME = `__typename
  ... on Recorded { revision replayed position item { id state } entries { id type } receipt { text entry position } }
  ... on Problem { code message whatToDo }
  ... on Refused { state allowed candidates { id title } retryAfterMs }
  ... on Conflict { expectedRevision actualRevision since { id type } }
  ... on Invalid { issues { path code message } }`;

/** xorshift32: the same bytes in every run. */
const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) & 0xff;
  };
  return { bytes: (count) => Uint8Array.from({ length: count }, next) };
};

/** `kurrent`: against a scripted server of its own. Every story runs on the engine that SAKSGANG_STORY_ENGINE names, unless it asks for one. */
type Engine = 'sqlite' | 'kurrent';
const ENGINE: Engine = process.env['SAKSGANG_STORY_ENGINE'] === 'kurrent' ? 'kurrent' : 'sqlite';
/** `postgres`: read models and small stores in a database of its own, as several processes share one. */
type ReadDatabase = 'sqlite' | 'postgres';
const DATABASE: ReadDatabase = process.env['SAKSGANG_STORY_DATABASE'] === 'postgres' ? 'postgres' : 'sqlite';
type Options = Readonly<{
  seed?: number;
  publicRead?: boolean;
  introspection?: boolean;
  engine?: Engine;
  readModels?: ReadDatabase;
  /** Another instance over the log and the database of one that is served already, which outlives it. */
  beside?: Served;
  /** Of the server; nothing is counted by the minute unless it is asked for. */
  settings?: Partial<Settings>;
  tuned?: Tuned;
  watching?: Watching;
}>;

export const serve = async ({
  seed = 20_181_003,
  publicRead = true,
  introspection = true,
  engine = ENGINE,
  readModels = DATABASE,
  beside,
  settings: chosen = {},
  tuned = {},
  watching = UNWATCHED,
}: Options = {}): Promise<Served> => {
  const database = beside?.database ?? (engine === 'kurrent' ? await startKurrentServer() : null);
  const shared = beside === undefined && readModels === 'postgres' ? await freshDatabase() : null;
  const sharedUrl = beside?.sharedUrl ?? shared?.url ?? null;
  const dataDir = mkdtempSync(join(tmpdir(), 'saksgang-story-'));
  const random = seededRandom(beside === undefined ? seed : seed ^ BESIDE);
  let now = STARTS_AT;
  const logged: string[] = [];
  const logger = createLogger('trace', { write: (line) => void logged.push(line) });
  const open = async (): Promise<Readonly<{ record: OpenedRecord; server: Server; url: string }>> => {
    const record = await openRecord({
      registry,
      settings: {
        DATA_DIR: dataDir,
        EVENT_STORE: database === null ? 'sqlite' : 'kurrent',
        EVENTSTORE_CONNECTION: database?.connectionString,
        KEY_ENCRYPTION_KEY_FILE: beside && join(beside.dataDir, 'key-encryption.key'),
        STALE_AFTER_DAYS: 90,
        READING_LOG_DAYS: chosen.READING_LOG_DAYS ?? 0,
        DATABASE_URL: sharedUrl ?? undefined,
        SIGNER: beside === undefined,
      },
      clock: { now: () => now },
      random,
      scheduler: systemScheduler,
      logger: (level, message, about) => logger[level](about, message),
      // A thread cannot load sources; the built server, with its thread, has a story of its own.
      writer: 'inline',
      around: watching.around,
    });
    const asSet = { PUBLIC_READ: publicRead, INTROSPECTION: introspection, GRAPHIQL: false };
    const settings = { ...readSettings({}), RATE_PER_MINUTE: 0, ...asSet, ...chosen };
    // How late everything is says nothing here: tests share the machine.
    const asTuned = { clock: { now: () => now }, ...tuned, door: { loopDelayMs: Number.POSITIVE_INFINITY, ...tuned.door } };
    try {
      const server = await createServer(record, settings, logger, { graphiql: '', verifier: null }, asTuned, watching);
      await server.app.listen(0, '127.0.0.1');
      return { record, server, url: `${await server.app.getUrl()}/graphql` };
    } catch (fault) {
      // Left open it keeps the process of the test alive, which then never says why.
      await record.close();
      throw fault;
    }
  };
  let running = await open();
  const stop = async (): Promise<void> => {
    await running.server.app.close();
    await running.record.close();
  };

  const another: Served['another'] = async (name, role) => {
    const made = await running.record.access.create({ name, role, actorKind: 'PERSON' });
    if (isRefusal(made)) throw new Error(made.message.en);
    return { id: made.apiKey.id, secret: made.secret };
  };
  const keys = {
    secretariat: (await another('Kari Sekretær', 'secretariat')).secret,
    steering: (await another('Ola Styringsmann', 'steering')).secret,
    auditor: (await another('Rigmor Revisor', 'auditor')).secret,
  };

  const post: Served['post'] = async (body, headers = {}) => {
    const response = await fetch(running.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
      body,
    });
    const { data, errors } = (await response.json()) as Readonly<{ data?: Json; errors?: readonly Fault[] }>;
    return { status: response.status, headers: response.headers, data, errors: errors ?? [] };
  };
  let isPublished = false;
  const ask: Served['ask'] = (query, variables = {}, { key = isPublished ? null : keys.secretariat, headers = {} } = {}) =>
    post(JSON.stringify({ query, variables }), { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers });
  const read: Served['read'] = async (query, variables, asking) => {
    const answer = await ask(query, variables, asking);
    if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  };
  const mutate: Served['mutate'] = async (command, input, { key = keys.secretariat, ...asking } = {}) => {
    const type = `${command.charAt(0).toUpperCase()}${command.slice(1)}Input`;
    const document = `mutation Command($input: ${type}!) { ${command}(input: $input) { ${OUTCOME} } }`;
    return (await read(document, { input }, { key, ...asking }))[command];
  };

  /** What was recorded last is shown to everybody. */
  const allShown = async (): Promise<void> => {
    const { store, runner } = running.record;
    await runner.waitFor(ordinalOf(store.logId, await store.head()) ?? runner.origin, SHOWN_MS_MAX);
  };

  return {
    get url() {
      return running.url;
    },
    get record() {
      return running.record;
    },
    dataDir,
    database,
    sharedUrl,
    logged,
    keys,
    another,
    at: (instant) => {
      now = instant;
    },
    post,
    ask,
    read,
    mutate,
    recorded: async (command, input) => {
      const outcome = await mutate(command, input);
      if (outcome.__typename !== 'Recorded') throw new Error(JSON.stringify(outcome));
      return outcome.item.id;
    },
    recordExample: async () => {
      const told = await recordExample(readExample(EXAMPLE_FOLDER), running.server.runAsExample);
      await allShown();
      isPublished = true;
      return told;
    },
    publishAll: async () => {
      const { items } = await read('{ items(first: 100) { nodes { id } } }', {}, { key: keys.secretariat });
      for (const { id } of items.nodes as readonly Json[])
        await mutate('publish', { commandId: `ut-${id}`, item: { id }, withHistory: true });
      await allShown();
    },
    restart: async (between = () => undefined) => {
      await stop();
      between();
      running = await open();
    },
    close: async () => {
      await stop();
      if (beside === undefined) await database?.close();
      await shared?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

/** Every file of a data directory, by name. */
export const filesOf = (dataDir: string): readonly string[] =>
  readdirSync(dataDir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
