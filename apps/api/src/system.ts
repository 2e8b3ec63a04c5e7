import { randomBytes } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import type { Clock, Random, Scheduler } from '@saksgang/kernel';

/** The machine's own clock, randomness and timers. Only apps reach for them. */
export const systemClock: Clock = { now: () => new Date().toISOString() };
export const systemRandom: Random = { bytes: (count) => new Uint8Array(randomBytes(count)) };
export const systemScheduler: Scheduler = {
  sleep: async (ms, signal) => {
    await after(ms, undefined, signal ? { signal } : {});
  },
};
