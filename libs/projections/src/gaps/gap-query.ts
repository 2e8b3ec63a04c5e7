import type { Scope } from '../asking/scope.js';
import type { Sources } from '../asking/sources.js';
import type { Pin } from '../reading.js';
import type { GapRow } from './gap.js';

/** One rule: a bounded number of statements, and at most GAPS_MAX rows. */
export type GapQuery = (sources: Sources, scope: Scope, pin: Pin) => Promise<readonly GapRow[]>;

export const GAPS_MAX = 1_000; // gaps of one rule that are told at once
