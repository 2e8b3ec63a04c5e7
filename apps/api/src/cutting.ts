import type { ReadingLog } from '@saksgang/access';
import type { Clock, Instant, Scheduler } from '@saksgang/kernel';
import type { Logger } from '@saksgang/projections';

const DAY_MS = 86_400_000;
const LOOK_MS = 3_600_000; // ms between two looks for readings that are kept no longer
const CUT_MAX = 2_000; // readings cut in one go: whoever reads meanwhile waits for it
const REST_MS = 50; // ms between two goes

export type CuttingParts = Readonly<{
  readingLog: Pick<ReadingLog, 'cut'>;
  /** Days that a reading is kept; 0: for ever. */
  days: number;
  clock: Clock;
  scheduler: Scheduler;
  logger: Logger;
}>;

/** Cuts what is older from the log of readings, now and every hour. Resolves once it has stopped, which it does when it is told to. */
export const cutReadings = async ({ readingLog, days, clock, scheduler, logger }: CuttingParts, signal: AbortSignal): Promise<void> => {
  const rest = (ms: number): Promise<void> => scheduler.sleep(ms, signal).catch(() => undefined);
  while (days > 0 && !signal.aborted) {
    const before: Instant = new Date(Date.parse(clock.now()) - days * DAY_MS).toISOString();
    try {
      let cut = 0;
      for (let last = CUT_MAX; last === CUT_MAX && !signal.aborted; cut += last) {
        if (cut > 0) await rest(REST_MS);
        last = await readingLog.cut(before, CUT_MAX);
      }
      if (cut > 0) logger('info', 'readings that are kept no longer were cut', { cut, before, days });
    } catch (error) {
      logger('warn', 'the log of readings cannot be cut now', { error });
    }
    await rest(LOOK_MS);
  }
};
