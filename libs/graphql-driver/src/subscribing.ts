import { type ExecutionArgs, type ExecutionResult, GraphQLError, subscribe } from 'graphql';

/**
 * Subscribes so that a source which breaks ends with an answer like any other, errors and all, on every transport:
 * left to themselves the transports would close with the fault's own words as the reason.
 */
export const subscribing = async (args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> => {
  const source = await subscribe(args);
  return Symbol.asyncIterator in source ? endingWithAnswer(source) : source;
};

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const endingWithAnswer = (source: AsyncIterable<ExecutionResult>): AsyncIterableIterator<ExecutionResult> => {
  const inner = source[Symbol.asyncIterator]();
  let over = false;
  return {
    async next() {
      if (over) return { done: true, value: undefined };
      try {
        // A socket that takes at once answers within the same turn: a long catch-up must not keep everyone else waiting.
        await nextTurn();
        return await inner.next();
      } catch (error) {
        over = true;
        return { done: false, value: { errors: [asFault(error)] } };
      }
    },
    async return() {
      over = true;
      await inner.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};

const asFault = (error: unknown): GraphQLError =>
  error instanceof GraphQLError
    ? error
    : new GraphQLError(error instanceof Error ? error.message : 'The source of the subscription broke.', {
        originalError: error instanceof Error ? error : new Error(String(error)),
      });
