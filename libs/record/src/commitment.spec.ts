import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Json, Random } from '@saksgang/kernel';
import { fromBase64url, isBase64urlOf16, isBase64urlOf32, toBase64url } from './base64url.js';
import { BoxRefused, openBox, sealBox } from './box.js';
import { SALT_BYTES, commitmentOf, saltFrom } from './commitment.js';

type Golden = Readonly<{
  boxKey: string;
  boxes: readonly Readonly<{ entry: string; salt: string; nonce: string; value: Json; commitment: string; bytes: string }>[];
}>;
const golden = JSON.parse(readFileSync(new URL('../../../test/golden/leaf-v1.json', import.meta.url), 'utf8')) as Golden;
const key = Buffer.from(golden.boxKey, 'hex');
const SEED = 6962;

/** Gives out these bytes and no others. */
const fixed = (hex: string): Random => ({
  bytes: (count) => {
    const bytes = Buffer.from(hex, 'hex');
    if (bytes.length !== count) throw new Error(`asked for ${count} bytes, have ${bytes.length}`);
    return bytes;
  },
});

describe('the sealed form is pinned', () => {
  it.each(golden.boxes)('in the commitment and the bytes of the box of $entry', ({ entry, salt, nonce, value, commitment, bytes }) => {
    const committed = { salt: Buffer.from(salt, 'hex'), value };
    expect(commitmentOf(committed.salt, value)).toBe(commitment);
    expect(toBase64url(sealBox(key, entry, committed, fixed(nonce)))).toBe(bytes);
    expect(openBox(key, entry, commitment, Buffer.from(bytes, 'base64url'))).toEqual(value);
  });
});

describe('a commitment', () => {
  it('differs with the salt and with the value', () => {
    const salt = new Uint8Array(SALT_BYTES);
    const other = Uint8Array.from(salt, (_, index) => (index === 31 ? 1 : 0));
    expect(
      new Set([commitmentOf(salt, 'Kari'), commitmentOf(other, 'Kari'), commitmentOf(salt, 'Ola'), commitmentOf(salt, ['Kari'])]).size,
    ).toBe(4);
  });
  it('takes a whole salt only', () => {
    for (const length of [0, 31, 33]) expect(() => commitmentOf(new Uint8Array(length), 'Kari')).toThrow(RangeError);
    expect(saltFrom({ bytes: (count) => new Uint8Array(count) })).toHaveLength(32);
  });
});

describe('a box', () => {
  const box = golden.boxes[0] as Golden['boxes'][number];
  const other = golden.boxes[1] as Golden['boxes'][number];
  const bytes = Buffer.from(box.bytes, 'base64url');

  it('is not opened when any one bit of it has changed', () => {
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(() => openBox(key, box.entry, box.commitment, changed)).toThrow(BoxRefused);
    }
  });
  it('is not opened when it has been cut or extended', () => {
    for (let length = 0; length < bytes.length; length += 1)
      expect(() => openBox(key, box.entry, box.commitment, bytes.subarray(0, length))).toThrow(BoxRefused);
    expect(() => openBox(key, box.entry, box.commitment, Buffer.concat([bytes, Buffer.from([0])]))).toThrow(BoxRefused);
  });
  it('is not opened with another key, for another entry or for another commitment', () => {
    expect(() => openBox(Buffer.alloc(32, 1), box.entry, box.commitment, bytes)).toThrow(BoxRefused);
    expect(() => openBox(key, other.entry, box.commitment, bytes)).toThrow(BoxRefused);
    expect(() => openBox(key, box.entry, other.commitment, bytes)).toThrow(BoxRefused);
  });
  it('gives back any value that was sealed', () => {
    const random = { bytes: (count: number) => new Uint8Array(count).fill(9) };
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uuid(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (value, entry, salt) => {
        expect(openBox(key, entry, commitmentOf(salt, value), sealBox(key, entry, { salt, value }, random))).toBe(value);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

describe('base64url', () => {
  it('has one spelling for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (value) => {
        const text = toBase64url(value);
        expect(text).not.toMatch(/[+/=]/);
        expect([...(fromBase64url(text) ?? [])]).toEqual([...value]);
        expect(isBase64urlOf16(text)).toBe(value.length === 16);
        expect(isBase64urlOf32(text)).toBe(value.length === 32);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
  it('refuses padding, the other alphabet, stray bits, spaces and cut texts', () => {
    for (const text of ['AA==', '+_8', '__9', 'AB', 'A', ' AA', 'AA\n', 'é']) expect(fromBase64url(text)).toBeNull();
    expect(fromBase64url('AA')).toEqual(Buffer.from([0]));
  });
  it('knows 16 and 32 bytes only in their canonical spelling', () => {
    const sixteen = toBase64url(new Uint8Array(16));
    const thirtyTwo = toBase64url(new Uint8Array(32));
    expect([sixteen, `${sixteen.slice(0, -1)}B`, `${sixteen}\n`].map(isBase64urlOf16)).toEqual([true, false, false]);
    expect([thirtyTwo, `${thirtyTwo.slice(0, -1)}B`, `${thirtyTwo}=`].map(isBase64urlOf32)).toEqual([true, false, false]);
  });
});
