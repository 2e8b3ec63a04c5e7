import type { PointChange, PointData, PointKind, PointPath } from './resolution.events.js';
import { childOf, parentOf } from './point.paths.js';
import type { Point, PointTree } from './resolution.state.js';

const ASKS: Readonly<Record<PointKind, boolean>> = { PREMISE: false, LEAD_IN: false, COMMITMENT: true, MEASURE: true, REQUEST: true };

/** A premise and a lead-in ask for nothing; neither does what has been struck. */
export const asksForSomething = (point: Point): boolean => ASKS[point.pointKind] && !point.struck;

/** The points that are followed up, in document order. */
export const pointsAsked = ({ points }: Readonly<{ points: PointTree }>): readonly Point[] => [...points.values()].filter(asksForSomething);

/** The points that still wait for someone to do something. */
export const pointsStillOpen = (state: Readonly<{ points: PointTree }>): readonly Point[] =>
  pointsAsked(state).filter(({ state: at }) => at !== 'CLOSED');

const isWithin = (path: PointPath, top: PointPath): boolean => path === top || path.startsWith(`${top}.`);

const planted = (data: PointData, path: PointPath, depth: number): readonly Point[] => {
  const point: Point = {
    path,
    label: data.label,
    depth,
    parent: parentOf(path),
    pointKind: data.pointKind,
    text: data.text,
    ownRole: data.role,
    role: data.role,
    addressees: data.addressees,
    openEnded: data.openEnded,
    note: data.note,
    struck: false,
    state: ASKS[data.pointKind] ? 'OPEN' : 'NOTHING_TO_DO',
    owner: null,
    deadline: null,
    reports: [],
    closedAs: null,
    replacedBy: null,
    verdicts: [],
  };
  return [point, ...data.points.flatMap((below, index) => planted(below, childOf(path, index + 1), depth + 1))];
};

const withoutColon = (text: string): string => text.trim().replace(/\s*:$/, '');

/** Gives every point its role again: a reworded lead-in changes those of everything below it. */
const withRoles = (points: readonly Point[]): PointTree => {
  const tree = new Map<PointPath, Point>();
  const below = new Map<PointPath | null, string | null>();
  for (const point of points) {
    const inherited = below.get(point.parent) ?? null;
    below.set(point.path, point.pointKind === 'LEAD_IN' ? (point.ownRole ?? withoutColon(point.text)) : inherited);
    const role = point.ownRole ?? inherited;
    tree.set(point.path, role === point.role ? point : { ...point, role });
  }
  return tree;
};

/** The tree of a document, depth first; every node counts in the paths, lead-ins and single bullets too. */
export const treeOf = (points: readonly PointData[]): PointTree =>
  withRoles(points.flatMap((data, index) => planted(data, childOf(null, index + 1), 1)));

/** Does it stand before `path` in the document: what `path` is below, the points beside it with lower numbers, and all below those. */
const standsBefore = (other: PointPath, path: PointPath): boolean => {
  const [one, two] = [other.split('.').map(Number), path.split('.').map(Number)];
  const parting = one.findIndex((ordinal, level) => ordinal !== two[level]);
  return parting < 0 || (parting < two.length && (one[parting] ?? 0) < (two[parting] ?? 0));
};

/** Where its path says, whenever it was added: so the order of the document is that of the paths. */
const added = (tree: PointTree, path: PointPath, data: PointData): PointTree => {
  const parent = parentOf(path);
  if (tree.has(path) || (parent !== null && !tree.has(parent))) return tree;
  const points = [...tree.values()];
  const after = points.findLastIndex((point) => standsBefore(point.path, path)) + 1;
  return withRoles(points.toSpliced(after, 0, ...planted(data, path, path.split('.').length)));
};

const struck = (tree: PointTree, top: PointPath): PointTree =>
  new Map([...tree].map(([path, point]) => [path, isWithin(path, top) ? { ...point, struck: true, state: 'NOTHING_TO_DO' } : point]));

/** The tree after one change of an amendment; unchanged where the change names a point that is not there, or adds one where one is. */
export const changed = (tree: PointTree, change: PointChange): PointTree => {
  switch (change.change) {
    case 'ADDED':
      return added(tree, change.path, change.added);
    case 'STRUCK':
      return struck(tree, change.point);
    case 'REWORDED': {
      const point = tree.get(change.point);
      return point === undefined
        ? tree
        : withRoles([...tree.values()].map((other) => (other === point ? { ...point, text: change.text } : other)));
    }
  }
};

export const withPoint = (tree: PointTree, point: Point): PointTree => new Map(tree).set(point.path, point);

/** How many points, and how deep: 1 is a point without points below it. Walks without recursion, whatever it is given. */
export const sizeOf = (roots: readonly PointData[]): Readonly<{ points: number; depth: number }> => {
  let points = 0;
  let depth = 0;
  for (let level = roots; level.length > 0; level = level.flatMap((point) => point.points)) {
    points += level.length;
    depth += 1;
  }
  return { points, depth };
};

/** The resolution's own text as its document prints it: a line for each point that stands, with its label where it has one. */
export const printedText = (tree: PointTree): string =>
  [...tree.values()]
    .filter((point) => !point.struck)
    .map(({ label, text }) => (label === null ? text : `${label} ${text}`))
    .join('\n');
