import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type Day } from '@saksgang/kernel';
import type { Point, Resolution } from '@saksgang/kinds';
import { ReadProblem, type Pin } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { itemFor, pointSource, type ConnectionSource, type ItemSource, type PointSource } from '../sources.js';
import { stateOf } from '../state.js';
import { daysOverdueIn } from './point.overdue.js';
import type { PointFilter, PointsArgs } from './point.types.js';

const fits = (point: Point, filter: PointFilter, overdue: () => boolean): boolean =>
  (filter.states?.includes(point.state) ?? true) &&
  (filter.pointKinds?.includes(point.pointKind) ?? true) &&
  (typeof filter.overdue !== 'boolean' || filter.overdue === overdue()) &&
  (typeof filter.unassigned !== 'boolean' || filter.unassigned === (point.owner === null && point.state !== 'NOTHING_TO_DO'));

/** Where a page of points ended: whose points, seen from where, through which filter, after which path. */
type Cursor = readonly [item: string, position: string, validAt: Day, filter: string, path: string];
const CURSOR_CHARS_MAX = 4_000;

const filterKey = (filter: PointFilter): string =>
  JSON.stringify([filter.states ?? null, filter.pointKinds ?? null, filter.overdue ?? null, filter.unassigned ?? null]);
const written = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor), 'utf8').toString('base64url');

const read = (text: string, item: string, filter: string): Cursor => {
  const bad = (): never => {
    throw new ReadProblem('BAD_CURSOR', 'This cursor is not of this list of points: take one from its own pageInfo or edges.');
  };
  if (text.length > CURSOR_CHARS_MAX) return bad();
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return bad();
  }
  const whole = Array.isArray(parts) && parts.length === 5 && parts.every((part) => typeof part === 'string');
  const cursor = parts as Cursor;
  return whole && cursor[0] === item && cursor[3] === filter ? cursor : bad();
};

const sizeOf = (first: number | null | undefined): number => {
  const size = first ?? PAGE_SIZE_DEFAULT;
  if (size < 1 || size > PAGE_SIZE_MAX) throw new ReadProblem('BAD_PAGE', `first is 1 to ${PAGE_SIZE_MAX}, not ${size}.`);
  return size;
};

/** A page of a resolution's points. A following page is read where the first one was, so that pages never tear. */
export const pointsPage = async (context: RequestContext, asked: ItemSource, args: PointsArgs): Promise<ConnectionSource<PointSource>> => {
  const size = sizeOf(args.first);
  const filter = args.filter ?? {};
  const key = filterKey(filter);
  const cursor = typeof args.after === 'string' ? read(args.after, asked.id, key) : null;
  const pin: Pin = cursor === null ? asked.pin : await context.pin({ position: cursor[1], validAt: cursor[2] });
  const item = cursor === null ? asked : await itemFor(context, asked.id, pin);
  const resolution = await stateOf<Resolution>(context, item);
  const all = [...resolution.points.values()].filter((point) =>
    fits(point, filter, () => daysOverdueIn(context, resolution, point, pin.validAt) !== null),
  );
  const start = cursor === null ? 0 : all.findIndex((point) => point.path === cursor[4]) + 1;
  const edges = all.slice(start, start + size).map((point) => ({
    cursor: written([item.id, pin.position, pin.validAt, key, point.path]),
    node: pointSource(point, item.id, pin),
  }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: start + size < all.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: Promise.resolve(all.length),
    position: pin.position,
  };
};
