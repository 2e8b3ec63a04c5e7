import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../libs/event-store-sqlite/testing/temporary-store.js';
import { fill } from '../../../libs/recording/testing/world.js';
import { runCommand } from './commands.js';
import { BadUsage } from './terminal.js';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'saksgang-fork-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const run = async (...args: readonly string[]): Promise<readonly string[]> => {
  const printed: string[] = [];
  const print = (line: string): void => void printed.push(line);
  await runCommand(args, { environment: { DATA_DIR: dataDir }, print, write: print });
  return printed;
};

describe('record fork', () => {
  it('records why, and says what to tell whom', async () => {
    const store = await openStore(dataDir, { writer: 'inline' });
    await fill(store, 2);
    await store.close();
    const [first, second] = await run('record', 'fork', '--reason', 'Disken gikk i stykker.', '--origin', 'eksempel.no/saksgang/2');
    expect(first).toMatch(
      /^The record is signed under eksempel\.no\/saksgang\/2 from the next start on; entry record-[0-9a-f-]{36}@0 says why\.$/,
    );
    expect(second).toBe('There was no earlier checkpoint to quote.');
    const again = await openStore(dataDir, { writer: 'inline' });
    const stream = /record-[0-9a-f-]{36}/.exec(first ?? '')?.[0] ?? '';
    expect((await again.readStream(stream)).events.map(({ type }) => type)).toEqual(['RecordForked']);
    await again.close();
  });

  it('refuses while a server writes there, without a reason, and where there is no log', async () => {
    await expect(run('record', 'fork', '--reason', 'Prøve')).rejects.toThrow('There is no log');
    const store = await openStore(dataDir, { writer: 'inline' });
    try {
      await expect(run('record', 'fork')).rejects.toThrow(BadUsage);
      await expect(run('record', 'fork', '--reason', ' ')).rejects.toThrow(BadUsage);
      await expect(run('record', 'fork', '--reason', 'Prøve')).rejects.toThrow('another process is writing');
    } finally {
      await store.close();
    }
  });
});
