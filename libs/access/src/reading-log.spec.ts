import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Instant } from '@saksgang/kernel';
import { openReadingLog, READINGS_FILE, type NewReading, type ReadingLog } from './reading-log.js';

const KARI = 'actor-00000000-0000-4000-8000-000000000001';
const OLA = 'actor-00000000-0000-4000-8000-000000000002';
const reading = (item: string, more: Partial<NewReading> = {}): NewReading => ({
  actor: KARI,
  role: 'secretariat',
  request: 'r-1',
  operation: 'Letters',
  item,
  what: 'PERSONAL',
  ...more,
});

describe('The log of readings', () => {
  let dataDir: string;
  let log: ReadingLog;
  let now: Instant;
  const file = (): string => join(dataDir, READINGS_FILE);
  const open = (): ReadingLog => openReadingLog({ dataDir, clock: { now: () => now } });
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'saksgang-readings-'));
    now = '2026-03-02T10:00:00.000Z';
    log = open();
  });
  afterEach(() => {
    log.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('tells newest first what was written, page by page, also when it is opened again', () => {
    log.write(['a', 'b', 'c'].map((item) => reading(item)));
    log.write([reading('d', { operation: null, request: null })]);
    log.close();
    log = open();
    const newest = log.before({}, null, 2);
    expect(newest).toEqual([
      { ...reading('d', { operation: null, request: null }), number: 4, at: now },
      { ...reading('c'), number: 3, at: now },
    ]);
    expect(log.before({}, 3, 10).map(({ item }) => item)).toEqual(['b', 'a']);
    expect(log.count({})).toBe(4);
  });

  it('finds by reader, item, time and what it was, all of which must fit', () => {
    log.write([reading('a'), reading('b', { actor: OLA, role: 'auditor', what: 'SHIELDED' })]);
    now = '2026-03-03T10:00:00.000Z';
    log.write([reading('b')]);
    const found = (filter: Parameters<ReadingLog['count']>[0]): readonly number[] => {
      const rows = log.before(filter, null, 10).map(({ number }) => number);
      expect(log.count(filter)).toBe(rows.length);
      return rows;
    };
    expect(found({ actors: [OLA] })).toEqual([2]);
    expect(found({ items: ['b', 'x'] })).toEqual([3, 2]);
    expect(found({ items: ['b'], actors: [KARI] })).toEqual([3]);
    expect(found({ what: 'SHIELDED' })).toEqual([2]);
    expect(found({ since: now })).toEqual([3]);
    expect(found({ until: '2026-03-02T10:00:00.000Z' })).toEqual([2, 1]);
    expect(found({ actors: [] })).toEqual([]);
  });

  it('takes all of a wave or none, and nothing that is too long or of no known sort', () => {
    for (const bad of [{ what: 'OTHER' as never }, { operation: 'x'.repeat(65) }, { request: 'x'.repeat(65) }])
      expect(() => log.write([reading('a'), reading('b', bad)])).toThrow('CHECK');
    expect(log.count({})).toBe(0);
  });

  it.each([
    ['changed', "UPDATE readings SET actor = 'nobody'", 'never changed'],
    ['removed', 'DELETE FROM readings', 'never removed'],
    ['replaced', "INSERT OR REPLACE INTO readings(number, at, actor, role, what) VALUES (1, '', '', '', 'PERSONAL')", 'never replaced'],
  ])('is never %s, whoever opens the file', (_what, sql, refused) => {
    log.write([reading('a')]);
    const other = new Database(file());
    try {
      expect(() => other.exec(sql)).toThrow(refused);
    } finally {
      other.close();
    }
    expect(log.before({}, null, 10)).toEqual([{ ...reading('a'), number: 1, at: now }]);
  });

  it('is its owner’s alone to read', () => {
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });
});
