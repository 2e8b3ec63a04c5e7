import { createHash } from 'node:crypto';
import type { AdvisoryLock } from '@saksgang/database';
import type { Projection } from '../projection.js';

/** What all programs on one database share: which log it tells of, and which schemas are used. */
export const SHARED_SCHEMA = 'saksgang';

const DIGEST_CHARS = 8; // hexadecimal digits: a few schemas of one projection must differ, no more

/** The channel on which others are told that the read models have come further, or are others. It carries no truth: whoever hears asks. */
export const REACHED = 'saksgang_reached';

/** What tells tables apart that are made from this: a changed column, key or index makes another shape. */
export const shapeOf = ({ tables }: Pick<Projection, 'tables'>): string =>
  createHash('sha256').update(JSON.stringify(tables)).digest('hex').slice(0, DIGEST_CHARS);

/**
 * Where a projection's tables lie in PostgreSQL: `sg_items_3_1f2e3d4c`. A program with another version of it has others, so that both run
 * side by side.
 */
export const schemaOf = (projection: Pick<Projection, 'name' | 'version' | 'tables'>): string =>
  `sg_${projection.name}_${projection.version}_${shapeOf(projection)}`;

/** Where it is built anew, beside what serves. */
export const nextOf = (schema: string): string => `${schema}_next`;
/** What served until it was replaced, until it is removed. */
export const formerOf = (schema: string): string => `${schema}_former`;

/** Signed 32-bit numbers nobody else on this database is likely to use: «SG» and one of these. */
const SORT = { setUp: 1, instance: 2, use: 3, project: 4, build: 5, example: 6 } as const;
const SORT_BASE = 0x5347_0000;

/** `setUp`: makes or removes what is shared. `instance`, `use`: shared by all who run here, or use a schema. The others: one at a time. */
export const lockOf = (sort: keyof typeof SORT, of = ''): AdvisoryLock => [
  SORT_BASE + SORT[sort],
  createHash('sha256').update(of).digest().readInt32BE(),
];
