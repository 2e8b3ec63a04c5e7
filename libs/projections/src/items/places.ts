import type { SqliteFile } from '@saksgang/database';
import type { Fact, Summary } from '@saksgang/kernel';
import type { Step } from '../streams/step.js';
import { foundKeys, type OrderColumn } from './order-keys.js';

/**
 * Keeps every place an item has ever had in each order of lists. Places are never taken away: a reader at any point of view walks them
 * in order, and finds at each the item that stands there then, or none.
 */
export const placesWriter = (file: SqliteFile, table: string): ((step: Step, founding: Fact, summary: Summary) => void) => {
  const put = file.prepare(`INSERT OR IGNORE INTO ${table}(by, kind, key, item) VALUES (?, ?, ?, ?)`);
  return ({ item, kind, founded }, founding, summary) => {
    const keys = foundKeys(founding.occurred, summary, founded.ordinal);
    for (const by of Object.keys(keys) as OrderColumn[]) put.run(by, kind.name, keys[by], item);
  };
};
