import { sql, type RawBuilder, type SqlBool } from '@saksgang/database';
import { LIST_MAX } from '@saksgang/kernel';
import { ReadProblem, type Pin } from '../reading.js';
import type { OrderKey } from './cursor.js';

/** Of a versioned table: what was known at the pin. */
export const known = ({ known: at }: Pick<Pin, 'known'>): RawBuilder<SqlBool> =>
  sql<SqlBool>`(recorded_from <= ${at} and (recorded_to is null or recorded_to > ${at}))`;

/** The same of rows that are walked in an order of their own: the signs keep the planner from walking them by recording, and sorting. */
export const knownOnTheWay = ({ known: at }: Pick<Pin, 'known'>): RawBuilder<SqlBool> =>
  sql<SqlBool>`(+recorded_from <= ${at} and (recorded_to is null or +recorded_to > ${at}))`;

/** And in effect on its day. */
export const inEffect = ({ validAt }: Pick<Pin, 'validAt'>): RawBuilder<SqlBool> =>
  sql<SqlBool>`(valid_from <= ${validAt} and (valid_to is null or valid_to > ${validAt}))`;

/** `(a, b) > (x, y)`: the rows behind (or before) a key, in an order of several columns. */
export const beyond = (columns: readonly string[], direction: '>' | '<', key: OrderKey): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.join(columns.map((column) => sql.ref(column)))}) ${sql.raw(direction)} (${sql.join(key)})`;

/** @throws ReadProblem BAD_FILTER when a filter names more things than one request may */
export const bounded = <T>(name: string, values: readonly T[]): T[] => {
  if (values.length > LIST_MAX)
    throw new ReadProblem('BAD_FILTER', `\`${name}\` may name at most ${LIST_MAX}; ${values.length} were given.`, {
      field: name,
      max: LIST_MAX,
    });
  return [...values];
};

const SQL_VALUES_PER_STATEMENT = 500;

/** Asks for many ids in statements of bounded length. */
export const inChunks = async <T, Row>(values: readonly T[], ask: (chunk: T[]) => Promise<readonly Row[]>): Promise<Row[]> => {
  const rows: Row[] = [];
  for (let from = 0; from < values.length; from += SQL_VALUES_PER_STATEMENT)
    rows.push(...(await ask(values.slice(from, from + SQL_VALUES_PER_STATEMENT))));
  return rows;
};
