/** Bounds of the SQLite engine, each with its unit. */
export const QUEUE_COMMANDS_MAX = 10_000; // appends waiting for their commit
export const QUEUE_BYTES_MAX = 64 * 1024 * 1024; // bytes of leaves and boxes waiting
export const BATCH_COMMANDS_MAX = 512; // appends of one transaction
export const BATCH_BYTES_MAX = 8 * 1024 * 1024; // bytes of one transaction
export const HEADS_MAX = 10_000; // stream heads the writer remembers
export const BUSY_MS_MAX = 2_000; // ms a statement waits for a lock a stranger holds
export const SAFETY_WAKE_MS = 5_000; // ms after which followers look at the log although nobody rang
export const FREE_BYTES_MIN = 16 * 1024 * 1024; // bytes free on the disk, below which health says no
export const SQLITE_VERSION_MIN = '3.51.3'; // older ones can corrupt a write-ahead log when it is reset
