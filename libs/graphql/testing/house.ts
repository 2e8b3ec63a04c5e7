import { Test } from '@nestjs/testing';
import type { Type } from '@nestjs/common';
import { AbstractGraphQLDriver, GraphQLSchemaHost, type GraphQLDriver } from '@nestjs/graphql';
import { CommandBus } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createIdentify, createTokens, openAccess, openReadingLog, type Access } from '@saksgang/access';
import { CommandingModule, commandNames, createPersons, createSubmit, policyFrom } from '@saksgang/commanding';
import { createCodec, createMemoryEventStore, type EventStore } from '@saksgang/event-store';
import type { Instant, Random, Role, Scheduler } from '@saksgang/kernel';
import { registry } from '@saksgang/kinds';
import { openReadSide, type ReadSide } from '@saksgang/projections';
import { leafOf, parseLeaf } from '@saksgang/record';
import { CHECKPOINT_SECONDS, createSealer, eraseNames, openKeyStore, openRecording, type Recording } from '@saksgang/recording';
import { graphql, parse, subscribe, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { contextFor, maskFor, SaksgangGraphqlModule, type GraphqlDeps, type RequestContext } from '../src/index.js';

/** Serves nothing: the specs ask the schema itself. */
class NoDriver extends AbstractGraphQLDriver {
  async start(): Promise<void> {}
  async stop(): Promise<void> {}
}

export type Asked = Readonly<{ as?: Role | null; headers?: Readonly<Record<string, string>> }>;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer has the shape its document asked for
export type Answer = Readonly<{ data: any; errors: readonly Readonly<{ message: string; path?: readonly unknown[]; extensions: any }>[] }>;

/** Everything real but the clock, the randomness and the wire: memory engine, codec, kinds, keys, read models, Nest. */
export type House = Readonly<{
  app: NestFastifyApplication;
  /** By role. */
  keys: Readonly<Record<string, string>>;
  schema: GraphQLSchema;
  store: EventStore;
  reads: ReadSide;
  recording: Recording;
  access: Access;
  /** Asks a document, as a holder of a key with this role (default: the secretariat; null: nobody). */
  ask: (document: string, variables?: Readonly<Record<string, unknown>>, asked?: Asked) => Promise<Answer>;
  listen: (document: string, variables?: Readonly<Record<string, unknown>>) => Promise<AsyncIterableIterator<ExecutionResult>>;
  /** One operation's world, for the secretariat. */
  context: () => Promise<RequestContext>;
  /** Moves the clock. */
  at: (instant: Instant) => void;
  /** What was written to the log of faults. */
  faults: unknown[];
  close: () => Promise<void>;
}>;

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

/** The one real timer: what waits, waits for read models that are already at work. */
const scheduler: Scheduler = { sleep: (ms, signal) => passed(ms, undefined, { signal }) };

const KEY_HOLDERS = { secretariat: 'Kari Sekretær', steering: 'Ola Styre', public: 'Per Leser' } as const;

const keysFor = async (access: Access): Promise<Readonly<Record<string, string>>> => {
  const keys: Record<string, string> = {};
  for (const [role, name] of Object.entries(KEY_HOLDERS)) {
    const created = await access.create({ name, role, actorKind: 'PERSON' });
    if (!('secret' in created)) throw new Error(`no key for ${role}`);
    keys[role] = created.secret;
  }
  return keys;
};

/** `driver`: one that serves; then `app` can be asked over the wire. `options`: of its own. */
export const openHouse = async (
  driver: Type<GraphQLDriver> = NoDriver,
  options: Readonly<Record<string, unknown>> = {},
): Promise<House> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'saksgang-graphql-'));
  let now: Instant = '2026-03-02T10:00:00.000Z';
  const clock = { now: () => now };
  const random = seededRandom(20_181_003);
  const store = createMemoryEventStore({ random });
  const keyStore = openKeyStore({ dataDir, keyEncryptionKeyFile: null, clock, random });
  const sealer = createSealer({ keys: keyStore, random });
  const codec = createCodec({ registry, sealer, random, leafOf, parseLeaf });
  const access = openAccess({ dataDir, sealer, clock, random, commands: commandNames(registry) });
  const keys = await keysFor(access);
  const readingLog = openReadingLog({ dataDir, clock });
  const reads = openReadSide({ file: join(dataDir, 'read.db'), store, codec, registry, clock, scheduler, logger: () => undefined });
  reads.runner.start();
  const recording = await openRecording({
    dataDir,
    store,
    clock,
    random,
    scheduler,
    logger: () => undefined,
    signs: true,
    signingKeyFile: null,
    origin: 'eksempel.no/saksgang',
    checkpointSeconds: CHECKPOINT_SECONDS,
  });
  recording.start();
  const policy = policyFrom(registry);
  const submit = createSubmit({ store, codec, registry, sealer, clock, random, scheduler, lookup: reads.lookup, policy });
  const faults: unknown[] = [];
  const deps: GraphqlDeps = {
    registry,
    readings: reads.readings,
    store,
    sealer,
    recording,
    actors: access,
    persons: createPersons({
      store,
      codec,
      registry,
      sealer,
      clock,
      register: keyStore,
      eraseNames: (persons) => eraseNames({ keys: keyStore, store, holders: [access], scheduler }, persons),
    }),
    readingLog,
    random,
    identify: createIdentify({ access, tokens: createTokens([], { clock, scheduler, fetch }) }),
    log: (line) => faults.push(line),
  };
  const module = await Test.createTestingModule({
    imports: [CommandingModule.forRoot({ submit }), SaksgangGraphqlModule.forRoot({ driver, deps, options })],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: ['fatal'] });
  await app.init();
  const { schema } = app.get(GraphQLSchemaHost);
  const contextOf = contextFor(deps, app.get(CommandBus));
  const mask = maskFor(deps);
  const contextAs = ({ as = 'secretariat', headers = {} }: Asked) =>
    contextOf({ headers: { ...(as === null ? {} : { authorization: `Bearer ${keys[as]}` }), ...headers }, connection: null });
  return {
    app,
    keys,
    schema,
    store,
    reads,
    recording,
    access,
    ask: async (source, variableValues = {}, asked = {}) => {
      const answer = await graphql({ schema, source, variableValues, contextValue: await contextAs(asked) });
      return { data: answer.data, errors: (answer.errors ?? []).map((error) => mask(error).toJSON() as Answer['errors'][number]) };
    },
    listen: async (document, variableValues = {}) => {
      const source = await subscribe({ schema, document: parse(document), variableValues, contextValue: await contextAs({}) });
      if (!(Symbol.asyncIterator in source)) throw new Error(JSON.stringify(source.errors));
      return source as AsyncIterableIterator<ExecutionResult>;
    },
    context: () => contextAs({}),
    at: (instant) => {
      now = instant;
    },
    faults,
    close: async () => {
      await app.close();
      await recording.close();
      await reads.close();
      await store.close();
      await access.close();
      await readingLog.close();
      await keyStore.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

/** Reads of an outcome what most specs look at. */
export const OUTCOME = `__typename
  ... on Recorded { revision replayed position item { id state } entries { id type } receipt { text entry } }
  ... on Problem { code message whatToDo }
  ... on Refused { state allowed candidates { id title } retryAfterMs }
  ... on Conflict { expectedRevision actualRevision since { id type } }
  ... on Invalid { issues { path code message } }`;

/** Sends a command by its name, with its input as a variable. @throws when the answer holds errors. */
export const command = async (house: House, name: string, input: Readonly<Record<string, unknown>>, asked: Asked = {}) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const answer = await house.ask(`mutation($input: ${type}!) { ${name}(input: $input) { ${OUTCOME} } }`, { input }, asked);
  if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
  return answer.data[name];
};

/** Its `item.id`, if it was recorded. @throws with the outcome. */
export const recorded = async (house: House, name: string, input: Readonly<Record<string, unknown>>): Promise<string> => {
  const outcome = await command(house, name, input);
  if (outcome.__typename !== 'Recorded') throw new Error(JSON.stringify(outcome));
  return outcome.item.id;
};
