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
  const done = { value: undefined, done: true } as const;
  return {
    async next() {
      const next = await values.next();
      if (next.done === true || ending.signal.aborted) return done;
      return { value: await toSource(next.value), done: false };
    },
    async return() {
      ending.abort();
      await values.return?.();
      return done;
    },
    async throw(error: unknown) {
      ending.abort();
      await values.return?.();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
