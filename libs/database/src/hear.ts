import type { Scheduler } from '@saksgang/kernel';
import type { HeldConnection, Postgres } from './postgres.js';

const RETRY_MS_MIN = 200; // ms after a first fault
const RETRY_MS_MAX = 5_000; // ms

/**
 * Calls when somebody notified this channel, on a connection of its own, which is made anew when it was lost; then it calls too, for what
 * was said meanwhile nobody repeats. Answers what ends it.
 */
export const hear = (database: Pick<Postgres, 'hold'>, scheduler: Scheduler, channel: string, heard: () => void): (() => Promise<void>) => {
  const ending = new AbortController();
  const { signal } = ending;
  const listenUntilLost = async (): Promise<void> => {
    const connection: HeldConnection = await database.hold();
    const close = (): void => void connection.close().catch(() => undefined);
    signal.addEventListener('abort', close);
    try {
      if (signal.aborted) return;
      await connection.listen(channel, heard);
      heard();
      await connection.ended;
    } finally {
      signal.removeEventListener('abort', close);
      close();
    }
  };
  const go = async (): Promise<void> => {
    let faults = 0;
    while (!signal.aborted) {
      faults = await listenUntilLost().then(
        () => 0,
        () => faults + 1,
      );
      await scheduler.sleep(Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(faults, 10)), signal).catch(() => undefined);
    }
  };
  const going = go();
  return async () => {
    ending.abort();
    await going;
  };
};
