import { liesIn } from '@saksgang/kernel';
import type { PointPath } from './resolution.events.js';
import type { Point, Resolution } from './resolution.state.js';

/**
 * The resolution as it is told to who may not see a point: that there is such a point stays, with its place and what is printed before
 * it. Other wordings of the whole text, which hold its text too, are not told at all.
 */
export const resolutionWithout = (resolution: Resolution, path: PointPath): Resolution => {
  if (resolution.status === 'unknown') return resolution;
  const points = new Map([...resolution.points].flatMap(([at, point]) => told(at, point, path)));
  const votes = resolution.votes.filter(({ point }) => point === null || !liesIn(point, path));
  return { ...resolution, points, votes, variants: [] };
};

const told = (at: PointPath, point: Point, path: PointPath): readonly (readonly [PointPath, Point])[] => {
  if (at === path) return [[at, sayingNothing(point)]];
  return liesIn(at, path) ? [] : [[at, point]];
};

/** Of the kind that asks for nothing, so that nobody counts it as open, late or without an owner. */
const sayingNothing = ({ path, label, depth, parent }: Point): Point => ({
  path,
  label,
  depth,
  parent,
  pointKind: 'PREMISE',
  text: '',
  ownRole: null,
  role: null,
  addressees: [],
  openEnded: false,
  note: null,
  struck: false,
  state: 'NOTHING_TO_DO',
  owner: null,
  deadline: null,
  reports: [],
  closedAs: null,
  replacedBy: null,
  verdicts: [],
});
