/**
 * A live source as GraphQL wants it: each value made into what resolvers read, and `return()` ends the source at once, also
 * while it waits for its next value (a bare async generator would only end after that value).
 */
export const live = <R, T>(
  follow: (signal: AbortSignal) => AsyncIterable<R>,
  toSource: (value: R) => Promise<T>,
): AsyncIterableIterator<T> => {
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
      return { value: await toSource(next.value), done: false };
    },
    async return() {
      end();
      return done;
    },
    async throw(error: unknown) {
      end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
