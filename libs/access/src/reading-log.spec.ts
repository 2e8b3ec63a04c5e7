import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { readingLogContract, type ReadingLogKeeping } from '../testing/reading-log.contract.js';
import { openReadingLog, READINGS_FILE } from './sqlite-reading-log.js';

const kept = (dataDir: string): ReadingLogKeeping => ({
  open: async (now) => openReadingLog({ dataDir, clock: { now } }),
  edit: async (sql) => {
    const other = new Database(join(dataDir, READINGS_FILE));
    try {
      other.exec(sql);
    } finally {
      other.close();
    }
  },
  remove: async () => rmSync(dataDir, { recursive: true, force: true }),
});
const temporary = (): string => mkdtempSync(join(tmpdir(), 'saksgang-readings-'));

readingLogContract('a file', async () => kept(temporary()));

describe('The file of the log of readings', () => {
  it('lets no row be put in the place of another, and is its owner’s alone to read', async () => {
    const dataDir = temporary();
    const log = openReadingLog({ dataDir, clock: { now: () => '2026-03-02T10:00:00.000Z' } });
    try {
      await log.write([{ actor: 'a', role: 'auditor', request: null, operation: null, item: null, what: 'SHIELDED' }]);
      const replacing = "INSERT OR REPLACE INTO readings(number, at, actor, role, what) VALUES (1, '', '', '', 'PERSONAL')";
      await expect(kept(dataDir).edit(replacing)).rejects.toThrow('never replaced');
      expect(statSync(join(dataDir, READINGS_FILE)).mode & 0o777).toBe(0o600);
    } finally {
      await log.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
