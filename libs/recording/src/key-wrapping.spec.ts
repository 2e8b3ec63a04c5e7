import { unwrapKey, wrapKey } from './key-wrapping.js';

describe('a wrapped key', () => {
  const encryptionKey = Buffer.alloc(32, 1);
  const key = Buffer.alloc(32, 2);
  const wrapped = Buffer.from(wrapKey(encryptionKey, 'person-1', key, { bytes: (count) => new Uint8Array(count).fill(3) }));

  it('opens for its person and its key-encryption key only', () => {
    expect(unwrapKey(encryptionKey, 'person-1', wrapped)).toEqual(key);
    expect(unwrapKey(encryptionKey, 'person-2', wrapped)).toBeNull();
    expect(unwrapKey(key, 'person-1', wrapped)).toBeNull();
  });
  it('does not open when it was changed or cut', () => {
    for (let at = 0; at < wrapped.length; at += 1) {
      const changed = Buffer.from(wrapped);
      changed[at] = (changed[at] as number) ^ 1;
      expect(unwrapKey(encryptionKey, 'person-1', changed)).toBeNull();
      expect(unwrapKey(encryptionKey, 'person-1', wrapped.subarray(0, at))).toBeNull();
    }
  });
});
