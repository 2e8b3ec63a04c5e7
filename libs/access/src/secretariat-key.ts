import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import type { Random } from '@saksgang/kernel';
import { uuidV4 } from '@saksgang/record';

/** Where the first key stays readable for the owner of the data directory. */
export const SECRETARIAT_KEY_FILE = 'secretariat.key';
const OWNER_ONLY = 0o600;

/** Writes the secret as one line, whole or not at all, durable when it answers; an older file is replaced. Answers the path. */
export const writeKeyFile = (path: string, secret: string, random: Random): string => {
  const draft = `${path}.${uuidV4(random)}`;
  const file = openSync(draft, 'wx', OWNER_ONLY);
  try {
    // The process' file mask may have taken more away than wanted.
    fchmodSync(file, OWNER_ONLY);
    writeSync(file, `${secret}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
  return path;
};
