import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { type FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type IncomingMessage, type Server } from 'node:http';
import { type Socket } from 'node:net';
import { distinctHeaders } from '@saksgang/graphql-driver';
import { type Random, type Scheduler } from '@saksgang/kernel';
import { type BusyLimits, isWatched, type Turnstile, turnstile } from './busy.js';
import { type Settings } from './settings.js';
import { type Tell, textOf, type Told, type TurnAway, turningAway } from './turning-away.js';

/** What the door takes, beside what operators set. */
export type DoorLimits = BusyLimits &
  Readonly<{
    /** ms in which a whole request must have come in, and its head alone. */
    requestMs: number;
    headMs: number;
    /** ms between two looks for requests that are late. */
    lookEveryMs: number;
    /** Connections of all addresses together. */
    connections: number;
  }>;
export const DOOR: DoorLimits = {
  requestMs: 30_000,
  headMs: 10_000,
  lookEveryMs: 5_000,
  inFlight: 256,
  loopDelayMs: 1_000,
  connections: 10_000,
};

export type DoorSettings = Pick<Settings, 'CORS_ORIGINS' | 'TRUST_PROXY' | 'RATE_PER_MINUTE' | 'CONNECTIONS_PER_ADDRESS'>;
/** What asks: a request over HTTP, or one operation on a WebSocket with the payload that opened it. */
export type Asks = Readonly<{
  headers: Readonly<Record<string, string | string[] | undefined>>;
  url: string;
  connection: Readonly<Record<string, unknown>> | null;
  address: string;
}>;
/** Who a valid credential belongs to; null without one. */
type ReaderOf = (asks: Asks) => Promise<string | null>;
/** Counts one more of its reader: how it is turned away, else null. */
export type Count = (asks: Asks) => Promise<Told | null>;

/** What the door does for those who come in by it, and by a WebSocket past it. */
export type Door = Readonly<{ passing: Turnstile; count: Count }>;

const MINUTE_MS = 60_000;
const READERS_COUNTED_MAX = 10_000; // readers whose rate is kept, the latest
const PREFLIGHT_KEPT_S = 600; // s a browser keeps what another origin may do
const RETRY_S = 1; // s after which a server that was too busy may be asked again

const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const REQUEST_ID_BYTES = 8;
const REQUEST_IDS_DRAWN = 256; // ids: drawing takes as long for many as for one

/** A client's own id where it is a plain word, for it goes into the log; else a new one. */
export const requestIdBy = (random: Random): ((request: Pick<IncomingMessage, 'headers'>) => string) => {
  let drawn = Buffer.alloc(0);
  let used = 0;
  const next = (): string => {
    if (used === drawn.length) {
      drawn = Buffer.from(random.bytes(REQUEST_ID_BYTES * REQUEST_IDS_DRAWN));
      used = 0;
    }
    used += REQUEST_ID_BYTES;
    return drawn.toString('hex', used - REQUEST_ID_BYTES, used);
  };
  return ({ headers }) => {
    const given = headers['x-request-id'];
    return typeof given === 'string' && REQUEST_ID.test(given) ? given : next();
  };
};

export const adapterOptions = (
  { TRUST_PROXY }: DoorSettings,
  door: DoorLimits,
  requestIdOf: ReturnType<typeof requestIdBy>,
): ConstructorParameters<typeof FastifyAdapter>[0] => ({
  trustProxy: (_address, hop) => hop < TRUST_PROXY,
  requestTimeout: door.requestMs,
  genReqId: (request) => requestIdOf(request),
  http: { headersTimeout: door.headMs, requestTimeout: door.requestMs, connectionsCheckingInterval: door.lookEveryMs },
});

/** Where a request comes from, as far as the proxies in front are trusted: each adds the address it was called from. */
export const addressOf =
  ({ TRUST_PROXY }: Pick<DoorSettings, 'TRUST_PROXY'>) =>
  ({ headers, socket }: IncomingMessage): string => {
    const told = [headers['x-forwarded-for'] ?? []].flat().join(',');
    const hops = told.split(',').map((one) => one.trim());
    const claimed = TRUST_PROXY === 0 || told === '' ? undefined : hops[Math.max(0, hops.length - TRUST_PROXY)];
    return claimed ?? socket.remoteAddress ?? 'unknown';
  };

/** Set up before any route is: headers, origins, rate, and how much is done at one time. */
export const guardDoor = async (
  app: NestFastifyApplication,
  settings: DoorSettings,
  door: DoorLimits,
  readerOf: ReaderOf,
  tell: Tell,
  scheduler: Scheduler,
): Promise<Door> => {
  const turnAway = turningAway(tell);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  // Answers run nothing in a browser; the pages that do bring a policy of their own.
  const guardedBy = headersOnce();
  const guarding = {
    contentSecurityPolicy: { useDefaults: false, directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] } },
    crossOriginResourcePolicy: { policy: settings.CORS_ORIGINS.length > 0 ? 'cross-origin' : 'same-origin' },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  } as const;
  await app.register(helmet, { global: false, ...guarding });
  fastify.addHook('onRequest', (_request, reply, done) => {
    reply.headers(guardedBy(reply, guarding));
    done();
  });
  if (settings.CORS_ORIGINS.length > 0)
    app.enableCors({
      origin: settings.CORS_ORIGINS.includes('*') ? '*' : [...settings.CORS_ORIGINS],
      methods: ['GET', 'POST'],
      allowedHeaders: [
        'content-type',
        'accept',
        'accept-language',
        'authorization',
        'if-none-match',
        'x-at-least-position',
        'x-request-id',
      ],
      exposedHeaders: ['etag', 'retry-after', 'x-request-id', 'x-record-position', 'x-ratelimit-limit', 'x-ratelimit-remaining'],
      // Who asks is told by a key in a header, never by a cookie.
      credentials: false,
      maxAge: PREFLIGHT_KEPT_S,
    });
  const passing = turnstile(fastify, door, scheduler, turnAway);
  const count = settings.RATE_PER_MINUTE > 0 ? await limitRate(fastify, settings.RATE_PER_MINUTE, readerOf, turnAway) : countNobody;
  limitConnections(app.getHttpServer(), settings, door, tell);
  return {
    passing,
    count: async (asks) => {
      const told = await count(asks);
      if (told !== null) tell(told.code);
      return told;
    },
  };
};

/** What the plugin would set: it follows from nothing in a request, and to work it out again takes longer than to find the answer's route. */
const headersOnce = (): ((reply: FastifyReply, options: Parameters<FastifyReply['helmet']>[0]) => Record<string, string>) => {
  let known: Record<string, string> | null = null;
  return (reply, options) => {
    if (known !== null) return known;
    // What follows from this one request stands there already: it is not learnt.
    const before = new Set(reply.raw.getHeaderNames());
    reply.helmet(options);
    const learnt = Object.entries(reply.raw.getHeaders()).filter(([name]) => !before.has(name));
    for (const [name] of learnt) reply.raw.removeHeader(name);
    known = Object.fromEntries(learnt.map(([name, value]) => [name, String(value)]));
    return known;
  };
};

const countNobody: Count = () => Promise.resolve(null);

const limitRate = async (fastify: FastifyInstance, max: number, readerOf: ReaderOf, turnAway: TurnAway): Promise<Count> => {
  await fastify.register(rateLimit, { global: false, cache: READERS_COUNTED_MAX });
  const limiter = fastify.createRateLimit({
    max,
    timeWindow: MINUTE_MS,
    // The plugin reads nothing of a request but its route's options, and an operation on a WebSocket has no request of its own.
    keyGenerator: async (counted) => {
      const { asks } = counted as unknown as Readonly<{ asks: Asks }>;
      const reader = await readerOf(asks);
      // A key that is none counts for its address: making keys up buys nothing.
      return reader === null ? `address ${asks.address}` : `key ${reader}`;
    },
  });
  const count = (asks: Asks): ReturnType<typeof limiter> => limiter({ asks, routeOptions: {} } as unknown as FastifyRequest);
  fastify.addHook('onRequest', async (request, reply) => {
    if (isWatched(request)) return undefined;
    const counted = await count({
      headers: distinctHeaders(request.raw),
      url: request.raw.url ?? '',
      connection: null,
      address: request.ip,
    });
    if (counted.isAllowed) return undefined;
    void reply.header('x-ratelimit-limit', counted.max).header('x-ratelimit-remaining', counted.remaining);
    return counted.isExceeded ? turnAway(reply, tooOften(max, counted.ttlInSeconds)) : undefined;
  });
  return async (asks) => {
    const counted = await count(asks);
    return !counted.isAllowed && counted.isExceeded ? tooOften(max, counted.ttlInSeconds) : null;
  };
};

const tooOften = (max: number, ttlInSeconds: number): Told => {
  const seconds = Math.max(1, ttlInSeconds);
  return {
    status: 429,
    code: 'RATE_LIMITED',
    message: `More than ${max} requests in a minute. Wait ${seconds} seconds, and ask for more at once instead of more often.`,
    retryAfter: seconds,
    details: { limit: max, retryAfterMs: seconds * 1_000 },
  };
};

/** Behind a proxy all connections come from its address: there the proxy counts. */
const limitConnections = (
  server: Server,
  { CONNECTIONS_PER_ADDRESS, TRUST_PROXY }: DoorSettings,
  { connections }: DoorLimits,
  tell: Tell,
): void => {
  server.maxConnections = connections;
  if (CONNECTIONS_PER_ADDRESS === 0 || TRUST_PROXY > 0) return;
  const open = new Map<string, number>();
  const told: Told = {
    status: 429,
    code: 'TOO_MANY_CONNECTIONS',
    message: `More than ${CONNECTIONS_PER_ADDRESS} connections from one address. Close some, or send several requests on one.`,
    retryAfter: RETRY_S,
    details: { limit: CONNECTIONS_PER_ADDRESS },
  };
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? 'unknown';
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
    if (count <= CONNECTIONS_PER_ADDRESS) return;
    tell(told.code);
    const body = textOf(told);
    socket.end(
      `HTTP/1.1 429 Too Many Requests\r\nconnection: close\r\nretry-after: ${told.retryAfter}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      () => socket.destroy(),
    );
  });
};
