import type { SqliteFile, SqliteStatement } from '@saksgang/database';
import type { Answer, Exchange, OpenOf, Request, TableChanges, Values, Wanted } from './exchange.js';
import type { TableSpec } from './table.js';

/** Answers what is asked of the tables of one file, under their own names and in the transaction that is open. */
export type SqliteEngine = (request: Request) => Answer;

/** `isUndone`: what the projection is to blame for is taken back; without, the file is thrown away then. */
export const sqliteEngine = (file: SqliteFile, { isUndone }: Readonly<{ isUndone: boolean }>): SqliteEngine => {
  const statements = new Map<string, SqliteStatement>();
  const prepared = (sql: string): SqliteStatement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = file.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };

  const load = (wanted: Wanted): readonly Values[] => {
    const select = prepared(selectOf(wanted));
    return questionsOf(wanted).flatMap((values) => select.all(...values).map((row) => Object.values(row) as Values));
  };

  const apply = ({ table, deletes, closes, closedBy, inserts, whenThere }: TableChanges): void => {
    if (deletes.length > 0) {
      const remove = prepared(`DELETE FROM ${table.name} WHERE ${equal(table.primaryKey)}`);
      for (const key of deletes) remove.run(...key);
    }
    if (closes.length > 0) {
      const close = prepared(`UPDATE ${table.name} SET recorded_to = ? WHERE ${equal(closedBy)} AND recorded_to IS NULL`);
      for (const { recordedTo, key } of closes) {
        const { changes } = close.run(recordedTo, ...key);
        if (changes !== 1) throw new NotOneOpenRow(table.name, changes, recordedTo);
      }
    }
    if (inserts.length > 0) {
      const insert = prepared(insertOf(table, whenThere));
      for (const row of inserts) insert.run(...row);
    }
  };

  const applyOrNot = (changes: readonly TableChanges[]): unknown => {
    if (isUndone) file.exec('SAVEPOINT changes');
    try {
      changes.forEach(apply);
    } catch (problem) {
      if (isBrokenMachine(problem)) throw problem;
      if (isUndone) file.exec('ROLLBACK TO changes; RELEASE changes');
      return problem;
    }
    if (isUndone) file.exec('RELEASE changes');
    return null;
  };

  return (request) =>
    request.ask === 'load' ? { loaded: request.wanted.map(load), problem: null } : { loaded: null, problem: applyOrNot(request.changes) };
};

/** Goes through an exchange with an engine that answers at once. */
export const exchangeWith = <Result>(engine: SqliteEngine, exchange: Exchange<Result>): Result => {
  let next = exchange.next();
  while (next.done !== true) next = exchange.next(engine(next.value));
  return next.value;
};

/** A row that was to be closed is not there, or not open: the projection is to blame. */
class NotOneOpenRow extends Error {
  override readonly name = 'NotOneOpenRow';
  constructor(table: string, rows: number, recordedTo: number) {
    super(`${table}: ${rows} rows were open to be closed at entry ${recordedTo}, and not one`);
  }
}

const equal = (columns: readonly string[]): string => columns.map((column) => `${column} = ?`).join(' AND ');

const selectOf = (wanted: Wanted): string => {
  const { name, columns, primaryKey } = wanted.table;
  const from = `SELECT ${columns.map((column) => column.name).join(', ')} FROM ${name}`;
  if (wanted.rows === 'BY') return `${from} WHERE ${wanted.column} = ?`;
  if (wanted.rows === 'LAST') return `${from} ORDER BY ${primaryKey[0]} DESC LIMIT 1`;
  const found = wanted.foundBy === 'item' ? 'item = ?' : 'recorded_from IN (SELECT value FROM json_each(?))';
  return `${from} WHERE ${found} AND recorded_to IS NULL AND valid_from >= ?`;
};

const questionsOf = (wanted: Wanted): readonly Values[] => {
  if (wanted.rows === 'LAST') return [[]];
  if (wanted.rows === 'BY') return wanted.values.map((value) => [value]);
  const asked = ({ item, entries }: OpenOf): string => (wanted.foundBy === 'item' ? item : JSON.stringify(entries));
  return wanted.of.map((one) => [asked(one), one.since]);
};

const insertOf = ({ name, columns, primaryKey }: TableSpec, whenThere: TableChanges['whenThere']): string => {
  const names = columns.map((column) => column.name);
  const insert = `INSERT INTO ${name}(${names.join(', ')}) VALUES (?${', ?'.repeat(names.length - 1)})`;
  if (whenThere === 'FAIL') return insert;
  if (whenThere === 'KEEP') return `${insert} ON CONFLICT(${primaryKey.join(', ')}) DO NOTHING`;
  const set = names.filter((column) => !primaryKey.includes(column)).map((column) => `${column} = excluded.${column}`);
  return `${insert} ON CONFLICT(${primaryKey.join(', ')}) DO UPDATE SET ${set.join(', ')}`;
};

/** A full disk or a broken file is not the entry's fault; a broken constraint is the projection's. */
const isBrokenMachine = (problem: unknown): boolean => {
  const code = (problem as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code.startsWith('SQLITE_') && !code.startsWith('SQLITE_CONSTRAINT');
};
