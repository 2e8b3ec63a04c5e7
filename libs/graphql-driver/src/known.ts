import type { Scheduler } from '@saksgang/kernel';
import { type ExecutionResult, GraphQLError } from 'graphql';

export const KNOWN_EVERY_MS = 15_000; // ms for which a subscription may outlive what its reader was let in by

/** Asks now and then whether a reader is still who it was. */
export type Known = Readonly<{ scheduler: Scheduler; stillKnown: (context: object) => Promise<GraphQLError | null>; everyMs: number }>;

type Next = IteratorResult<ExecutionResult>;

/**
 * The same answers for as long as the reader is known. Then a last one says why no more come, the source is ended, and the transport
 * closes the subscription; that happens also while nothing is there to be told. Whoever cannot be asked about is not known.
 */
export const whileKnown = (
  answers: AsyncIterableIterator<ExecutionResult>,
  context: object,
  known: Known,
): AsyncIterableIterator<ExecutionResult> => {
  const leaving = new AbortController();
  const done = { done: true, value: undefined } as const;
  let over = false;
  let lost: GraphQLError | null = null;
  let tell: () => void = () => undefined;
  untilLost(context, known, leaving.signal).then(
    (why) => {
      lost = why;
      tell();
    },
    // Asleep when it was over.
    () => undefined,
  );
  const end = async (): Promise<void> => {
    over = true;
    leaving.abort();
    await answers.return?.();
  };
  const lastAnswer = async (why: GraphQLError): Promise<Next> => {
    await end();
    return { done: false, value: { errors: [why] } };
  };
  return {
    async next() {
      if (over) return done;
      const next = await new Promise<Next | null>((resolve, reject) => {
        tell = () => resolve(null);
        if (lost !== null) return tell();
        answers.next().then(resolve, reject);
      });
      if (next === null) return lost === null ? done : lastAnswer(lost);
      if (next.done === true) leaving.abort();
      return next;
    },
    async return() {
      await end();
      return done;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};

/** @throws the signal's reason when it is over first. */
const untilLost = async (context: object, { scheduler, stillKnown, everyMs }: Known, over: AbortSignal): Promise<GraphQLError> => {
  for (;;) {
    await scheduler.sleep(everyMs, over);
    const why = await stillKnown(context).catch(asFault);
    if (why !== null) return why;
  }
};

const asFault = (problem: unknown): GraphQLError =>
  new GraphQLError('Who asks could not be told any more.', {
    originalError: problem instanceof Error ? problem : new Error(String(problem)),
  });
