import { migrate, type Migration, type SqliteFile } from '@saksgang/database';
import type { Projection, TableNames } from '../projection.js';

/** Where a projection stands, as its row says. `shape`: the tables it was built with. */
export type Checkpoint = Readonly<{
  ordinal: number;
  version: number;
  shape: string;
  generation: number;
  stoppedAt: number | null;
  stoppedReason: string | null;
}>;

const MIGRATIONS: readonly Migration[] = [
  {
    name: 'checkpoints',
    up: (file) =>
      file.exec(`CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
        CREATE TABLE checkpoint(projection TEXT PRIMARY KEY, ordinal INTEGER NOT NULL, version INTEGER NOT NULL, shape TEXT NOT NULL,
          generation INTEGER NOT NULL, stopped_at INTEGER, stopped_reason TEXT) STRICT`),
  },
];
const WHAT_TO_DO = 'Start the newer program again, or delete this file: it is built anew from the log.';

export const LIVE: TableNames = (table) => table;
export const SHADOW: TableNames = (table) => `${table}__shadow`;

/** The tables and checkpoints of the read database. All calls are synchronous; `swap` and `forget` are one transaction each. */
export type ReadModels = Readonly<{
  checkpoint: (projection: string) => Checkpoint | null;
  save: (projection: Projection, ordinal: number) => void;
  saveStop: (projection: string, stopped: Readonly<{ ordinal: number; reason: string }> | null) => void;
  /** Makes the projection's live tables anew, empty, with their indexes; `ordinal` is the number before the log's first. */
  create: (projection: Projection, ordinal: number) => void;
  /** Makes its shadow tables anew, without indexes. */
  createShadow: (projection: Projection) => void;
  indexShadow: (projection: Projection) => void;
  /** Puts the shadow in the place of the live tables, at this point of the log. */
  swap: (projection: Projection, ordinal: number) => void;
  dropShadow: (projection: Projection) => void;
}>;

/**
 * Opens the read models of this log. A file of another log is emptied: everything in it can be projected again.
 * @throws NewerDatabase when a newer program made the file.
 */
export const openReadModels = (file: SqliteFile, logId: string): ReadModels => {
  migrate(file, MIGRATIONS, WHAT_TO_DO);
  belongTo(file, logId);
  const find = file.prepare<Checkpoint>(
    `SELECT ordinal, version, shape, generation, stopped_at AS "stoppedAt", stopped_reason AS "stoppedReason" FROM checkpoint WHERE projection = ?`,
  );
  const put = file.prepare(`INSERT INTO checkpoint(projection, ordinal, version, shape, generation) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT(projection) DO UPDATE SET ordinal = excluded.ordinal, version = excluded.version, shape = excluded.shape, generation = excluded.generation`);
  const move = file.prepare('UPDATE checkpoint SET ordinal = ? WHERE projection = ?');
  const stop = file.prepare('UPDATE checkpoint SET stopped_at = ?, stopped_reason = ? WHERE projection = ?');
  const checkpoint = (projection: string): Checkpoint | null => find.get(projection) ?? null;
  const nextGeneration = ({ name }: Projection): number => (checkpoint(name)?.generation ?? 0) + 1;
  const drop = ({ tables }: Projection, names: TableNames): void =>
    tables.forEach(({ name }) => file.exec(`DROP TABLE IF EXISTS ${names(name)}`));
  const make = ({ tables }: Projection, names: TableNames): void => tables.forEach((table) => file.exec(createTable(table, names)));
  // Index names are one set in the whole file and cannot be changed: each generation has its own.
  const index = (projection: Projection, names: TableNames, which: 'indexes' | 'writingIndexes'): void =>
    projection.tables.forEach(({ name, [which]: indexes }) =>
      Object.entries(indexes).forEach(([key, on]) =>
        file.exec(`CREATE INDEX ${name}_${key}_${nextGeneration(projection)} ON ${names(name)}${on}`),
      ),
    );
  const begin = (projection: Projection, ordinal: number): void =>
    void put.run(projection.name, ordinal, projection.version, shapeOf(projection), nextGeneration(projection));
  return {
    checkpoint,
    save: ({ name }, ordinal) => void move.run(ordinal, name),
    saveStop: (projection, stopped) => void stop.run(stopped?.ordinal ?? null, stopped?.reason ?? null, projection),
    create: (projection, ordinal) =>
      file.transaction(() => {
        drop(projection, LIVE);
        make(projection, LIVE);
        index(projection, LIVE, 'writingIndexes');
        index(projection, LIVE, 'indexes');
        begin(projection, ordinal);
      }),
    createShadow: (projection) =>
      file.transaction(() => {
        drop(projection, SHADOW);
        make(projection, SHADOW);
        index(projection, SHADOW, 'writingIndexes');
      }),
    indexShadow: (projection) => file.transaction(() => index(projection, SHADOW, 'indexes')),
    swap: (projection, ordinal) =>
      file.transaction(() => {
        drop(projection, LIVE);
        projection.tables.forEach(({ name }) => file.exec(`ALTER TABLE ${SHADOW(name)} RENAME TO ${name}`));
        begin(projection, ordinal);
        stop.run(null, null, projection.name);
        // Without statistics the planner guesses, and on a large record guesses wrong; a sample of each index is enough.
        file.exec('PRAGMA analysis_limit = 1000');
        projection.tables.forEach(({ name }) => file.exec(`ANALYZE ${name}`));
      }),
    dropShadow: (projection) => file.transaction(() => drop(projection, SHADOW)),
  };
};

const createTable = ({ name, body, clustered }: Projection['tables'][number], names: TableNames): string =>
  `CREATE TABLE ${names(name)}(${body}) STRICT${clustered ? ', WITHOUT ROWID' : ''}`;

/** The tables a projection has, in one text: what serves readers must have been built with the same. */
export const shapeOf = ({ tables }: Projection): string => tables.map((table) => createTable(table, LIVE).replace(/\s+/gu, ' ')).join(';');

const belongTo = (file: SqliteFile, logId: string): void => {
  const known = file.prepare<{ value: string }>("SELECT value FROM meta WHERE key = 'log_id'").get()?.value;
  if (known === logId) return;
  file.transaction(() => {
    const tables = file.prepare<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('meta', 'checkpoint') AND name NOT LIKE 'sqlite%'",
    );
    for (const { name } of tables.all()) file.exec(`DROP TABLE "${name}"`);
    file.exec('DELETE FROM checkpoint');
    file.prepare("INSERT INTO meta VALUES ('log_id', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value").run(logId);
  });
};
