export { UnsafeSqlite } from './connection.js';
export { logFileOf } from './log-file.js';
export { NewerDataDirectory, NotALog } from './schema.js';
export { openReadOnly, openSqliteEventStore, type ReadOnlyLog, type SqliteEventStoreOptions } from './sqlite-event-store.js';
