import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Malformed, readKey } from '@saksgang/record';
import { SIGNER_FILE } from '@saksgang/recording';
import { type NotesBeside } from './verify-database.js';

/** Notes that are held against the log, the newest ones. */
const NOTES_MAX = 100_000;

/** The checkpoints the signer keeps beside a log, under its present origin. It is only read. @throws Malformed */
export const notesBeside = (directory: string): NotesBeside => {
  const file = join(directory, SIGNER_FILE);
  if (!existsSync(file)) return { key: null, notes: [] };
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const origin = db
      .prepare<[], { number: number; key: string | null }>('SELECT number, key FROM origin ORDER BY number DESC LIMIT 1')
      .get();
    if (origin === undefined) return { key: null, notes: [] };
    const notes = db
      .prepare<[number, number], string>('SELECT note FROM checkpoint WHERE origin = ? ORDER BY size DESC LIMIT ?')
      .pluck()
      .all(origin.number, NOTES_MAX)
      .reverse();
    return { key: origin.key === null ? null : readKey(origin.key, file), notes: notes.map((note) => ({ note, where: file })) };
  } catch (error) {
    if (error instanceof Malformed) throw error;
    throw new Malformed(file, error instanceof Error ? error.message : String(error));
  } finally {
    db.close();
  }
};
