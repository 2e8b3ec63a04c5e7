import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, type Random, type Scheduler } from '@saksgang/kernel';

export const machineClock: Clock = { now: () => new Date().toISOString() };
export const machineRandom: Random = { bytes: (count) => new Uint8Array(randomBytes(count)) };
/** Keeps no process alive: a command ends when its work does. */
export const machineScheduler: Scheduler = {
  sleep: async (ms, signal) => void (await sleep(ms, undefined, { ref: false, ...(signal && { signal }) })),
};
