import { isLogId, newLogId } from '@saksgang/event-store';
import type { Clock, PersonId, Random } from '@saksgang/kernel';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { openForReading, openForWriting } from './connection.js';
import { logFileOf } from './log-file.js';
import { migrate, MIGRATIONS, NewerDataDirectory, NotALog } from './schema.js';

/**
 * Copies the log of a data directory as it stands at one moment into a new file, beside a running server, without holding up its
 * writers. Blocks this thread. The file is not known to be good, nor synced, before somebody has checked it.
 */
export const snapshotLog = (directory: string, file: string): void => {
  const db = openForReading(logFileOf(directory));
  try {
    db.prepare('VACUUM INTO ?').run(file);
  } finally {
    db.close();
  }
};

export type RestoreOptions = Readonly<{
  /** A log's file that nobody writes in: a snapshot. */
  from: string;
  /** The data directory it is for; the caller holds its lock. */
  directory: string;
  /** Entries, from the first one on; null: all. */
  entries: number | null;
  /** Their boxes are not restored. */
  erased: ReadonlySet<PersonId>;
  clock: Clock;
  random: Random;
  told: (entries: number, of: number) => void;
}>;

/** A log beside its place, whole but not in use yet. */
export type RestoredLog = Readonly<{
  file: string;
  logId: string;
  /** Syncs it and puts it in its place. */
  put: () => void;
  discard: () => void;
}>;

const PORTION = 10_000; // entries of one transaction

/**
 * Writes a new log that begins like another: the same entries in the same order, under a name of its own, so that positions of the
 * old one are not mistaken for its. @throws NewerDataDirectory, NotALog; SqliteError when the disk is full
 */
export const restoreLog = (options: RestoreOptions): RestoredLog => {
  const { directory, random, clock } = options;
  const file = `${logFileOf(directory)}.restoring`;
  const discard = (): void => ['', '-wal', '-shm', '-journal'].forEach((end) => rmSync(`${file}${end}`, { force: true }));
  refuseUnknown(options.from);
  discard();
  const logId = newLogId(random);
  const db = openForWriting(file);
  try {
    migrate(db);
    db.prepare("INSERT INTO store_meta VALUES ('log_id', ?), ('created', ?)").run(logId, clock.now());
    db.prepare('ATTACH ? AS copy').run(options.from);
    copyInto(db, options);
    db.exec('DETACH copy');
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
  } catch (error) {
    db.close();
    discard();
    throw error;
  }
  return { file, logId, discard, put: () => putInPlace(file, logFileOf(directory)) };
};

const refuseUnknown = (file: string): void => {
  const db = openForReading(file);
  try {
    const [known, found] = [MIGRATIONS.at(-1)?.to ?? 0, db.pragma('user_version', { simple: true }) as number];
    if (found > known) throw new NewerDataDirectory(found, known);
    const named = db
      .prepare("SELECT count(*) FROM sqlite_schema WHERE name IN ('store_meta', 'stream', 'event', 'sealed_box')")
      .pluck()
      .get();
    const logId = named === 4 ? db.prepare<[], string>("SELECT value FROM store_meta WHERE key = 'log_id'").pluck().get() : undefined;
    if (logId === undefined || !isLogId(logId)) throw new NotALog(`${file} is no log of this program`);
  } finally {
    db.close();
  }
};

const copyInto = (db: ReturnType<typeof openForWriting>, { entries, erased, told }: RestoreOptions): void => {
  const last = db.prepare<[], number>('SELECT coalesce(max(position), 0) FROM copy.event').pluck().get() ?? 0;
  const upTo = Math.min(entries ?? last, last);
  db.exec('CREATE TEMP TABLE erased(person TEXT PRIMARY KEY) STRICT, WITHOUT ROWID');
  const erase = db.prepare('INSERT INTO temp.erased VALUES (?)');
  const streams = db.prepare(`INSERT INTO main.stream(stream_no, stream_id, head)
    SELECT s.stream_no, s.stream_id, max(e.revision) FROM copy.event e JOIN copy.stream s USING (stream_no) WHERE e.position <= ? GROUP BY s.stream_no`);
  const events = db.prepare(`INSERT INTO main.event(position, stream_no, revision, event_id, type, recorded_at, leaf)
    SELECT position, stream_no, revision, event_id, type, recorded_at, leaf FROM copy.event WHERE position > ? AND position <= ? ORDER BY position`);
  const boxes = db.prepare(`INSERT INTO main.sealed_box(position, person, commitment, bytes)
    SELECT position, person, commitment, bytes FROM copy.sealed_box
    WHERE position > ? AND position <= ? AND person NOT IN (SELECT person FROM temp.erased) ORDER BY rowid`);
  db.transaction(() => {
    for (const person of erased) erase.run(person);
    streams.run(upTo);
  }).immediate();
  for (let from = 0; from < upTo; from += PORTION) {
    const to = Math.min(upTo, from + PORTION);
    db.transaction(() => {
      events.run(from, to);
      boxes.run(from, to);
    }).immediate();
    told(to, upTo);
  }
};

const putInPlace = (file: string, place: string): void => {
  if (existsSync(place)) throw new Error(`${place} is there already: a log is never written over.`);
  // Whoever read it left a log beside it; the last to leave a file that is not in use takes that away.
  openForWriting(file).close();
  sync(file, 'r+');
  renameSync(file, place);
  if (process.platform !== 'win32') sync(dirname(place), 'r');
};

const sync = (path: string, flags: string): void => {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};
