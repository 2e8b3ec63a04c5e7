import type { ItemId, Locale, Refusal } from '@saksgang/kernel';
import type {
  HistoryFilter as HistoryFilterBelow,
  ItemFilter as ItemFilterBelow,
  Pin,
  TimelineFilter as TimelineFilterBelow,
} from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { fault } from '../faults.js';
import { findItem } from '../writing/reference.js';
import type { ItemRef } from '../writing/reference.types.js';
import type { HistoryFilter, ItemFilter, TimelineFilter } from './filters.types.js';

/** A question that names an item badly is malformed: here a refusal becomes a fault with the same code and words. */
const refused = (refusal: Refusal, locale: Locale): never => {
  throw fault(refusal.code, `${refusal.message[locale]} ${refusal.whatToDo[locale]}`, { candidates: [...refusal.candidates] });
};

export const itemNamed = async (context: RequestContext, ref: ItemRef, pin: Pin, path: readonly string[]): Promise<ItemId> => {
  const found = await findItem(context, ref, async () => pin, path);
  if ('id' in found) return found.id;
  if ('refusal' in found) return refused(found.refusal, context.locale);
  throw fault('BAD_USER_INPUT', `${found.issue.path.join('.')} ${found.issue.message}.`);
};

const oneOf = async (context: RequestContext, ref: ItemRef | null | undefined, pin: Pin, name: string): Promise<ItemId | null> =>
  ref ? itemNamed(context, ref, pin, ['filter', name]) : null;

/** All that are named; the first that is named badly is told of, however long each took to be looked up: what is quick to find may be hidden. */
export const itemsNamed = async (
  context: RequestContext,
  refs: readonly ItemRef[] | null | undefined,
  pin: Pin,
  field: string,
): Promise<readonly ItemId[] | null> => {
  if (!refs) return null;
  const asked = await Promise.allSettled(refs.map((ref, index) => itemNamed(context, ref, pin, ['filter', field, String(index)])));
  return asked.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
};

export const timelineFilter = async (
  context: RequestContext,
  filter: TimelineFilter | null | undefined,
  pin: Pin,
): Promise<TimelineFilterBelow> => {
  const { whitePaperTypes, followMergers, items, project, ...rest } = filter ?? {};
  return {
    ...rest,
    items: await itemsNamed(context, items, pin, 'items'),
    project: await oneOf(context, project, pin, 'project'),
    subtypesOf: whitePaperTypes ? { kind: 'whitePaper', subtypes: whitePaperTypes } : null,
    // No matter whether the filter or its default was left out.
    followMergersOf: followMergers === false ? null : ['whitePaper'],
  };
};

export const itemFilter = async (context: RequestContext, filter: ItemFilter | null | undefined, pin: Pin): Promise<ItemFilterBelow> => ({
  ...filter,
  project: await oneOf(context, filter?.project, pin, 'project'),
  body: await oneOf(context, filter?.body, pin, 'body'),
});

export const historyFilter = async (
  context: RequestContext,
  filter: HistoryFilter | null | undefined,
  pin: Pin,
): Promise<HistoryFilterBelow> => ({
  ...filter,
  items: await itemsNamed(context, filter?.items, pin, 'items'),
  assertedBy: await oneOf(context, filter?.assertedBy, pin, 'assertedBy'),
});
