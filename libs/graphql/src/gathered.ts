import type { ItemId } from '@saksgang/kernel';
import type { Pin, Reading } from '@saksgang/projections';
import { itemSource, type ItemSource } from './sources.js';

/** Items of the pages of one operation. */
export type Gathered = Readonly<{
  /** Reads the items that the rows of a page are about in one go, to have them at hand. */
  gather: (ids: readonly ItemId[], pin: Pin) => Promise<void>;
  /** Without waiting, where it was read before; null says nothing. */
  atHand: (id: ItemId, pin: Pin) => ItemSource | null;
}>;

/**
 * What a page told of is one source an item, however many rows tell of it: it was judged when it was read, for this operation, and is
 * not judged again for each row.
 */
export const gathering = (reading: Pick<Reading, 'itemsById' | 'itemAtHand'>): Gathered => {
  let latest: Readonly<{ pin: Pin; items: Map<ItemId, ItemSource> }> | null = null;
  return {
    gather: async (ids, pin) => {
      const rows = await reading.itemsById(ids, pin);
      const items = latest?.pin === pin ? latest.items : new Map<ItemId, ItemSource>();
      for (const row of rows) if (row !== null) items.set(row.id, itemSource(row, pin));
      latest = { pin, items };
    },
    atHand: (id, pin) => {
      const known = latest?.pin === pin ? latest.items.get(id) : undefined;
      if (known !== undefined) return known;
      const row = reading.itemAtHand(id, pin);
      return row === null ? null : itemSource(row, pin);
    },
  };
};
