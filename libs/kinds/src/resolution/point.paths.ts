import type { Entry } from '@saksgang/kernel';
import { eventsEverRead } from '../shared/keys.js';
import type { AskedChange } from './resolution.commands.js';
import type { PointChange, PointData, PointPath, ResolutionEvent } from './resolution.events.js';

/** «2.3» of «2.3.1»; null at the top. */
export const parentOf = (path: PointPath): PointPath | null => {
  const end = path.lastIndexOf('.');
  return end < 0 ? null : path.slice(0, end);
};
/** 1 of «2.3.1». */
export const ordinalOf = (path: PointPath): number => Number(path.slice(path.lastIndexOf('.') + 1));
export const childOf = (parent: PointPath | null, ordinal: number): PointPath =>
  parent === null ? String(ordinal) : `${parent}.${ordinal}`;

/** The paths of a point planted at `path`, and of all below it. */
const pathsAt = (path: PointPath, { points }: PointData): readonly PointPath[] => [path, ...pathsUnder(path, points)];
const pathsUnder = (parent: PointPath | null, points: readonly PointData[]): readonly PointPath[] =>
  points.flatMap((below, index) => pathsAt(childOf(parent, index + 1), below));

/** Those that the points an event tells of stand at; none where it tells of none. */
export const pathsGivenBy = (event: ResolutionEvent): readonly PointPath[] => {
  if (event.type === 'ResolutionRecorded') return pathsUnder(null, event.data.points);
  if (event.type !== 'ResolutionAmended') return [];
  return event.data.changes.flatMap((change) => (change.change === 'ADDED' ? pathsAt(change.path, change.added) : []));
};

/**
 * Every path that a point of this resolution ever had: what has been retracted since had its paths too, and links, notes and
 * minutes may still name them.
 */
export const pathsEverGiven = (entries: readonly Entry[]): readonly PointPath[] =>
  eventsEverRead(entries).flatMap((event) => pathsGivenBy(event as ResolutionEvent));

/** Each new point gets its path: one after the highest that any point beside it ever had. A path never means two points. */
export const withPaths = (changes: readonly AskedChange[], taken: Iterable<PointPath>): readonly PointChange[] => {
  const highest = new Map<PointPath | null, number>();
  const take = (path: PointPath): void => {
    const parent = parentOf(path);
    highest.set(parent, Math.max(highest.get(parent) ?? 0, ordinalOf(path)));
  };
  for (const path of taken) take(path);
  return changes.map((change) => {
    if (change.change !== 'ADDED') return change;
    const path = childOf(change.parent, (highest.get(change.parent) ?? 0) + 1);
    pathsAt(path, change.added).forEach(take);
    return { change: 'ADDED', path, added: change.added };
  });
};
