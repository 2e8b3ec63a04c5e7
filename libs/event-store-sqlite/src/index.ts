export { UnsafeSqlite } from './connection.js';
export { restoreLog, snapshotLog, type RestoredLog, type RestoreOptions } from './log-copies.js';
export { logFileOf } from './log-file.js';
export { NewerDataDirectory, NotALog } from './schema.js';
export { openReadOnly, openSqliteEventStore, type ReadOnlyLog, type SqliteEventStoreOptions } from './sqlite-event-store.js';
