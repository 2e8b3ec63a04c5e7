import type { Random } from '@saksgang/kernel';
import { fromBase64url, SEED_BYTES, toBase64url } from '@saksgang/record';
import { KeyStoreRefused } from './key-store-refused.js';
import { makeSecretFile, readSecretFile } from './secret-file.js';

/** The signing key's file in the data directory, made on the first start when no other is named. */
export const SIGNING_KEY_FILE = 'signing.key';
const FILE_BYTES_MAX = 256; // one line of base64 and some space around it

/**
 * The Ed25519 seed that checkpoints are signed with: 32 bytes as one line of base64, in a file that only its owner may read. Null when
 * there is no such file.
 * @throws KeyStoreRefused KEY_FILE_TOO_OPEN or KEY_FILE_MALFORMED
 */
export const readSigningKey = (path: string): Uint8Array | null => {
  const found = readSecretFile(path, FILE_BYTES_MAX);
  if (found === null) return null;
  if (found.tooOpen !== null) {
    throw new KeyStoreRefused(
      'KEY_FILE_TOO_OPEN',
      `${path} holds the signing key and has mode ${found.tooOpen}: others than its owner may sign with it`,
      `Run: chmod 600 '${path}' — and consider who may have read it meanwhile.`,
    );
  }
  const seed = found.text === null ? null : fromBase64url(found.text.trim().replaceAll('+', '-').replaceAll('/', '_').replace(/=$/, ''));
  if (seed?.length === SEED_BYTES) return seed;
  throw new KeyStoreRefused(
    'KEY_FILE_MALFORMED',
    `${path} does not hold a signing key: ${SEED_BYTES} bytes as one line of base64`,
    'Restore it from its own copy. For a new installation a key can be made with: openssl rand -base64 32',
  );
};

/** Makes the file of a new key; when another process was quicker, its key is the one that counts. */
export const makeSigningKey = (path: string, made: Uint8Array, random: Random): Uint8Array => {
  makeSecretFile(path, `${toBase64url(made)}\n`, random);
  const seed = readSigningKey(path);
  if (seed === null)
    throw new KeyStoreRefused('KEY_FILE_MISSING', `${path} has vanished`, 'Check what removes files from the data directory.');
  return seed;
};
