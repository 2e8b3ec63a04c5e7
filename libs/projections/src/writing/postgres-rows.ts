import type { PostgresTransaction } from '@saksgang/database';
import type { Loaded, TableChanges, Value, Values, Wanted } from './exchange.js';
import type { ColumnSpec, TableSpec } from './table.js';

/** From so many rows on they are copied in, which has a start of its own. */
const COPIED_FROM = 100; // rows

/** What was wanted, each with one statement; all are sent before the first is answered. `schema`: where the tables lie. */
export const loadFrom = (tx: Pick<PostgresTransaction, 'rows'>, schema: string, wanted: readonly Wanted[]): Promise<Loaded> =>
  Promise.all(wanted.map((one) => load(tx, schema, one)));

const load = (tx: Pick<PostgresTransaction, 'rows'>, schema: string, wanted: Wanted): Promise<readonly Values[]> => {
  const { table } = wanted;
  const from = `SELECT ${listed(table.columns, 't.')} FROM ${schema}.${table.name} AS t`;
  switch (wanted.rows) {
    case 'OPEN': {
      const byItem = wanted.foundBy === 'item';
      const asked = wanted.of.flatMap(({ item, since, entries }) => (byItem ? [[item, since]] : entries.map((entry) => [entry, since])));
      const column = byItem ? 'item' : 'recorded_from';
      const given = unnested([columnOf(table, column), { name: 'since', type: 'TEXT', nullable: false }]);
      return tx.rows(
        `${from} JOIN ${given} ON t.${column} = w.${column} AND t.recorded_to IS NULL AND t.valid_from >= w.since`,
        turned(asked, 2),
      );
    }
    case 'BY':
      return tx.rows(`${from} WHERE t.${quoted(wanted.column)} = ANY($1::${typeOf(columnOf(table, wanted.column))}[])`, [
        wanted.values.map(storable),
      ]);
    case 'LAST':
      return tx.rows(`${from} ORDER BY ${table.primaryKey.map((column) => `t.${quoted(column)} DESC`).join(', ')} LIMIT 1`);
  }
};

/** A close that met no open row, or more than one: a fault of the projection, which spoke of a row that is not there. */
export class CloseMissed extends Error {
  override readonly name = 'CloseMissed';
}

/** Within a transaction. @throws CloseMissed, and what the driver throws */
export const applyTo = async (tx: PostgresTransaction, schema: string, changes: readonly TableChanges[]): Promise<void> => {
  const sent = changes.flatMap((change) => [
    ...deletesOf(tx, schema, change),
    ...closesOf(tx, schema, change),
    ...insertsOf(tx, schema, change),
  ]);
  // All of them have been answered before anything else is said, whichever failed.
  const [failed] = (await Promise.allSettled(sent)).filter((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  for (const change of changes) if (isCopied(change)) await copy(tx, schema, change);
};

const deletesOf = (tx: PostgresTransaction, schema: string, { table, deletes }: TableChanges): readonly Promise<unknown>[] => {
  if (deletes.length === 0) return [];
  const key = table.primaryKey.map((name) => columnOf(table, name));
  return [tx.run(`DELETE FROM ${schema}.${table.name} AS t USING ${unnested(key)} WHERE ${matching(key)}`, turned(deletes, key.length))];
};

const closesOf = (tx: PostgresTransaction, schema: string, { table, closes, closedBy }: TableChanges): readonly Promise<unknown>[] => {
  if (closes.length === 0) return [];
  const key = closedBy.map((name) => columnOf(table, name));
  const given = [columnOf(table, 'recorded_to'), ...key];
  const values = turned(
    closes.map(({ recordedTo, key: of }) => [recordedTo, ...of]),
    given.length,
  );
  const close = async (): Promise<void> => {
    const closed = await tx.rows<readonly [number]>(
      `UPDATE ${schema}.${table.name} AS t SET recorded_to = w.recorded_to FROM ${unnested(given)}
       WHERE ${matching(key)} AND t.recorded_to IS NULL RETURNING w.nth_given`,
      values,
    );
    if (closed.length !== closes.length || new Set(closed.map(([nth]) => nth)).size !== closes.length)
      throw new CloseMissed(`${table.name}: of ${closes.length} rows that were to be closed ${closed.length} were there and open`);
  };
  return [close()];
};

const isCopied = ({ inserts, whenThere }: TableChanges): boolean => whenThere === 'FAIL' && inserts.length >= COPIED_FROM;

const insertsOf = (tx: PostgresTransaction, schema: string, change: TableChanges): readonly Promise<unknown>[] => {
  const { table, inserts, whenThere } = change;
  if (inserts.length === 0 || isCopied(change)) return [];
  const { columns } = table;
  const into = `INSERT INTO ${schema}.${table.name}(${listed(columns)}) SELECT ${listed(columns, 'w.')} FROM ${unnested(columns)}`;
  return [tx.run(`${into}${onConflict(table, whenThere)}`, turned(inserts, columns.length))];
};

const copy = (tx: PostgresTransaction, schema: string, { table, inserts }: TableChanges): Promise<void> =>
  tx.copy(
    `${schema}.${table.name}`,
    table.columns.map(({ name }) => name),
    inserts,
  );

const onConflict = ({ columns, primaryKey }: TableSpec, whenThere: TableChanges['whenThere']): string => {
  if (whenThere === 'FAIL') return '';
  const others = columns.filter(({ name }) => !primaryKey.includes(name)).map(({ name }) => `${quoted(name)} = excluded.${quoted(name)}`);
  const then = whenThere === 'KEEP' || others.length === 0 ? 'NOTHING' : `UPDATE SET ${others.join(', ')}`;
  return ` ON CONFLICT (${primaryKey.map(quoted).join(', ')}) DO ${then}`;
};

const quoted = (name: string): string => `"${name}"`;
const listed = (columns: readonly ColumnSpec[], of = ''): string => columns.map(({ name }) => `${of}${quoted(name)}`).join(', ');
const typeOf = ({ type }: ColumnSpec): string => (type === 'INTEGER' ? 'bigint' : 'text');
const matching = (key: readonly ColumnSpec[]): string => key.map(({ name }) => `t.${quoted(name)} = w.${quoted(name)}`).join(' AND ');
/** One list for each column, as rows of `w`; `w.nth_given` numbers them from 1. */
const unnested = (columns: readonly ColumnSpec[]): string =>
  `unnest(${columns.map((column, index) => `$${index + 1}::${typeOf(column)}[]`).join(', ')}) WITH ORDINALITY AS w(${listed(columns)}, nth_given)`;

const columnOf = (table: TableSpec, name: string): ColumnSpec => {
  const found = table.columns.find((column) => column.name === name);
  if (found === undefined) throw new RangeError(`${table.name} has no column "${name}"`);
  return found;
};

/** Rows as one list for each column. */
const turned = (rows: readonly Values[], width: number): readonly (readonly Value[])[] =>
  Array.from({ length: width }, (_, column) => rows.map((row) => storable(row[column] ?? null)));

/** The one character that PostgreSQL cannot store. */
const storable = (value: Value): Value => (typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value);
