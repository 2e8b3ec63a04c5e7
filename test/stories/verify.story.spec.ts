import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { recordLetter } from '../support/letter.js';
import { serve, type Served } from '../support/serve.js';
import { verify } from '../support/verifying.js';

describe('An auditor beside a running server', () => {
  let served: Served;
  let held: string;
  let key: string;
  const fetched = async (path: string): Promise<string> => (await fetch(new URL(path, served.url))).text();
  const keep = (name: string, text: string): string => {
    writeFileSync(join(served.dataDir, name), text);
    return join(served.dataDir, name);
  };
  beforeAll(async () => {
    served = await serve();
    await recordLetter(served);
    await served.record.recording.verify();
    expect(await served.record.recording.sign()).toBe(true);
    held = keep('held-checkpoint', await fetched('/record/checkpoint'));
    key = keep('held-key', await fetched('/record/key'));
    await served.recorded('establishBody', { commandId: 'ks', name: 'KS', occurred: { text: '../2016-06-07' } });
    expect(await served.record.recording.sign()).toBe(true);
  });
  afterAll(() => served.close());

  it('verifies the database against the checkpoint of before, the signer’s own and the index', async () => {
    const { code, lines } = await verify(['database', served.dataDir, '--since', held, '--key', key]);
    expect(lines.slice(0, -1).filter((line) => !line.startsWith('passed: '))).toEqual([]);
    expect(lines).toContain('passed: The log agrees with all 2 checkpoints beside it.');
    expect(lines).toContain('passed: The index of hashes beside the log is right.');
    expect(code).toBe(0);
  });
  it('compares the two checkpoints by the proof of the server', async () => {
    const newer = keep('newer-checkpoint', await fetched('/record/checkpoint'));
    const sizes = [held, newer].map((file) => Number(readFileSync(file, 'utf8').split('\n')[1]));
    const [from, to] = sizes as [number, number];
    const hashes = served.record.recording.consistency(from, to).map((hash) => Buffer.from(hash).toString('base64'));
    const proof = keep('proof.json', JSON.stringify({ from, to, hashes }));
    expect((await verify(['compare', held, newer, '--key', key, '--proof', proof])).code).toBe(0);
  });
  it('verifies the proof of an entry in the answer as the API gave it', async () => {
    const answer = await served.read(
      '{ history(first: 1) { nodes { id proof { index size leafHash leaf hashes checkpoint { note } } } } }',
    );
    const file = keep('answer.json', JSON.stringify({ data: answer }));
    const { code, lines } = await verify(['entry', file, '--key', key]);
    expect(lines.filter((line) => line.startsWith('FAILED'))).toEqual([]);
    // Names that nobody opened are told, and nothing else is lacking.
    expect(lines.filter((line) => line.startsWith('incomplete')).every((line) => line.includes('are not opened'))).toBe(true);
    expect([0, 3]).toContain(code);
  });
  it('is told when a hash of the index, or a checkpoint beside the log, is another', async () => {
    await served.restart(() => {
      const index = new Database(join(served.dataDir, 'record.db'));
      index.exec('UPDATE node SET hash = randomblob(32) WHERE level = 1 AND n = 0');
      index.close();
    });
    const spoilt = await verify(['database', served.dataDir, '--since', held, '--key', key]);
    expect(spoilt.lines).toContain('FAILED: The index of hashes beside the log is wrong: 1/0');
    expect(spoilt.code).toBe(1);
    await served.restart(() => {
      const signer = new Database(join(served.dataDir, 'signer.db'));
      signer.exec('DROP TRIGGER checkpoint_is_fixed');
      signer.exec(
        'UPDATE checkpoint SET note = replace(note, char(10) || size || char(10), char(10) || (size - 1) || char(10)) WHERE number = 2',
      );
      signer.close();
    });
    const altered = await verify(['database', served.dataDir, '--since', held, '--key', key]);
    expect(altered.lines.filter((line) => line.startsWith('FAILED: The checkpoint of '))).toHaveLength(1);
    expect(altered.code).toBe(1);
  });
});
