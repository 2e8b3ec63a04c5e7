import { isRefusal, kindOf, type Cited, type ItemId, type Refusal, type Registry, type Target, type TargetRef } from '@saksgang/kernel';
import { foldedOf } from './folding.js';
import { isItemId } from './invalid.js';
import { targetRetracted, unknownItem, unknownPoint, wrongKind } from './refusals.js';
import type { Streams } from './streams.js';

/** Streams of named items read at the same time. */
const READ_TOGETHER = 16;

/** `cited`: how a source names it; null where it is none. */
export type Found = Target & Readonly<{ retracted: boolean; cited: Cited | null }>;
/** Null: there is no such item. */
export type TargetsFound = ReadonlyMap<ItemId, Found | null>;

/** Reads and folds each named item once, through the port; `known` is not read again. */
export const findTargets = async (
  registry: Registry,
  streams: Streams,
  refs: readonly Pick<TargetRef, 'item'>[],
  known: TargetsFound = new Map(),
): Promise<TargetsFound> => {
  const found = new Map(known);
  const missing = [...new Set(refs.map((ref) => ref.item))].filter((item) => !found.has(item));
  for (let from = 0; from < missing.length; from += READ_TOGETHER) {
    const together = missing.slice(from, from + READ_TOGETHER);
    const targets = await Promise.all(together.map((item) => findTarget(registry, streams, item)));
    together.forEach((item, index) => found.set(item, targets[index] ?? null));
  }
  return found;
};

const findTarget = async (registry: Registry, streams: Streams, item: ItemId): Promise<Found | null> => {
  const kind = registry.kinds.get(kindOf(item));
  if (kind === undefined || !isItemId(registry, item)) return null;
  const { entries } = await streams.read(item);
  if (entries.length === 0) return null;
  const { told, state } = foldedOf(kind, entries);
  const { title, state: name } = kind.summarise(state);
  return {
    item,
    kind: kind.name,
    title,
    state: name,
    retracted: told.retracted,
    cited: kind.cite?.(state) ?? null,
    hasPart: (path) => kind.hasPart(state, path),
  };
};

/** Why the first of these references leads nowhere, or null. */
export const whyNotThere = (registry: Registry, refs: readonly TargetRef[], found: TargetsFound): Refusal | null => {
  for (const ref of refs) {
    const target = found.get(ref.item) ?? null;
    if (target === null) return unknownItem(ref.path, ref.item);
    const refusal = ofTheRightKind(registry, ref, target) ?? stillThere(ref, target) ?? hasThatPart(ref, target);
    if (isRefusal(refusal)) return refusal;
  }
  return null;
};

const ofTheRightKind = (registry: Registry, ref: TargetRef, target: Target): Refusal | null => {
  if (ref.kinds === null || ref.kinds.includes(target.kind)) return null;
  const label = (kind: string) => registry.kinds.get(kind)?.label ?? [];
  return wrongKind(ref.path, ref.item, registry.kinds.get(target.kind)!.label, ref.kinds.flatMap(label));
};

const stillThere = (ref: TargetRef, target: Found): Refusal | null =>
  target.retracted ? targetRetracted(ref.path, ref.item, target.title === '' ? ref.item : target.title) : null;

const hasThatPart = (ref: TargetRef, target: Target): Refusal | null =>
  ref.part === null || target.hasPart(ref.part) ? null : unknownPoint(ref.path, ref.item, target.title, ref.part);
