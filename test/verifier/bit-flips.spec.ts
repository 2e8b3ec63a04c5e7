import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openReadOnly } from '@saksgang/event-store-sqlite';
import { inclusionProof, leafHash, parseLeaf, readKey, toBase64, verifyEntry, exitCodeOf } from '@saksgang/record';
import { seededRandom, someNumber } from '../../libs/event-store/testing/seeded-random.js';
import { rounds } from '../support/not-run.js';
import { makeSignedRecord, nodesOf, scheduler } from '../support/signed-record.js';
import { verify } from '../support/verifying.js';

const ENTRIES = 24;
const FLIPS = rounds('random bit flips in the database file', 120, 2_000);
const TEST_MS_MAX = 60_000 + 200 * FLIPS; // ms: a busy machine may take its time
const EVENTS =
  'SELECT e.position, s.stream_id, e.revision, hex(e.event_id), e.type, e.recorded_at, e.leaf FROM event e JOIN stream s USING (stream_no) ORDER BY e.position';

/** Every entry with its columns, read by other means than the program's; null when the file does not give them. */
const rowsOf = (file: string): string | null => {
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { readonly: true });
    return JSON.stringify(db.prepare(EVENTS).raw().all());
  } catch {
    return null;
  } finally {
    db?.close();
  }
};

it(
  'every bit flip that changes an entry is told, and none makes a wrong entry pass with its proof',
  async () => {
    const record = await makeSignedRecord(ENTRIES, 'bit flips');
    const directory = join(record.dataDir, 'flipped');
    const file = join(directory, 'log.db');
    mkdirSync(directory);
    for (const name of ['keys.db', 'key-encryption.key']) cpSync(join(record.dataDir, name), join(directory, name));
    const held = join(record.dataDir, 'held');
    writeFileSync(held, record.noteAt(ENTRIES));
    const sound = readFileSync(record.logFile);
    const rows = rowsOf(record.logFile);
    const read = nodesOf(record.leaves);
    const random = seededRandom('which bits');
    const seen = { changed: 0, unreadable: 0, untold: [] as string[], wronglyPassed: [] as string[] };

    /** An entry as it would be handed out from the flipped file, with the proof and the note made before. */
    const answer = async (index: number): Promise<void> => {
      const leaf = await leafIn(directory, record.leaves[index] as string);
      if (leaf === null) return;
      const hashes = inclusionProof(index, ENTRIES, read).map(toBase64);
      const proof = { index, size: ENTRIES, leafHash: toBase64(leafHash(leaf)), leaf: toBase64(Buffer.from(leaf)), hashes };
      const text = JSON.stringify({ ...proof, checkpoint: { note: record.noteAt(ENTRIES) }, disclosures: [] });
      const code = exitCodeOf(await verifyEntry({ text, where: 'proof', key: readKey(record.key, 'key'), since: null }));
      if (![0, 3].includes(code) === (leaf === record.leaves[index])) seen.wronglyPassed.push(`entry ${index}`);
    };

    for (let flip = 0; flip < FLIPS; flip += 1) {
      const bit = someNumber(random, sound.length * 8);
      const bytes = Buffer.from(sound);
      bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7));
      for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
      writeFileSync(file, bytes);
      const now = rowsOf(file);
      const { code } = await verify(['database', directory, '--since', held, '--key', record.key]);
      if (now === null) seen.unreadable += 1;
      else if (now !== rows) seen.changed += 1;
      if (now !== rows && ![1, 2, 65].includes(code)) seen.untold.push(`bit ${bit}: ${code}`);
      if (now !== null && now !== rows) await answer(someNumber(random, ENTRIES));
    }
    record.remove();
    expect(seen.untold).toEqual([]);
    expect(seen.wronglyPassed).toEqual([]);
    // The flips do reach entries: a run that changed none would show nothing.
    expect(seen.changed).toBeGreaterThan(FLIPS / 10);
  },
  TEST_MS_MAX,
);

const leafIn = async (directory: string, original: string): Promise<string | null> => {
  const { stream, revision } = parseLeaf(original);
  try {
    const log = openReadOnly({ directory, scheduler });
    try {
      return (await log.readStream(stream, { from: revision, limit: 1 })).events[0]?.leaf ?? null;
    } finally {
      await log.close();
    }
  } catch {
    return null;
  }
};
