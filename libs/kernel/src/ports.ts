import type { Instant } from './instant.js';

/** Injected everywhere: nothing below apps reads a clock, a random source or a timer by itself. */
export interface Clock {
  now(): Instant;
}
export interface Random {
  bytes(count: number): Uint8Array;
}
export interface Scheduler {
  /** Resolves after `ms` milliseconds, or rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
