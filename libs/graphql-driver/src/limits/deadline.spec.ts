import { type ExecutionResult, parse } from 'graphql';
import { type Scheduler } from '@saksgang/kernel';
import { withinTime } from './deadline.js';

/** Time passes when the test says so. */
const stoppedClock = () => {
  const waiting: { ms: number; pass: () => void }[] = [];
  const scheduler: Scheduler = {
    sleep: (ms, signal) =>
      new Promise((pass, reject) => {
        waiting.push({ ms, pass });
        signal?.addEventListener('abort', () => reject(new Error('no longer waited for')));
      }),
  };
  return { scheduler, waiting };
};
const args = { schema: null as never, document: parse('{ a }') };
const answer: ExecutionResult = { data: { a: 1 } };

describe('The time for an answer', () => {
  it('is not watched over an answer that is there at once', () => {
    const { scheduler, waiting } = stoppedClock();
    expect(withinTime(() => answer, scheduler, 5)(args)).toBe(answer);
    expect(waiting).toEqual([]);
  });

  it('lets an answer through that comes in time, fault or not', async () => {
    const { scheduler } = stoppedClock();
    const late = new AbortController();
    expect(await withinTime(async () => answer, scheduler, 5)({ ...args, late })).toBe(answer);
    await expect(withinTime(() => Promise.reject(new Error('broke')), scheduler, 5)({ ...args, late })).rejects.toThrow('broke');
    expect(late.signal.aborted).toBe(false);
  });

  it('ends with TIMEOUT, and tells the context that nobody waits any more', async () => {
    const { scheduler, waiting } = stoppedClock();
    const late = new AbortController();
    const given = withinTime(() => new Promise<ExecutionResult>(() => undefined), scheduler, 5_000)({ ...args, late });
    expect(waiting.map(({ ms }) => ms)).toEqual([5_000]);
    waiting[0]?.pass();
    expect((await given).errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'TIMEOUT', limitMs: 5_000 }]);
    expect(late.signal.reason).toMatchObject({ extensions: { code: 'TIMEOUT' } });
  });
});
