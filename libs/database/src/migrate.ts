import type { SqliteFile } from './sqlite-file.js';

/** One step forward. Never edited once released: the next change is the next step. */
export type Migration = Readonly<{ name: string; up: (file: SqliteFile) => void }>;

const VERSION_MAX = 2_000_000_000; // user_version is a signed 32-bit number

/**
 * Brings the file forward: `migrations[i]` leads from version i to i + 1 (`PRAGMA user_version`), each in its own
 * transaction. Forward only. Several processes may open the file at the same time: each step is taken by one of them.
 * Answers the names of the steps that this call took.
 * @throws NewerDatabase when the file was written by a newer program; nothing is changed then.
 */
export const migrate = (file: SqliteFile, migrations: readonly Migration[], whatToDo: string): readonly string[] => {
  const versionOf = (): number => {
    const version = Number(file.pragma('user_version'));
    if (version <= migrations.length && version <= VERSION_MAX) return version;
    throw new NewerDatabase(file.path, version, migrations.length, whatToDo);
  };
  // Read again under the write lock: another process may have taken the step since.
  const step = (): Migration | null =>
    file.transaction(() => {
      const version = versionOf();
      const due = migrations[version];
      if (due === undefined) return null;
      due.up(file);
      file.exec(`PRAGMA user_version = ${version + 1}`);
      return due;
    });
  const taken: string[] = [];
  // A file that is up to date is opened without waiting for whoever is writing in it.
  while (versionOf() < migrations.length) {
    const migration = step();
    if (migration !== null) taken.push(migration.name);
  }
  return taken;
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
