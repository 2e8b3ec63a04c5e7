import { cutReadings } from './cutting.js';

describe('Readings that are kept no longer', () => {
  const run = async (days: number, cuts: readonly (number | Error)[]) => {
    const asked: [string, number][] = [];
    const logged: string[] = [];
    const waited: number[] = [];
    const over = new AbortController();
    const left = [...cuts];
    await cutReadings(
      {
        days,
        clock: { now: () => '2026-03-02T10:00:00.000Z' },
        readingLog: {
          cut: async (before, most) => {
            asked.push([before, most]);
            const next = left.shift() ?? 0;
            if (next instanceof Error) throw next;
            return next;
          },
        },
        scheduler: {
          sleep: async (ms) => {
            waited.push(ms);
            if (left.length === 0) over.abort();
          },
        },
        logger: (level, message) => void logged.push(`${level}: ${message}`),
      },
      over.signal,
    );
    return { asked, logged, waited };
  };

  it('are cut in goes with a rest between them, until none is left, and looked for again after an hour', async () => {
    const { asked, logged, waited } = await run(30, [2_000, 2_000, 17, 0]);
    expect(asked).toEqual(Array.from({ length: 4 }, () => ['2026-01-31T10:00:00.000Z', 2_000]));
    expect([waited, logged]).toEqual([[50, 50, 3_600_000, 3_600_000], ['info: readings that are kept no longer were cut']]);
  });

  it('are none where all are kept', async () => {
    expect(await run(0, [1])).toEqual({ asked: [], logged: [], waited: [] });
  });

  it('wait where the log cannot be written', async () => {
    const { logged, asked } = await run(30, [new Error('database is locked'), 3]);
    expect([logged, asked.length]).toEqual([
      ['warn: the log of readings cannot be cut now', 'info: readings that are kept no longer were cut'],
      2,
    ]);
  });
});
