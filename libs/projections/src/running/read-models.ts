import {
  isSqliteFileThere,
  migrate,
  removeSiblings,
  removeSqliteFile,
  siblingFile,
  syncFolder,
  type Migration,
  type ReadDatabase,
  type SqliteFile,
  type SqliteStatement,
} from '@saksgang/database';
import type { Projection } from '../projection.js';
import { createTable, makeIndexes, openShadow, type Begun } from './shadow.js';

/** Where a projection stands, as its row and its file say. `shape`: the tables it was built with. */
export type Checkpoint = Readonly<{
  ordinal: number;
  version: number;
  shape: string;
}>;

const MIGRATIONS: readonly Migration[] = [
  {
    name: 'checkpoints',
    up: (file) =>
      file.exec(`CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
        CREATE TABLE checkpoint(projection TEXT PRIMARY KEY, ordinal INTEGER NOT NULL, version INTEGER NOT NULL, shape TEXT NOT NULL,
          generation INTEGER NOT NULL, stopped_at INTEGER, stopped_reason TEXT) STRICT`),
  },
  {
    name: 'a file for each projection',
    up: (file) => {
      const tables = file.prepare<{ name: string }>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'meta' AND name NOT LIKE 'sqlite%'",
      );
      for (const { name } of tables.all()) file.exec(`DROP TABLE "${name}"`);
      file.exec(`CREATE TABLE projection(name TEXT PRIMARY KEY, version INTEGER NOT NULL, shape TEXT NOT NULL, generation INTEGER NOT NULL,
        stopped_at INTEGER, stopped_reason TEXT) STRICT`);
    },
  },
];
const WHAT_TO_DO = 'Start the newer program again, or delete this file: it is built anew from the log.';

export type ReadFiles = Pick<ReadDatabase<never>, 'write' | 'attach' | 'detach'>;

/**
 * The tables and checkpoints of the read database: each projection has a file of its own, with its rows and how far they came,
 * and the main file says which of its files serves. All of it is synchronous.
 */
export type ReadModels = Readonly<{
  checkpoint: (projection: string) => Checkpoint | null;
  /** In the transaction of the rows. */
  save: (projection: Projection, ordinal: number) => void;
  saveStop: (projection: string, stopped: Readonly<{ ordinal: number; reason: string }> | null) => void;
  /** Makes the projections' tables anew, empty; `ordinal` is the number before the log's first. */
  create: (projections: readonly Projection[], ordinal: number) => void;
  /** Names the projection's next file, beside the one that serves; nobody else is given that name. */
  begin: (projection: Projection) => Begun;
  /** Puts finished shadows in the place of what served: all of them or, after a fault, none. */
  swap: (shadows: readonly Begun[]) => void;
  /** Removes what was begun and is not to be finished. */
  abandon: (begun: readonly Begun[]) => void;
}>;

type Row = Readonly<{ name: string; version: number; shape: string; generation: number }>;

/**
 * Opens the read models of this log. Files of another log are removed: everything in them can be projected again.
 * @throws NewerDatabase when a newer program made the file.
 */
export const openReadModels = ({ write: file, attach, detach }: ReadFiles, logId: string): ReadModels => {
  migrate(file, MIGRATIONS, WHAT_TO_DO);
  belongTo(file, logId);
  const find = file.prepare<Row>('SELECT name, version, shape, generation FROM projection WHERE name = ?');
  const put = file.prepare(`INSERT INTO projection(name, version, shape, generation) VALUES (?, ?, ?, ?)
    ON CONFLICT(name) DO UPDATE SET version = excluded.version, shape = excluded.shape, generation = excluded.generation,
      stopped_at = NULL, stopped_reason = NULL`);
  const stop = file.prepare('UPDATE projection SET stopped_at = ?, stopped_reason = ? WHERE name = ?');
  const saves = new Map<string, SqliteStatement>();
  const pathOf = (name: string, generation: number): string => rowsFile(file.path, name, generation);

  const attached = new Map<string, string>();
  const attachRows = (name: string, path: string): void => {
    attach(schemaOf(name), path);
    attached.set(name, path);
  };
  const detachRows = (name: string): void => {
    const path = attached.get(name);
    if (path === undefined) return;
    detach(schemaOf(name));
    attached.delete(name);
    removeSqliteFile(path);
  };

  const rows = file.prepare<Row>('SELECT name, version, shape, generation FROM projection').all();
  const there = rows.map(({ name, generation }) => [name, pathOf(name, generation)] as const).filter(([, path]) => isSqliteFileThere(path));
  removeSiblings(
    file.path,
    there.map(([, path]) => path),
  );
  for (const [name, path] of there) attachRows(name, path);

  // A shadow may be begun while another is being built: no two of them have the same file.
  const begun = new Map<string, number>();
  const begin = (projection: Projection): Begun => {
    const generation = Math.max(find.get(projection.name)?.generation ?? 0, begun.get(projection.name) ?? 0) + 1;
    begun.set(projection.name, generation);
    return { projection, generation, path: pathOf(projection.name, generation) };
  };
  const swap = (shadows: readonly Begun[]): void => {
    if (shadows.length === 0) return;
    syncFolder(file.path);
    file.transaction(() =>
      shadows.forEach(({ projection, generation }) => put.run(projection.name, projection.version, shapeOf(projection), generation)),
    );
    // What served is removed only when the disk knows what serves from now on.
    file.pragma('main.wal_checkpoint(FULL)');
    for (const { projection, path } of shadows) {
      detachRows(projection.name);
      attachRows(projection.name, path);
    }
  };

  return {
    checkpoint: (projection) => {
      const row = attached.has(projection) ? find.get(projection) : undefined;
      if (row === undefined) return null;
      const reached = file.prepare<{ ordinal: number }>(`SELECT ordinal FROM ${schemaOf(projection)}.reached`).get();
      return reached === undefined ? null : { ordinal: reached.ordinal, version: row.version, shape: row.shape };
    },
    save: ({ name }, ordinal) => {
      const kept = saves.get(name) ?? file.prepare(`UPDATE ${schemaOf(name)}.reached SET ordinal = ?`);
      saves.set(name, kept);
      kept.run(ordinal);
    },
    saveStop: (projection, stopped) => void stop.run(stopped?.ordinal ?? null, stopped?.reason ?? null, projection),
    create: (projections, ordinal) => {
      const empty = projections.map(begin);
      for (const { projection, path } of empty) {
        const { file: tables, finish } = openShadow(path, projection);
        makeIndexes(tables, projection, 'indexes');
        finish(ordinal);
      }
      swap(empty);
    },
    begin,
    swap,
    abandon: (files) => {
      for (const { path } of files) removeSqliteFile(path);
    },
  };
};

/** The file beside the read models' own that holds a projection's rows. */
export const rowsFile = (main: string, projection: string, generation: number): string => siblingFile(main, `${projection}-${generation}`);

export const schemaOf = (projection: string): string => `${projection}_rows`;

/** The tables a projection has, in one text: what serves readers must have been built with the same. */
export const shapeOf = ({ tables }: Projection): string => tables.map(createTable).join(';');

const belongTo = (file: SqliteFile, logId: string): void => {
  const known = file.prepare<{ value: string }>("SELECT value FROM meta WHERE key = 'log_id'").get()?.value;
  if (known === logId) return;
  file.transaction(() => {
    file.exec('DELETE FROM projection');
    file.prepare("INSERT INTO meta VALUES ('log_id', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value").run(logId);
  });
};
