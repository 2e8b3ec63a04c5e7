import type { Instant } from '@saksgang/kernel';
import type { NewReading, ReadingLog } from '../src/index.js';

/** One keeping of the log of readings, empty when it is made. */
export type ReadingLogKeeping = Readonly<{
  /** Opens it, as one more process does. */
  open: (now: () => Instant) => Promise<ReadingLog>;
  /** What somebody does who has the database open. @throws what the database says */
  edit: (sql: string) => Promise<void>;
  /** Closes and removes all. */
  remove: () => Promise<void>;
}>;

const KARI = 'actor-00000000-0000-4000-8000-000000000001';
const OLA = 'actor-00000000-0000-4000-8000-000000000002';
const AT_ONCE = 8; // writes at the same time

const reading = (item: string, more: Partial<NewReading> = {}): NewReading => ({
  actor: KARI,
  role: 'secretariat',
  request: 'r-1',
  operation: 'Letters',
  item,
  what: 'PERSONAL',
  ...more,
});

/** What every keeping of the log of readings promises, each case named as the promise. */
export const readingLogContract = (name: string, make: () => Promise<ReadingLogKeeping>): void => {
  describe(`The log of readings, kept in ${name},`, () => {
    let keeping: ReadingLogKeeping;
    let log: ReadingLog;
    let now: Instant;
    beforeEach(async () => {
      keeping = await make();
      now = '2026-03-02T10:00:00.000Z';
      log = await keeping.open(() => now);
    });
    afterEach(async () => {
      await log.close();
      await keeping.remove();
    });

    it('tells newest first what was written, page by page, also when it is opened again', async () => {
      await log.write(['a', 'b', 'c'].map((item) => reading(item)));
      await log.write([reading('d', { operation: null, request: null })]);
      await log.close();
      await log.close();
      log = await keeping.open(() => now);
      const newest = await log.before({}, null, 2);
      expect(newest).toEqual([
        { ...reading('d', { operation: null, request: null }), number: 4, at: now },
        { ...reading('c'), number: 3, at: now },
      ]);
      expect((await log.before({}, 3, 10)).map(({ item }) => item)).toEqual(['b', 'a']);
      expect(await log.count({})).toBe(4);
    });

    it('finds by reader, item, time and what it was, all of which must fit', async () => {
      await log.write([reading('a'), reading('b', { actor: OLA, role: 'auditor', what: 'SHIELDED' })]);
      now = '2026-03-03T10:00:00.000Z';
      await log.write([reading('b')]);
      const found = async (filter: Parameters<ReadingLog['count']>[0]): Promise<readonly number[]> => {
        const rows = (await log.before(filter, null, 10)).map(({ number }) => number);
        expect(await log.count(filter)).toBe(rows.length);
        return rows;
      };
      expect(await found({ actors: [OLA] })).toEqual([2]);
      expect(await found({ items: ['b', 'x'] })).toEqual([3, 2]);
      expect(await found({ items: ['b'], actors: [KARI] })).toEqual([3]);
      expect(await found({ what: 'SHIELDED' })).toEqual([2]);
      expect(await found({ since: now })).toEqual([3]);
      expect(await found({ until: '2026-03-02T10:00:00.000Z' })).toEqual([2, 1]);
      expect(await found({ actors: [] })).toEqual([]);
    });

    it('takes all of a wave or none, and nothing that is too long or of no known sort', async () => {
      for (const bad of [{ what: 'OTHER' as never }, { operation: 'x'.repeat(65) }, { request: 'x'.repeat(65) }])
        await expect(log.write([reading('a'), reading('b', bad)])).rejects.toThrow(/check/i);
      expect(await log.count({})).toBe(0);
      await log.write([reading('a')]);
      expect((await log.before({}, null, 1))[0]?.number).toBe(1);
    });

    it('gives numbers without gaps to all who write at once, each wave together, and shows each what the others wrote', async () => {
      const other = await keeping.open(() => now);
      try {
        const waves = Array.from({ length: AT_ONCE }, (_, nth) => [reading(`${nth}`), reading(`${nth}`)]);
        await Promise.all(waves.map((wave, nth) => (nth % 2 === 0 ? log : other).write(wave)));
        const rows = await other.before({}, null, 100);
        expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 2 * AT_ONCE }, (_, nth) => 2 * AT_ONCE - nth));
        for (let at = 0; at < rows.length; at += 2) expect(rows[at]?.item).toBe(rows[at + 1]?.item);
        expect(await log.before({}, null, 100)).toEqual(rows);
      } finally {
        await other.close();
      }
    });

    it('loses the oldest to a cut, at most so many, and no other to anybody; numbers go on', async () => {
      const older = now;
      await log.write(['a', 'b', 'c'].map((item) => reading(item)));
      now = '2026-03-05T10:00:00.000Z';
      await log.write([reading('d'), reading('e')]);
      const items = async (): Promise<readonly (string | null)[]> => (await log.before({}, null, 10)).map(({ item }) => item);
      expect(await log.cut(older, 10)).toBe(0);
      expect(await log.cut('2026-03-04T00:00:00.000Z', 2)).toBe(2);
      expect([await items(), await log.count({})]).toEqual([['e', 'd', 'c'], 3]);
      await expect(keeping.edit('DELETE FROM readings WHERE number = 4')).rejects.toThrow('never removed');
      await expect(keeping.edit('DELETE FROM cuts')).rejects.toThrow('never removed');
      expect(await log.cut('2026-03-04T00:00:00.000Z', 10)).toBe(1);
      expect(await log.cut('2026-03-04T00:00:00.000Z', 10)).toBe(0);
      await log.write([reading('f')]);
      expect((await log.before({}, null, 1))[0]?.number).toBe(6);
      expect([await items(), await log.count({}), await log.count({ what: 'PERSONAL' })]).toEqual([['f', 'e', 'd'], 3, 3]);
    });

    it.each([
      ['changed', "UPDATE readings SET actor = 'nobody'", 'never changed'],
      ['removed', 'DELETE FROM readings', 'never removed'],
    ])('is never %s, whoever opens the database', async (_what, sql, refused) => {
      await log.write([reading('a')]);
      await expect(keeping.edit(sql)).rejects.toThrow(refused);
      expect(await log.before({}, null, 10)).toEqual([{ ...reading('a'), number: 1, at: now }]);
    });
  });
};
