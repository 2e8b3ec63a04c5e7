export { BadConnectionString } from './connection-string.js';
export { LogNameGone, StreamTombstoned, StreamTruncated, UnusableEvent } from './errors.js';
export { openKurrentEventStore, STREAM_PREFIX, type KurrentEventStoreOptions } from './kurrent-event-store.js';
