import { getByPath, labels, refuse, sameJson, type Entry, type Refusal } from '@saksgang/kernel';
import { pathsEverGiven, pathsGivenBy } from './point.paths.js';
import type { PointChange, PointData, PointPath, ResolutionAmended, ResolutionEvent } from './resolution.events.js';

const pointsWouldShift = (): Refusal =>
  refuse(
    'POINTS_WOULD_SHIFT',
    labels(
      'Rettelsen ville flytte punktene, og oppfølgingen av dem ville havne på andre punkter.',
      'Rettinga ville flytte punkta, og oppfølginga av dei ville hamne på andre punkt.',
      'The correction would shift the points, and what has been done about them would end up on others.',
    ),
    labels(
      'Rett felt i et punkt («points.1.text»), eller legg nye punkter til slutt i lista. Innskutte og slettede punkter føres som en endring av vedtaket.',
      'Rett felt i eit punkt («points.1.text»), eller legg nye punkt til slutt i lista. Innskotne og sletta punkt blir førte som ei endring av vedtaket.',
      'Correct fields within a point (“points.1.text”), or put new points at the end of the list. What is inserted or deleted is recorded as an amendment.',
    ),
    { allowed: ['correctEntry', 'amendResolution'] },
  );

const pathIsTaken = (path: PointPath): Refusal =>
  refuse(
    'POINTS_WOULD_SHIFT',
    labels(
      `Rettelsen ville gi plassen ${path} til et nytt punkt, men den har alt tilhørt et annet.`,
      `Rettinga ville gje plassen ${path} til eit nytt punkt, men han har alt høyrt til eit anna.`,
      `The correction would give the place ${path} to a new point, but it has already been that of another.`,
    ),
    labels(
      'Før det nye punktet som en endring av vedtaket: da får det en plass som ikke er brukt.',
      'Før det nye punktet som ei endring av vedtaket: då får det ein plass som ikkje er brukt.',
      'Record the new point as an amendment: it then gets a place that has not been used.',
    ),
    { allowed: ['amendResolution'] },
  );

/** A list of points is only ever extended at its end: its elements are what paths count. */
const extendsList = (before: unknown, after: unknown): boolean =>
  Array.isArray(before) && Array.isArray(after) && before.every((point, index) => index < after.length && sameJson(point, after[index]));

const isPoint = (value: unknown): value is PointData =>
  typeof value === 'object' && value !== null && Array.isArray((value as Partial<PointData>).points);

/** Of one path that is set: may what stands there become this? A point keeps those below it, a list of points its elements. */
const keepsPoints = (path: string, before: unknown, after: unknown): boolean => {
  if (path === 'points' || path.endsWith('.points')) return extendsList(before, after);
  return !isPoint(before) || (isPoint(after) && extendsList(before.points, after.points));
};

type Added = Extract<PointChange, { change: 'ADDED' }>;
const addedBy = ({ data }: ResolutionAmended): readonly Added[] =>
  data.changes.filter((change): change is Added => change.change === 'ADDED');

/** An amendment adds the same points after a correction as before it; where changes are given whole, with those below them. */
const addsTheSame = (before: ResolutionAmended, after: ResolutionAmended, paths: readonly string[]): boolean => {
  const [was, is] = [addedBy(before), addedBy(after)];
  const whole = paths.some((path) => /^changes(\.\d+)?$/.test(path));
  return (
    was.length === is.length &&
    was.every(({ path, added }, index) => {
      const now = is[index];
      return now !== undefined && now.path === path && (!whole || extendsList(added.points, now.added.points));
    })
  );
};

/** Follow-up, links and notes name points by their paths: no correction gives a path to another point. */
export const noPointShifts = (
  before: ResolutionEvent,
  after: ResolutionEvent,
  paths: readonly string[],
  entries: readonly Entry[],
): Refusal | null => {
  if (before.type === 'ResolutionAmended' && after.type === 'ResolutionAmended' && !addsTheSame(before, after, paths))
    return pointsWouldShift();
  if (!paths.every((path) => keepsPoints(path, getByPath(before.data, path), getByPath(after.data, path)))) return pointsWouldShift();
  const had = new Set(pathsGivenBy(before));
  const added = pathsGivenBy(after).filter((path) => !had.has(path));
  // What has been retracted since had its paths too. Most corrections add nothing: then nothing is looked up.
  const taken = new Set(added.length === 0 ? [] : pathsEverGiven(entries));
  const again = added.find((path) => taken.has(path));
  return again === undefined ? null : pathIsTaken(again);
};
