import { closeSync, fchmodSync, fsyncSync, linkSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Random } from '@saksgang/kernel';
import { uuidV4 } from '@saksgang/record';

const OTHERS_MAY = 0o077; // any right of group or world
const OWNER_ONLY = 0o600;

/** `tooOpen`: the file's mode, in octal, when others than its owner may use it; else null. */
export type SecretFile = Readonly<{ text: string | null; tooOpen: string | null }>;

/**
 * What a small file holds, and whether others than its owner may use it. Null when there is no such file; `text` null when it is no
 * file, or holds more than `bytesMax`.
 */
export const readSecretFile = (path: string, bytesMax: number): SecretFile | null => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return null;
  // Windows keeps rights elsewhere and answers the same mode for every file.
  const open = process.platform !== 'win32' && (found.mode & OTHERS_MAY) !== 0;
  return {
    text: found.isFile() && found.size <= bytesMax ? readFileSync(path, 'utf8') : null,
    tooOpen: open ? (found.mode & 0o777).toString(8).padStart(3, '0') : null,
  };
};

/** Makes the file, whole or not at all, readable for its owner only. When another process was quicker, its file is the one that stays. */
export const makeSecretFile = (path: string, text: string, random: Random): void => {
  const draft = `${path}.${uuidV4(random)}`;
  writeOwned(draft, text);
  try {
    linkSync(draft, path);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
  } finally {
    unlinkSync(draft);
  }
  syncDirectory(dirname(path));
};

/** Makes the file for its owner only when it is not there: SQLite gives its side files the rights of the main one. */
export const claimFile = (path: string): void => closeSync(openSync(path, 'a', OWNER_ONLY));

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

// Without it a power cut could take the name of the file away while what it opens is already stored.
const syncDirectory = (path: string): void => {
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
};
