import { type Scheduler } from '@saksgang/kernel';
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';

export const ANSWER_MS = 15_000; // ms one question or command may take
/** Looks at what is under way within the time for an answer: what takes longer is given up at most one look later. */
export const LOOKS = 16;

/** Told when nobody waits for an answer any more; an AbortController is one, and costs each request more than its limits do. */
export type Late = Readonly<{ abort: (reason: Error) => void }>;
/** `late`: told when the time of an operation is up, with the error it is answered with. Contexts stop reading when they see it. */
export type TimedArgs = ExecutionArgs & Readonly<{ late?: Late }>;
type Run = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;

/** The two ends of one request's time: who gives it up, and who asks now and then whether it was. */
export const createLate = (): Late & Readonly<{ throwIfAborted: () => void }> => {
  let over: Error | null = null;
  return {
    abort: (reason) => {
      over ??= reason;
    },
    throwIfAborted: () => {
      if (over !== null) throw over;
    },
  };
};

export const timeout = (ms: number): GraphQLError =>
  new GraphQLError(
    `No answer within ${ms / 1_000} seconds, so it was given up. Ask for less. A command may have been recorded all the same: send it again with the same commandId to see.`,
    { extensions: { code: 'TIMEOUT', limitMs: ms } },
  );

/** Answers TIMEOUT when the time is up, whatever is still on its way; what would be read after that is not read. */
export const withinTime = (run: Run, scheduler: Scheduler | undefined, ms: number) => {
  if (scheduler === undefined) return run;
  const watched = watching(scheduler, ms);
  return (args: TimedArgs): ExecutionResult | Promise<ExecutionResult> => {
    const result = run(args);
    return result instanceof Promise ? watched(result, args.late) : result;
  };
};

type UnderWay = Readonly<{ since: number; giveUp: () => void }>;

/** One timer for all that is under way: one for each request would take longer to set, and to take back, than many an answer. */
const watching = (scheduler: Scheduler, ms: number) => {
  const underWay = new Set<UnderWay>(); // in the order in which they began
  let looks = 0;
  let looking = false;
  const look = async (): Promise<void> => {
    looking = true;
    try {
      while (underWay.size > 0) {
        await scheduler.sleep(ms / LOOKS);
        looks += 1;
        for (const one of underWay) {
          // The first of its looks may have come right after it began.
          if (looks - one.since <= LOOKS) break;
          underWay.delete(one);
          one.giveUp();
        }
      }
    } finally {
      looking = false;
    }
  };
  return (result: Promise<ExecutionResult>, late: Late | undefined): Promise<ExecutionResult> =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => {
        const error = timeout(ms);
        late?.abort(error);
        resolve({ errors: [error] });
      };
      const one = { since: looks, giveUp };
      underWay.add(one);
      // Without a timer an answer takes the time it takes.
      if (!looking) look().catch(() => undefined);
      const over = (): void => void underWay.delete(one);
      result.then(over, over);
      result.then(resolve, reject);
    });
};
