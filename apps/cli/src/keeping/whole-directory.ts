import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { prepareDataDirectory, takeProcessLock } from '@saksgang/database';

/** Where something is to be written cannot take it. The message says what to do; nothing was changed. */
export class CannotWriteThere extends Error {
  override readonly name = 'CannotWriteThere';
}

/** Bytes left over on the disk beside what is to be written. */
const SPARE_BYTES = 16 * 1024 * 1024;

/**
 * Makes a directory whole or not at all: `work` fills a directory beside it, which is synced and given its name last. What an
 * interrupted run left is cleared away by the next one. `bytes`: about how much room it takes.
 * @throws CannotWriteThere when there is something already, no room, or another run is at it
 */
export const makeWhole = async <T>(to: string, bytes: number, work: (directory: string) => Promise<T>): Promise<T> => {
  const place = resolve(to);
  refuseUnlessFree(place);
  const parent = dirname(place);
  mkdirSync(parent, { recursive: true });
  refuseUnlessRoom(parent, bytes);
  const draft = `${place}.incomplete`;
  prepareDataDirectory(draft);
  const lock = takeProcessLock(draft);
  try {
    for (const name of readdirSync(draft)) if (!name.startsWith('lock.db')) rmSync(join(draft, name), { recursive: true });
    const result = await work(draft);
    lock.release();
    rmSync(join(draft, 'lock.db'));
    for (const name of readdirSync(draft)) sync(join(draft, name));
    sync(draft);
    if (existsSync(place)) rmSync(place, { recursive: true });
    renameSync(draft, place);
    sync(parent);
    return result;
  } catch (error) {
    lock.release();
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
};

const refuseUnlessFree = (place: string): void => {
  const found = statSync(place, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory()) throw new CannotWriteThere(`${place} is a file: name a directory that is not there yet.`);
  if (readdirSync(place).length > 0) throw new CannotWriteThere(`${place} is not empty: name a directory that is not there yet.`);
};

const refuseUnlessRoom = (directory: string, bytes: number): void => {
  const { bavail, bsize } = statfsSync(directory);
  if (bavail * bsize < bytes + SPARE_BYTES)
    throw new CannotWriteThere(
      `There are ${bavail * bsize} bytes free on the disk of ${directory}, and about ${bytes + SPARE_BYTES} are needed.`,
    );
};

/** On Windows directories cannot be opened, and files only for writing. */
export const sync = (path: string): void => {
  const isDirectory = statSync(path).isDirectory();
  if (process.platform === 'win32' && isDirectory) return;
  const handle = openSync(path, isDirectory ? 'r' : 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/** SHA-256 of a file, hexadecimal. */
export const digestOfFile = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
};
