import { type ExecutionResult, parse } from 'graphql';
import { type Scheduler } from '@saksgang/kernel';
import { createLate, LOOKS, withinTime } from './deadline.js';

/** Time passes when the test says so. */
const stoppedClock = () => {
  const waiting: { ms: number; pass: () => void }[] = [];
  const scheduler: Scheduler = { sleep: (ms) => new Promise((pass) => waiting.push({ ms, pass })) };
  /** Lets so many looks come. */
  const looks = async (count: number): Promise<void> => {
    for (let look = 0; look < count; look += 1) {
      waiting.shift()?.pass();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { scheduler, waiting, looks };
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
    const late = createLate();
    expect(await withinTime(async () => answer, scheduler, 5)({ ...args, late })).toBe(answer);
    await expect(withinTime(() => Promise.reject(new Error('broke')), scheduler, 5)({ ...args, late })).rejects.toThrow('broke');
    expect(() => late.throwIfAborted()).not.toThrow();
  });

  it('ends with TIMEOUT, and tells the context that nobody waits any more', async () => {
    const { scheduler, waiting, looks } = stoppedClock();
    const late = createLate();
    const given = withinTime(() => new Promise<ExecutionResult>(() => undefined), scheduler, 5_000)({ ...args, late });
    expect(waiting.map(({ ms }) => ms)).toEqual([5_000 / LOOKS]);
    await looks(LOOKS);
    expect(() => late.throwIfAborted()).not.toThrow();
    await looks(1);
    expect((await given).errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'TIMEOUT', limitMs: 5_000 }]);
    expect(() => late.throwIfAborted()).toThrow('No answer within 5 seconds');
  });

  it('is whole for one that begins while another is watched, under the one timer', async () => {
    const { scheduler, waiting, looks } = stoppedClock();
    const never = withinTime(() => new Promise<ExecutionResult>(() => undefined), scheduler, 5_000);
    const given: string[] = [];
    void Promise.resolve(never(args)).then(() => given.push('first'));
    await looks(10);
    void Promise.resolve(never(args)).then(() => given.push('second'));
    expect(waiting).toHaveLength(1);
    await looks(LOOKS + 1 - 10);
    expect(given).toEqual(['first']);
    await looks(9);
    expect(given).toEqual(['first']);
    await looks(1);
    expect(given).toEqual(['first', 'second']);
  });

  it('is not looked at while nothing is under way', async () => {
    const { scheduler, waiting, looks } = stoppedClock();
    const watched = withinTime(async () => answer, scheduler, 5_000);
    await watched(args);
    await looks(1);
    expect(waiting).toEqual([]);
    await watched(args);
    expect(waiting).toHaveLength(1);
  });
});
