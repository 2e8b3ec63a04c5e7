import { buildSqliteFile, resumeSqliteBuild, type SqliteBuild, type SqliteFile } from '@saksgang/database';
import type { Projection } from '../projection.js';
import type { TableSpec } from '../writing/table.js';

/** A file that a projection is to be built in. */
export type Begun = Readonly<{ projection: Projection; generation: number; path: string }>;

/** A projection's next file, beside the one that serves. */
export type Shadow = Readonly<{
  projection: Projection;
  /** Its tables, under their own names. A transaction is open. */
  file: SqliteFile;
  /** Makes what reading needs, when the rows are there, and asks for all of it to be on the disk. */
  index: () => Promise<void>;
  /** Closes the file as it is, for another connection to go on with. */
  leave: () => void;
  /** The file is whole, and says that it came this far. */
  finish: (ordinal: number) => void;
  /** Removes it, unless it is finished. */
  discard: () => void;
}>;

/** Begins the file anew, with the projection's empty tables. */
export const openShadow = (path: string, projection: Projection): Shadow => {
  const shadow = shadowIn(buildSqliteFile(path), projection);
  shadow.file.exec('CREATE TABLE reached(ordinal INTEGER NOT NULL) STRICT');
  for (const table of projection.tables) shadow.file.exec(createTable(table));
  makeIndexes(shadow.file, projection, 'writingIndexes');
  return shadow;
};

/** Goes on with a file that was left. */
export const resumeShadow = (path: string, projection: Projection): Shadow => shadowIn(resumeSqliteBuild(path), projection);

const shadowIn = ({ file, sync, finish, discard }: SqliteBuild, projection: Projection): Shadow => {
  file.exec('BEGIN');
  return {
    projection,
    file,
    index: async () => {
      makeIndexes(file, projection, 'indexes');
      // Without statistics the planner guesses, and on a large record guesses wrong; a sample of each index is enough.
      file.exec(`PRAGMA analysis_limit = ${ANALYSED_MAX}`);
      file.exec('ANALYZE');
      file.exec('COMMIT');
      await sync();
      file.exec('BEGIN');
    },
    leave: () => {
      file.exec('COMMIT');
      file.close();
    },
    finish: (ordinal) => {
      file.prepare('INSERT INTO reached VALUES (?)').run(ordinal);
      file.exec('COMMIT');
      finish();
    },
    discard,
  };
};

const ANALYSED_MAX = 1_000; // rows of an index that are looked at

export const makeIndexes = (file: SqliteFile, { tables }: Projection, which: 'indexes' | 'writingIndexes'): void =>
  tables.forEach(({ name, [which]: indexes }) =>
    Object.entries(indexes).forEach(([key, on]) => file.exec(`CREATE INDEX ${name}_${key} ON ${name}${on}`)),
  );

export const createTable = ({ name, columns, primaryKey, clustered }: TableSpec): string => {
  const all = columns.map((column) => `${column.name} ${column.type}${column.nullable ? '' : ' NOT NULL'}`);
  return `CREATE TABLE ${name}(${all.join(', ')}, PRIMARY KEY(${primaryKey.join(', ')})) STRICT${clustered ? ', WITHOUT ROWID' : ''}`;
};
