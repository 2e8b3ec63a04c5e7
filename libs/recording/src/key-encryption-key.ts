import { join } from 'node:path';
import type { Random } from '@saksgang/kernel';
import { fromBase64url, toBase64url } from '@saksgang/record';
import type { KeyStoreOptions } from './key-store.js';
import { KeyStoreRefused } from './key-store-refused.js';
import { makeSecretFile, readSecretFile } from './secret-file.js';

export const KEY_ENCRYPTION_KEY_FILE = 'key-encryption.key';
export const KEY_ENCRYPTION_KEY_BYTES = 32; // AES-256
const FILE_BYTES_MAX = 256; // one line of base64 and some space around it

/**
 * The key that wraps the persons' keys: 32 bytes as one line of base64, in a file that only its owner may read.
 * Null when there is no such file.
 * @throws KeyStoreRefused KEY_FILE_TOO_OPEN or KEY_FILE_MALFORMED
 */
const readKeyEncryptionKey = (path: string): Uint8Array | null => {
  const found = readSecretFile(path, FILE_BYTES_MAX);
  if (found === null) return null;
  if (found.tooOpen !== null) {
    throw new KeyStoreRefused(
      'KEY_FILE_TOO_OPEN',
      `${path} holds the key-encryption key and has mode ${found.tooOpen}: others than its owner may use it`,
      `Run: chmod 600 '${path}' — and consider who may have read it meanwhile.`,
    );
  }
  const key = found.text === null ? null : keyIn(found.text);
  if (key !== null) return key;
  throw new KeyStoreRefused(
    'KEY_FILE_MALFORMED',
    `${path} does not hold a key-encryption key: ${KEY_ENCRYPTION_KEY_BYTES} bytes as one line of base64`,
    'Restore it from its own backup. For a new installation a key can be made with: openssl rand -base64 32',
  );
};

/**
 * Makes the file with a new key, whole or not at all, readable for its owner only. When another process was quicker, its key is
 * the one that counts.
 */
const makeKeyEncryptionKey = (path: string, random: Random): Uint8Array => {
  makeSecretFile(path, `${toBase64url(random.bytes(KEY_ENCRYPTION_KEY_BYTES))}\n`, random);
  const key = readKeyEncryptionKey(path);
  if (key === null)
    throw new KeyStoreRefused('KEY_FILE_MISSING', `${path} has vanished`, 'Check what removes files from the data directory.');
  return key;
};

/**
 * The key-encryption key that these options name, made where a new store may have a new one. `wrapped`: what only the key that is looked
 * for opens, and where to get it, in words; null: nothing yet.
 * @throws KeyStoreRefused when it is missing and may not be made, or cannot be used
 */
export const encryptionKeyFor = (
  { dataDir, keyEncryptionKeyFile, random }: Pick<KeyStoreOptions, 'dataDir' | 'keyEncryptionKeyFile' | 'random'>,
  wrapped: Readonly<{ what: string; whatToDo: string }> | null,
): Uint8Array => {
  const path = keyEncryptionKeyFile ?? join(dataDir, KEY_ENCRYPTION_KEY_FILE);
  const key = readKeyEncryptionKey(path);
  if (key !== null) return key;
  if (wrapped !== null) {
    throw new KeyStoreRefused(
      'KEY_FILE_MISSING',
      `the key-encryption key is missing: there is no ${path}, and ${wrapped.what} can only be opened with it`,
      wrapped.whatToDo,
    );
  }
  if (keyEncryptionKeyFile === null) return makeKeyEncryptionKey(path, random);
  throw new KeyStoreRefused(
    'KEY_FILE_MISSING',
    `the key-encryption key is missing: there is no ${path}`,
    'Make one with: openssl rand -base64 32, readable for its owner only (chmod 600), and keep a copy apart from the backups.',
  );
};

// Both alphabets of base64, with or without padding, as tools differ; what is stored of it is the bytes.
const keyIn = (text: string): Uint8Array | null => {
  const key = fromBase64url(text.trim().replaceAll('+', '-').replaceAll('/', '_').replace(/=$/, ''));
  return key?.length === KEY_ENCRYPTION_KEY_BYTES ? key : null;
};
