import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { prepareDataDirectory, takeProcessLock } from '@saksgang/database';
import { ordinalOf, positionOf } from '@saksgang/event-store';
import { fromBase64, readCheckpoint, sameBytes, toBase64 } from '@saksgang/record';
import { KEY_STORE_FILE } from '@saksgang/recording';
import { LOG_IN_BACKUP } from './backup.js';
import { logFileOf, openLogFile, restoreLog } from './engines.js';
import { BACKUP_MANIFEST, readBackup, type BackupManifest } from './keeping/backup-manifest.js';
import { checkCopy, CopyDoesNotVerify } from './keeping/checked-copy.js';
import { digestOfFile, sync } from './keeping/whole-directory.js';
import { machineClock, machineRandom, machineScheduler } from './machine.js';
import { readSideBySide } from './move/side-by-side.js';
import { options } from './options.js';
import { erasedOf } from './shared-stores.js';
import { createProgress } from './progress.js';
import { BadUsage, type CliCommand, type Terminal } from './terminal.js';
import { notesBeside } from './verify/notes-beside.js';

/** What stands in the way of restoring. The message says what to do; nothing was changed. */
export class CannotRestore extends Error {
  override readonly name = 'CannotRestore';
}

type RecordManifest = Extract<BackupManifest, { holds: 'record' }>;
type Asked = Readonly<{ from: string; dataDir: string; keys: string | null; withoutKeys: boolean; at: string | null }>;

const restoreRecord = async (asked: Asked, terminal: Terminal): Promise<void> => {
  const { from, dataDir } = asked;
  const manifest = await readBackup(from, 'record');
  const entries = entriesUpTo(asked.at, manifest);
  prepareDataDirectory(dataDir);
  const lock = takeProcessLock(dataDir);
  try {
    if (existsSync(logFileOf(dataDir)))
      throw new CannotRestore(
        `${dataDir} holds a log already. Move ${logFileOf(dataDir)} away first, with its -wal and -shm if there are any; leave the keys there.`,
      );
    if (asked.keys !== null) await restoreKeys(asked.keys, dataDir);
    else if (!asked.withoutKeys && !existsSync(join(dataDir, KEY_STORE_FILE)))
      throw new CannotRestore(
        `${dataDir} holds no key store, so no name could be opened. Give its backup with --keys DIR, or say --without-keys.`,
      );
    const erased = await erasedOf(terminal, [dataDir]);
    const progress = createProgress(terminal, 'restoring', 'entries');
    const file = join(from, LOG_IN_BACKUP);
    const told = (done: number, of: number): void => progress.at(done, done / of);
    const restored = restoreLog({ from: file, directory: dataDir, entries, erased, clock: machineClock, random: machineRandom, told });
    try {
      progress.end(entries);
      await proveRestored(file, restored.file, entries, erased);
      const { root } = await checkCopy(restored.file, [], createProgress(terminal, 'verifying', 'entries'));
      if (entries === manifest.entries && !sameBytes(root, fromBase64(manifest.root) ?? new Uint8Array()))
        throw new CopyDoesNotVerify(`What was restored has another root than ${from} says.`);
      restored.put();
      terminal.print(
        `${entries} entries, root ${toBase64(root)}, in ${dataDir}: log ${restored.logId}. Positions of before answer POSITION_UNKNOWN.`,
      );
      terminal.print(`${erased.size} persons are erased: nothing of them was restored.`);
    } catch (error) {
      restored.discard();
      throw error;
    }
    sayWhatIsLost(dataDir, entries, terminal.print);
  } finally {
    lock.release();
  }
};

/** How many entries stand up to a position of the backed-up log. @throws CannotRestore */
const entriesUpTo = (at: string | null, { logId, entries }: RecordManifest): number => {
  const ordinal = at === null ? entries : ordinalOf(logId, at);
  if (ordinal !== null && ordinal >= 0 && ordinal <= entries) return ordinal;
  throw new CannotRestore(
    `${at ?? ''} is no position of this backup: it goes from ${positionOf(logId, 1)} to ${positionOf(logId, entries)}.`,
  );
};

/** Entry by entry against the backup, text and boxes; what is erased is looked for in vain. */
const proveRestored = async (from: string, file: string, entries: number, erased: ReadonlySet<string>): Promise<void> => {
  const [backedUp, restored] = [openLogFile(from, machineScheduler), openLogFile(file, machineScheduler)];
  try {
    let left = 0;
    const read = await readSideBySide(
      backedUp,
      restored,
      (person) => erased.has(person),
      (_theirs, { boxes }) => {
        left += boxes.filter(({ person }) => erased.has(person)).length;
      },
    );
    if (read.same !== entries || read.difference !== null || !read.otherEnds || left > 0)
      throw new CopyDoesNotVerify(`What was restored is not what was backed up: they part after ${read.same} entries.`);
  } finally {
    await Promise.all([backedUp.close(), restored.close()]);
  }
};

/** Puts the files of a key backup in place. One that is there stays as it is, so that no tombstone is ever rolled back. @throws CannotRestore */
const restoreKeys = async (from: string, dataDir: string): Promise<void> => {
  const { files } = await readBackup(from, 'keys');
  for (const { name, sha256 } of files)
    if (existsSync(join(dataDir, name)) && (await digestOfFile(join(dataDir, name))) !== sha256)
      throw new CannotRestore(
        `${join(dataDir, name)} is there already and is not the one in ${from}: it may hold tombstones that must not be lost. Leave --keys out, or restore into another directory.`,
      );
  for (const { name } of files) {
    const place = join(dataDir, name);
    if (existsSync(place)) continue;
    copyFileSync(join(from, name), `${place}.restoring`);
    sync(`${place}.restoring`);
    renameSync(`${place}.restoring`, place);
  }
  sync(dataDir);
};

/** The signer's memory is apart from the log: it may have vouched for more than came back. */
const sayWhatIsLost = (dataDir: string, entries: number, print: Terminal['print']): void => {
  const last = notesBeside(dataDir).notes.at(-1);
  const signed = last === undefined ? 0 : readCheckpoint(last.note, last.where).size;
  if (signed <= entries)
    return print('Nothing that was signed for is missing. Start the server: it builds read models and the index of hashes anew.');
  print(`${signed - entries} entries that were signed for are not in this copy. The server starts, but signs nothing more and says why.`);
  print('Put back a newer copy if there is one. If there is none, go on in the open: npm run cli -- record fork --reason "…"');
};

export const restore: CliCommand = {
  usage: 'restore --from DIR [--to DATA_DIR] [--keys DIR | --without-keys] [--at POSITION]',
  does: `makes a data directory of a backup, up to POSITION if one is given; DIR holds a ${BACKUP_MANIFEST}`,
  run: async (args, terminal) => {
    const { values } = options({
      args: [...args],
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        keys: { type: 'string' },
        at: { type: 'string' },
        'without-keys': { type: 'boolean' },
      },
    });
    if (!values.from || (values.keys !== undefined && values['without-keys'])) throw new BadUsage(`Usage: ${restore.usage}`);
    const asked = {
      from: resolve(values.from),
      dataDir: resolve(values.to || terminal.environment['DATA_DIR'] || './data'),
      keys: values.keys === undefined ? null : resolve(values.keys),
      withoutKeys: values['without-keys'] === true,
      at: values.at ?? null,
    };
    await restoreRecord(asked, terminal);
  },
};
