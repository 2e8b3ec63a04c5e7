import type { Doorbell } from '@saksgang/event-store';
import type { Scheduler } from '@saksgang/kernel';
import type { Runner } from './runner.types.js';

/** What readers wait with, over whatever tells how far the projections have come. */
export const createWaiting = ({
  scheduler,
  bell,
  ending,
  reached,
  mayCome,
}: Readonly<{
  scheduler: Scheduler;
  bell: Doorbell;
  /** Of the runner. Stopping it rings the bell. */
  ending: AbortSignal;
  reached: () => number;
  /** When every projection has stopped, none will come further. */
  mayCome: () => boolean;
}>): Pick<Runner, 'waitFor' | 'beyond'> => ({
  waitFor: async (ordinal, ms) => {
    if (reached() >= ordinal) return true;
    const over = new AbortController();
    const timer = scheduler.sleep(ms, over.signal).then(
      () => over.abort(),
      () => undefined,
    );
    while (reached() < ordinal && mayCome() && !over.signal.aborted && !ending.aborted) await bell.after(bell.rung(), over.signal);
    over.abort();
    await timer;
    return reached() >= ordinal;
  },
  beyond: async (ordinal, signal) => {
    // `AbortSignal.any` would leave a mark on `ending` for every wait there ever was.
    while (reached() <= ordinal && !signal.aborted && !ending.aborted) await bell.after(bell.rung(), signal);
  },
});
