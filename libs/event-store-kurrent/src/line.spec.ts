import { jest } from '@jest/globals';
import { getEventListeners, once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { seededRandom } from '../../event-store/testing/seeded-random.js';
import { scheduler } from '../testing/kurrent-store.js';
import { parseConnection } from './connection-string.js';
import type { Driver } from './driver.js';
import { createLine } from './line.js';
import { findEvents } from './reading.js';

const connection = parseConnection('esdb://127.0.0.1:1?tls=false');
const BROKEN = 'No connection established';

/** A line whose clients are made of nothing: what it does with them is what is looked at. */
const lineOf = (driver: Partial<Driver> = {}) => {
  const made: { disposed: boolean }[] = [];
  const line = createLine({
    connection,
    makeDriver: () => {
      const one = { disposed: false };
      made.push(one);
      return { ...(driver as Driver), dispose: async () => void (one.disposed = true) };
    },
    random: seededRandom('line'),
    scheduler: { sleep: (ms, signal) => scheduler.sleep(ms / 100, signal) },
    log: () => undefined,
  });
  return { line, made };
};

describe('the line', () => {
  it('leaves no mark of a call on the signal of its closing, which lives for months', async () => {
    const any = jest.spyOn(AbortSignal, 'any');
    const { line } = lineOf();
    for (let call = 0; call < 50; call += 1) {
      let attempts = 0;
      await line.untilAnswered(async () => {
        if ((attempts += 1) < 2) throw new Error(BROKEN);
      });
    }
    expect(any).not.toHaveBeenCalled();
    expect(getEventListeners(line.closing, 'abort')).toEqual([]);
    any.mockRestore();
    await line.close();
  });

  it('throws every client away that it does not go on with', async () => {
    const { line, made } = lineOf();
    for (let call = 0; call < 20; call += 1)
      await expect(line.untilAnswered(() => Promise.reject(new Error(BROKEN)))).rejects.toThrow(BROKEN);
    expect(made.length).toBeGreaterThan(20);
    expect(made.every(({ disposed }) => disposed)).toBe(true);
    await line.close();
  });

  it('makes no client for a call that pauses while it is closed', async () => {
    const { line, made } = lineOf();
    let attempts = 0;
    const call = line.untilAnswered(async () => {
      attempts += 1;
      if (attempts === 2) setImmediate(line.refuse);
      throw new Error(BROKEN);
    });
    await expect(call).rejects.toThrow(BROKEN);
    expect(made).toHaveLength(attempts);
    expect(attempts).toBeLessThan(4);
    await line.close();
  });

  it('takes an answer that came while the process was held up, and does not call it late', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const [peer] = (await once(server, 'connection')) as [Socket];
    const { line } = lineOf();
    const answer = line.once(async () => {
      setImmediate(() => {
        peer.end('answer');
        // The timer, of 30 ms here, is over before anything can be read.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 80);
      });
      return String((await once(socket, 'data'))[0]);
    });
    try {
      expect(await answer).toBe('answer');
    } finally {
      socket.destroy();
      server.close();
      await line.close();
    }
  });

  it('asks for half as many entries after each attempt that was not answered in time', async () => {
    const asked: number[] = [];
    const { line } = lineOf({
      readStream: (_stream, _from, _direction, count) => {
        asked.push(count);
        if (asked.length <= 2) throw new Error('no answer');
        const events = Array.from({ length: count }, (_, index) => ({ event: { revision: BigInt(index) } }));
        return Object.assign(Readable.from(events), { cancel: async () => undefined });
      },
    });
    expect(await findEvents(line, 'a', 'start', false, 80)).toHaveLength(80);
    expect(asked).toEqual([80, 40, 20, 60]);
    await line.close();
  });
});
