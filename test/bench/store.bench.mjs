// Measures the SQLite engine against raw better-sqlite3 and against the disk. Needs a build: `npm run build`, then
//   node test/bench/store.bench.mjs [--entries 10000,100000] [--rounds 11] [--slice 200]
// All contenders take turns in short slices of one run. A ratio is the median of the ratios of slices that ran beside each other:
// on a noisy machine nothing else means anything.
// Prints a table, and after it one JSON object a line.
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DATA_BYTES, LEAF, opaqueEvent, openSyncFile, rawWriter, syncsPerSecond, uuid } from './store.raw.mjs';

const built = (path) => import(new URL(`../../dist/libs/${path}`, import.meta.url));
const [{ createCodec }, { openSqliteEventStore }, { leafOf, parseLeaf }, { registry }] = await Promise.all(
  ['event-store/src/index.js', 'event-store-sqlite/src/index.js', 'record/src/index.js', 'kinds/src/index.js'].map(built),
).catch((error) => {
  process.stderr.write(`The compiled code cannot be loaded (${error.message}): run \`npm run build\` first.\n`);
  process.exit(1);
});

const { values: args } = parseArgs({
  options: {
    entries: { type: 'string', default: '10000,100000' },
    rounds: { type: 'string', default: '11' },
    slice: { type: 'string', default: '200' },
  },
});
const SIZES = args.entries.split(',').map(Number);
const ROUNDS = Number(args.rounds); // slices of each contender
const SLICE = Number(args.slice); // ms
const STREAM_EVENTS = 20; // events of each stream in the log that is read

const random = { bytes: (count) => randomBytes(count) };
const clock = { now: () => new Date().toISOString() };
const scheduler = { sleep: (ms, signal) => sleep(ms, undefined, { signal }) };
const open = (directory, writer) => openSqliteEventStore({ directory, writer, clock, random, scheduler });
const codec = createCodec({
  registry,
  random,
  sealer: { box: () => Promise.reject(new Error('nothing is sealed here')) },
  leafOf,
  parseLeaf,
});

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const round = (number, digits = 2) => Number(number.toFixed(digits));

/** A real entry with as much data, for reading and decoding. */
const realDraft = (stream, revision) => ({
  id: uuid(),
  stream,
  revision,
  recordedAt: '2026-01-02T03:04:05.678Z',
  actor: 'example-loader',
  commandId: uuid(),
  inputDigest: createHash('sha256').update(stream).digest('base64url'),
  occurred: { text: '2018-10-03', asWritten: null },
  assertedBy: null,
  source: null,
  reason: null,
  event: { type: 'NoteAdded', data: { part: null, text: 'n'.repeat(DATA_BYTES - 24) } },
});

const fill = async (store, entries) => {
  const streams = [];
  while (streams.length * STREAM_EVENTS < entries) {
    const some = Array.from({ length: 50 }, () => `resolution-${uuid()}`);
    await Promise.all(
      some.map(async (stream) => {
        const drafts = Array.from({ length: STREAM_EVENTS }, (_, revision) => realDraft(stream, revision));
        return store.append(stream, -1, await codec.encode(drafts, new Map()));
      }),
    );
    streams.push(...some);
  }
  return streams;
};

/** So many writers, each on a stream of its own, each waiting for its acknowledgement: appends a second. */
const appendsPerSecond = async (store, writers) => {
  const started = performance.now();
  let done = 0;
  const write = async () => {
    const stream = `resolution-${uuid()}`;
    for (let revision = -1; performance.now() - started < SLICE; revision += 1) {
      await store.append(stream, revision, [opaqueEvent()]);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  return (done * 1000) / (performance.now() - started);
};

const streamReadMs = async (store, streams) => {
  const times = [];
  for (let count = 0; count < 200; count += 1) {
    const stream = streams[(count * 7919) % streams.length];
    const started = performance.now();
    const { events } = await store.readStream(stream);
    times.push(performance.now() - started);
    if (events.length !== STREAM_EVENTS) throw new Error(`${stream} holds ${events.length} events`);
  }
  return median(times);
};

/** The whole log up to where it stood before anything else was measured, with or without decoding. */
const scanPerSecond = async (store, until, see) => {
  const stop = new AbortController();
  const started = performance.now();
  let done = 0;
  for await (const { events, position } of store.follow({ after: store.origin, signal: stop.signal })) {
    for (const event of events) if (event.position <= until) ((done += 1), see(event));
    if (position >= until) stop.abort();
  }
  return (done * 1000) / (performance.now() - started);
};

const measure = async (entries) => {
  const root = mkdtempSync(join(tmpdir(), 'saksgang-bench-'));
  const [inlineDirectory, threadDirectory, rawDirectory] = ['inline', 'thread', 'raw'].map((name) => join(root, name));
  try {
    const filling = await open(inlineDirectory, 'inline');
    const streams = await fill(filling, entries);
    const until = await filling.head();
    await filling.close();
    for (const directory of [threadDirectory, rawDirectory]) {
      mkdirSync(directory);
      copyFileSync(join(inlineDirectory, 'log.db'), join(directory, 'log.db'));
    }
    const inline = await open(inlineDirectory, 'inline');
    const thread = await open(threadDirectory, 'thread');
    const syncFile = openSyncFile(join(root, 'sync'));
    const raw = rawWriter(join(rawDirectory, 'log.db'), SLICE);
    const contenders = {
      sync: () => syncsPerSecond(syncFile, SLICE),
      inlineLone: () => appendsPerSecond(inline, 1),
      threadLone: () => appendsPerSecond(thread, 1),
      raw16: () => raw.perSecond(16, 16),
      inline16: () => appendsPerSecond(inline, 16),
      thread16: () => appendsPerSecond(thread, 16),
      rawOne: () => raw.perSecond(1, 16),
      raw256: () => raw.perSecond(256, 256),
      inline256: () => appendsPerSecond(inline, 256),
      thread256: () => appendsPerSecond(thread, 256),
      readMs: () => streamReadMs(thread, streams),
      scan: () => scanPerSecond(thread, until, () => undefined),
      decodedScan: () => scanPerSecond(thread, until, codec.decode),
    };
    const slices = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
    for (let turn = 0; turn < ROUNDS; turn += 1) for (const [name, run] of Object.entries(contenders)) slices[name].push(await run());
    await Promise.all([inline.close(), thread.close()]);
    raw.close();
    closeSync(syncFile);
    return slices;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

const figuresOf = (entries, slices) => {
  const middle = (name) => median(slices[name]);
  const ratio = (name, other) => median(slices[name].map((value, turn) => value / slices[other][turn]));
  const share = (figure, value, floor) => ({ entries, figure, value: round(value), unit: '×', floor, ok: value >= floor });
  const rate = (figure, value, floor = null) => ({
    entries,
    figure,
    value: Math.round(value),
    unit: '/s',
    floor,
    ok: floor === null || value >= floor,
  });
  const group = (writer, writers, floor) =>
    share(`${writer}: ${writers} writers, share of raw in the same batches`, ratio(`${writer}${writers}`, `raw${writers}`), floor);
  const gain = (writer, writers, floor) =>
    share(`${writer}: ${writers} writers against one transaction each`, ratio(`${writer}${writers}`, 'rawOne'), floor);
  return [
    ...['inline', 'thread'].flatMap((writer) => [
      group(writer, 16, 0.55),
      group(writer, 256, 0.55),
      gain(writer, 16, 4),
      gain(writer, 256, 8),
    ]),
    share('inline: lone durable append, share of the disk’s fdatasync', ratio('inlineLone', 'sync'), 0.25),
    share('thread: lone durable append, share of the disk’s fdatasync', ratio('threadLone', 'sync'), 0.15),
    {
      entries,
      figure: `read of a ${STREAM_EVENTS}-event stream, p50`,
      value: round(middle('readMs'), 3),
      unit: 'ms',
      floor: 0.3,
      ok: middle('readMs') <= 0.3,
    },
    rate('log scan', middle('scan')),
    rate('log scan with decoding', middle('decodedScan'), 70_000),
    ...['sync', 'rawOne', 'raw16', 'raw256', 'inlineLone', 'threadLone', 'inline16', 'thread16', 'inline256', 'thread256'].map((name) =>
      rate(name, middle(name)),
    ),
  ];
};

const leafBytes = Buffer.byteLength((await codec.encode([realDraft('resolution-1', 0)], new Map()))[0].leaf);
process.stdout.write(`written: leaves of ${Buffer.byteLength(LEAF)} bytes; read and decoded: leaves of ${leafBytes} bytes\n`);
const all = [];
for (const entries of SIZES) {
  const figures = figuresOf(entries, await measure(entries));
  all.push(...figures);
  for (const { figure, value, unit, floor, ok } of figures) {
    const judged = floor === null ? '' : `${ok ? 'ok   ' : 'BELOW'} floor ${floor}`;
    process.stdout.write(
      `${String(entries).padStart(8)}  ${figure.padEnd(62)} ${String(value).padStart(10)} ${unit.padEnd(3)} ${judged}\n`,
    );
  }
}
for (const figure of all) process.stdout.write(`${JSON.stringify(figure)}\n`);
