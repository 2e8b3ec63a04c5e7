import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteFile } from '@saksgang/database';
import { createMemoryEventStore, type EventStore } from '@saksgang/event-store';
import { NO_STREAM, type PersonId } from '@saksgang/kernel';
import { boxNamed, eventNamed, streamNamed } from '../../event-store/testing/sample-events.js';
import { scheduler, seeded } from '../testing/world.js';
import { appendAfterErasures, applyTombstones, eraseNames, type ErasingParts } from './erasing.js';
import { KEY_STORE_FILE, type KeyStore } from './key-store.js';
import { openKeyStore } from './sqlite-key-store.js';

const clock = { now: () => '2024-05-17T10:00:00.000Z' };
const hasty = { sleep: (_ms: number, signal?: AbortSignal) => scheduler.sleep(0, signal) };

let dataDir: string;
let keys: KeyStore;
let store: EventStore;
let forgotten: PersonId[];
const open = (): KeyStore => openKeyStore({ dataDir, keyEncryptionKeyFile: null, clock, random: seeded('erasing') });
const parts = (more: Partial<ErasingParts> = {}): ErasingParts => ({
  keys,
  store,
  holders: [{ forget: async (persons) => forgotten.push(...persons) > 0 }],
  scheduler: hasty,
  ...more,
});
/** A person of the key store with a box beside an entry of the log. */
const personWithBox = async (name: string): Promise<PersonId> => {
  const person = await keys.personFor(name, null);
  await store.append(streamNamed(name), NO_STREAM, [eventNamed(name, { boxes: [{ ...boxNamed(name), person }] })]);
  return person;
};
const order = (person: PersonId) => store.append(person, NO_STREAM, [eventNamed(`erase ${person}`, { type: 'PersonErased' })]);
const stateOf = async (person: PersonId) => (await keys.keyOf(person)).state;
const boxesBeside = async (name: string): Promise<number> => (await store.readStream(streamNamed(name))).events[0]!.boxes.length;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'saksgang-erasing-'));
  keys = open();
  store = createMemoryEventStore({ random: seeded('log') });
  forgotten = [];
});
afterEach(async () => {
  await keys.close();
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('appending beside erasures', () => {
  it('deletes at once a box that was sealed before its person was erased and comes after, and no other', async () => {
    const [kari, ola] = [await keys.personFor('Kari', null), await keys.personFor('Ola', null)];
    const sealedBy = (name: string, person: PersonId) => [eventNamed(name, { boxes: [{ ...boxNamed(name), person }] })];
    const [late, other] = [sealedBy('Kari', kari), sealedBy('Ola', ola)];
    await eraseNames(parts(), [kari]);
    const append = appendAfterErasures({ keys, store });
    await append(streamNamed('Kari'), NO_STREAM, late);
    await append(streamNamed('Ola'), NO_STREAM, other);
    expect([await boxesBeside('Kari'), await boxesBeside('Ola')]).toEqual([0, 1]);
  });
});

describe('applying tombstones', () => {
  it('carries out what the log orders, for that person alone', async () => {
    const [kari, ola] = [await personWithBox('Kari'), await personWithBox('Ola')];
    await order(kari);
    expect(await applyTombstones(parts())).toEqual({ persons: 1 });
    expect([await stateOf(kari), await stateOf(ola)]).toEqual(['ERASED', 'LIVE']);
    expect([await boxesBeside('Kari'), await boxesBeside('Ola'), forgotten]).toEqual([0, 1, [kari]]);
    expect([await keys.personsOf('Kari'), await keys.personsOf('Ola')]).toEqual([[], [ola]]);
    expect((await keys.tombstones()).map(({ person }) => person)).toEqual([kari]);
  });

  it('erases again who has a tombstone, from a log that never heard of it', async () => {
    const kari = await personWithBox('Kari');
    await keys.tombstone(kari);
    await applyTombstones(parts());
    expect([await keys.keyOf(kari), await boxesBeside('Kari')]).toEqual([{ state: 'ERASED', key: null }, 0]);
    expect(await keys.personOf('Kari')).toBeNull();
  });

  it('erases from a key store that is older than the log, also whom it has never seen', async () => {
    const kari = await personWithBox('Kari');
    const backup = join(dataDir, 'backup.db');
    await keys.close();
    cpSync(join(dataDir, KEY_STORE_FILE), backup);
    keys = open();
    const late = await personWithBox('Sent Ute');
    for (const person of [kari, late]) await order(person);
    await applyTombstones(parts());
    await keys.close();
    cpSync(backup, join(dataDir, KEY_STORE_FILE));
    keys = open();
    expect([await stateOf(kari), await stateOf(late)]).toEqual(['LIVE', 'UNKNOWN']);
    await applyTombstones(parts());
    expect([await stateOf(kari), await stateOf(late)]).toEqual(['ERASED', 'ERASED']);
  });

  it('reads only what has come since, and all of a log it has not seen or that was set back', async () => {
    const kari = await personWithBox('Kari');
    const read: number[] = [];
    const counting = (of: EventStore): EventStore => ({
      ...of,
      follow: async function* (options) {
        for await (const batch of of.follow(options)) {
          read.push(batch.events.length);
          yield batch;
        }
      },
    });
    await applyTombstones(parts({ store: counting(store) }));
    await order(kari);
    await applyTombstones(parts({ store: counting(store) }));
    expect(read.reduce((sum, count) => sum + count)).toBe(2);
    // The same log as it was before: shorter than it had been searched.
    const setBack = createMemoryEventStore({ random: seeded('log') });
    expect(setBack.logId).toBe(store.logId);
    await expect(applyTombstones(parts({ store: setBack }))).resolves.toEqual({ persons: 1 });
    await setBack.close();
  });

  it('finds an erasure again that was not carried out', async () => {
    const kari = await personWithBox('Kari');
    await order(kari);
    const failing = { ...store, deleteBoxes: () => Promise.reject(new Error('the disk is gone')) };
    await expect(applyTombstones(parts({ store: failing }))).rejects.toThrow('the disk is gone');
    expect(await keys.searched(store.logId)).toBeNull();
    await applyTombstones(parts());
    expect(await boxesBeside('Kari')).toBe(0);
  });

  it('takes no other event of that name for an order', async () => {
    const kari = await personWithBox('Kari');
    await store.append(streamNamed('other'), NO_STREAM, [eventNamed('other', { type: 'PersonErased' })]);
    expect(await applyTombstones(parts())).toEqual({ persons: 0 });
    expect(await stateOf(kari)).toBe('LIVE');
  });
});

describe('erasing names', () => {
  it('does not call it done while somebody reads the key store, whose write-ahead log may still hold the key', async () => {
    const kari = await personWithBox('Kari');
    const reader = openSqliteFile(join(dataDir, KEY_STORE_FILE), { synchronous: 'FULL', readonly: true, busyMs: 0 });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM person').get();
    await keys.bury(kari);
    expect(await keys.destroy([kari])).toBe(false);
    reader.close();
    await eraseNames(parts(), [kari]);
    expect(await boxesBeside('Kari')).toBe(0);
  });

  it('gives up after so many tries, and says that something may be left', async () => {
    const kari = await personWithBox('Kari');
    let asked = 0;
    const never = { forget: async () => (asked += 1) < 0 };
    await expect(eraseNames(parts({ holders: [never] }), [kari])).rejects.toMatchObject({ name: 'StoreUnavailable', outcome: 'unknown' });
    expect(asked).toBe(20);
  });

  it('destroys no key of a person without a tombstone', async () => {
    const kari = await personWithBox('Kari');
    await keys.destroy([kari]);
    expect([await stateOf(kari), await keys.personOf('Kari')]).toEqual(['LIVE', kari]);
  });
});
