import { availableParallelism } from 'node:os';
import { type Builders, buildersFrom } from '@saksgang/projections';

const THREADS_MAX = 4; // no build has more than four projections

/** Threads that build read models, of the kinds of the house. Compiled code only: a thread cannot load sources. */
export const compiledBuilders = (): Builders =>
  buildersFrom(new URL('./builder.thread.js', import.meta.url), Math.min(THREADS_MAX, availableParallelism()));
