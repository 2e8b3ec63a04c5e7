import { randomBytes } from 'node:crypto';
import { type Clock, type Random } from '@saksgang/kernel';

export const machineClock: Clock = { now: () => new Date().toISOString() };
export const machineRandom: Random = { bytes: (count) => new Uint8Array(randomBytes(count)) };
