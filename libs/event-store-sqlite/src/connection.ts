import Database from 'better-sqlite3';
import { BUSY_MS_MAX, SQLITE_VERSION_MIN } from './limits.js';

export class UnsafeSqlite extends Error {
  override readonly name = 'UnsafeSqlite';
}

const FULL = 2; // what `PRAGMA synchronous` answers for FULL

/**
 * The connection that writes. A WAL database opens at NORMAL whatever it was last time, and at NORMAL a power cut takes
 * acknowledged entries with it: FULL is set on every open and read back.
 * @throws UnsafeSqlite
 */
export const openForWriting = (file: string): Database.Database => {
  const db = new Database(file, { timeout: BUSY_MS_MAX });
  try {
    refuseOldSqlite(db.prepare('SELECT sqlite_version()').pluck().get() as string);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    // On macOS a plain fsync leaves the data in the drive's cache.
    if (process.platform === 'darwin') db.pragma('fullfsync = ON');
    db.pragma('wal_autocheckpoint = 2000');
    db.pragma('cache_size = -65536');
    db.pragma('trusted_schema = OFF');
    db.pragma('secure_delete = ON');
    db.pragma('foreign_keys = ON');
    // Without it INSERT OR REPLACE would remove an entry past the trigger that forbids removing.
    db.pragma('recursive_triggers = ON');
    refuseUnlessDurable(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/** A connection that cannot write. Takes no lock: it may stand beside a running server. */
export const openForReading = (file: string): Database.Database => {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_MS_MAX });
  db.pragma('trusted_schema = OFF');
  db.pragma('cache_size = -65536');
  return db;
};

/** @throws UnsafeSqlite unless what was asked for is what holds. */
export const refuseUnlessDurable = (db: Database.Database): void => {
  const journal = db.pragma('journal_mode', { simple: true });
  const synchronous = db.pragma('synchronous', { simple: true });
  if (journal !== 'wal' || synchronous !== FULL) {
    throw new UnsafeSqlite(
      `${db.name} stands at journal_mode=${String(journal)}, synchronous=${String(synchronous)} although WAL and FULL (2) were set: ` +
        'entries would not survive a power cut. Use a local disk and the SQLite that comes with the program.',
    );
  }
};

/** @throws UnsafeSqlite */
export const refuseOldSqlite = (version: string): void => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0, leastPatch = 0] = SQLITE_VERSION_MIN.split('.').map(Number);
  if ((major - leastMajor || minor - leastMinor || patch - leastPatch) >= 0) return;
  throw new UnsafeSqlite(`SQLite ${version} can corrupt a write-ahead log when it is reset: ${SQLITE_VERSION_MIN} or newer is needed`);
};
