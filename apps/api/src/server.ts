import 'reflect-metadata';
import compress from '@fastify/compress';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { GraphQLModule, GraphQLSchemaHost } from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTokens, EXAMPLE_LOADER, type Identify, systemActor } from '@saksgang/access';
import { positionOf } from '@saksgang/event-store';
import { contextFor, COSTS, type GraphqlDeps, type RequestContext, unidentified } from '@saksgang/graphql';
import { BODY_BYTES_MAX, bodyExceeds, type SaksgangDriverConfig, type SaksgangGraphqlDriver } from '@saksgang/graphql-driver';
import { execute, GraphQLError, NoSchemaIntrospectionCustomRule } from 'graphql';
import { type Clock } from '@saksgang/kernel';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';
import { ApiModule } from './api.module.js';
import {
  addressOf,
  adapterOptions,
  type Asks,
  type Count,
  DOOR,
  type DoorLimits,
  type DoorSettings,
  guardDoor,
  requestIdBy,
} from './door.js';
import { type Told } from './turning-away.js';
import { type Turnstile } from './busy.js';
import { type RunMutation } from './example.js';
import { serveGraphiql } from './graphiql.js';
import { identifiedOnce } from './identified.js';
import { nestLogger } from './logger.js';
import { type OpenedRecord } from './record.js';
import { systemClock, systemRandom, systemScheduler } from './system.js';
import { type Settings } from './settings.js';
import { serveVerifier } from './verifier-page.js';
import { type Metrics } from './watching/metrics.js';
import { watchedSubmit } from './watching/watch.js';
import { UNWATCHED, type Watching } from './watching/watching.js';

const DRAIN_MS = 10_000; // ms in which what is under way may be finished when the process is to end
/** ms in which a proxy in front, that looks at /readyz at least once a second, learns to send nothing more. */
const LEAVE_MS = 2_000;

export type Server = Readonly<{
  app: NestFastifyApplication;
  /** Takes nothing new, lets what is under way be finished, and tells subscriptions where they stood. Before the application is closed. */
  drain: () => Promise<void>;
  /** Runs a mutation as a system actor, through the same schema and command bus as any client's. */
  runAsExample: RunMutation;
}>;
type Serving = Pick<Settings, 'PUBLIC_READ' | 'INTROSPECTION' | 'GRAPHIQL' | 'OIDC_ISSUERS'> & DoorSettings;
/** Limits that are not as they stand by default. */
export type Tuned = Readonly<{ door?: Partial<DoorLimits>; driver?: Partial<SaksgangDriverConfig>; clock?: Clock }>;

/** Where the built pages lie; null: the verifier is not served. */
export type BuiltPages = Readonly<{ graphiql: string; verifier: string | null }>;

const requestIdOf = requestIdBy(systemRandom);

/** The application over a record, not yet listening. */
export const createServer = async (
  record: OpenedRecord,
  settings: Serving,
  logger: Logger,
  pages: BuiltPages,
  tuned: Tuned = {},
  watching: Watching = UNWATCHED,
): Promise<Server> => {
  const { access } = record;
  const clock = tuned.clock ?? systemClock;
  const tokens = createTokens(settings.OIDC_ISSUERS, { clock, scheduler: systemScheduler, fetch });
  const { atDoor, identify } = identifiedOnce({ access, tokens, clock, log: (level, message, about) => logger[level](about, message) });
  const deps: GraphqlDeps = {
    registry: record.registry,
    readings: record.readings,
    store: record.store,
    sealer: record.sealer,
    recording: record.recording,
    actors: record.access,
    persons: record.persons,
    readingLog: record.readingLog,
    random: systemRandom,
    identify,
    log: ({ level, message, ...about }) => logger[level](about, message),
    ...(watching.metrics ? { told: once(watching.metrics.told) } : {}),
  };
  let stopping = (): boolean => false;
  let count: Count = () => Promise.resolve(null);
  const door = { ...DOOR, ...tuned.door };
  const adapter = new FastifyAdapter(adapterOptions(settings, door, requestIdOf));
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.forRoot({
      record: { ...record, submit: watchedSubmit(record.submit, watching.around) },
      deps,
      driver: {
        ...driverOptions(settings),
        around: watching.around,
        turnAway: async (asks) => errorOf(await count(asks)),
        ...tuned.driver,
      },
      isStopping: () => stopping(),
      files: { recording: record.recording, identify, open: settings.PUBLIC_READ },
    }),
    adapter,
    {
      logger: nestLogger(logger),
      abortOnError: false,
    },
  );
  if (watching.metrics) countRequests(app.getHttpAdapter().getInstance(), watching.metrics);
  const reader = readerBy(atDoor);
  const { passing, ...doorkeeper } = await guardDoor(app, settings, door, reader, (code) => watching.metrics?.told(code), systemScheduler);
  stopping = passing.isLeaving;
  count = doorkeeper.count;
  app.useBodyParser('application/json', { bodyLimit: BODY_BYTES_MAX }, (request, body, done) => {
    const tooMuch = bodyExceeds(body);
    if (tooMuch) return done(tooMuch);
    const fastify = app.getHttpAdapter().getInstance();
    return void fastify.getDefaultJsonParser('error', 'error')(request as unknown as FastifyRequest, body as unknown as string, done);
  });
  await app.register(compress, { global: true, threshold: 1_024 });
  // How far what is read has come: it is told with every answer, and stands still while the event store is away.
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (_request, reply, _payload, done) => {
      reply.header('x-record-position', positionOf(record.store.logId, record.runner.reached()));
      done();
    });
  if (settings.GRAPHIQL) serveGraphiql(app.getHttpAdapter().getInstance(), pages.graphiql);
  if (pages.verifier !== null) serveVerifier(app.getHttpAdapter().getInstance(), pages.verifier);
  await app.init();
  return { app, runAsExample: runAs(app, deps), drain: drainOf(app, passing, settings) };
};

/** A credential that is none counts for its address. Why it is none is logged where it is refused. */
const readerBy =
  (identify: Identify) =>
  async (asks: Asks): Promise<string | null> => {
    const identity = await identify(asks);
    return identity.state === 'KNOWN' ? identity.actor.id : null;
  };

const errorOf = (told: Told | null): GraphQLError | null =>
  told === null ? null : new GraphQLError(told.message, { extensions: { code: told.code, ...told.details } });

/** What is under way is finished, everything else is told to go elsewhere: by a proxy in front first, so that nobody is turned away. */
const drainOf =
  (app: NestFastifyApplication, passing: Turnstile, { TRUST_PROXY }: Pick<Serving, 'TRUST_PROXY'>) =>
  async (): Promise<void> => {
    if (TRUST_PROXY > 0) await passing.leave(LEAVE_MS);
    const driver = app.get(GraphQLModule).graphQlAdapter as unknown as SaksgangGraphqlDriver;
    await Promise.all([passing.close(DRAIN_MS), driver.drain()]);
    app.getHttpServer().closeAllConnections();
  };

/** Each error counts once, however often it passes. */
const once = (told: (code: string) => void): NonNullable<GraphqlDeps['told']> => {
  const seen = new WeakSet<GraphQLError>();
  return (error) => {
    if (seen.has(error)) return;
    seen.add(error);
    told(typeof error.extensions['code'] === 'string' ? error.extensions['code'] : 'INTERNAL');
  };
};

/** Before the door is set up: what it turns away is counted too. */
const countRequests = (fastify: FastifyInstance, { requested }: Pick<Metrics, 'requested'>): void => {
  fastify.addHook('onRequest', async (_request, reply) => {
    const over = requested();
    reply.raw.once('close', () => over(reply.raw.statusCode));
  });
};

const driverOptions = (settings: Serving): Partial<SaksgangDriverConfig> => ({
  scheduler: systemScheduler,
  clock: systemClock,
  requestIdOf,
  addressOf: addressOf(settings),
  readerOf: (context, address) => (context as RequestContext).actor?.id ?? address,
  costs: COSTS,
  hideSuggestions: !settings.INTROSPECTION,
  validationRules: settings.INTROSPECTION ? [] : [NoSchemaIntrospectionCustomRule],
  ...(settings.PUBLIC_READ ? {} : { guard: refuseStrangers }),
});

/** With PUBLIC_READ=off every operation takes a key: the context already knows who asks. */
const refuseStrangers: NonNullable<SaksgangDriverConfig['guard']> = ({ contextValue }) => {
  const { actor, locale } = contextValue as RequestContext;
  return actor === null ? unidentified(locale) : null;
};

const runAs =
  (app: NestFastifyApplication, deps: GraphqlDeps): RunMutation =>
  async (document, variableValues) => {
    const actor = systemActor(EXAMPLE_LOADER);
    if (actor === null) throw new Error(`${EXAMPLE_LOADER} is no actor of the program`);
    const ask = contextFor({ ...deps, identify: () => Promise.resolve({ state: 'KNOWN', actor, until: null }) }, app.get(CommandBus));
    const contextValue = await ask({ headers: {}, connection: null });
    return (await execute({
      schema: app.get(GraphQLSchemaHost).schema,
      document,
      variableValues: { ...variableValues },
      contextValue,
    })) as Awaited<ReturnType<RunMutation>>;
  };
