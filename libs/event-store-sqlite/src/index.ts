export { UnsafeSqlite } from './connection.js';
export { DataDirectoryInUse, logFileOf, UnsuitableDataDirectory } from './data-directory.js';
export { NewerDataDirectory, NotALog } from './schema.js';
export { openReadOnly, openSqliteEventStore, type ReadOnlyLog, type SqliteEventStoreOptions } from './sqlite-event-store.js';
