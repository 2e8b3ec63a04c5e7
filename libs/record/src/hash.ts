import { plainSha256 } from './sha256.js';

/** Bytes of a SHA-256. */
export const HASH_BYTES = 32;

// Asked for at run time and not imported: this file also runs in a browser, inside the verifier.
const native = globalThis.process?.getBuiltinModule?.('node:crypto');

/** SHA-256 of the bytes: node:crypto's where there is one, else our own. */
export const sha256: (bytes: Uint8Array) => Uint8Array =
  native === undefined ? plainSha256 : (bytes) => native.createHash('sha256').update(bytes).digest();

/** Byte for byte the same? Of public values: takes no care to take the same time. */
export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean => {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
};
