import { sql, type RawBuilder } from '@saksgang/database';
import type { ItemId } from '@saksgang/kernel';
import { at, type Scope } from '../asking/scope.js';
import type { Sources } from '../asking/sources.js';
import { standingRows } from '../asking/standing-rows.js';
import { openedIn } from '../faces/face.js';
import type { Pin } from '../reading.js';

type Rectangle = Readonly<{ item: ItemId; opened: number; valid_from: string }>;

const lastBy = (opened: string) => `select item, ${opened} as opened, valid_from from items where item in (select value from json_each(?))
  and recorded_to is null and valid_to is null and recorded_from <= ? and valid_from <= ?`;
const othersBy = (opened: string) => `select item, ${opened} as opened, valid_from from items where item in (select value from json_each(?))
  and recorded_from <= ? and (recorded_to is null or recorded_to > ?) and valid_from <= ? and (valid_to is null or valid_to > ?)`;

/**
 * The items in question as they are at the pin, as a table to read from. An item has two rectangles for each of its entries: the one
 * that holds is looked for once, most of them by one probe each, and a board's statements find it by its key.
 */
export const standingWithin = async (sources: Sources, scope: Scope, pin: Pin): Promise<RawBuilder<unknown>> => {
  if (scope === null) return sql`(select x.* from ${await standingRows(sources, 'items', scope, pin)} x where ${at('x', pin)})`;
  const known = found.get(scope);
  const keys = known?.pin === pin ? known.keys : keysOf(sources, scope, pin);
  found.set(scope, { pin, keys });
  return sql`(select x.* from json_each(${keys}) r cross join items x on x.${sql.ref(openedIn(sources))} = r.value ->> 0 and x.valid_from = r.value ->> 1)`;
};

/** A scope is put together once for each question, and what stood at a pin does not change. */
const found = new WeakMap<readonly ItemId[], Readonly<{ pin: Pin; keys: string }>>();

const keysOf = ({ ask, face }: Sources, scope: readonly ItemId[], { known, validAt }: Pin): string => {
  const opened = openedIn({ face });
  const last = ask<Rectangle>(lastBy(opened), [JSON.stringify(scope), known, validAt]);
  const seen = new Set(last.map(({ item }) => item));
  const others = scope.filter((item) => !seen.has(item));
  const changed = others.length === 0 ? [] : ask<Rectangle>(othersBy(opened), [JSON.stringify(others), known, known, validAt, validAt]);
  return JSON.stringify([...last, ...changed].map((row) => [row.opened, row.valid_from]));
};
