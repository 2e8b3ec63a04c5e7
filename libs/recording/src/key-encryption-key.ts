import { closeSync, fchmodSync, fsyncSync, linkSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Random } from '@saksgang/kernel';
import { fromBase64url, toBase64url, uuidV4 } from '@saksgang/record';
import { KeyStoreRefused } from './key-store-refused.js';

export const KEY_ENCRYPTION_KEY_BYTES = 32; // AES-256
const FILE_BYTES_MAX = 256; // one line of base64 and some space around it
const OTHERS_MAY = 0o077; // any right of group or world
const OWNER_ONLY = 0o600;

/**
 * The key that wraps the persons' keys: 32 bytes as one line of base64, in a file that only its owner may read.
 * Null when there is no such file.
 * @throws KeyStoreRefused KEY_FILE_TOO_OPEN or KEY_FILE_MALFORMED
 */
export const readKeyEncryptionKey = (path: string): Uint8Array | null => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return null;
  // Windows keeps rights elsewhere and answers the same mode for every file.
  if (process.platform !== 'win32' && (found.mode & OTHERS_MAY) !== 0) {
    const mode = (found.mode & 0o777).toString(8).padStart(3, '0');
    throw new KeyStoreRefused(
      'KEY_FILE_TOO_OPEN',
      `${path} holds the key-encryption key and has mode ${mode}: others than its owner may use it`,
      `Run: chmod 600 '${path}' — and consider who may have read it meanwhile.`,
    );
  }
  const key = found.isFile() && found.size <= FILE_BYTES_MAX ? keyIn(readFileSync(path, 'utf8')) : null;
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
export const makeKeyEncryptionKey = (path: string, random: Random): Uint8Array => {
  const draft = `${path}.${uuidV4(random)}`;
  writeOwned(draft, `${toBase64url(random.bytes(KEY_ENCRYPTION_KEY_BYTES))}\n`);
  try {
    linkSync(draft, path);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
  } finally {
    unlinkSync(draft);
  }
  syncDirectory(dirname(path));
  const key = readKeyEncryptionKey(path);
  if (key === null)
    throw new KeyStoreRefused('KEY_FILE_MISSING', `${path} has vanished`, 'Check what removes files from the data directory.');
  return key;
};

// Both alphabets of base64, with or without padding, as tools differ; what is stored of it is the bytes.
const keyIn = (text: string): Uint8Array | null => {
  const key = fromBase64url(text.trim().replaceAll('+', '-').replaceAll('/', '_').replace(/=$/, ''));
  return key?.length === KEY_ENCRYPTION_KEY_BYTES ? key : null;
};

const writeOwned = (path: string, text: string): void => {
  const file = openSync(path, 'wx', OWNER_ONLY);
  try {
    fchmodSync(file, OWNER_ONLY);
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

// Without it a power cut could take the name of the file away while keys wrapped by it are already stored.
const syncDirectory = (path: string): void => {
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
};
