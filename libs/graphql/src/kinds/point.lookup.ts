import { kindOf, type ItemId } from '@saksgang/kernel';
import type { Resolution } from '@saksgang/kinds';
import type { Pin } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { itemAt, pointSource, type PointSource } from '../sources.js';
import { stateOf } from '../state.js';

/** The point of a resolution that a path names, or null where it names none: other kinds have no points. */
export const pointAt = async (context: RequestContext, item: ItemId, path: string | null, pin: Pin): Promise<PointSource | null> => {
  if (path === null || kindOf(item) !== 'resolution') return null;
  const source = await itemAt(context, item, pin);
  if (source === null) return null;
  const point = (await stateOf<Resolution>(context, source)).points.get(path);
  return point === undefined ? null : pointSource(point, item, pin);
};
