import type { EventSpec, Role } from '@saksgang/kernel';
import type { z } from 'zod';
import { parserOf } from './parser-of.js';

/** Who records: the commands of every kind, unless a kind says otherwise. */
export const SECRETARIAT: readonly Role[] = ['secretariat', 'admin'];

/** An event's first version. `fixed`: what the event points at, which no correction may change. */
export const firstVersion = (schema: z.ZodType<object>, ...fixed: readonly string[]): EventSpec => ({
  version: 1,
  parse: parserOf<object>(schema),
  upcasters: [],
  fixed,
});
