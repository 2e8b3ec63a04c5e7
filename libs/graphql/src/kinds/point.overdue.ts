import type { AnyKind, Ask, Day } from '@saksgang/kernel';
import type { Point } from '@saksgang/kinds';
import { overdueDays } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { itemFor, type PointSource } from '../sources.js';
import { stateOf } from '../state.js';

const asked = new WeakMap<object, ReadonlyMap<string, Ask>>();

/** What a resolution's points ask for, by path. */
const asksOf = (kind: AnyKind | undefined, resolution: object): ReadonlyMap<string, Ask> => {
  const known = asked.get(resolution);
  if (known !== undefined) return known;
  const asks = new Map(kind?.facets(resolution).asks.map((ask) => [ask.part, ask] as const));
  asked.set(resolution, asks);
  return asks;
};

/** Days since the last day of a point's deadline; null when it is not overdue, or its resolution no longer stands. */
export const daysOverdueIn = (context: RequestContext, resolution: object, { path }: Pick<Point, 'path'>, today: Day): number | null => {
  const ask = asksOf(context.registry.kinds.get('resolution'), resolution).get(path);
  return ask === undefined ? null : overdueDays(ask.deadline, ask.open, today);
};

export const daysOverdueOf = async (context: RequestContext, point: PointSource): Promise<number | null> =>
  daysOverdueIn(context, await stateOf(context, await itemFor(context, point.item, point.pin)), point, point.pin.validAt);
