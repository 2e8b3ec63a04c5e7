import { createDoorbell } from '@saksgang/event-store';
import type { AdvisoryLock, PostgresSession } from '@saksgang/database';
import type { Scheduler } from '@saksgang/kernel';
import type { Logger } from '../running/runner.types.js';

/** A session that is opened again whenever it was lost, for as long as the process runs. */
export type Sessions = Readonly<{
  /** The session there is now; null while there is none. */
  now: () => PostgresSession | null;
  /** Resolves when the first session is open and begun. @throws what `begun` refuses for good */
  first: Promise<void>;
  /** The next turn is due. */
  wake: () => void;
  /** Whether a lock could be taken; false while there is no session. */
  tryLock: (lock: AdvisoryLock) => Promise<boolean>;
  unlock: (lock: AdvisoryLock) => Promise<void>;
  /** Ends when the session now open has been closed. */
  stop: () => Promise<void>;
}>;

export type SessionsParts = Readonly<{
  open: () => Promise<PostgresSession>;
  scheduler: Scheduler;
  logger: Logger;
  /** What a new session needs before it can be used. It may be called many times. */
  begun: (session: PostgresSession) => Promise<void>;
  /** Again and again while a session is open. */
  turn: (session: PostgresSession) => Promise<void>;
  /** Everything that the session held is free for others. */
  lost: () => void;
  /** It is not a matter of time. */
  isForGood: (problem: unknown) => boolean;
}>;

export const TURN_MS = 1_000; // ms between two turns: how long a lock that was let go may lie unseen
const RETRY_MS_MIN = 100; // ms after a first fault
const RETRY_MS_MAX = 5_000; // ms

export const keepSession = ({ open, scheduler, logger, begun, turn, lost, isForGood }: SessionsParts): Sessions => {
  const ending = new AbortController();
  let held: PostgresSession | null = null;
  const pause = (ms: number): Promise<void> => scheduler.sleep(ms, ending.signal).catch(() => undefined);
  const bell = createDoorbell();
  let opened: () => void = () => undefined;
  let refused: (problem: unknown) => void = () => undefined;
  const first = new Promise<void>((resolve, reject) => {
    opened = resolve;
    refused = reject;
  });
  /** Until the next turn is due, it is asked for, or the session is gone. */
  const rest = async (session: PostgresSession): Promise<void> => {
    const over = new AbortController();
    const end = (): void => over.abort();
    session.ended.addEventListener('abort', end, { once: true });
    await Promise.race([scheduler.sleep(TURN_MS, over.signal).catch(() => undefined), bell.after(bell.rung(), over.signal)]);
    session.ended.removeEventListener('abort', end);
    end();
  };

  const useOne = async (): Promise<void> => {
    const session = await open();
    try {
      await begun(session);
      held = session;
      opened();
      while (!session.ended.aborted && !ending.signal.aborted) {
        await turn(session);
        if (!session.ended.aborted && !ending.signal.aborted) await rest(session);
      }
    } finally {
      held = null;
      await session.close();
      lost();
    }
  };
  const run = async (): Promise<void> => {
    for (let faults = 0; !ending.signal.aborted; faults += 1) {
      const fault = await useOne().then(
        () => null,
        (problem: unknown) => ({ problem, reason: String(problem) }),
      );
      if (ending.signal.aborted) return;
      if (fault !== null && isForGood(fault.problem)) {
        refused(fault.problem);
        logger('error', 'PostgreSQL cannot be used', { reason: fault.reason });
      }
      if (fault === null) faults = 0;
      const ms = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** faults);
      logger('warn', 'the session with PostgreSQL was lost', { reason: fault?.reason ?? 'it ended', retryInMs: ms });
      await pause(ms);
    }
  };
  first.catch(() => undefined); // told to whoever waits for it
  const running = run();
  return {
    now: () => held,
    tryLock: async (lock) => (await held?.tryLock(lock)) ?? false,
    unlock: async (lock) => void (await held?.unlock(lock).catch(() => undefined)),
    first,
    wake: bell.ring,
    stop: async () => {
      ending.abort();
      bell.ring();
      await running;
    },
  };
};
