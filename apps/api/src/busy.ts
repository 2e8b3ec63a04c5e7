import { performance } from 'node:perf_hooks';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Scheduler } from '@saksgang/kernel';
import { type Told, type TurnAway } from './turning-away.js';

export type BusyLimits = Readonly<{
  /** Requests that are answered at one time. */
  inFlight: number;
  /** ms by which the event loop may lag, on average of the last moments, before work is turned away. */
  loopDelayMs: number;
}>;

const RETRY_S = 1; // s after which a server that was too busy may be asked again
const GONE_RETRY_S = 5; // s after which another server, or this one started anew, may be asked
const LOOK_MS = 100; // ms between two looks at the event loop
/** Whoever watches over the process is always answered. */
const WATCHED: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

export const isWatched = ({ url }: FastifyRequest): boolean => WATCHED.has(url.split('?', 1)[0] ?? '');
const isStream = ({ url }: FastifyRequest): boolean => url.startsWith('/graphql/stream');

/** What stands between the door and the work behind it. */
export type Turnstile = Readonly<{
  /** It is about to close, or has: nobody should come any more. */
  isLeaving: () => boolean;
  /** Lets everybody in as before, for `ms`, but says at every turn that it is about to close: for those who send others here. */
  leave: (ms: number) => Promise<void>;
  /** Lets nothing more in. Resolves true when what is inside is done, false when the time is up. */
  close: (ms: number) => Promise<boolean>;
}>;

/**
 * More than can be answered is turned away at once instead of waiting in a queue without end: by how much is under way, and by how late
 * everything is. Streams are counted where they are served.
 */
export const turnstile = (fastify: FastifyInstance, limits: BusyLimits, scheduler: Scheduler, turnAway: TurnAway): Turnstile => {
  let under = 0;
  let leaving = false;
  let closed = false;
  let empty: () => void = () => undefined;
  const delay = loopDelay(fastify);
  fastify.addHook('onRequest', async (request, reply) => {
    // A connection that is kept would be closed at the moment in which something is sent on it.
    if (leaving) void reply.header('connection', 'close');
    if (isWatched(request)) return undefined;
    if (closed) return turnAway(reply, GOING_AWAY);
    if (isStream(request)) return undefined;
    const late = delay();
    if (late > limits.loopDelayMs) return turnAway(reply, tooLate(late, limits.loopDelayMs));
    if (under >= limits.inFlight) return turnAway(reply, tooMany(limits.inFlight));
    under += 1;
    reply.raw.once('close', () => {
      under -= 1;
      if (under === 0) empty();
    });
    return undefined;
  });
  return {
    isLeaving: () => leaving,
    leave: async (ms) => {
      leaving = true;
      await scheduler.sleep(ms);
    },
    close: async (ms) => {
      leaving = true;
      closed = true;
      if (under === 0) return true;
      const over = new AbortController();
      const emptied = new Promise<void>((resolve) => (empty = resolve)).then(() => over.abort());
      await Promise.race([emptied, scheduler.sleep(ms, over.signal).catch(() => undefined)]);
      return under === 0;
    },
  };
};

/** How late a timer comes is how long a request waits before anything is done for it; half of each look is the one before. */
const loopDelay = (fastify: FastifyInstance): (() => number) => {
  let average = 0;
  let last = 0;
  let timer: NodeJS.Timeout | null = null;
  // Not before it listens: starting takes its time in one piece.
  fastify.addHook('onListen', async () => {
    last = performance.now();
    timer = setInterval(() => {
      const now = performance.now();
      average = (average + Math.max(0, now - last - LOOK_MS)) / 2;
      last = now;
    }, LOOK_MS);
    timer.unref();
  });
  fastify.addHook('onClose', async () => {
    if (timer !== null) clearInterval(timer);
  });
  return () => average;
};

const GOING_AWAY: Told = {
  status: 503,
  code: 'GOING_AWAY',
  message: `This server is going away, and takes nothing new. Try again in ${GONE_RETRY_S} seconds.`,
  retryAfter: GONE_RETRY_S,
  hangUp: true,
};
const tooMany = (limit: number): Told => ({
  status: 503,
  code: 'OVERLOADED',
  message: `This server answers ${limit} requests at one time, and does. Try again in ${RETRY_S} second.`,
  retryAfter: RETRY_S,
  details: { limit },
});
const tooLate = (found: number, limitMs: number): Told => ({
  status: 503,
  code: 'OVERLOADED',
  message: `This server has more to do than it can: everything is ${Math.round(found)} ms late. Try again in ${RETRY_S} second.`,
  retryAfter: RETRY_S,
  details: { limitMs, foundMs: Math.round(found) },
});
