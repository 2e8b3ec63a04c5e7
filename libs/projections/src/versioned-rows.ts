import type { SqliteFile, SqliteStatement, SqliteValue } from '@saksgang/database';
import type { Day, ItemId } from '@saksgang/kernel';

/** A row as columns in the order of `VersionedSpec.columns`. */
export type Values = readonly SqliteValue[];

export type VersionedSpec = Readonly<{
  table: string;
  /** All columns but item, recorded_from and recorded_to. */
  columns: readonly string[];
  /** Positions in `columns` that, with item and recorded_from, make the primary key. */
  key: readonly number[];
  /** How an item's open rows are found: by the item, which the primary key or an index begins with, or by its entries, whose numbers do. */
  foundBy: 'item' | 'entries';
  /** Called with every row that is written, for what is kept of it elsewhere. */
  opened?: (ordinal: number, values: Values) => void;
}>;

/**
 * Writes a table in which every row says from which entry on it was known (`recorded_from`) and from which on no longer
 * (`recorded_to`, null while it is). Setting `recorded_to`, once, is the only update.
 */
export type VersionedWriter = Readonly<{
  open: (item: ItemId, ordinal: number, values: Values) => void;
  /** Closes one row by its key. */
  close: (item: ItemId, ordinal: number, openedAt: number, key: Values) => void;
  /**
   * Makes the item's open rows equal to `desired`: closes and opens only what differs. `entries`: the numbers of its entries. `since`:
   * rows valid from an earlier day are left as they are, and are not in `desired`. Linear in both.
   */
  become: (item: ItemId, ordinal: number, desired: readonly Values[], entries: readonly number[], since?: Day | null) => void;
}>;

/** Before every day. */
const FIRST_DAY = '';

export const sameValues = (one: Values, other: Values): boolean => one.every((value, column) => value === other[column]);

/** What a table needs to be asked about the whole record as it is now. `key`: what tells its rows apart within their item. */
export const standingIndexes = (key: string) => ({
  // What is so now and for ever, as far as anybody knows: nothing that was closed, and nothing that has ended.
  last: `(${key}) WHERE recorded_to IS NULL AND valid_to IS NULL`,
  // What has changed since some entry: how a reader of an earlier entry finds what the other no longer holds.
  closed: '(recorded_to) WHERE recorded_to IS NOT NULL',
});

const FOUND_BY: Readonly<Record<VersionedSpec['foundBy'], string>> = {
  item: 'item = ?',
  entries: 'recorded_from IN (SELECT value FROM json_each(?))',
};

export const versionedWriter = (file: SqliteFile, { table, columns, key, foundBy, opened }: VersionedSpec): VersionedWriter => {
  const insert = file.prepare(
    `INSERT INTO ${table}(item, recorded_from, ${columns.join(', ')}) VALUES (?, ?${', ?'.repeat(columns.length)})`,
  );
  const keyed = key.map((column) => ` AND ${columns[column]} = ?`).join('');
  const close = file.prepare(`UPDATE ${table} SET recorded_to = ? WHERE item = ? AND recorded_from = ?${keyed} AND recorded_to IS NULL`);
  // Not of every table: one that keeps no span of days is told what differs.
  let openRows: SqliteStatement<Record<string, SqliteValue>> | null = null;
  const openRowsOf = () =>
    (openRows ??= file.prepare<Record<string, SqliteValue>>(
      `SELECT recorded_from AS "from", ${columns.join(', ')} FROM ${table} WHERE ${FOUND_BY[foundBy]} AND recorded_to IS NULL
     AND valid_from >= ?`,
    ));

  const open = (item: ItemId, ordinal: number, values: Values): void => {
    insert.run(item, ordinal, ...values);
    opened?.(ordinal, values);
  };
  const closeOne = (item: ItemId, ordinal: number, openedAt: number, keyValues: Values): void => {
    const { changes } = close.run(ordinal, item, openedAt, ...keyValues);
    if (changes !== 1) throw new Error(`${table}: ${item} has no open row from ${openedAt} to close at ${ordinal}`);
  };

  const become: VersionedWriter['become'] = (item, ordinal, desired, entries, since = null) => {
    const wanted = new Map(desired.map((values) => [JSON.stringify(values), values]));
    for (const row of openRowsOf().all(foundBy === 'item' ? item : JSON.stringify(entries), since ?? FIRST_DAY)) {
      const values = columns.map((column) => row[column] ?? null);
      const same = JSON.stringify(values);
      if (!wanted.delete(same))
        closeOne(
          item,
          ordinal,
          Number(row['from']),
          key.map((column) => values[column] ?? null),
        );
    }
    for (const values of wanted.values()) open(item, ordinal, values);
  };
  return { open, close: closeOne, become };
};
