import { POINTS_MAX, POINT_DEPTH_MAX } from '@saksgang/kernel';
import { z } from 'zod';
import { found, line, listOf, optional, party, pointPath, refusing, text } from '../schema/index.js';
import { POINT_KINDS, type PointData } from './resolution.events.js';

const pointsBelow = (value: unknown): readonly unknown[] => {
  const below = typeof value === 'object' && value !== null ? (value as { points?: unknown }).points : null;
  return Array.isArray(below) ? below : [];
};

/** Judged level by level before anything below is parsed, so that no tree is too deep for the parser itself. */
const aTreeWithinItsLimits = (roots: readonly unknown[]) => {
  let points = 0;
  let depth = 0;
  for (let level = roots; level.length > 0; level = level.flatMap(pointsBelow)) {
    points += level.length;
    depth += 1;
    if (depth > POINT_DEPTH_MAX) return found('TOO_DEEP', `go more than ${POINT_DEPTH_MAX} levels down: move the deepest points up`);
    if (points > POINTS_MAX)
      return found('TOO_MANY_POINTS', `are more than ${POINTS_MAX}: split them into several resolutions and link these`);
  }
  return null;
};

/** A tree of points; `element` parses one point and, through itself, those below it. */
export const treeSchema = (element: z.ZodType<PointData>) =>
  z.array(z.unknown()).superRefine(refusing(aTreeWithinItsLimits)).pipe(z.array(element));

/** As stored: every field is there. */
export const storedPoint: z.ZodType<PointData> = z.lazy(() =>
  z.strictObject({
    label: line().nullable(),
    pointKind: z.enum(POINT_KINDS),
    text: text(),
    role: line().nullable(),
    addressees: listOf(party),
    openEnded: z.boolean(),
    note: text().nullable(),
    points: z.array(storedPoint),
  }),
);

/** As given: what may be left out is. */
export const givenPoint: z.ZodType<PointData> = z.lazy(() =>
  z.strictObject({
    label: optional(line()),
    pointKind: z.enum(POINT_KINDS),
    text: text(),
    role: optional(line()),
    addressees: optional(listOf(party)).transform((parties) => parties ?? []),
    openEnded: optional(z.boolean()).transform((open) => open ?? false),
    note: optional(text()),
    points: optional(z.array(givenPoint)).transform((points) => points ?? []),
  }),
);

/** The changes of an amendment. `place`: how a new point says where it stands; `point` parses it. */
const changesSchema = <P extends z.core.$ZodLooseShape>(place: P, point: z.ZodType<PointData>) =>
  listOf(
    z.discriminatedUnion('change', [
      z.strictObject({ change: z.literal('REWORDED'), point: pointPath, text: text() }),
      z.strictObject({
        change: z.literal('ADDED'),
        ...place,
        added: z
          .unknown()
          .superRefine(refusing((added) => aTreeWithinItsLimits([added])))
          .pipe(point),
      }),
      z.strictObject({ change: z.literal('STRUCK'), point: pointPath }),
    ]),
  );

/** As asked for: below which point. */
export const givenChanges = changesSchema({ parent: optional(pointPath) }, givenPoint);
/** As stored: at which path. */
export const storedChanges = changesSchema({ path: pointPath }, storedPoint);
