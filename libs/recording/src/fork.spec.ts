import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMemoryEventStore, type EventStore } from '@saksgang/event-store';
import { leafHash, parseLeaf, parseVerifierKey, toBase64, verifyCheckpoint, verifyInclusion } from '@saksgang/record';
import { entryAt, fill, makeWorld, seeded, type World } from '../testing/world.js';
import { forkRecord, ForkRefused, type Forked } from './fork.js';
import type { Recording, SignedCheckpoint } from './index.js';

/** What stands in logs for ever. UPDATE_GOLDEN=1 is for a new version beside it, never for this one. */
const GOLDEN = new URL('../../../test/golden/record-forked.v1.json', import.meta.url);

let world: World;
beforeEach(() => {
  world = makeWorld();
});
afterEach(() => world.close());

const signed = async (recording: Recording): Promise<SignedCheckpoint> => {
  await recording.verify();
  expect(await recording.sign()).toBe(true);
  return (await recording.checkpoint()) as SignedCheckpoint;
};
const fork = (store: EventStore, origin: string | null = null): Promise<Forked> =>
  forkRecord({
    dataDir: world.dataDir,
    store,
    signingKeyFile: null,
    reason: 'Tre innførsler gikk tapt i en diskfeil.',
    origin,
    clock: { now: () => '2026-03-03T08:00:00.000Z' },
    random: seeded('fork'),
  });

describe('A fork, after signed entries were lost,', () => {
  it('is seen by all: a new origin, and an entry in it that quotes the last checkpoint of the old one', async () => {
    const before = await signed(await world.open(await world.log(10)));
    const restored = await world.log(7);
    const stopped = await world.open(restored);
    await stopped.verify();
    expect(await stopped.sign()).toBe(false);
    await world.shut();

    const forked = await fork(restored);
    const recording = await world.open(restored);
    const after = await signed(recording);
    expect(after).toMatchObject({ origin: `${before.origin}/2`, size: 8 });
    expect((await recording.checkpointsBefore(null, 9)).map(({ origin, size }) => [origin, size])).toEqual([
      [after.origin, 8],
      [before.origin, 10],
    ]);
    const [entry] = (await restored.readStream(forked.stream)).events;
    const leaf = parseLeaf(entry?.leaf ?? '');
    expect(leaf).toMatchObject({
      type: 'RecordForked',
      version: 1,
      reason: 'Tre innførsler gikk tapt i en diskfeil.',
      data: { origin: after.origin, previous: { origin: before.origin, note: before.note } },
    });
    const { size, root } = verifyCheckpoint(after.note, [parseVerifierKey((await recording.origin())?.key ?? '')]);
    const own = leafHash(entry?.leaf ?? '');
    expect(verifyInclusion({ index: 7, size, leafHash: own, hashes: recording.inclusion(7, size), root })).toBe(true);
    expect(toBase64(recording.hashAt(7))).toBe(toBase64(own));
  });

  it('is signed for also when an entry of the same log was changed, and the index still knows the true one', async () => {
    const logOf = async (texts: Readonly<Record<number, string>>, count = 6): Promise<EventStore> => {
      const store = createMemoryEventStore({ random: seeded('one log') });
      await fill(store, count, texts);
      return store;
    };
    await signed(await world.open(await logOf({})));
    const changed = await logOf({ 3: 'Noe annet' });
    const stopped = await world.open(changed);
    await stopped.verify();
    expect(await stopped.sign()).toBe(false);
    expect(stopped.signer().trouble?.code).toBe('ENTRY_DIFFERS');
    await world.shut();

    await fork(changed);
    const recording = await world.open(changed);
    expect(await signed(recording)).toMatchObject({ size: 7 });
    expect(toBase64(recording.hashAt(3))).toBe(toBase64(leafHash(entryAt(3, 'Noe annet').leaf)));
  });

  it('is stored in a form that never changes', async () => {
    const store = await world.log(2);
    await signed(await world.open(store, { origin: 'eksempel.no/saksgang' }));
    await world.shut();
    const { stream } = await fork(store);
    const [entry] = (await store.readStream(stream)).events;
    const text = `${JSON.stringify({ stream, id: entry?.id, leaf: entry?.leaf }, null, 2)}\n`;
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, text);
    expect(text).toBe(readFileSync(GOLDEN, 'utf8'));
  });

  it('stops whoever still signs under the old name', async () => {
    const store = await world.log(2);
    const recording = await world.open(store);
    await signed(recording);
    await fork(store);
    expect(await recording.sign()).toBe(false);
    expect(recording.signer().trouble?.code).toBe('ORIGIN_IS_ANOTHER');
  });

  it('goes on where it was interrupted: the entry is recorded once', async () => {
    const store = await world.log(3);
    await signed(await world.open(store));
    await world.shut();
    const broken: EventStore = {
      ...store,
      append: async (...all) => {
        await store.append(...all);
        throw new Error('the power went');
      },
    };
    await expect(fork(broken)).rejects.toThrow('the power went');
    await fork(store);
    expect(await signed(await world.open(store))).toMatchObject({ size: 4 });
  });

  it('helps also when the key and the signer’s memory are gone', async () => {
    const store = await world.log(3);
    await signed(await world.open(store));
    await world.shut();
    for (const file of ['signing.key', 'signer.db']) rmSync(join(world.dataDir, file));
    expect((await fork(store, 'ny.opprinnelse/saksgang')).previous).toBeNull();
    const misnamed = await world.open(store, { origin: 'et.annet/navn' });
    await misnamed.verify();
    expect(await misnamed.sign()).toBe(false);
    expect(await signed(await world.open(store))).toMatchObject({ origin: 'ny.opprinnelse/saksgang', size: 4 });
  });

  it('keeps the name that stands in the record, whatever RECORD_ORIGIN still says', async () => {
    const store = await world.log(2);
    await signed(await world.open(store, { origin: 'eksempel.no/saksgang' }));
    await world.shut();
    const { origin } = await fork(store);
    for (const left of ['eksempel.no/saksgang', 'et.annet/navn']) {
      const recording = await world.open(store, { origin: left });
      await recording.verify();
      expect(await recording.sign()).toBe(false);
      expect(recording.signer().trouble?.code).toBe('ORIGIN_IS_ANOTHER');
    }
    expect(await signed(await world.open(store, { origin }))).toMatchObject({ origin, size: 3 });
  });

  it('counts its forks, and leaves digits that belong to the name', async () => {
    const store = await world.log(1);
    await signed(await world.open(store, { origin: 'eksempel.no/2024' }));
    await world.shut();
    expect((await fork(store)).origin).toBe('eksempel.no/2024/2');
    await signed(await world.open(store));
    await world.shut();
    expect((await fork(store)).origin).toBe('eksempel.no/2024/3');
  });

  it('takes no name that was signed under before, and none that no note could hold', async () => {
    const store = await world.log(1);
    const { origin } = await signed(await world.open(store));
    await world.shut();
    await expect(fork(store, origin)).rejects.toThrow(ForkRefused);
    await expect(fork(store, 'med mellomrom')).rejects.toThrow(ForkRefused);
    await fill(store, 2);
    expect(await signed(await world.open(store))).toMatchObject({ origin, size: 2 });
  });
});
