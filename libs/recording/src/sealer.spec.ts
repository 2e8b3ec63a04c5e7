import { randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PersonErased, PersonUnknown, type Random, type Sealer } from '@saksgang/kernel';
import { BoxRefused, NotCanonical, commitmentOf, entryIdFor, sealBox } from '@saksgang/record';
import type { KeyStore } from './key-store.js';
import { createSealer } from './sealer.js';
import { openKeyStore } from './sqlite-key-store.js';

// What is asked here holds for any bytes, and nonces and salts must differ: the real source.
const random: Random = { bytes: (count) => randomFillSync(new Uint8Array(count)) };
const clock = { now: () => '2024-05-17T10:00:00.000Z' };
const entry = entryIdFor('resolution-1', 'c-1', 0);
const another = entryIdFor('resolution-1', 'c-1', 1);
const named = (unsealed: string, person: string | null = null) => ({ unsealed, person });

let dataDir: string;
let keys: KeyStore;
let sealer: Sealer;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'saksgang-sealer-'));
  keys = openKeyStore({ dataDir, keyEncryptionKeyFile: null, clock, random });
  sealer = createSealer({ keys, random });
});
afterEach(async () => {
  await keys.close();
  rmSync(dataDir, { recursive: true });
});

const seal = async (name: string) => {
  const secret = await sealer.commit(named(name));
  return { secret, sealed: secret.handle, box: await sealer.box(entry, secret) };
};

describe('a sealed name', () => {
  it('is opened from its box, in NFC', async () => {
    const { sealed, box } = await seal('Ka\u030are Ødegård');
    expect(await sealer.open(entry, sealed, box)).toEqual({ state: 'SHOWN', value: 'K\u00e5re Ødegård' });
  });
  it('shows nothing of the name in the handle or the box', async () => {
    const { sealed, box } = await seal('Kanarifugl');
    expect(JSON.stringify(sealed)).not.toContain('Kanarifugl');
    expect(Buffer.from(box.bytes).includes('Kanarifugl')).toBe(false);
    expect({ commitment: box.commitment, person: box.person }).toEqual({ commitment: sealed.sealed, person: sealed.person });
  });
  it('twice gives one person, two commitments and two boxes', async () => {
    const [one, two] = [await seal('Kari'), await seal('Kari')];
    expect(one.sealed.person).toBe(two.sealed.person);
    expect(one.sealed.sealed).not.toBe(two.sealed.sealed);
    expect(one.box.bytes).not.toEqual(two.box.bytes);
  });
  it('can lie in the boxes of several entries', async () => {
    const { secret, sealed } = await seal('Kari');
    const box = await sealer.box(another, secret);
    expect(await sealer.open(another, sealed, box)).toEqual({ state: 'SHOWN', value: 'Kari' });
  });
  it('that has no canonical form is refused before a person is made of it', async () => {
    await expect(sealer.commit(named('Kari\ud800'))).rejects.toThrow(NotCanonical);
    await expect(sealer.commit(named('Kari\ud800'))).rejects.not.toThrow(/Kari/);
  });
  it('is found by any spelling that its person is known by, and asking makes nobody', async () => {
    expect(await sealer.find('Kåre')).toBeNull();
    expect(await sealer.find('Kåre')).toBeNull();
    const { sealed } = await seal('Kåre');
    await sealer.commit(named('Kåre Hansen', sealed.person));
    for (const name of ['Kåre', 'Ka\u030are', 'Kåre Hansen']) expect(await sealer.find(name)).toBe(sealed.person);
    expect(await sealer.find('Hansen')).toBeNull();
    await keys.tombstone(sealed.person);
    expect(await sealer.find('Kåre')).toBe(sealed.person);
  });
  it('for a person nobody knows is refused', async () => {
    await expect(sealer.commit(named('Kari', 'person-0'))).rejects.toThrow(PersonUnknown);
  });
});

describe('a box that does not open is a fault, not an erasure', () => {
  it('for another entry or another commitment', async () => {
    const { sealed, box } = await seal('Kari');
    const other = await seal('Kari');
    await expect(sealer.open(another, sealed, box)).rejects.toThrow(BoxRefused);
    await expect(sealer.open(entry, other.sealed, box)).rejects.toThrow(BoxRefused);
  });
  it('when its bytes have changed', async () => {
    const { sealed, box } = await seal('Kari');
    const bytes = Uint8Array.from(box.bytes, (byte, index) => (index === 20 ? byte ^ 1 : byte));
    await expect(sealer.open(entry, sealed, { ...box, bytes })).rejects.toThrow(BoxRefused);
  });
  it('when it holds something else than a name', async () => {
    const { secret, sealed } = await seal('Kari');
    const value = { not: 'a name' };
    const bytes = sealBox((await keys.keyOf(sealed.person)).key ?? new Uint8Array(), entry, { salt: secret.salt, value }, random);
    const commitment = commitmentOf(secret.salt, value);
    await expect(sealer.open(entry, { ...sealed, sealed: commitment }, { ...sealed, commitment, bytes })).rejects.toThrow(BoxRefused);
  });
  it('when the key store has never seen the person', async () => {
    const { sealed, box } = await seal('Kari');
    await expect(sealer.open(entry, { ...sealed, person: 'person-0' }, box)).rejects.toThrow(PersonUnknown);
  });
});

describe('after erasure', () => {
  it('a name whose box is gone is ERASED', async () => {
    const { sealed } = await seal('Kari');
    expect(await sealer.open(entry, sealed, null)).toEqual({ state: 'ERASED', value: null });
  });
  it('a person under a tombstone is neither opened nor sealed, not even what was committed before', async () => {
    const { secret, sealed, box } = await seal('Kari');
    await keys.tombstone(sealed.person);
    expect(await sealer.open(entry, sealed, box)).toEqual({ state: 'ERASED', value: null });
    await expect(sealer.box(another, secret)).rejects.toThrow(PersonErased);
    await expect(sealer.commit(named('Kari'))).rejects.toThrow(PersonErased);
    await expect(sealer.commit(named('Kari Hansen', sealed.person))).rejects.toThrow(PersonErased);
  });
  it('others are as they were', async () => {
    const kari = await seal('Kari');
    const ola = await seal('Ola');
    await keys.tombstone(kari.sealed.person);
    expect(await sealer.open(entry, ola.sealed, ola.box)).toEqual({ state: 'SHOWN', value: 'Ola' });
  });
});
