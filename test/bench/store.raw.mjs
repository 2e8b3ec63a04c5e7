// What the SQLite engine is measured against: the same rows written by hand, and the disk itself.
import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { fdatasyncSync, fsyncSync, openSync, writeSync } from 'node:fs';

export const DATA_BYTES = 394;
const METADATA_BYTES = 221;

export const uuid = () =>
  randomBytes(16)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** An opaque event of the agreed size, for writing. */
export const LEAF = JSON.stringify({ data: 'd'.repeat(DATA_BYTES - 2), metadata: 'm'.repeat(METADATA_BYTES - 25) });
export const opaqueEvent = () => ({ id: uuid(), type: 'SampleRecorded', recordedAt: '2026-01-02T03:04:05.678Z', leaf: LEAF, boxes: [] });

/** The same rows in transactions of `batch` appends, by hand: nothing is checked, nobody waits. */
export const rawWriter = (file, sliceMs) => {
  const db = new Database(file);
  for (const pragma of ['journal_mode=WAL', 'synchronous=FULL', 'wal_autocheckpoint=2000', 'cache_size=-65536', 'secure_delete=ON'])
    db.pragma(pragma);
  const newStream = db.prepare('INSERT INTO stream(stream_id, head) VALUES (?, -1)');
  const head = db.prepare('UPDATE stream SET head = ? WHERE stream_no = ?');
  const event = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)');
  let position = db.prepare('SELECT max(position) FROM event').pluck().get();
  const perSecond = (batch, writers) => {
    const streams = Array.from({ length: writers }, () => ({ no: newStream.run(`resolution-${uuid()}`).lastInsertRowid, revision: -1 }));
    const commit = db.transaction((some) => {
      for (const stream of some) {
        const { id, type, recordedAt, leaf } = opaqueEvent();
        event.run(
          (position += 1),
          stream.no,
          (stream.revision += 1),
          Buffer.from(id.replaceAll('-', ''), 'hex'),
          type,
          Date.parse(recordedAt),
          leaf,
        );
        head.run(stream.revision, stream.no);
      }
    });
    const started = performance.now();
    let done = 0;
    for (let at = 0; performance.now() - started < sliceMs; at = (at + batch) % writers) {
      commit.immediate(streams.slice(at, at + batch));
      done += batch;
    }
    return (done * 1000) / (performance.now() - started);
  };
  return { perSecond, close: () => db.close() };
};

const SYNC_FILE_PAGES = 2_000; // as long as a write-ahead log grows before it starts over

/** Pages overwritten in place, one sync each: the same work for the disk as a lone commit. */
export const syncsPerSecond = (handle, sliceMs) => {
  const page = Buffer.alloc(4096);
  const started = performance.now();
  let done = 0;
  for (; performance.now() - started < sliceMs; done += 1) {
    writeSync(handle, page, 0, page.length, (done % SYNC_FILE_PAGES) * page.length);
    fdatasyncSync(handle);
  }
  return (done * 1000) / (performance.now() - started);
};
export const openSyncFile = (file) => {
  const handle = openSync(file, 'w+');
  writeSync(handle, Buffer.alloc(SYNC_FILE_PAGES * 4096));
  fsyncSync(handle);
  return handle;
};
