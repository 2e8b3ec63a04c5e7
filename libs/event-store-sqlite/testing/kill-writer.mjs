// The process that kill.spec.ts kills. Appends with several writers at once and prints a line for every append once it has been
// acknowledged: stream, last revision, position, ids. Uses compiled code only: node kill-writer.mjs DIRECTORY ROUND WRITERS
import { createHash, randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [directory, round, writers] = process.argv.slice(2);
const { openSqliteEventStore } = await import(new URL('../../../dist/libs/event-store-sqlite/src/index.js', import.meta.url));

const store = await openSqliteEventStore({
  directory,
  random: { bytes: (count) => randomBytes(count) },
  clock: { now: () => '2026-01-02T03:04:05.678Z' },
  scheduler: { sleep: (ms, signal) => sleep(ms, undefined, { signal }) },
});

const uuidOf = (word) =>
  createHash('sha256')
    .update(word)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
// What came first and last of an append, and how many, is in every leaf: the reader can tell a half-written one by it.
const eventsOf = (stream, first, count) =>
  Array.from({ length: count }, (_, index) => ({
    id: uuidOf(`${stream} ${first + index}`),
    type: 'SampleRecorded',
    recordedAt: '2026-01-02T03:04:05.678Z',
    leaf: JSON.stringify({ first, count, index, filling: 'æøå'.repeat(1 + ((first * 7) % 60)) }),
    boxes: [],
  }));

const write = async (writer) => {
  const stream = `resolution-round-${round}-writer-${writer}`;
  for (let first = 0; ;) {
    const events = eventsOf(stream, first, 1 + ((first * 13 + writer * 7) % 60));
    const { revision, position } = await store.append(stream, first - 1, events);
    // Straight to the pipe: what was printed was acknowledged, whatever comes next.
    writeSync(1, `${JSON.stringify({ stream, revision, position, ids: events.map((event) => event.id) })}\n`);
    first = revision + 1;
  }
};

writeSync(1, 'open\n');
await Promise.all(Array.from({ length: Number(writers) }, (_, writer) => write(writer)));
