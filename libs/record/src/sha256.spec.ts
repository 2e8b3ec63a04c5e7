import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sha256 } from './hash.js';
import { plainSha256 } from './sha256.js';

const SEED = 1804;
const byNode = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('SHA-256 without node:crypto', () => {
  it('gives the examples of FIPS 180-4', () => {
    expect(hex(plainSha256(Buffer.from('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hex(plainSha256(new Uint8Array(0)))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(plainSha256(Buffer.from('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')))).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
  });
  it('is the same as that of node:crypto at every length up to five blocks', () => {
    for (let length = 0; length <= 320; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 167 + length) & 0xff);
      expect(hex(plainSha256(bytes))).toBe(byNode(bytes));
    }
  });
  it('is the same as that of node:crypto for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(hex(plainSha256(bytes))).toBe(byNode(bytes));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
  it('is not what Node uses, which has a faster one', () => {
    expect(sha256).not.toBe(plainSha256);
    expect(hex(sha256(Buffer.from('abc')))).toBe(byNode(Buffer.from('abc')));
  });
});
