import { AMONG, type RawBuilder, sql, words } from '@saksgang/database';
import type { ItemId } from '@saksgang/kernel';
import { at, type Scope } from '../asking/scope.js';
import type { Sources } from '../asking/sources.js';
import { standingRows } from '../asking/standing-rows.js';
import { openedIn } from '../faces/face.js';
import type { Pin } from '../reading.js';

type Keys = readonly (readonly [number, string])[];
type Rectangle = Readonly<{ item: ItemId; opened: number; valid_from: string }>;

const lastBy = (opened: string) => `select item, ${opened} as opened, valid_from from items where item ${AMONG}
  and recorded_to is null and valid_to is null and recorded_from <= ? and valid_from <= ?`;
const othersBy = (opened: string) => `select item, ${opened} as opened, valid_from from items where item ${AMONG}
  and recorded_from <= ? and (recorded_to is null or recorded_to > ?) and valid_from <= ? and (valid_to is null or valid_to > ?)`;

/**
 * The items in question as they are at the pin, as a table to read from. An item has two rectangles for each of its entries: the one
 * that holds is looked for once, most of them by one probe each, and a board's statements find it by its key.
 */
export const standingWithin = async (sources: Sources, scope: Scope, pin: Pin): Promise<RawBuilder<unknown>> => {
  if (scope === null) return sql`(select x.* from ${await standingRows(sources, 'items', scope, pin)} x where ${at('x', pin)})`;
  const known = found.get(scope);
  const keys = known?.pin === pin ? known.keys : await keysOf(sources, scope, pin);
  found.set(scope, { pin, keys });
  return sql`(select x.* from ${words.pairs(keys)} r ${words.thenJoin()} items x on x.${sql.ref(openedIn(sources))} = r.number and x.valid_from = r.word)`;
};

/** A scope is put together once for each question, and what stood at a pin does not change. */
const found = new WeakMap<readonly ItemId[], Readonly<{ pin: Pin; keys: Keys }>>();

const keysOf = async ({ ask, face }: Sources, scope: readonly ItemId[], { known, validAt }: Pin): Promise<Keys> => {
  const opened = openedIn({ face });
  const last = await ask<Rectangle>(lastBy(opened), [scope, known, validAt]);
  const seen = new Set(last.map(({ item }) => item));
  const others = scope.filter((item) => !seen.has(item));
  const changed = others.length === 0 ? [] : await ask<Rectangle>(othersBy(opened), [others, known, known, validAt, validAt]);
  return [...last, ...changed].map((row) => [row.opened, row.valid_from]);
};
