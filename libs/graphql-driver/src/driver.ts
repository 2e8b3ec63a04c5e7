import { Injectable } from '@nestjs/common';
import { type Scheduler } from '@saksgang/kernel';
import { AbstractGraphQLDriver, type GqlSubscriptionService } from '@nestjs/graphql';
import { type FastifyInstance } from 'fastify';
import { type IncomingMessage, type Server } from 'node:http';
import { BODY_BYTES_MAX, JIT_AFTER, type SaksgangDriverConfig } from './config.js';
import { type ExecutionResult } from 'graphql';
import { ANSWER_MS, type TimedArgs, withinTime } from './limits/deadline.js';
import { createExceeds } from './limits/exceeds.js';
import { LIMITS } from './limits/limits.js';
import { createPlaces, SOCKETS } from './limits/sockets.js';
import { serveHttp } from './http.js';
import { createOperations } from './operations.js';
import { createClosing, TELL_MS } from './closing.js';
import { type Known, KNOWN_EVERY_MS } from './known.js';
import { HANG_UP_AFTER_MS, type Pace, SLOW_AFTER_MS } from './pace.js';
import { createPrepareArgs, type PreparedArgs } from './requests.js';
import { type EventStreams, serveEventStream } from './event-stream.js';
import { serveWebSocket } from './web-socket.js';

/** GraphQL for Nest on Fastify: HTTP, WebSocket and server-sent events over one set of prepared operations. */
@Injectable()
export class SaksgangGraphqlDriver extends AbstractGraphQLDriver<SaksgangDriverConfig> {
  private webSocket: GqlSubscriptionService | null = null;
  private eventStreams: EventStreams | null = null;
  private readonly closing = createClosing();
  private scheduler: Scheduler | null = null;

  async start(config: SaksgangDriverConfig): Promise<void> {
    const { schema, path = '/graphql' } = config;
    if (!schema) throw new Error('the schema was not generated before the driver started');
    this.scheduler = config.scheduler ?? null;
    const limits = { ...LIMITS, ...config.limits };
    const operations = createOperations(schema, {
      jitAfter: config.jitAfter ?? JIT_AFTER,
      limits,
      hideSuggestions: config.hideSuggestions ?? false,
      validationRules: config.validationRules ?? [],
    });
    const prepareArgs = createPrepareArgs(schema, operations, { ...config, exceeds: createExceeds(schema, config.costs ?? {}, limits) });
    const pace = paceOf(config);
    const known = knownOf(config);
    const run = watched(withinTime(operations.run, config.scheduler, config.answerMs ?? ANSWER_MS), config.around);
    const socketLimits = { ...SOCKETS, bytes: config.bodyLimit ?? BODY_BYTES_MAX, ...config.sockets };
    const places = createPlaces(socketLimits.subscriptions);
    const addressOf = config.addressOf ?? (({ socket }: IncomingMessage) => socket.remoteAddress ?? 'unknown');
    const serving = {
      schema,
      path,
      run,
      prepareArgs,
      maskError: config.maskError,
      requestIdOf: config.requestIdOf,
      pace,
      places,
      known,
      closing: this.closing,
      limits: socketLimits,
      clock: config.clock ?? null,
      addressOf,
      turnAway: config.turnAway,
    };
    const fastify = this.httpAdapterHost.httpAdapter.getInstance<FastifyInstance>();
    const outward = {
      maskError: config.maskError,
      bodyLimit: config.bodyLimit ?? BODY_BYTES_MAX,
      ...(config.shownBeside ? { shownBeside: config.shownBeside } : {}),
    };
    serveHttp(fastify, path, { ...operations, run }, prepareArgs, { ...outward, ...(config.stateOf ? { stateOf: config.stateOf } : {}) });
    this.eventStreams = serveEventStream(fastify, path, prepareArgs, { ...outward, pace, places, known, closing: this.closing });
    this.webSocket = serveWebSocket(this.httpAdapterHost.httpAdapter.getHttpServer() as Server, serving);
  }

  /** Tells every reader of a subscription where it stood, lets operations on sockets answer, and closes the lines; not for longer than TELL_MS. */
  async drain(): Promise<void> {
    const over = new AbortController();
    const told = this.closing.begin().then(() => over.abort());
    const late = this.scheduler?.sleep(TELL_MS, over.signal).catch(() => undefined);
    await Promise.race([told, ...(late ? [late] : [])]);
    await this.stop();
  }

  async stop(): Promise<void> {
    const { webSocket } = this;
    this.webSocket = null;
    this.eventStreams?.stop();
    await webSocket?.stop();
  }
}

const knownOf = ({ scheduler, stillKnown, knownEveryMs = KNOWN_EVERY_MS }: SaksgangDriverConfig): Known | null =>
  scheduler === undefined || stillKnown === undefined ? null : { scheduler, stillKnown, everyMs: knownEveryMs };

/** Compiled operations run nowhere but here: nothing that hooks into the library would see them. */
const watched =
  (run: (args: TimedArgs) => ExecutionResult | Promise<ExecutionResult>, around: SaksgangDriverConfig['around']) =>
  (args: TimedArgs): ExecutionResult | Promise<ExecutionResult> => {
    const { step } = args as Partial<PreparedArgs>;
    return around && step ? around(step, () => run(args)) : run(args);
  };

const paceOf = ({ scheduler, slowAfterMs = SLOW_AFTER_MS }: SaksgangDriverConfig): Pace | null =>
  scheduler === undefined ? null : { scheduler, slowAfterMs, hangUpAfterMs: HANG_UP_AFTER_MS };
