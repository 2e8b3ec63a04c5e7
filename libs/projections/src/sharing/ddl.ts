import type { Projection } from '../projection.js';

/** Text in the order of its bytes, as on the other engine. */
const TYPES = { TEXT: 'text COLLATE "C"', INTEGER: 'bigint' } as const;

/** The projection's tables in this schema. */
export const createTables = (schema: string, { tables }: Projection): string =>
  tables
    .map(({ name, columns, primaryKey }) => {
      const each = columns.map((column) => `"${column.name}" ${TYPES[column.type]}${column.nullable ? '' : ' NOT NULL'}`);
      return `CREATE TABLE ${schema}.${name}(${each.join(', ')}, PRIMARY KEY(${primaryKey.map((column) => `"${column}"`).join(', ')}))`;
    })
    .join('; ');

export const makeIndexes = (schema: string, { tables }: Projection, which: 'indexes' | 'writingIndexes'): string =>
  tables
    .flatMap(({ name, [which]: indexes }) =>
      Object.entries(indexes).map(([key, on]) => `CREATE INDEX ${name}_${key} ON ${schema}.${name}${on}`),
    )
    .join('; ');
