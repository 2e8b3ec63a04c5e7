import { plainSha256 } from './sha256.js';

/** Bytes of a SHA-256. */
export const HASH_BYTES = 32;

/** Asked for at run time and not imported: this file also runs in a browser, inside the verifier. */
export const nodeCrypto = globalThis.process?.getBuiltinModule?.('node:crypto');

const byNode = (crypto: typeof import('node:crypto')): ((bytes: Uint8Array) => Uint8Array) =>
  // At once where Node can (from 20.12): a third less time an entry.
  typeof crypto.hash === 'function'
    ? (bytes) => crypto.hash('sha256', bytes, 'buffer')
    : (bytes) => crypto.createHash('sha256').update(bytes).digest();

/** SHA-256 of the bytes: node:crypto's where there is one, else our own. */
export const sha256: (bytes: Uint8Array) => Uint8Array = nodeCrypto === undefined ? plainSha256 : byNode(nodeCrypto);

/** Byte for byte the same? Of public values: takes no care to take the same time. */
export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean => {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
};
