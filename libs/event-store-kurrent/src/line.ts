import { StoreUnavailable } from '@saksgang/event-store';
import type { Random, Scheduler } from '@saksgang/kernel';
import type { Connection } from './connection-string.js';
import type { Driver } from './driver.js';
import { faultOf, Late, type Fault } from './faults.js';
import { ATTEMPTS_AWAY_MAX, ATTEMPTS_MAX, BACKOFF_FIRST_MS, BACKOFF_MS_MAX, BUDGET_MS_MAX, CALL_MS_MAX, LATE_GRACE_MS } from './limits.js';

export type Log = (level: 'info' | 'warn', message: string, about: Readonly<Record<string, unknown>>) => void;
export type LineParts = Readonly<{
  connection: Connection;
  makeDriver: (connection: Connection, generation: number) => Driver;
  random: Random;
  scheduler: Scheduler;
  log: Log;
}>;

/** Refused or failed by the server for what it is, not by the line; or the line's own fault. Carries what the client said as `cause`. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  constructor(
    readonly fault: Fault,
    /** Some attempt may have reached the server and done what it asked. */
    readonly maySent: boolean,
    options: ErrorOptions,
  ) {
    super('reason' in fault ? fault.reason : fault.kind, options);
  }
}

/** The way to the server: owns the client, throws it away when the line breaks, and tries again within bounds. */
export type Line = Readonly<{
  /** One attempt within `ms` by our own timer. @throws CallFailed */
  once: <T>(use: (client: Driver) => Promise<T>, ms?: number) => Promise<T>;
  /** Attempts with growing pauses until one answers, or the budget is used up. @throws CallFailed */
  untilAnswered: <T>(use: (client: Driver) => Promise<T>) => Promise<T>;
  /** The client now; `broken` throws it away unless that has happened already. */
  client: () => Driver;
  broken: (client: Driver, error: unknown) => void;
  pause: (attempt: number, signal: AbortSignal) => Promise<void>;
  closing: AbortSignal;
  /** Begins closing: running calls may end, none is tried again, followers stop. */
  refuse: () => void;
  close: () => Promise<void>;
}>;

export const createLine = ({ connection, makeDriver, random, scheduler, log }: LineParts): Line => {
  let generation = 0;
  let client: Driver | null = null;
  let away: string | null = null;
  const ending = new AbortController();
  /** Of the calls under way. They do not hang on `ending` itself: it lives for months, and every call would leave a mark on it. */
  const calls = new Set<AbortController>();

  const current = (): Driver => (client ??= makeDriver(connection, generation++));
  const broken = (failed: Driver, error: unknown): void => {
    if (client !== failed || ending.signal.aborted) return;
    client = null;
    log('info', 'the connection to the event store is made anew', { hosts: connection.hosts, reason: reasonOf(error) });
    void failed.dispose().catch(() => undefined);
  };
  const answered = (): void => {
    if (away === null) return;
    away = null;
    log('info', 'the event store answers again', { hosts: connection.hosts });
  };
  const givenUp = (reason: string): void => {
    if (away !== null || ending.signal.aborted) return;
    away = reason;
    log('warn', 'the event store is away', { hosts: connection.hosts, reason });
  };

  const within = async <T>(ms: number, answer: Promise<T>): Promise<T> => {
    const over = new AbortController();
    answer.catch(() => undefined); // it may fail after the timer has won, when nobody listens any more
    // A process that was held up finds its timer over and the answer lying in its socket: that is let in first.
    const late = scheduler
      .sleep(ms, over.signal)
      .then(() => scheduler.sleep(LATE_GRACE_MS, over.signal))
      .then(
        () => Promise.reject(new Late(ms)),
        () => answer,
      );
    try {
      return await Promise.race([answer, late]);
    } finally {
      over.abort();
      late.catch(() => undefined);
    }
  };

  const once: Line['once'] = async (use, ms = CALL_MS_MAX) => {
    const used = current();
    try {
      const answer = await within(ms, use(used));
      answered();
      return answer;
    } catch (error) {
      const fault = faultOf(error);
      if (fault.kind === 'line') broken(used, error);
      else answered();
      throw new CallFailed(fault, fault.kind === 'line' && fault.sent, { cause: error });
    }
  };

  const pause: Line['pause'] = async (attempt, signal) => {
    const [high = 0, low = 0] = random.bytes(2);
    const most = Math.min(BACKOFF_MS_MAX, BACKOFF_FIRST_MS * 2 ** attempt);
    await scheduler.sleep(Math.ceil(most * (0.5 + (high * 256 + low) / 131_070)), signal).catch(() => undefined);
  };

  const untilAnswered: Line['untilAnswered'] = async (use) => {
    let spent = false;
    const over = new AbortController();
    calls.add(over);
    void scheduler.sleep(BUDGET_MS_MAX, over.signal).then(
      () => {
        spent = true;
      },
      () => undefined,
    );
    const stopped = (): boolean => spent || ending.signal.aborted;
    let maySent = false;
    try {
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await once(use);
        } catch (error) {
          if (!(error instanceof CallFailed)) throw error;
          maySent ||= error.maySent;
          if (error.fault.kind !== 'line') throw new CallFailed(error.fault, maySent, { cause: error.cause });
          const last = attempt + 1 >= (away === null ? ATTEMPTS_MAX : ATTEMPTS_AWAY_MAX);
          if (!last && !stopped()) await pause(attempt, over.signal);
          // Asked again after the pause: an attempt after closing would make a client that nobody closes.
          if (last || stopped()) {
            givenUp(error.message);
            throw new CallFailed(error.fault, maySent, { cause: error.cause });
          }
        }
      }
    } finally {
      over.abort();
      calls.delete(over);
    }
  };
  const refuse = (): void => {
    ending.abort();
    for (const call of calls) call.abort();
  };

  return {
    once,
    untilAnswered,
    client: current,
    broken,
    pause,
    closing: ending.signal,
    refuse,
    close: async () => {
      refuse();
      await client?.dispose().catch(() => undefined);
    },
  };
};

/** What the port says of a call that failed and that nothing more is known of. */
export const unavailable = (failed: CallFailed, outcome: 'not-written' | 'unknown'): StoreUnavailable =>
  new StoreUnavailable(`the event store does not answer: ${failed.message}`, outcome, { cause: failed });

export const closedStore = (): StoreUnavailable => new StoreUnavailable('the store has been closed', 'not-written');

const reasonOf = (error: unknown): string => {
  const fault = faultOf(error);
  return 'reason' in fault ? fault.reason : fault.kind;
};
