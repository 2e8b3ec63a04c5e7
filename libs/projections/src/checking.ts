import { createHash } from 'node:crypto';
import type { SqliteFile, SqliteValue } from '@saksgang/database';
import type { Projection } from './projection.js';

/** Two rows that both say what an item was, at some (position, day). */
export type Overlap = Readonly<{ item: string; rows: readonly [string, string] }>;

const OVERLAPS_MAX = 100; // told at most

/** The invariant of the bitemporal table: at each (position, day) an item has at most one row. Empty when it holds. */
export const checkItems = (file: SqliteFile): readonly Overlap[] =>
  file
    .prepare<{ item: string; one: string; other: string }>(
      `SELECT a.item AS item, a.recorded_from || ' ' || a.valid_from AS one, b.recorded_from || ' ' || b.valid_from AS other
       FROM items a JOIN items b ON b.item = a.item AND (b.recorded_from, b.valid_from) > (a.recorded_from, a.valid_from)
         AND (a.recorded_to IS NULL OR b.recorded_from < a.recorded_to) AND (b.recorded_to IS NULL OR a.recorded_from < b.recorded_to)
         AND (a.valid_to IS NULL OR b.valid_from < a.valid_to) AND (b.valid_to IS NULL OR a.valid_from < b.valid_to)
       UNION ALL
       SELECT item, recorded_from || ' ' || valid_from, 'ends before it begins' FROM items
       WHERE recorded_to <= recorded_from OR valid_to <= valid_from
       LIMIT ${OVERLAPS_MAX}`,
    )
    .all()
    .map(({ item, one, other }) => ({ item, rows: [one, other] }));

export type Checksum = Readonly<{ rows: number; sha256: string }>;

/** Over all rows of a projection's tables, in the order of all their columns: equal rows give equal sums, wherever they were built. */
export const checksum = (file: SqliteFile, { tables }: Projection): Checksum => {
  const hash = createHash('sha256');
  let rows = 0;
  for (const { name } of tables) {
    const columns = file.prepare<{ name: string }>(`SELECT name FROM pragma_table_info('${name}')`).all();
    const order = columns.map((_, index) => index + 1).join(', ');
    const statement = file.prepare<Record<string, SqliteValue>>(`SELECT * FROM ${name} ORDER BY ${order}`);
    for (const row of statement.iterate()) {
      hash.update(`${name} ${JSON.stringify(Object.values(row))}\n`);
      rows += 1;
    }
  }
  return { rows, sha256: hash.digest('hex') };
};
