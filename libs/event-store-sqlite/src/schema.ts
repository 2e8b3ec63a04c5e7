import type { Database } from 'better-sqlite3';

/** One step forward. Steps are never edited once released, only added. */
export type Migration = Readonly<{ to: number; sql: string }>;

export class NewerDataDirectory extends Error {
  override readonly name = 'NewerDataDirectory';
  constructor(
    readonly found: number,
    readonly known: number,
  ) {
    super(
      `this log was written by a newer version of the program (schema ${found}, this one knows up to ${known}): ` +
        'start that version or a later one. Nothing has been changed. Going back is only possible from a backup made before the upgrade.',
    );
  }
}
export class NotALog extends Error {
  override readonly name = 'NotALog';
}

const APPEND_ONLY = `
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'an entry is never removed'); END;
CREATE TRIGGER stream_keeps_its_name BEFORE UPDATE OF stream_no, stream_id ON stream BEGIN SELECT RAISE(ABORT, 'a stream keeps its name'); END;
CREATE TRIGGER stream_is_never_removed BEFORE DELETE ON stream BEGIN SELECT RAISE(ABORT, 'a stream is never removed'); END;
`;

export const MIGRATIONS: readonly Migration[] = [
  {
    to: 1,
    sql: `
CREATE TABLE store_meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE stream(stream_no INTEGER PRIMARY KEY, stream_id TEXT NOT NULL UNIQUE, head INTEGER NOT NULL) STRICT;
CREATE TABLE event(
  position INTEGER PRIMARY KEY,                       -- contiguous, commit order
  stream_no INTEGER NOT NULL REFERENCES stream, revision INTEGER NOT NULL,
  event_id BLOB NOT NULL UNIQUE, type TEXT NOT NULL, recorded_at INTEGER NOT NULL,   -- derived from the leaf
  leaf TEXT NOT NULL,                                 -- exactly the canonical bytes that are hashed
  UNIQUE(stream_no, revision)) STRICT;
CREATE TABLE sealed_box(position INTEGER NOT NULL REFERENCES event, person TEXT NOT NULL, commitment BLOB NOT NULL, bytes BLOB NOT NULL) STRICT;   -- DELETE allowed
CREATE INDEX sealed_box_by_position ON sealed_box(position);
${APPEND_ONLY}`,
  },
  { to: 2, sql: 'CREATE INDEX sealed_box_by_person ON sealed_box(person);' },
];

/**
 * Brings the log up to the newest schema, each step in a transaction of its own, and answers the schema it stands at.
 * @throws NewerDataDirectory, NotALog
 */
export const migrate = (db: Database, migrations: readonly Migration[] = MIGRATIONS): number => {
  const known = migrations.at(-1)?.to ?? 0;
  const found = db.pragma('user_version', { simple: true }) as number;
  if (found > known) throw new NewerDataDirectory(found, known);
  if (found === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined) {
    throw new NotALog(`${db.name} is a database, but not a log: give the record a directory of its own (DATA_DIR)`);
  }
  for (const { to, sql } of migrations) {
    if (to <= found) continue;
    db.transaction(() => {
      db.exec(sql);
      db.prepare("INSERT INTO store_meta VALUES ('schema', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value").run(String(to));
      db.pragma(`user_version = ${to}`);
    }).exclusive();
  }
  return known;
};
