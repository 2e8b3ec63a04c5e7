import type { SqliteFile } from './sqlite-file.js';

/** One step forward. Never edited once released: the next change is the next step. */
export type Migration = Readonly<{ name: string; up: (file: SqliteFile) => void }>;

const VERSION_MAX = 2_000_000_000; // user_version is a signed 32-bit number

/**
 * Brings the file forward: `migrations[i]` leads from version i to i + 1 (`PRAGMA user_version`), each in its own
 * transaction. Forward only. Answers the names of the steps taken.
 * @throws NewerDatabase when the file was written by a newer program; nothing is changed then.
 */
export const migrate = (file: SqliteFile, migrations: readonly Migration[], whatToDo: string): readonly string[] => {
  const version = Number(file.pragma('user_version'));
  if (version > migrations.length || version > VERSION_MAX) throw new NewerDatabase(file.path, version, migrations.length, whatToDo);
  const due = migrations.slice(version);
  due.forEach((migration, step) =>
    file.transaction(() => {
      migration.up(file);
      file.exec(`PRAGMA user_version = ${version + step + 1}`);
    }),
  );
  return due.map((migration) => migration.name);
};

/** The file was written by a newer program than this one. */
export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase';
  constructor(
    readonly path: string,
    readonly version: number,
    readonly known: number,
    whatToDo: string,
  ) {
    super(`${path} has version ${version}; this program knows versions up to ${known}. ${whatToDo}`);
  }
}
