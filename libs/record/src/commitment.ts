import type { Json, Random } from '@saksgang/kernel';
import { toBase64url } from './base64url.js';
import { canonicalJson } from './canonical.js';
import { sha256 } from './hash.js';

export const SALT_BYTES = 32;
const COMMITMENT_PREFIX = 'saksgang sealed value v1\n';

const utf8 = new TextEncoder();

/** A salted commitment: SHA-256(prefix ‖ salt ‖ canonical value), base64url. Ciphertext, salt and key can all go, and it stands. */
export const commitmentOf = (salt: Uint8Array, value: Json): string => {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt is ${SALT_BYTES} bytes, not ${salt.length}`);
  const prefix = utf8.encode(COMMITMENT_PREFIX);
  const said = utf8.encode(canonicalJson(value));
  const bytes = new Uint8Array(prefix.length + SALT_BYTES + said.length);
  bytes.set(prefix);
  bytes.set(salt, prefix.length);
  bytes.set(said, prefix.length + SALT_BYTES);
  return toBase64url(sha256(bytes));
};

export const saltFrom = (random: Random): Uint8Array => random.bytes(SALT_BYTES);
