import { FunctionNode, sql, ValueNode, type OperationNode, type RawBuilder, type SqlBool } from 'kysely';

type Values = readonly (string | number)[];
type Column = string | RawBuilder<unknown>;
type Joined = Readonly<{ from: RawBuilder<unknown>; on: RawBuilder<SqlBool> }>;
const inWords = (column: Column): RawBuilder<unknown> => (typeof column === 'string' ? sql.ref(column) : column);

/**
 * What databases say in different words. A query holds the meaning, and each database's compiler puts its own words in: so there is one
 * set of queries.
 */
export type Words = Readonly<{
  /** The column is one of these: one value, however many they are. */
  among: (column: Column, list: Values) => RawBuilder<SqlBool>;
  /** A table of texts with the column `listed`. */
  listed: (list: readonly string[]) => RawBuilder<unknown>;
  /** A table with the columns `number` and `word`. */
  pairs: (list: readonly (readonly [number, string])[]) => RawBuilder<unknown>;
  /** The text of this name in a JSON object. */
  inJson: (column: Column, name: string) => RawBuilder<string>;
  /** LIKE with `\` as its escape; a to z and A to Z are the same, and no other letters. */
  like: (column: Column, pattern: string) => RawBuilder<SqlBool>;
  /** A join whose left side is to be read first, where the database can be told. */
  thenJoin: () => RawBuilder<unknown>;
  /**
   * Two such joins, the second with a table as it stands: for each row of the left the keys of one of its rows, and then that one.
   * What comes before is walked, and no more of it than is asked for.
   */
  thenFound: (keys: Joined, row: Joined & Readonly<{ as: string }>) => RawBuilder<unknown>;
  /** By which index a table is to be read, where the database can be told. */
  indexedBy: (index: string) => RawBuilder<unknown>;
}>;

export const SQLITE_WORDS: Words = {
  among: (column, list) => sql`${inWords(column)} in (select value from json_each(${JSON.stringify(list)}))`,
  listed: (list) => sql`(select value as listed from json_each(${JSON.stringify(list)}))`,
  pairs: (list) => sql`(select value ->> 0 as number, value ->> 1 as word from json_each(${JSON.stringify(list)}))`,
  inJson: (column, name) => sql`json_extract(${inWords(column)}, ${sql.lit(`$.${name}`)})`,
  like: (column, pattern) => sql`${inWords(column)} like ${pattern} escape '\\'`,
  thenJoin: () => sql`cross join`,
  thenFound: (keys, row) => sql`cross join ${keys.from} on ${keys.on} cross join ${row.from} on ${row.on}`,
  indexedBy: (index) => sql`indexed by ${sql.raw(index)}`,
};

export const POSTGRES_WORDS: Words = {
  among: (column, list) => sql`${inWords(column)} = any(${list})`,
  listed: (list) => sql`(select unnest(${list}::text[]) as listed)`,
  pairs: (list) =>
    sql`(select unnest(${list.map(([number]) => number)}::bigint[]) as number, unnest(${list.map(([, word]) => word)}::text[]) as word)`,
  inJson: (column, name) => sql`(${inWords(column)}::json ->> ${sql.lit(name)})`,
  // The columns are in the order of bytes, and so no letter beyond ASCII has another case.
  like: (column, pattern) => sql`${inWords(column)} ilike ${pattern} escape '\\'`,
  thenJoin: () => sql`join`,
  // The planner plans what has an offset by itself: it would rather read both tables whole, taking rows that go together for rare.
  thenFound: (keys, row) =>
    sql`join lateral (select ${sql.ref(row.as)}.* from ${keys.from} join ${row.from} on ${row.on} where ${keys.on} offset 0) ${sql.ref(row.as)} on true`,
  indexedBy: () => sql``,
};

const MARK = '@'; // begins the name of no function
const word =
  <Name extends keyof Words>(name: Name) =>
  (...given: Parameters<Words[Name]>): ReturnType<Words[Name]> =>
    sql`${{ expressionType: undefined, toOperationNode: () => FunctionNode.create(`${MARK}${name}`, [ValueNode.create(given)]) }}` as ReturnType<Words[Name]>; // prettier-ignore

/** To write queries with: what becomes of them is each compiler's. */
export const words: Words = {
  among: word('among'),
  listed: word('listed'),
  pairs: word('pairs'),
  inJson: word('inJson'),
  like: word('like'),
  thenJoin: word('thenJoin'),
  thenFound: word('thenFound'),
  indexedBy: word('indexedBy'),
};

/** Null: it is a function of the database. */
export const wordedBy = (spoken: Words, { func, arguments: [given] }: FunctionNode): OperationNode | null => {
  if (!func.startsWith(MARK)) return null;
  const say = spoken[func.slice(MARK.length) as keyof Words] as (...given: readonly unknown[]) => RawBuilder<unknown>;
  return say(...((given as ValueNode).value as readonly unknown[])).toOperationNode();
};

/** In a question that is asked by position: the value is a list, and the column one of it. */
export const AMONG = 'among (?)';
export const AMONG_IN_SQLITE = 'in (select value from json_each(?))';
export const AMONG_IN_POSTGRES = '= any(?)';
