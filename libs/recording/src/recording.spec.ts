import { once } from 'node:events';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '@saksgang/event-store';
import { openSqliteFile } from '@saksgang/database';
import { leafHash, parseVerifierKey, verifyCheckpoint, verifyConsistency, verifyInclusion, type VerifierKey } from '@saksgang/record';
import { makeEngine } from '../../event-store-sqlite/testing/temporary-store.js';
import { entryAt, fill, makeWorld, positionAt, scheduler as timer, STREAM, type World } from '../testing/world.js';
import type { Recording, SignedCheckpoint } from './index.js';
import { ON_DEMAND_MS } from './signer.js';

const TURNS_MAX = 10_000; // of the event loop, until something has come about

let world: World;
beforeEach(() => {
  world = makeWorld();
});
afterEach(() => world.close());

const keyOf = async (recording: Recording): Promise<VerifierKey> => parseVerifierKey((await recording.origin())?.key ?? '');
/** As an auditor has it: the note alone. */
const noted = async (recording: Recording, { note }: SignedCheckpoint) => verifyCheckpoint(note, [await keyOf(recording)]);
/** Verifies first, for nothing is signed before that; then signs. */
const signed = async (recording: Recording): Promise<SignedCheckpoint> => {
  await recording.verify();
  expect(await recording.sign()).toBe(true);
  return (await recording.checkpoint()) as SignedCheckpoint;
};
const stopOf = async (recording: Recording): Promise<string | undefined> => {
  await recording.verify();
  expect(await recording.sign()).toBe(false);
  return recording.signer().trouble?.code;
};
const proves = async (recording: Recording, n: number, checkpoint: SignedCheckpoint): Promise<boolean> =>
  verifyInclusion({
    index: n,
    leafHash: leafHash(entryAt(n).leaf),
    hashes: recording.inclusion(n, checkpoint.size),
    ...(await noted(recording, checkpoint)),
  });
const edit = (file: string, sql: string): void => {
  const opened = openSqliteFile(join(world.dataDir, file), { synchronous: 'FULL' });
  opened.exec(sql);
  opened.close();
};

describe('A recording', () => {
  it.each<[string, () => Promise<Readonly<{ store: EventStore; destroy: () => Promise<void> }>>]>([
    ['the memory engine', async () => ({ store: await world.log(0), destroy: async () => undefined })],
    ['the SQLite engine', async () => makeEngine('inline')],
  ])('follows the log, signs for it and proves every entry, on %s', async (_engine, make) => {
    const { store, destroy } = await make();
    try {
      await fill(store, 130);
      const recording = await world.open(store);
      const checkpoint = await signed(recording);
      expect(await noted(recording, checkpoint)).toMatchObject({ size: 130, origin: checkpoint.origin, root: checkpoint.root });
      for (let n = 0; n < 130; n += 1) expect(await proves(recording, n, checkpoint)).toBe(true);
      expect(recording.indexOf(await positionAt(store, 77))).toBe(77);
    } finally {
      await world.shut();
      await store.close();
      await destroy();
    }
  });

  it('signs again when the record has grown, and what it signed first is the beginning of it', async () => {
    const store = await world.log(3);
    const recording = await world.open(store);
    const first = await signed(recording);
    await fill(store, 1_234);
    const second = await signed(recording);
    expect([first.size, second.size]).toEqual([3, 1_234]);
    const [from, to] = [await noted(recording, first), await noted(recording, second)];
    const hashes = recording.consistency(3, 1_234);
    expect(verifyConsistency({ from: 3, to: 1_234, fromRoot: from.root, toRoot: to.root, hashes })).toBe(true);
    expect((await recording.covering(2))?.size).toBe(3);
    expect((await recording.covering(4))?.size).toBe(1_234);
    expect((await recording.checkpointsBefore(null, 10)).map(({ size }) => size)).toEqual([1_234, 3]);
  });

  it('signs nothing twice: a record that has not grown keeps its checkpoint', async () => {
    const recording = await world.open(await world.log(5));
    const first = await signed(recording);
    expect(await signed(recording)).toEqual(first);
    expect(await recording.checkpointCount()).toBe(1);
  });

  it('vouches for an empty record too', async () => {
    const recording = await world.open(await world.log(0));
    expect(await signed(recording)).toMatchObject({ size: 0 });
  });

  it('covers a new entry when asked, and many askers share one signature', async () => {
    const store = await world.log(2);
    const recording = await world.open(store);
    await signed(recording);
    await fill(store, 8);
    const positions = await Promise.all([2, 3, 4, 5, 6, 7].map((n) => positionAt(store, n)));
    const covers = await Promise.all(positions.map((position) => recording.cover(position)));
    expect(covers.map((one) => one?.size)).toEqual([8, 8, 8, 8, 8, 8]);
    expect(await recording.checkpointCount()).toBe(2);
  });

  it('signs for those who ask at most once a second, and all who wait share the next signature', async () => {
    const rests: (() => void)[] = [];
    const quick = (ms: number, signal?: AbortSignal): Promise<void> => timer.sleep(ms > ON_DEMAND_MS ? ms : 0, signal);
    const untilReleased = (signal?: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        rests.push(resolve);
        signal?.addEventListener('abort', () => resolve());
      });
    const sleep = (ms: number, signal?: AbortSignal) => (ms === ON_DEMAND_MS ? untilReleased(signal) : quick(ms, signal));
    const store = await world.log(2);
    const recording = await world.open(store, { scheduler: { sleep } });
    await signed(recording);
    await fill(store, 3);
    expect((await recording.cover(await positionAt(store, 2)))?.size).toBe(3);
    const waiting: ReturnType<Recording['cover']>[] = [];
    for (let n = 3; n < 9; n += 1) {
      await fill(store, n + 1);
      const position = await positionAt(store, n);
      waiting.push(recording.cover(position));
      expect(await recording.waitFor(position, 5_000)).toBe(true);
      await timer.sleep(0);
    }
    expect([await recording.checkpointCount(), rests.length]).toEqual([2, 1]);
    rests[0]?.();
    expect((await Promise.all(waiting)).map((one) => one?.size)).toEqual([9, 9, 9, 9, 9, 9]);
    expect(await recording.checkpointCount()).toBe(3);
  });

  it('tells whether the index holds so many entries', async () => {
    const recording = await world.open(await world.log(4));
    expect([await recording.holds(4), await recording.holds(5)]).toEqual([true, false]);
  });

  it('verifies again as soon as it has signed for the first entries of an empty record', async () => {
    const store = await world.log(0);
    const recording = await world.open(store);
    await signed(recording);
    expect(recording.verification()).toMatchObject({ state: 'VERIFIED', size: 0 });
    await fill(store, 3);
    expect(await recording.sign()).toBe(true);
    for (let turns = 0; recording.verification().size === 0 && turns < TURNS_MAX; turns += 1) await timer.sleep(0);
    expect(recording.verification()).toMatchObject({ state: 'VERIFIED', size: 3 });
  });

  it('builds its index anew from the log, the same to the byte', async () => {
    const store = await world.log(700);
    const hashes = async (): Promise<readonly string[]> => {
      const recording = await world.open(store);
      await signed(recording);
      const bottom = [0, 1, 2].map((index) => recording.tile({ level: 0, index, width: index === 2 ? 188 : 256 }));
      const tiles = await Promise.all([...bottom, recording.tile({ level: 1, index: 0, width: 2 })]);
      await world.shut();
      return tiles.map((tile) => Buffer.from(tile ?? []).toString('hex'));
    };
    const before = await hashes();
    expect(before.map((one) => one.length / 64)).toEqual([256, 256, 188, 2]);
    for (const side of ['', '-wal', '-shm']) rmSync(join(world.dataDir, `record.db${side}`), { force: true });
    expect(await hashes()).toEqual(before);
  });

  it('serves no tile wider than what is signed for', async () => {
    const store = await world.log(10);
    const recording = await world.open(store);
    await signed(recording);
    await fill(store, 20);
    await recording.waitFor(await positionAt(store, 19), 5_000);
    expect(recording.size()).toBe(20);
    expect((await recording.tile({ level: 0, index: 0, width: 10 }))?.length).toBe(320);
    expect(await recording.tile({ level: 0, index: 0, width: 20 })).toBeNull();
    expect(await recording.tile({ level: 0, index: 1, width: 1 })).toBeNull();
  });

  it('has no tile to serve while a deleted index is built anew', async () => {
    const store = await world.log(12);
    await signed(await world.open(store));
    await world.shut();
    rmSync(join(world.dataDir, 'record.db'));
    // It has nothing to tell for as long as somebody listens: one that ends at once would be asked again and again, and nothing else run.
    const slow: EventStore = {
      ...store,
      follow: async function* ({ signal }) {
        if (!signal.aborted) await once(signal, 'abort');
        yield* [];
      },
    };
    const recording = await world.open(slow);
    expect((await recording.checkpoint())?.size).toBe(12);
    expect(await recording.tile({ level: 0, index: 0, width: 10 })).toBeNull();
  });

  it('goes on under the same origin when the log was moved: entries are known by what they are', async () => {
    const first = await signed(await world.open(await world.log(600)));
    const moved = await world.log(640);
    const recording = await world.open(moved);
    const second = await signed(recording);
    expect(second).toMatchObject({ origin: first.origin, size: 640 });
    expect(await proves(recording, 599, first)).toBe(true);
    expect(recording.indexOf(await positionAt(moved, 599))).toBe(599);
  });

  it('keeps key and memory for their owner alone', async () => {
    await signed(await world.open(await world.log(1)));
    for (const file of ['signing.key', 'signer.db', 'signer.db-wal'])
      expect([file, (statSync(join(world.dataDir, file)).mode & 0o777).toString(8)]).toEqual([file, '600']);
  });

  it('signs under the origin it is given, and keeps one of its own when it is given none', async () => {
    const store = await world.log(1);
    const first = await signed(await world.open(store, { origin: 'postliste.eksempel.no/saksgang' }));
    expect(first.origin).toBe('postliste.eksempel.no/saksgang');
    await fill(store, 2);
    expect((await signed(await world.open(store))).origin).toBe(first.origin);
  });

  it('does not sign where another process does, and serves what that one signed', async () => {
    const store = await world.log(4);
    const first = await signed(await world.open(store));
    const reader = await world.open(store, { signs: false });
    await reader.verify();
    expect(await reader.checkpoint()).toEqual(first);
    await fill(store, 6);
    expect(await reader.sign()).toBe(false);
    expect(await reader.cover(await positionAt(store, 5))).toBeNull();
    expect(reader.signer()).toEqual({ state: 'OFF', trouble: null });
  });
});

describe('A recording signs no more, and says why,', () => {
  it.each<[string, (store: EventStore) => Promise<EventStore>, string]>([
    ['when signed entries were lost with a restore', () => world.log(7), 'LOG_SHORTER'],
    ['when the log is empty', () => world.log(0), 'LOG_SHORTER'],
    ['when a signed entry is another', () => world.log(12, { 4: 'noe annet' }), 'ENTRY_DIFFERS'],
    ['when the first entry is another', () => world.log(12, { 0: 'noe annet' }), 'ENTRY_DIFFERS'],
  ])('%s', async (_what, make, code) => {
    const first = await signed(await world.open(await world.log(10)));
    const recording = await world.open(await make(await world.log(10)));
    expect(await stopOf(recording)).toBe(code);
    expect(recording.verification()).toMatchObject({ state: 'FAILED', trouble: { code } });
    expect(await recording.checkpoint()).toEqual(first);
    expect(world.logged.filter((line) => line === 'error: nothing more is signed')).toHaveLength(1);
  });

  it('also when the index was thrown away before it could be compared with the log', async () => {
    await signed(await world.open(await world.log(10)));
    await world.shut();
    rmSync(join(world.dataDir, 'record.db'));
    const recording = await world.open(await world.log(10, { 3: 'noe annet' }));
    expect(await stopOf(recording)).toBe('CHECKPOINT_DIFFERS');
  });

  it('but lets go of entries that nobody signed for, as the log is the truth', async () => {
    const before = await world.log(10);
    await signed(await world.open(before));
    await fill(before, 15);
    const recording = await world.open(before);
    await recording.waitFor(await positionAt(before, 14), 5_000);
    const restored = await world.log(12, { 11: 'ført på nytt' });
    const after = await world.open(restored);
    expect(await signed(after)).toMatchObject({ size: 12 });
    expect(after.hashAt(11)).toEqual(Buffer.from(leafHash(entryAt(11, 'ført på nytt').leaf)));
    expect(after.verification().state).toBe('VERIFIED');
  });

  it.each<[string, () => void, string]>([
    ['when a hash of the index was changed', () => edit('record.db', 'UPDATE entry SET hash = zeroblob(32) WHERE n = 9'), 'ENTRY_DIFFERS'],
    [
      'when a node of the index was changed',
      () => edit('record.db', 'UPDATE node SET hash = zeroblob(32) WHERE level = 3'),
      'INDEX_DIFFERS',
    ],
    [
      'when a note in its memory was changed',
      () => edit('signer.db', "DROP TRIGGER checkpoint_is_fixed; UPDATE checkpoint SET note = replace(note, '10', '11')"),
      'NOTE_REFUSED',
    ],
    [
      'when a root in its memory was changed',
      () => edit('signer.db', 'DROP TRIGGER checkpoint_is_fixed; UPDATE checkpoint SET root = zeroblob(32)'),
      'CHECKPOINT_DIFFERS',
    ],
    ['when where it had read to was changed', () => edit('signer.db', 'UPDATE read_to SET hashes = zeroblob(64)'), 'CHECKPOINT_DIFFERS'],
    [
      'when its key is another',
      () => writeFileSync(join(world.dataDir, 'signing.key'), Buffer.alloc(32, 7).toString('base64')),
      'KEY_IS_ANOTHER',
    ],
    ['when its key is gone', () => rmSync(join(world.dataDir, 'signing.key')), 'KEY_MISSING'],
    ['when its memory is gone', () => rmSync(join(world.dataDir, 'signer.db')), 'MEMORY_MISSING'],
  ])('%s', async (_what, tamper, code) => {
    const store = await world.log(10);
    await signed(await world.open(store));
    await world.shut();
    tamper();
    await fill(store, 11);
    for (let start = 0; start < 2; start += 1) expect(await stopOf(await world.open(store))).toBe(code);
  });

  it('when it is given another origin than it has signed under', async () => {
    const store = await world.log(2);
    await signed(await world.open(store));
    expect(await stopOf(await world.open(store, { origin: 'en.annen/opprinnelse' }))).toBe('ORIGIN_IS_ANOTHER');
  });

  it('and refuses to start with a key that others may read, or that is none', async () => {
    const path = join(world.dataDir, 'signing.key');
    writeFileSync(path, 'x'.repeat(43), { mode: 0o644 });
    await expect(world.open(await world.log(0))).rejects.toMatchObject({ code: 'KEY_FILE_TOO_OPEN' });
    rmSync(path);
    writeFileSync(path, 'not a key', { mode: 0o600 });
    await expect(world.open(await world.log(0))).rejects.toMatchObject({ code: 'KEY_FILE_MALFORMED' });
    await expect(world.open(await world.log(0), { signingKeyFile: join(world.dataDir, 'none') })).rejects.toMatchObject({
      code: 'KEY_FILE_MISSING',
    });
  });

  it('and signs with a key it is given, without making one of its own', async () => {
    const path = join(world.dataDir, 'own.key');
    writeFileSync(path, `${Buffer.alloc(32, 9).toString('base64')}\n`, { mode: 0o600 });
    const recording = await world.open(await world.log(1), { signingKeyFile: path });
    expect((await noted(recording, await signed(recording))).size).toBe(1);
    expect(() => readFileSync(join(world.dataDir, 'signing.key'))).toThrow();
  });

  it('when an entry does not stand where its leaf says', async () => {
    const store = await world.log(3);
    await store.append(STREAM, 2, [{ ...entryAt(3), leaf: entryAt(2).leaf }]);
    expect(await stopOf(await world.open(store))).toBe('ENTRY_UNREADABLE');
  });
});
