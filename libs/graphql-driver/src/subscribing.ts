import { type ExecutionArgs, type ExecutionResult, GraphQLError, subscribe } from 'graphql';
import { asFault, type Closing, endedAt } from './closing.js';
import { type Known, whileKnown } from './known.js';
import { type Places } from './limits/sockets.js';
import { type Pace, tooSlow } from './pace.js';

/** `hangUp`: ends the reader's connection, whatever is still on its way. */
export type SubscriptionArgs = ExecutionArgs & Readonly<{ reader: string; hangUp?: () => void }>;

/**
 * Subscribes so that a source which breaks ends with an answer like any other, errors and all, on every transport:
 * left to themselves the transports would close with the fault's own words as the reason.
 */
export const subscribing =
  (pace: Pace | null, places: Places, known: Known | null, closing: Closing) =>
  async ({ hangUp, reader, ...args }: SubscriptionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> => {
    const leave = places.take(reader);
    if (leave instanceof GraphQLError) return { errors: [leave] };
    const source = await subscribe(args);
    if (!(Symbol.asyncIterator in source)) {
      leave();
      return source;
    }
    const whole = endingWithAnswer(source, leave);
    const answers = known === null ? whole : whileKnown(whole, args.contextValue as object, known);
    const taken = pace === null ? answers : paced(answers, source, pace, hangUp ?? (() => undefined));
    return closing.untilBegun(taken, source);
  };

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** `leave`: called when it is over, by whichever end; more than once, it may be. */
const endingWithAnswer = (source: AsyncIterable<ExecutionResult>, leave: () => void): AsyncIterableIterator<ExecutionResult> => {
  const inner = source[Symbol.asyncIterator]();
  let over = false;
  return {
    async next() {
      if (over) return { done: true, value: undefined };
      try {
        // A socket that takes at once answers within the same turn: a long catch-up must not keep everyone else waiting.
        await nextTurn();
        const next = await inner.next();
        if (next.done === true) leave();
        return next;
      } catch (error) {
        over = true;
        leave();
        return { done: false, value: { errors: [asFault(error)] } };
      }
    },
    async return() {
      over = true;
      leave();
      await inner.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};

/**
 * Each transport asks for the next value when the socket has taken the last one, so what lies between is the reader's time. One that
 * takes too much of it loses its source at once; it is told why when it goes on, and hung up on when it never does.
 */
const paced = (
  answers: AsyncIterableIterator<ExecutionResult>,
  source: AsyncGenerator<ExecutionResult, void, void>,
  pace: Pace,
  hangUp: () => void,
): AsyncIterableIterator<ExecutionResult> => {
  let asked = new AbortController();
  let ended: Promise<ExecutionResult> | null = null;
  let over = false;
  const watch = async (signal: AbortSignal): Promise<void> => {
    await pace.scheduler.sleep(pace.slowAfterMs, signal);
    ended = endedAt(source, tooSlow(pace));
    await pace.scheduler.sleep(pace.hangUpAfterMs, signal);
    hangUp();
  };
  const done = { done: true, value: undefined } as const;
  return {
    async next() {
      asked.abort();
      if (over) return done;
      if (ended !== null) {
        over = true;
        return { done: false, value: await ended };
      }
      const next = await answers.next();
      if (next.done === true) return done;
      asked = new AbortController();
      // Asking for the next value aborts the watch.
      watch(asked.signal).catch(() => undefined);
      return next;
    },
    async return() {
      asked.abort();
      over = true;
      await answers.return?.();
      return done;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
