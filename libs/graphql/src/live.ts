import type { Position } from '@saksgang/kernel';
import { GraphQLError } from 'graphql';
import { fault } from './faults.js';

/** Where a reader stands: behind the last value it was handed, or where it began. */
export type Place<R> = Readonly<{ after: Position; positionOf: (value: R) => Position }>;

/** Faults of whoever hands the values on: that reader must know where it stood. */
const HANDED_BACK: ReadonlySet<unknown> = new Set(['READER_TOO_SLOW', 'GOING_AWAY']);

const endsForReader = (error: unknown): error is GraphQLError & Readonly<{ extensions: Readonly<{ code: string }> }> =>
  error instanceof GraphQLError && HANDED_BACK.has(error.extensions['code']);

/**
 * A live source as GraphQL wants it: each value made into what resolvers read, and `return()` ends the source at once, also
 * while it waits for its next value (a bare async generator would only end after that value).
 */
export const live = <R, T>(
  follow: (signal: AbortSignal) => AsyncIterable<R>,
  toSource: (value: R) => Promise<T>,
  place: Place<R>,
): AsyncIterableIterator<T> => {
  let position = place.after;
  const ending = new AbortController();
  const values = follow(ending.signal)[Symbol.asyncIterator]();
  // Nobody waits for the source to tidy up, and what it says while doing so concerns nobody any more.
  const end = (): void => {
    ending.abort();
    values.return?.().then(undefined, () => undefined);
  };
  const done = { value: undefined, done: true } as const;
  return {
    async next() {
      const next = await values.next();
      if (next.done === true || ending.signal.aborted) return done;
      position = place.positionOf(next.value);
      return { value: await toSource(next.value), done: false };
    },
    async return() {
      end();
      return done;
    },
    async throw(error: unknown) {
      end();
      // A driver that ends a reader for its pace does not know where it stands.
      throw endsForReader(error) ? fault(error.extensions.code, error.message, { position }) : error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
