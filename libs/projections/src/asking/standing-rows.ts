import { type RawBuilder, sql, words } from '@saksgang/database';
import type { Pin } from '../reading.js';
import { lastDayKnown } from '../items/item-rows.js';
import type { Scope } from './scope.js';
import type { Sources } from './sources.js';

/** Versioned tables that have the indexes `last` and `closed`. */
type Versioned = 'items' | 'links' | 'signals' | 'asks' | 'dues' | 'gaps';

export const CLOSED_SINCE_MAX = 1_000; // entries since the pin, of which each closes a rectangle or a few

/** Few entries have come since the pin, and its day is today. */
export const isOfNow = ({ runner }: Pick<Sources, 'runner'>, pin: Pin): boolean =>
  pin.now && runner.reached() - pin.known <= CLOSED_SINCE_MAX;

/**
 * A versioned table as a question reads it. Within a scope its rows are found by their items. Of the whole record as it is now only what
 * stands is read, which is as much as the record holds and not as much as was ever recorded; further back, all of it.
 */
export const standingRows = async (sources: Sources, table: Versioned, scope: Scope, pin: Pin): Promise<RawBuilder<unknown>> => {
  if (scope !== null || !isOfNow(sources, pin) || pin.validAt < (await lastDayKnown(sources, pin.known))) return sql.table(table);
  const [name, last, closed] = [sql.raw(table), by(sources, `${table}_last`), by(sources, `${table}_closed`)];
  return sql`(select * from ${name} ${last} where recorded_to is null and valid_to is null and recorded_from <= ${pin.known}
    union all select * from ${name} ${closed}
    where recorded_to > ${pin.known} and valid_to is null and recorded_from <= ${pin.known})`;
};

/** A face sees a view in the table's place, which has no index of its own; the planner finds the table's. */
const by = ({ face }: Sources, index: string): RawBuilder<unknown> => (face === 'INTERNAL' ? words.indexedBy(index) : sql``);
