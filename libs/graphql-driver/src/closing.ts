import { type ExecutionResult, GraphQLError } from 'graphql';

export const TELL_MS = 5_000; // ms in which readers of subscriptions take what they are told at the end

const GOING_AWAY = 'GOING_AWAY';
export const goingAway = (): GraphQLError =>
  new GraphQLError('This server is going away. Subscribe again with `after`: the last position you were sent.', {
    extensions: { code: GOING_AWAY },
  });

type Answers = AsyncIterableIterator<ExecutionResult>;
type Source = AsyncGenerator<ExecutionResult, void, void>;

/** The end of lines that would never end by themselves. */
export type Closing = Readonly<{
  begun: () => boolean;
  /** The same answers until the end is begun; then a last one that says where the reader stood, and no word of the subscription being complete. */
  untilBegun: (answers: Answers, source: Source) => Answers;
  /** Counts an operation that is waited for. */
  during: <T>(result: T) => T;
  /** Nothing new from now on. Resolves when every reader has taken its last answer, or left, and every operation has answered. */
  begin: () => Promise<void>;
}>;

export const createClosing = (): Closing => {
  const open = new Set<() => Promise<void>>();
  const running = new Set<Promise<unknown>>();
  let begun = false;
  return {
    begun: () => begun,
    untilBegun: (answers, source) => {
      const done = { done: true, value: undefined } as const;
      const reader: { last: Promise<ExecutionResult> | null; told: boolean; left: boolean } = { last: null, told: false, left: false };
      let takenNow: () => void = () => undefined;
      let wake: () => void = () => undefined;
      const taken = new Promise<void>((resolve) => (takenNow = resolve));
      const tell = (): Promise<void> => {
        reader.last ??= endedAt(source, goingAway());
        return taken;
      };
      const leave = (): void => {
        reader.left = true;
        open.delete(tell);
        takenNow();
        wake();
      };
      open.add(tell);
      return {
        async next() {
          if (reader.left) return done;
          if (reader.told) {
            takenNow();
            return new Promise((resolve) => (wake = () => resolve(done)));
          }
          const next = reader.last === null ? await answers.next() : done;
          if (next.done !== true) return next;
          if (reader.last === null) {
            leave();
            return done;
          }
          reader.told = true;
          return { done: false, value: await reader.last };
        },
        async return() {
          leave();
          await answers.return?.();
          return done;
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
    during: (result) => {
      if (result instanceof Promise) {
        running.add(result);
        const over = (): void => void running.delete(result);
        result.then(over, over);
      }
      return result;
    },
    begin: async () => {
      begun = true;
      await Promise.all([...[...open].map((tell) => tell()), Promise.allSettled(running)]);
      // What was answered last is handed to its socket in the turns that follow.
      for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    },
  };
};
const TURNS = 3;

/** Only the source knows where its reader stands: it may throw the fault back with a position. */
export const endedAt = async (source: Source, fault: GraphQLError): Promise<ExecutionResult> => {
  try {
    await source.throw(fault);
    return { errors: [fault] };
  } catch (error) {
    return { errors: [asFault(error)] };
  }
};

export const asFault = (error: unknown): GraphQLError =>
  error instanceof GraphQLError
    ? error
    : new GraphQLError(error instanceof Error ? error.message : 'The source of the subscription broke.', {
        originalError: error instanceof Error ? error : new Error(String(error)),
      });
