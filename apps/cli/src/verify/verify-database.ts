import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Clock, type Random, type Scheduler } from '@saksgang/kernel';
import {
  check,
  createTally,
  failed,
  incomplete,
  noted,
  readCheckpoint,
  sameBytes,
  signedFinding,
  sinceFindings,
  trustedKey,
  valuesErased,
  type Finding,
  type HeldNote,
  type VerifierKey,
} from '@saksgang/record';
import { KEY_ENCRYPTION_KEY_FILE, KEY_STORE_FILE, openKeyStore, type KeyStore } from '@saksgang/recording';
import { logFileOf, openLogFile, type CheckedLog } from '../engines.js';
import { indexBeside } from './index-beside.js';
import { checkLog, type LogChecked } from './log-check.js';
import * as say from './log-sentences.js';
import { WrongWords } from './words.js';

export type DatabaseQuestion = Readonly<{
  /** The log's file, a copy of it, or the data directory it lies in. */
  path: string;
  key: VerifierKey | null;
  since: HeldNote | null;
  keyEncryptionKeyFile: string | null;
  machine: Readonly<{ clock: Clock; random: Random; scheduler: Scheduler }>;
}>;

/** What the signer keeps beside the log: notes of one origin, ascending by size, and the key it signs with. */
export type NotesBeside = Readonly<{ key: VerifierKey | null; notes: readonly HeldNote[] }>;

/** Checks the database of a record: beside a running server or without one. It writes nothing to the log. @throws WrongWords, Malformed */
export const verifyDatabase = async (
  question: DatabaseQuestion,
  notesOf: (directory: string) => NotesBeside,
): Promise<readonly Finding[]> => {
  const file = fileAt(question.path);
  const beside = notesOf(dirname(file));
  const keys = openKeys(dirname(file), question);
  const log = open(file, question.machine.scheduler);
  if ('text' in log) return [log];
  const index = indexBeside(dirname(file));
  try {
    const whole = faultFinding(log);
    const notes = beside.notes.map((held) => ({ ...held, checkpoint: readCheckpoint(held.note, held.where) }));
    const older = question.since && readCheckpoint(question.since.note, question.since.where);
    const checked = await checkLog(
      log,
      [...notes.map(({ checkpoint }) => checkpoint.size), ...(older ? [older.size] : [])],
      keys.store,
      index,
    );
    const { key, findings } = trustedKey(question.key, beside.key, true);
    return [
      whole,
      ...checked.findings,
      ...keys.findings,
      ...(checked.erased.count > 0 ? [incomplete(valuesErased(checked.erased.count, checked.erased.places))] : []),
      ...findings,
      ...(await noteFindings(notes, checked, key)),
      ...(question.since && older
        ? [await signedFinding(question.since.note, older, key), ...sinceFindings(checked.walk, older, notes.at(-1)?.checkpoint ?? older)]
        : []),
      ...(notes.length === 0 && older === null ? [incomplete(say.noCheckpoint)] : []),
    ];
  } finally {
    index.close();
    await keys.store?.close();
    await log.close();
  }
};

const fileAt = (path: string): string => {
  const found = statSync(path, { throwIfNoEntry: false });
  const file = found?.isDirectory() ? logFileOf(path) : path;
  if (!existsSync(file)) throw new WrongWords(`There is no log at ${file}.`);
  return file;
};

const open = (file: string, scheduler: Scheduler): CheckedLog | Finding => {
  try {
    return openLogFile(file, scheduler);
  } catch (error) {
    return failed('WRONG', say.logUnreadable(0, error instanceof Error ? error.message : String(error)));
  }
};

const faultFinding = (log: CheckedLog): Finding => {
  const faults = createTally();
  try {
    for (const fault of log.faults()) faults.add(fault);
  } catch (error) {
    faults.add(error instanceof Error ? error.message : String(error));
  }
  return check(faults.count() === 0, say.fileIsWhole(faults.places()));
};

/** The persons' keys, when they lie beside the log: they are kept apart from copies of it. */
const openKeys = (
  directory: string,
  { keyEncryptionKeyFile, machine }: DatabaseQuestion,
): Readonly<{ store: KeyStore | null; findings: readonly Finding[] }> => {
  const without = (why: string) => ({ store: null, findings: [noted(say.boxesUnopened(why))] });
  // Opening would make what is missing: that is for the server alone.
  const wrapping = keyEncryptionKeyFile ?? join(directory, KEY_ENCRYPTION_KEY_FILE);
  for (const needed of [join(directory, KEY_STORE_FILE), wrapping]) if (!existsSync(needed)) return without(needed);
  try {
    return { store: openKeyStore({ ...machine, dataDir: directory, keyEncryptionKeyFile }), findings: [] };
  } catch (error) {
    return without(error instanceof Error ? error.message : String(error));
  }
};

type ReadNote = HeldNote & Readonly<{ checkpoint: ReturnType<typeof readCheckpoint> }>;

/** The newest note is signed, and the log gives the root of every one of them. */
const noteFindings = async (notes: readonly ReadNote[], { walk }: LogChecked, key: VerifierKey | null): Promise<readonly Finding[]> => {
  const newest = notes.at(-1);
  if (newest === undefined) return [];
  const differing = createTally();
  for (const { checkpoint } of notes) {
    const found = walk.rootAt(checkpoint.size);
    if (found === null || !sameBytes(found, checkpoint.root)) differing.add(String(checkpoint.size));
  }
  const unsigned = walk.size() - newest.checkpoint.size;
  return [
    await signedFinding(newest.note, newest.checkpoint, key),
    check(differing.count() === 0, say.checkpointsKept(notes.length, differing.places()), 'INCONSISTENT'),
    ...(unsigned > 0 ? [noted(say.notYetSigned(unsigned))] : []),
  ];
};
