import type { SqliteFile } from '@saksgang/database';

/**
 * What ANALYZE said of a record of 100,000 entries (5,000 items): rows, then rows for each leading part of the key. By table and index;
 * an index is named by its key in `TableSpec`, `''` is the primary key.
 */
const OF_100_000: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  entries: { type: '100000 667 1', actor: '100000 1001 1', corrects: '1000 1', recorded: '100000 1001 1', item: '100000 20 1' },
  items: {
    closed: '97000 1',
    founded: '5000 501 1 1',
    title: '5000 501 1 1',
    occurred: '5000 501 12 1',
    last: '5000 1',
    item: '193750 39 2 1',
    open: '96750 20 1',
    '': '193750 2 1',
  },
  item_places: { any: '20000 5000 2 1', '': '20000 5000 501 2 1' },
  item_facets: { value: '13000 1001 2 1', '': '13000 2 1 1 1 1' },
  links: { target: '2950 1 1 1 1', source: '2950 1 1 1 1', '': '2950 1 1 1 1 1' },
  timeline: { went: '1000 1', came: '73000 1', kind: '73000 501 12 1 1 1', item: '73000 15 1 1 1 1', '': '73000 51 1 1' },
  search_texts: { open: '219525 21', '': '220525 4 4 1' },
  search_words: { '': '1726832 501 1 1 1' },
  search_vocabulary: { '': '5064 1' },
  signals: { '': '15000 5 5 2 1' },
  asks: { '': '84000 28 7 2 1' },
  dues: { latest: '24000 1001 8', '': '24000 8 2 1 1' },
  gaps: { '': '48000 16 2 1 1' },
};

type Index = Readonly<{ table: string; name: string; made: number }>;

/** Lets the planner believe that these tables hold a record of years: connections opened from now on plan by it. */
export const believeLarge = (file: SqliteFile): void => {
  const schemas = file.prepare<{ name: string }>('SELECT name FROM pragma_database_list').all();
  for (const { name } of schemas) if (name !== 'temp') believeLargeIn(file, name);
};

const believeLargeIn = (file: SqliteFile, schema: string): void => {
  file.exec(`ANALYZE "${schema}"; DELETE FROM "${schema}".sqlite_stat1; DELETE FROM "${schema}".sqlite_stat4`);
  const tables = file.prepare<{ name: string }>(`SELECT name FROM "${schema}".sqlite_schema WHERE type = 'table'`).all();
  const indexes = file
    .prepare<Index>(`SELECT tbl_name AS "table", name, sql IS NOT NULL AS made FROM "${schema}".sqlite_schema WHERE type = 'index'`)
    .all();
  const put = file.prepare(`INSERT INTO "${schema}".sqlite_stat1(tbl, idx, stat) VALUES (?, ?, ?)`);
  for (const { name: table } of tables) {
    const its = indexes.filter((index) => index.table === table);
    for (const [key, stat] of Object.entries(OF_100_000[table] ?? {})) put.run(table, indexNamed(its, table, key), stat);
  }
};

/** Names may end with the number of the build that made them. The key of a table without rowids goes by the table's name. */
const indexNamed = (indexes: readonly Index[], table: string, key: string): string => {
  if (key === '') return indexes.find(({ made }) => made === 0)?.name ?? table;
  const found = indexes.find(({ name }) => name.replace(/_\d+$/, '') === `${table}_${key}`);
  if (found === undefined) throw new Error(`${table} has no index "${key}": these statistics are of other tables`);
  return found.name;
};
