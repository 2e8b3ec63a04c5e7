import Database from 'better-sqlite3';
import { DataDirectoryInUse } from '@saksgang/database';
import type { StoredEvent } from '@saksgang/event-store';
import type { Random } from '@saksgang/kernel';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { eventNamed, takeFrom } from '../../event-store/testing/sample-events.js';
import { seededRandom, someNumber } from '../../event-store/testing/seeded-random.js';
import { compiled, makeDirectory, openStore, removeDirectory, ROOT } from '../testing/temporary-store.js';
import { rounds } from '../../../test/support/not-run.js';
import { logFileOf } from './log-file.js';

/**
 * Kills a writing process with SIGKILL again and again. What this proves: acknowledged means committed, an append is all or
 * nothing, the lock goes with the process. What it does not: that a commit survives a power cut. The kernel outlives the
 * process and keeps what was written but not yet synced, so this test passes with synchronous=OFF too.
 */
const LOGS = rounds('kills of the SQLite engine, in logs of 8', 1, 13);
const ROUNDS = 8; // kills of each log: it is read whole after every one
const WRITERS = 6;
const ACKS_BEFORE_KILL_MAX = 200;
const DELAY_MS_MAX = 12; // ms from the acknowledgement to the kill
const MS_MAX = 120_000 * LOGS;

type Acknowledged = Readonly<{ stream: string; revision: number; position: string; ids: readonly string[] }>;
type Running = Readonly<{ child: ChildProcess; lines: Interface }>;

const start = async (directory: string, round: number): Promise<Running> => {
  compiled('index.js');
  const script = join(ROOT, 'libs', 'event-store-sqlite', 'testing', 'kill-writer.mjs');
  const child = spawn(process.execPath, [script, directory, String(round), String(WRITERS)], { stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, lines: createInterface({ input: child.stdout }) };
};

/**
 * Kills it after so many acknowledgements, and answers them all, those that were still in the pipe too. Right after an
 * acknowledgement the writer rests; `ms` later it is anywhere, mostly in the middle of a transaction.
 */
const killAfter = async ({ child, lines }: Running, acks: number, ms: number): Promise<Acknowledged[]> => {
  const exited = once(child, 'exit');
  const acknowledged: Acknowledged[] = [];
  for await (const line of lines) {
    if (!line.startsWith('{')) continue;
    // A line cut short by the kill was not printed: its append may or may not stand.
    if (line.endsWith('}')) acknowledged.push(JSON.parse(line) as Acknowledged);
    if (acknowledged.length === acks) setTimeout(() => child.kill('SIGKILL'), ms);
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return acknowledged;
};

const checkLog = async (directory: string, acknowledged: readonly Acknowledged[]): Promise<void> => {
  const db = new Database(logFileOf(directory));
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
  const [count, last] = db.prepare('SELECT count(*), max(position) FROM event').raw().get() as [number, number];
  expect(last).toBe(count);
  db.close();

  const store = await openStore(directory, { writer: 'inline' });
  try {
    const log = await takeFrom(store, store.origin, count);
    expect(log).toHaveLength(count);
    expect(faultsIn(log, acknowledged)).toEqual([]);
  } finally {
    await store.close();
  }
};

/** Acknowledged appends that do not stand as they were acknowledged, and appends of which only a part stands. */
const faultsIn = (log: readonly StoredEvent[], acknowledged: readonly Acknowledged[]): string[] => {
  const byId = new Map(log.map((event) => [event.id, event]));
  const stands = ({ stream, revision, position, ids }: Acknowledged): boolean =>
    byId.get(ids.at(-1) as string)?.position === position &&
    ids.every((id, index) => byId.get(id)?.stream === stream && byId.get(id)?.revision === revision - ids.length + 1 + index);
  const lost = acknowledged.filter((append) => !stands(append)).map((append) => `lost: ${append.stream} ${append.revision}`);
  return [...lost, ...halfWritten(log).map((append) => `half-written: ${append}`)];
};

/** Every leaf says which append it belongs to and how many events that had. */
const halfWritten = (log: readonly StoredEvent[]): string[] => {
  const found = new Map<string, number>();
  for (const { stream, leaf } of log) {
    const { first, count } = JSON.parse(leaf) as { first: number; count: number };
    const append = `${stream} ${first} of ${count}`;
    found.set(append, (found.get(append) ?? 0) + 1);
  }
  return [...found].filter(([append, count]) => !append.endsWith(` of ${count}`)).map(([append]) => append);
};

const killAgainAndAgain = async (directory: string, random: Random): Promise<void> => {
  const acknowledged: Acknowledged[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const acks = 1 + someNumber(random, ACKS_BEFORE_KILL_MAX);
    const ofRound = await killAfter(await start(directory, round), acks, someNumber(random, DELAY_MS_MAX));
    expect(ofRound.length).toBeGreaterThanOrEqual(acks);
    acknowledged.push(...ofRound);
    await checkLog(directory, acknowledged);
  }
};

describe('a writing process that is killed', () => {
  let directory: string;
  beforeEach(() => void (directory = makeDirectory()));
  afterEach(() => removeDirectory(directory));

  it(
    `loses no acknowledged append and leaves none half-written, ${LOGS} × ${ROUNDS} kills`,
    async () => {
      const random = seededRandom('kill');
      for (let log = 0; log < LOGS; log += 1) await killAgainAndAgain(join(directory, String(log)), random);
    },
    MS_MAX,
  );

  it('keeps a second process out while it lives, and no longer than that', async () => {
    const { child, lines } = await start(directory, 0);
    const exited = once(child, 'exit');
    for await (const line of lines) {
      if (line.startsWith('{')) break;
    }
    await expect(openStore(directory, { writer: 'inline' })).rejects.toThrow(DataDirectoryInUse);
    child.kill('SIGKILL');
    await exited;
    const store = await openStore(directory, { writer: 'inline' });
    expect((await store.readStream('resolution-round-0-writer-0')).head).toBeGreaterThanOrEqual(0);
    await store.close();
  }, 30_000);

  it('would be noticed if it lost or halved an append', () => {
    const stored = (revision: number): StoredEvent => ({
      ...eventNamed(`event ${revision}`, { leaf: JSON.stringify({ first: 0, count: 2, index: revision }) }),
      stream: 'resolution-a',
      revision,
      position: `log-${revision}`,
    });
    const append = { stream: 'resolution-a', revision: 1, position: 'log-1', ids: [stored(0).id, stored(1).id] };
    expect(faultsIn([stored(0), stored(1)], [append])).toEqual([]);
    expect(faultsIn([], [append])).toEqual(['lost: resolution-a 1']);
    expect(faultsIn([stored(0)], [])).toEqual(['half-written: resolution-a 0 of 2']);
    expect(faultsIn([stored(0), { ...stored(1), position: 'log-2' }], [append])).toEqual(['lost: resolution-a 1']);
  });
});
