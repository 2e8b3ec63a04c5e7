import { CompiledQuery, type Kysely } from '@saksgang/database';

export type Asked = Readonly<{ sql: string; parameters: readonly unknown[] }>;
type Step = Readonly<{ detail: string }>;

/** The steps of a statement's plan, as SQLite tells them. */
export const planOf = async <T>(read: Kysely<T>, { sql, parameters }: Asked): Promise<readonly string[]> => {
  const { rows } = await read.executeQuery<Step>(CompiledQuery.raw(`EXPLAIN QUERY PLAN ${sql}`, [...parameters]));
  return rows.map(({ detail }) => detail);
};

/** Bounds by these alone leave all that was ever known: a scan by another name. */
const LEAVES_ALL = /\((?:recorded_from<\?|valid_from<\?|recorded_to>\?|ordinal<\?| AND )+\)$/;
const SCAN = /^SCAN (\S+)/;

/** Why a step reads a whole table; null when it does not. `tables`: by their names, and the aliases they go by. */
export const scanIn = (step: string, tables: ReadonlySet<string>): string | null => {
  const scanned = SCAN.exec(step)?.[1];
  if (scanned !== undefined) return tables.has(scanned) ? step : null;
  if (step.includes('AUTOMATIC')) return step;
  return step.startsWith('SEARCH ') && LEAVES_ALL.test(step) ? step : null;
};

/** Base tables of a statement, with the aliases they go by in it. */
export const namesIn = (sql: string, tables: readonly string[]): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const [, table = '', alias = ''] of sql.matchAll(/\b(?:from|join)\s+"?(\w+)"?(?:\s+(?:as\s+)?"?(\w+)"?)?/giu)) {
    if (!tables.includes(table)) continue;
    names.add(table);
    if (alias !== '') names.add(alias);
  }
  return names;
};
