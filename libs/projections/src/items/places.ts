import type { Fact, Summary } from '@saksgang/kernel';
import type { Step } from '../streams/step.js';
import type { Rows } from '../writing/rows.js';
import { PLACES_TABLE } from './items.table.js';
import { foundKeys, placeKey, type OrderColumn } from './order-keys.js';

/**
 * Keeps every place an item has ever had in each order of lists. Places are never taken away: a reader at any point of view walks them
 * in order, and finds at each the item that stands there then, or none.
 */
export const placesWriter = (rows: Rows): ((step: Step, founding: Fact, summary: Summary) => void) => {
  const places = rows.keyed({ table: PLACES_TABLE, whenThere: 'KEEP' });
  return ({ item, kind, founded }, founding, summary) => {
    const keys = foundKeys(founding.occurred, summary, founded.ordinal);
    for (const by of Object.keys(keys) as OrderColumn[]) places.put([by, kind.name, placeKey(keys[by]), item]);
  };
};
