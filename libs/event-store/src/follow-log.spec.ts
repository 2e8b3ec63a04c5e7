import { ENGINES } from '../testing/engines.js';
import { createDoorbell } from './doorbell.js';
import { ENGINE_NAMES } from './engine-name.js';
import { followLog, type CountedLog } from './follow-log.js';
import { eventNamed, streamNamed } from '../testing/sample-events.js';
import { ordinalOf, positionOf } from './position.js';
import { notRun } from '../../../test/support/not-run.js';

/** A counted log that notes every read. */
const watchedLog = (length: number) => {
  const bell = createDoorbell();
  const reads: number[] = [];
  const state = { length };
  const log: CountedLog = {
    logId: 'aaaaaaaa',
    last: () => state.length,
    readAfter: (ordinal, limit) => {
      reads.push(ordinal);
      return Array.from({ length: Math.min(limit, state.length - ordinal) }, (_, index) => ({
        ...eventNamed(`event ${ordinal + index}`),
        stream: streamNamed('a'),
        revision: ordinal + index,
        position: positionOf('aaaaaaaa', ordinal + index + 1),
      }));
    },
    closed: () => false,
    rung: bell.rung,
    grown: bell.after,
  };
  const grow = (): void => {
    state.length += 1;
    bell.ring();
  };
  return { log, reads, bell, grow };
};

describe('following a counted log', () => {
  it('reads a batch only when the consumer asks for it, and none ahead', async () => {
    const { log, reads } = watchedLog(10);
    const follower = followLog(log, { after: positionOf('aaaaaaaa', 0), signal: new AbortController().signal, batch: 2 });
    expect(reads).toEqual([]);
    await follower.next();
    await new Promise(setImmediate);
    expect(reads).toEqual([0]);
    await follower.next();
    await new Promise(setImmediate);
    expect(reads).toEqual([0, 2]);
    await follower.return();
  });

  it('reads once for a hundred rings it has not yet heard', async () => {
    const { log, reads, grow } = watchedLog(0);
    const follower = followLog(log, { after: positionOf('aaaaaaaa', 0), signal: new AbortController().signal });
    await follower.next();
    for (let count = 0; count < 100; count += 1) grow();
    expect((await follower.next()).value?.events).toHaveLength(100);
    expect(reads).toHaveLength(2);
    await follower.return();
  });

  it('says nothing new when the bell rings for nothing', async () => {
    const { log, bell, grow } = watchedLog(0);
    const follower = followLog(log, { after: positionOf('aaaaaaaa', 0), signal: new AbortController().signal });
    await follower.next();
    const next = follower.next();
    bell.ring();
    await new Promise(setImmediate);
    grow();
    expect((await next).value?.events).toHaveLength(1);
    await follower.return();
  });
});

describe('a doorbell', () => {
  it('lets go of those who stop waiting', async () => {
    const bell = createDoorbell();
    const stop = new AbortController();
    const waiting = bell.after(bell.rung(), stop.signal);
    stop.abort();
    await expect(waiting).resolves.toBeUndefined();
    bell.ring();
    await expect(bell.after(0, new AbortController().signal)).resolves.toBeUndefined();
  });
});

describe('a position', () => {
  it('carries its number there and back, and no other log’s', () => {
    expect(ordinalOf('aaaaaaaa', positionOf('aaaaaaaa', 42))).toBe(42);
    expect(ordinalOf('bbbbbbbb', positionOf('aaaaaaaa', 42))).toBeNull();
    expect(ordinalOf('aaaaaaaa', positionOf('aaaaaaaa', 2n ** 53n))).toBeNull();
    expect(positionOf('aaaaaaaa', 9) < positionOf('aaaaaaaa', 10)).toBe(true);
  });
});

describe('the list of engines', () => {
  it('says of every engine whether the contract runs on it', () => {
    expect(Object.keys(ENGINES).sort()).toEqual([...ENGINE_NAMES].sort());
    for (const [engine, verdict] of Object.entries(ENGINES)) {
      expect(verdict).toMatch(/^(runs here|NOT RUN: .+)$/);
      if (verdict !== 'runs here') notRun(`the event store contract on ${engine}`, verdict.replace('NOT RUN: ', ''));
    }
  });
});
