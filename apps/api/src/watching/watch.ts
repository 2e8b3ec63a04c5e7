import { type Submit, type SubmitOutcome } from '@saksgang/commanding';
import { type EventStore } from '@saksgang/event-store';
import { type OperationStep } from '@saksgang/graphql-driver';

/** What the application does that is worth measuring: one operation, one command in it, one append of that command. */
export type Step = OperationStep | Readonly<{ is: 'command'; command: string }> | Readonly<{ is: 'append'; entries: number }>;
/** How it ended. `code`: of the refusal, or of the first error; null where all went well. */
export type Ended = Readonly<{ outcome: string; code: string | null }>;

/** Sees a step begin. `within` runs it, `ended` hears how it ended. Whatever it does changes no answer. */
export type Watcher = (step: Step) => Readonly<{ within: <T>(run: () => T) => T; ended: (ended: Ended) => void }>;
/** Runs a step under the eyes of all watchers. */
export type Around = <T>(step: Step, run: () => T) => T;

const endOf = (step: Step, result: unknown): Ended => {
  if (step.is === 'append') return { outcome: 'ok', code: null };
  if (step.is === 'command') return endOfCommand(result as SubmitOutcome);
  const [error] = (result as Readonly<{ errors?: readonly Readonly<{ extensions: Readonly<Record<string, unknown>> }>[] }>).errors ?? [];
  if (error === undefined) return { outcome: 'ok', code: null };
  const code = typeof error.extensions['code'] === 'string' ? error.extensions['code'] : 'INTERNAL';
  return { outcome: code === 'TIMEOUT' ? 'timeout' : 'errors', code };
};

const endOfCommand = (outcome: SubmitOutcome): Ended => {
  switch (outcome.outcome) {
    case 'recorded':
      return { outcome: outcome.replayed ? 'replayed' : outcome.entries.length === 0 ? 'unchanged' : 'recorded', code: null };
    case 'refused':
      return { outcome: 'refused', code: outcome.refusal.code };
    case 'conflict':
      return { outcome: 'conflict', code: 'REVISION_CONFLICT' };
    case 'invalid':
      return { outcome: 'invalid', code: 'INVALID_INPUT' };
  }
};

const FAILED: Ended = { outcome: 'failed', code: null };

export const aroundBy = (watchers: readonly Watcher[]): Around =>
  watchers.length === 0
    ? (_step, run) => run()
    : <T>(step: Step, run: () => T): T => {
        const watching = watchers.map((watcher) => watcher(step));
        const end = (how: Ended): void => watching.forEach(({ ended }) => ended(how));
        const inside = watching.reduceRight<() => T>(
          (inner, { within }) =>
            () =>
              within(inner),
          run,
        );
        let result: T;
        try {
          result = inside();
        } catch (fault) {
          end(FAILED);
          throw fault;
        }
        if (!(result instanceof Promise)) {
          end(endOf(step, result));
          return result;
        }
        const told = result.then(
          (value: unknown) => {
            end(endOf(step, value));
            return value;
          },
          (fault: unknown) => {
            end(FAILED);
            throw fault;
          },
        );
        return told as T;
      };

/** The same log, each append of it watched. */
export const watchedStore = (store: EventStore, around: Around): EventStore => ({
  ...store,
  append: (stream, expected, events) => around({ is: 'append', entries: events.length }, () => store.append(stream, expected, events)),
});

export const watchedSubmit =
  (submit: Submit, around: Around): Submit =>
  (submission) =>
    around({ is: 'command', command: mutationOf(submission.type) }, () => submit(submission));

/** As clients write it. */
const mutationOf = (type: string): string => type.charAt(0).toLowerCase() + type.slice(1);
