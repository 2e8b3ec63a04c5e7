import { closeSync, existsSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { COMMAND_LINE, openReadingLog, openSharedReadingLog } from '@saksgang/access';
import type { Postgres } from '@saksgang/database';
import type { StoredEvent } from '@saksgang/event-store';
import type { PersonId } from '@saksgang/kernel';
import {
  appendLeaf,
  discloseBox,
  emptyTree,
  EXPORT_FILES,
  exportLine,
  leafHash,
  manifestText,
  parseLeaf,
  readCheckpoint,
  readKey,
  rootOf,
  sameBytes,
  sealedIn,
  shownEntry,
  toBase64,
  verifierKeyText,
  type Closed,
  type Disclosure,
  type HeldNote,
  type VerifierKey,
} from '@saksgang/record';
import { openSharedCheckpoints, readSharedTombstones, readTombstones, type KeyStore, type ReadableLog } from '@saksgang/recording';
import { dataDirOf } from './backup.js';
import { logFileOf, openRecorded } from './engines.js';
import { makeWhole } from './keeping/whole-directory.js';
import { machineClock } from './machine.js';
import { entriesOf } from './move/side-by-side.js';
import { options } from './options.js';
import { createProgress, type Progress } from './progress.js';
import { openKeysOf, withSharedDatabase } from './shared-stores.js';
import { BadUsage, type CliCommand, type Terminal } from './terminal.js';
import { notesBeside } from './verify/notes-beside.js';

const PIECE_BYTES = 1024 * 1024; // characters written at once, about

/** What a reader gets of the sealed values of an entry. */
type Shows = (event: StoredEvent) => Promise<Readonly<{ disclosures: readonly Disclosure[]; closed: readonly Closed[] }>>;

/** `keys` null: names are withheld. A value whose box is gone is erased to anybody. */
const showing =
  (keys: KeyStore | null, erased: ReadonlySet<PersonId>): Shows =>
  async ({ id, leaf, boxes }) => {
    const [disclosures, closed]: [Disclosure[], Closed[]] = [[], []];
    const seen = new Set<string>();
    for (const { sealed, person } of sealedIn(parseLeaf(leaf))) {
      if (seen.has(sealed)) continue;
      seen.add(sealed);
      const box = boxes.find(({ commitment }) => commitment === sealed);
      const key = await keys?.keyOf(person);
      if (box === undefined || erased.has(person) || key?.state === 'ERASED') closed.push({ sealed, why: 'ERASED' });
      else if (key?.state === 'LIVE') disclosures.push(discloseBox(key.key, id, sealed, box.bytes));
      else closed.push({ sealed, why: 'WITHHELD' });
    }
    return { disclosures, closed };
  };

type Written = Readonly<{ root: Uint8Array; erasedValues: number; withheldValues: number }>;

/** The first `size` entries, a line each. */
const writeEntries = async (log: ReadableLog, size: number, file: string, shows: Shows, progress: Progress): Promise<Written> => {
  const handle = openSync(file, 'wx', 0o600);
  let tree = emptyTree;
  let piece = '';
  const values = { ERASED: 0, WITHHELD: 0 };
  try {
    for await (const event of size === 0 ? [] : entriesOf(log)) {
      const { disclosures, closed } = await shows(event);
      for (const { why } of closed) values[why] += 1;
      piece += exportLine(shownEntry(tree.size, event.leaf, disclosures, closed));
      tree = appendLeaf(tree, leafHash(event.leaf));
      if (piece.length >= PIECE_BYTES) piece = (writeSync(handle, piece), '');
      progress.at(tree.size, tree.size / size);
      if (tree.size === size) break;
    }
    writeSync(handle, piece);
  } finally {
    closeSync(handle);
  }
  progress.end(tree.size);
  return { root: rootOf(tree), erasedValues: values.ERASED, withheldValues: values.WITHHELD };
};

/** Who has the files of the keys is asked for no key: that all is read is noted all the same, before anything of it is written. */
const noteReadingAll = async (dataDir: string, database: Postgres | null): Promise<void> => {
  const clock = machineClock;
  const readings = database === null ? openReadingLog({ dataDir, clock }) : await openSharedReadingLog({ database, clock });
  const reading = { actor: COMMAND_LINE, role: 'admin', request: null, operation: 'export --all', item: null } as const;
  try {
    await readings.write([
      { ...reading, what: 'PERSONAL' },
      { ...reading, what: 'SHIELDED' },
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

const exportTo = async (to: string, all: boolean, terminal: Terminal, database: Postgres | null): Promise<void> => {
  const dataDir = dataDirOf(terminal);
  const { key, newest } = database === null ? signedBeside(dataDir) : await signedIn(database);
  if (newest === undefined || key === null)
    throw new Error(
      `Nothing has been signed in ${dataDir} yet, so an export could not be proven: let the server run for CHECKPOINT_SECONDS.`,
    );
  const { origin, size, root } = readCheckpoint(newest.note, newest.where);
  const keys = all ? await openKeysOf(terminal, dataDir, database) : null;
  const erased = database === null ? (readTombstones(dataDir) ?? new Set<PersonId>()) : await readSharedTombstones(database);
  const log = await openRecorded(dataDir, terminal);
  try {
    if (all) await noteReadingAll(dataDir, database);
    const bytes = existsSync(logFileOf(dataDir)) ? statSync(logFileOf(dataDir)).size : 0;
    const written = await makeWhole(to, bytes, async (directory) => {
      const put = (name: string, text: string): void => writeFileSync(join(directory, name), text, { mode: 0o600 });
      const shows = showing(keys, erased);
      const file = join(directory, EXPORT_FILES.entries);
      const { root: found, ...counted } = await writeEntries(log, size, file, shows, createProgress(terminal, 'exporting', 'entries'));
      if (!sameBytes(found, root))
        throw new Error(
          `The log no longer gives what was signed for ${size} entries: nothing was exported. See: npm run cli -- verify database ${dataDir}`,
        );
      put(EXPORT_FILES.checkpoint, newest.note);
      put(EXPORT_FILES.key, `${verifierKeyText(key)}\n`);
      // Whoever has the data directory has every entry: what is published is not asked here.
      put(EXPORT_FILES.manifest, manifestText({ origin, size, root, withheldEntries: 0, ...counted }));
      return counted;
    });
    terminal.print(`${size} entries, root ${toBase64(root)}, in ${resolve(to)}.`);
    terminal.print(
      `${written.withheldValues} names are withheld and ${written.erasedValues} erased.${all ? ' It holds names: keep it as you keep the record.' : ''}`,
    );
    terminal.print(
      'Entries newer than the last checkpoint are not in it. Check it with: npm run cli -- verify export DIR --key KEY (the published one)',
    );
  } finally {
    await log.close();
    await keys?.close();
  }
};

export const exportRecord: CliCommand = {
  usage: 'export --to DIR [--all]',
  does: 'writes every entry, unpublished and shielded ones too, as files that anybody can verify, names withheld; --all: with the names that the keys here open, for auditors',
  run: async (args, terminal) => {
    const { values } = options({ args: [...args], options: { to: { type: 'string' }, all: { type: 'boolean' } } });
    if (!values.to) throw new BadUsage(`Say where to: ${exportRecord.usage}`);
    const { to, all = false } = values;
    await withSharedDatabase(terminal, (database) => exportTo(to, all, terminal, database));
  },
};
