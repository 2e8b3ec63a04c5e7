import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fromBase64, leafHash, parseVerifierKey, verifyCheckpoint, verifyConsistency, verifyInclusion } from '@saksgang/record';
import { recordLetter, type RecordedLetter } from '../support/letter.js';
import { serve, type Json, type Served } from '../support/serve.js';

const bytes = (text: string): Uint8Array => fromBase64(text) ?? new Uint8Array();
const HELD = '{ record { key checkpoint { note size root } } }';
const PROOF = `query($entry: ID!, $size: Int) { record { inclusionProof(entry: $entry, size: $size) { index size leaf leafHash hashes checkpoint { note size } } } }`;
const GROWTH = 'query($from: Int!, $to: Int!) { record { consistencyProof(from: $from, to: $to) { hashes } } }';
const VERIFICATION = `{ record { verification { state size signer problem { code message(locale: NB) whatToDo(locale: NB) } stopped { code } } } }`;

/** Writes to the log's file as nobody may: without its guards. */
const tamper = (served: Served, sql: string): void => {
  const file = new Database(join(served.dataDir, 'log.db'));
  for (const { name } of file.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string }[])
    file.exec(`DROP TRIGGER ${name}`);
  file.pragma('foreign_keys = OFF');
  file.exec(sql);
  file.close();
};

describe('An auditor who trusts nobody', () => {
  let served: Served;
  let letter: RecordedLetter;
  let held: Json;
  beforeAll(async () => {
    served = await serve();
    letter = await recordLetter(served);
    await served.record.recording.verify();
    await served.record.recording.sign();
    held = (await served.read(HELD)).record;
  });
  afterAll(() => served.close());

  it('keeps a checkpoint, and months later proves with it that the resolution stands as it was recorded', async () => {
    served.at('2026-09-01T08:00:00.000Z');
    await served.recorded('addNote', { commandId: 'senere', item: { id: letter.resolution }, text: 'Følges opp i budsjettet.' });
    const { inclusionProof: proof } = (await served.read(PROOF, { entry: `${letter.resolution}@0`, size: held.checkpoint.size })).record;
    const { size, root } = verifyCheckpoint(held.checkpoint.note, [parseVerifierKey(held.key)]);
    expect(JSON.parse(Buffer.from(proof.leaf, 'base64').toString('utf8'))).toMatchObject({
      stream: letter.resolution,
      type: 'ResolutionRecorded',
      data: { title: 'Kultur for framtida' },
    });
    expect(Buffer.from(leafHash(bytes(proof.leaf)))).toEqual(Buffer.from(bytes(proof.leafHash)));
    const inclusion = { index: proof.index, size, leafHash: bytes(proof.leafHash), hashes: proof.hashes.map(bytes), root };
    expect(verifyInclusion(inclusion)).toBe(true);
  });

  it('and that nothing which stood there was changed or removed since', async () => {
    const { inclusionProof: newest } = (await served.read(PROOF, { entry: `${letter.resolution}@1` })).record;
    const keys = [parseVerifierKey(held.key)];
    const [before, now] = [verifyCheckpoint(held.checkpoint.note, keys), verifyCheckpoint(newest.checkpoint.note, keys)];
    const { hashes } = (await served.read(GROWTH, { from: before.size, to: now.size })).record.consistencyProof;
    const grown = { from: before.size, to: now.size, fromRoot: before.root, toRoot: now.root, hashes: hashes.map(bytes) };
    expect(now.size).toBe(before.size + 1);
    expect(verifyConsistency(grown)).toBe(true);
  });

  it('and reads that the service itself has verified it', async () => {
    await served.record.recording.verify();
    expect((await served.read(VERIFICATION)).record.verification).toMatchObject({ state: 'VERIFIED', signer: 'SIGNING', problem: null });
  });
});

describe('When somebody has written to the log’s file,', () => {
  it.each<[string, string, string]>([
    ['changed an entry', `UPDATE event SET leaf = replace(leaf, 'Kultur for framtida', 'Kultur for fortida')`, 'ENTRY_DIFFERS'],
    ['removed the last entry', 'DELETE FROM event WHERE position = (SELECT max(position) FROM event)', 'LOG_SHORTER'],
    [
      'swapped two entries',
      `UPDATE event SET leaf = CASE position WHEN 1 THEN (SELECT leaf FROM event WHERE position = 2) ELSE (SELECT leaf FROM event WHERE position = 1) END WHERE position <= 2`,
      'ENTRY_UNREADABLE',
    ],
  ])('%s, nothing more is signed, and the record says so', async (_what, sql, code) => {
    const served = await serve({ engine: 'sqlite' });
    try {
      await recordLetter(served);
      await served.record.recording.verify();
      expect(await served.record.recording.sign()).toBe(true);
      const before = (await served.read(HELD)).record.checkpoint;
      await served.restart(() => tamper(served, sql));
      await served.record.recording.verify();
      expect(await served.record.recording.sign()).toBe(false);
      const { verification } = (await served.read(VERIFICATION)).record;
      expect(verification).toMatchObject({ state: 'FAILED', signer: 'STOPPED', problem: { code }, stopped: { code } });
      expect(verification.problem.whatToDo).toContain('record fork --reason');
      expect((await served.read(HELD)).record.checkpoint).toEqual(before);
      const ready = (await (await fetch(new URL('/readyz', served.url))).json()) as Json;
      expect(ready.record).toMatchObject({ signer: 'STOPPED', verification: 'FAILED', stopped: { code } });
      expect(served.logged.some((line) => line.includes('nothing more is signed') && line.includes(code))).toBe(true);
    } finally {
      await served.close();
    }
  });
});
