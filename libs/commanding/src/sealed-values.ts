import type { EventStore } from '@saksgang/event-store';
import { isSealed, isUnsealed, type Entry, type Opened, type Sealed, type Sealer, type Unsealed } from '@saksgang/kernel';

export type Boxes = Readonly<{ store: Pick<EventStore, 'readStream'>; sealer: Pick<Sealer, 'open'> }>;

/** All values of a form in plain JSON, by the canonical order of keys: the order in which a leaf holds them too. */
const valuesIn = <T>(value: unknown, isOne: (value: unknown) => value is T): readonly T[] => {
  if (typeof value !== 'object' || value === null) return [];
  if (isOne(value)) return [value];
  const inner = Array.isArray(value)
    ? value
    : Object.entries(value)
        .toSorted(byKey)
        .map(([, member]) => member as unknown);
  return inner.flatMap((one) => valuesIn(one, isOne));
};
const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);

export const sealedIn = (value: unknown): readonly Sealed[] => valuesIn(value, isSealed);
export const unsealedIn = (value: unknown): readonly Unsealed[] => valuesIn(value, isUnsealed);

/** Opens the value with the box that lies beside the entry it stands in. What it says must not leave this room. */
export const openBeside = async ({ store, sealer }: Boxes, entry: Entry, sealed: Sealed): Promise<Opened> => {
  const { events } = await store.readStream(entry.stream, { from: entry.revision, limit: 1 });
  return sealer.open(entry.id, sealed, events[0]?.boxes.find((box) => box.commitment === sealed.sealed) ?? null);
};
