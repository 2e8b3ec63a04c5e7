import { type Scheduler } from '@saksgang/kernel';
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';

export const ANSWER_MS = 15_000; // ms one question or command may take

/** `late`: aborted when the time of an operation is up, with the error it is answered with. Contexts stop reading when they see it. */
export type TimedArgs = ExecutionArgs & Readonly<{ late?: AbortController }>;
type Run = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;

export const timeout = (ms: number): GraphQLError =>
  new GraphQLError(
    `No answer within ${ms / 1_000} seconds, so it was given up. Ask for less. A command may have been recorded all the same: send it again with the same commandId to see.`,
    { extensions: { code: 'TIMEOUT', limitMs: ms } },
  );

/** Answers TIMEOUT when the time is up, whatever is still on its way; what would be read after that is not read. */
export const withinTime = (run: Run, scheduler: Scheduler | undefined, ms: number) => {
  if (scheduler === undefined) return run;
  return ({ late, ...args }: TimedArgs): ExecutionResult | Promise<ExecutionResult> => {
    const result = run(args);
    if (!(result instanceof Promise)) return result;
    const answered = new AbortController();
    const given = scheduler.sleep(ms, answered.signal).then(
      (): ExecutionResult => {
        const error = timeout(ms);
        late?.abort(error);
        return { errors: [error] };
      },
      // Answered in time.
      () => result,
    );
    return Promise.race([result, given]).finally(() => answered.abort());
  };
};
