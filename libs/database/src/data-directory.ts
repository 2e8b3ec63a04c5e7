import Database from 'better-sqlite3';
import { closeSync, fsyncSync, mkdirSync, openSync, statfsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Nothing else may open `lock.db`, not even to copy it: see `takeProcessLock`. */
const lockFileOf = (directory: string): string => join(directory, 'lock.db');

export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse';
  constructor(readonly directory: string) {
    super(
      `another process is writing in ${directory}: stop it first, or give this one a directory of its own (DATA_DIR). ` +
        'The lock ends with the process that holds it; there is no lock file to delete.',
    );
  }
}
export class UnsuitableDataDirectory extends Error {
  override readonly name = 'UnsuitableDataDirectory';
}

/** `f_type` of statfs(2) on Linux for file systems whose locks and shared memory do not hold across machines. */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
]);

/**
 * The name of the network file system the directory lies on, or null. Not detected: anything mounted through FUSE (sshfs,
 * cloud drives), 9p shares of virtual machines, and every network mount outside Linux, where statfs numbers mean other things.
 */
export const networkFileSystemOf = (type: number, platform: NodeJS.Platform): string | null =>
  platform === 'linux' ? (NETWORK_FILE_SYSTEMS.get(type >>> 0) ?? null) : null;

/** Makes the directory (mode 0700) and refuses one the log would not be safe on. @throws UnsuitableDataDirectory */
export const prepareDataDirectory = (directory: string, typeOf = (path: string): number => statfsSync(path).type): void => {
  const made = mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (made !== undefined) syncNames(resolve(directory), dirname(resolve(made)));
  const network = networkFileSystemOf(typeOf(directory), process.platform);
  if (network === null) return;
  throw new UnsuitableDataDirectory(
    `${directory} lies on ${network}: a write-ahead log needs locks and shared memory that network file systems do not keep. ` +
      'Set DATA_DIR to a local disk, or use a database server as the engine.',
  );
};

/** A new directory outlives a power cut only when the one that names it has been synced, up to one that stood before. */
const syncNames = (from: string, upTo: string): void => {
  if (process.platform === 'win32') return; // directories cannot be opened there
  for (let at = from; at.length >= upTo.length; at = dirname(at)) {
    const handle = openSync(at, 'r');
    fsyncSync(handle);
    closeSync(handle);
    if (at === upTo) return;
  }
};

/**
 * Holds the directory for writing until `release` is called or the process ends, however it ends.
 * POSIX drops all locks of a process on a file as soon as that process closes *any* handle to it. SQLite knows and takes
 * care of its own handles, so nothing else in this process may open the file.
 * @throws DataDirectoryInUse
 */
export const takeProcessLock = (directory: string): Readonly<{ release: () => void }> => {
  const lock = new Database(lockFileOf(directory), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY') === true) throw new DataDirectoryInUse(directory);
    throw error;
  }
  return { release: () => void (lock.open && lock.close()) };
};
