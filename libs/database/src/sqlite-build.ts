import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { openSqliteFile, type SqliteFile } from './sqlite-file.js';

/** A file that is being built. Nothing of it survives a fault; it is whole, and on the disk, once it is finished. */
export type SqliteBuild = Readonly<{
  file: SqliteFile;
  /** Asks for what has been committed to be on the disk, without holding up the thread. */
  sync: () => Promise<void>;
  /** Closes the file when all of it is on the disk; its name in the folder is there after `syncFolder`. */
  finish: () => void;
  /** Closes and removes it. Idempotent; nothing after `finish`. */
  discard: () => void;
}>;

/** Begins a file anew, whatever stood there. */
export const buildSqliteFile = (path: string): SqliteBuild => {
  removeSqliteFile(path);
  return resumeSqliteBuild(path);
};

/** Goes on with a file that was closed before it was finished, as by the thread that filled it. */
export const resumeSqliteBuild = (path: string): SqliteBuild => {
  const file = openSqliteFile(path, { synchronous: 'OFF' });
  let finished = false;
  return {
    file,
    sync: async () => {
      const handle = await open(path, 'r+');
      await handle.sync().finally(() => handle.close());
    },
    finish: () => {
      // Asked for while nothing is synced yet: whoever attaches the file would pay for it with three syncs.
      file.pragma('journal_mode = WAL');
      file.close();
      syncNow(path);
      finished = true;
    },
    discard: () => {
      if (finished) return;
      file.close();
      removeSqliteFile(path);
    },
  };
};

/** The names in the folder of this file are on the disk. */
export const syncFolder = (path: string): void => syncNow(dirname(path));

const syncNow = (path: string): void => {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

const BESIDE = ['', '-wal', '-shm', '-journal'] as const;

export const removeSqliteFile = (path: string): void => BESIDE.forEach((suffix) => rmSync(`${path}${suffix}`, { force: true }));

/** `/data/read-models.db`, `items-3`: `/data/read-models-items-3.db`. */
export const siblingFile = (path: string, name: string): string => join(dirname(path), `${stemOf(path)}-${name}.db`);

export const isSqliteFileThere = (path: string): boolean => existsSync(path);

/** Removes the file's siblings but those that are to be kept: what an interrupted build left. */
export const removeSiblings = (path: string, keep: readonly string[]): void => {
  const kept = new Set(keep.map((one) => basename(one)));
  for (const name of readdirSync(dirname(path))) {
    const file = /^(.+\.db)(?:-wal|-shm|-journal)?$/u.exec(name)?.[1];
    if (file?.startsWith(`${stemOf(path)}-`) && !kept.has(file)) rmSync(join(dirname(path), name), { force: true });
  }
};

const stemOf = (path: string): string => basename(path).replace(/\.db$/u, '');
