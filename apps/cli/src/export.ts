import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { COMMAND_LINE, openReadingLog, openSharedReadingLog } from '@saksgang/access';
import type { Postgres } from '@saksgang/database';
import type { PersonId } from '@saksgang/kernel';
import {
  EXPORT_FILES,
  manifestText,
  readCheckpoint,
  readKey,
  sameBytes,
  toBase64,
  verifierKeyText,
  type HeldNote,
  type VerifierKey,
} from '@saksgang/record';
import { openSharedCheckpoints, readSharedTombstones, readTombstones } from '@saksgang/recording';
import { dataDirOf } from './backup.js';
import { logFileOf, openRecorded } from './engines.js';
import { makeWhole } from './keeping/whole-directory.js';
import { machineClock } from './machine.js';
import { showing, writeEntries } from './export/entries.js';
import { faceOfReader, openJudge, READERS, type Judge, type Reader } from './export/judging.js';
import { options } from './options.js';
import { createProgress } from './progress.js';
import { openKeysOf, withSharedDatabase } from './shared-stores.js';
import { BadUsage, type CliCommand, type Terminal } from './terminal.js';
import { notesBeside } from './verify/notes-beside.js';

type Asked = Readonly<{ to: string; reader: Reader; names: boolean }>;

/**
 * Who has the files of the keys is asked for no key: that names are read, and all that is shielded, is noted all the same, before anything
 * of it is written.
 */
const noteReading = async ({ reader, names }: Asked, dataDir: string, database: Postgres | null): Promise<void> => {
  const seesShielded = faceOfReader(reader) === 'INTERNAL';
  if (!names && !seesShielded) return;
  const clock = machineClock;
  const readings = database === null ? openReadingLog({ dataDir, clock }) : await openSharedReadingLog({ database, clock });
  const operation = ['export', reader === 'auditor' && names ? [] : ['--for', reader], names ? '--all' : []].flat().join(' ');
  const reading = { actor: COMMAND_LINE, role: 'admin', request: null, operation, item: null } as const;
  try {
    await readings.write([
      ...(names ? [{ ...reading, what: 'PERSONAL' } as const] : []),
      ...(seesShielded ? [{ ...reading, what: 'SHIELDED' } as const] : []),
    ]);
  } finally {
    await readings.close();
  }
};

type SignedLast = Readonly<{ key: VerifierKey | null; newest: HeldNote | undefined }>;

const signedBeside = (dataDir: string): SignedLast => {
  const { key, notes } = notesBeside(dataDir);
  return { key, newest: notes.at(-1) };
};
const signedIn = async (database: Postgres): Promise<SignedLast> => {
  const { origin, last, place } = await openSharedCheckpoints(database);
  const [present, newest] = [await origin(), await last()];
  const key = present?.key ?? null;
  return { key: key === null ? null : readKey(key, place), newest: newest === null ? undefined : { note: newest.note, where: place } };
};

const exportTo = async (asked: Asked, terminal: Terminal, database: Postgres | null): Promise<void> => {
  const { to, reader, names } = asked;
  const dataDir = dataDirOf(terminal);
  const { key, newest } = database === null ? signedBeside(dataDir) : await signedIn(database);
  if (newest === undefined || key === null)
    throw new Error(
      `Nothing has been signed in ${dataDir} yet, so an export could not be proven: let the server run for CHECKPOINT_SECONDS.`,
    );
  const { origin, size, root } = readCheckpoint(newest.note, newest.where);
  const keys = names ? await openKeysOf(terminal, dataDir, database) : null;
  const erased = database === null ? (readTombstones(dataDir) ?? new Set<PersonId>()) : await readSharedTombstones(database);
  const log = await openRecorded(dataDir, terminal);
  let judge: Judge | null = null;
  try {
    judge = await openJudge(reader, dataDir, log, terminal);
    const { told } = judge;
    await noteReading(asked, dataDir, database);
    const bytes = existsSync(logFileOf(dataDir)) ? statSync(logFileOf(dataDir)).size : 0;
    const written = await makeWhole(to, bytes, async (directory) => {
      const put = (name: string, text: string): void => writeFileSync(join(directory, name), text, { mode: 0o600 });
      const shows = showing(keys, erased);
      const file = join(directory, EXPORT_FILES.entries);
      const progress = createProgress(terminal, 'exporting', 'entries');
      const { root: found, ...counted } = await writeEntries({ log, size, file, told, shows, progress });
      if (!sameBytes(found, root))
        throw new Error(
          `The log no longer gives what was signed for ${size} entries: nothing was exported. See: npm run cli -- verify database ${dataDir}`,
        );
      put(EXPORT_FILES.checkpoint, newest.note);
      put(EXPORT_FILES.key, `${verifierKeyText(key)}\n`);
      put(EXPORT_FILES.manifest, manifestText({ origin, size, root, ...counted }));
      return counted;
    });
    terminal.print(`${size} entries, root ${toBase64(root)}, in ${resolve(to)}.`);
    terminal.print(`It is for ${FOR[reader]}: ${written.withheldEntries} entries are withheld, with only their hashes in it.`);
    terminal.print(
      `${written.withheldValues} names are withheld and ${written.erasedValues} erased.${names ? ' It holds names: keep it as you keep the record.' : ''}`,
    );
    terminal.print(
      'Entries newer than the last checkpoint are not in it. Check it with: npm run cli -- verify export DIR --key KEY (the published one)',
    );
  } finally {
    await judge?.close();
    await log.close();
    await keys?.close();
  }
};

const FOR: Readonly<Record<Reader, string>> = { public: 'the public', steering: 'the steering group', auditor: 'auditors' };

const readerIn = (named: string | undefined, names: boolean): Reader => {
  const reader = READERS.find((one) => one === (named ?? (names ? 'auditor' : 'public')));
  if (reader === undefined) throw new BadUsage(`«${named}» is no reader of an export: write --for ${READERS.join(', --for ')}.`);
  if (names && reader === 'public')
    throw new BadUsage('The public is shown no names: leave --all out, or write --for steering or auditor.');
  return reader;
};

export const exportRecord: CliCommand = {
  usage: 'export --to DIR [--for public|steering|auditor] [--all]',
  does:
    'writes the record as files that anybody can verify: what the public may see now, of every other entry its hash alone; ' +
    '--for steering or auditor: what they may see; --all: with the names that the keys here open, for auditors if nobody is named',
  run: async (args, terminal) => {
    const { values } = options({
      args: [...args],
      options: { to: { type: 'string' }, for: { type: 'string' }, all: { type: 'boolean' } },
    });
    if (!values.to) throw new BadUsage(`Say where to: ${exportRecord.usage}`);
    const { to, all: names = false } = values;
    const asked = { to, reader: readerIn(values.for, names), names };
    await withSharedDatabase(terminal, (database) => exportTo(asked, terminal, database));
  },
};
