import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { jest } from '@jest/globals';
import { demandBuild, LISTENS_WITHIN_MS, listening, start, stop, type Process } from '../support/built-server.js';
import { SHAPES, WAITING } from '../support/hostile-shapes.js';
import { isLong, rounds } from '../support/not-run.js';

const LOOP_MS_MAX = 100; // ms for which nobody else is answered
const GROWTH_BYTES_MAX = 64 * 1024 * 1024; // bytes by which the process may be larger when every shape has come again and again
const GOOD_QUESTIONS = 3_000;
const GOOD_READERS = 8;
const GOOD_TIMES_MAX = 2; // by which p99 may grow
const PAUSE_MS = 50; // ms between two attacks beside good traffic
const ALL_MS = 600_000;
const READERS = fileURLToPath(new URL('../support/good-readers.mjs', import.meta.url));

jest.setTimeout(2 * LISTENS_WITHIN_MS);

type Good = Readonly<{ asked: number; failed: number; p50: number; p99: number; max: number }>;

const ROUNDS = rounds('every hostile shape sent to a server of its own, its event loop, its memory and good traffic watched', 0, 6);
const ATTACKS = SHAPES.filter(([of, [title]]) => !WAITING.has(`${of}: ${title}`));

describe('A server under hostile traffic', () => {
  // What is measured here takes minutes.
  if (!isLong) {
    it('is left to the long run, with every shape that does not wait for time to run out', () => {
      expect(ROUNDS).toBe(0);
      expect(ATTACKS).toHaveLength(SHAPES.length - WAITING.size);
    });
    return;
  }
  let dataDir: string;
  let server: Process;
  let url: string;
  let metrics: string;

  /** Reading it begins the watch over the event loop anew. `cpuMs`: ever. */
  const watched = async (): Promise<Readonly<{ loopMs: number; cpuMs: number; bytes: number }>> => {
    const text = await (await fetch(metrics)).text();
    const figure = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'mu').exec(text)?.[1]);
    return {
      loopMs: figure('nodejs_eventloop_lag_max_seconds') * 1_000,
      cpuMs: figure('process_cpu_seconds_total') * 1_000,
      bytes: figure('process_resident_memory_bytes'),
    };
  };
  const good = async (): Promise<Good> => {
    const { stdout } = await promisify(execFile)(process.execPath, [READERS, url, String(GOOD_QUESTIONS), String(GOOD_READERS)]);
    return JSON.parse(stdout) as Good;
  };
  const say = (line: string): void => void process.stdout.write(`${line}\n`);

  beforeAll(async () => {
    demandBuild();
    dataDir = mkdtempSync(join(tmpdir(), 'saksgang-hostile-'));
    server = start({ DATA_DIR: dataDir, PORT: '0', METRICS_PORT: '0', EXAMPLE_RECORD: 'on', RATE_PER_MINUTE: '0', LOG_LEVEL: 'silent' });
    url = await listening(server);
    metrics = server.said.map((line) => /^metrics on (\S+)$/.exec(line)?.[1]).find(Boolean) ?? '';
  });
  afterAll(async () => {
    await stop(server, 'SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  });

  it(
    'is never held up by one of them for more than 100 ms, and does not grow',
    async () => {
      const longest = new Map<string, number>();
      // What stands still on a busy machine is not always held up by itself: by no more than what it worked meanwhile.
      const heldUp = new Map<string, number>();
      await good();
      let first = 0;
      let last = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const [of, [title, attack, status, code]] of ATTACKS) {
          const { cpuMs: before } = await watched();
          const told = await attack({ url });
          // Whoever still writes when it is hung up on may hear nothing of why.
          if (of !== 'a line' || told.status !== 0) expect([title, told]).toEqual([title, { status, code }]);
          const { loopMs, cpuMs, bytes } = await watched();
          const name = `${of}: ${title}`;
          longest.set(name, Math.max(longest.get(name) ?? 0, loopMs));
          heldUp.set(name, Math.max(heldUp.get(name) ?? 0, Math.min(loopMs, cpuMs - before)));
          last = bytes;
        }
        // What is compiled and kept at first sight is there by the end of the second.
        if (round === 1) first = last;
      }
      const byLength = [...heldUp].sort(([, a], [, b]) => b - a);
      say(`event loop, longest with whatever else the machine did: ${Math.max(...longest.values()).toFixed(0)} ms; by itself: ${byLength.slice(0, 5).map(([title, ms]) => `${title} ${ms.toFixed(0)} ms`).join('; ')}`); // prettier-ignore
      say(`memory: ${Math.round(first / 1e6)} MB after two rounds, ${Math.round(last / 1e6)} MB after ${ROUNDS}`);
      expect(byLength.filter(([, ms]) => !(ms <= LOOP_MS_MAX))).toEqual([]);
      expect(last - first).toBeLessThan(GROWTH_BYTES_MAX);
    },
    ALL_MS,
  );

  it(
    'answers who asks as one should at most twice as late meanwhile',
    async () => {
      await good();
      const before = await good();
      let over = false;
      let attacks = 0;
      const attacked = (async () => {
        for (let at = 0; !over; at += 1) {
          await ATTACKS[at % ATTACKS.length]?.[1][1]({ url });
          attacks += 1;
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        }
      })();
      const meanwhile = await good();
      over = true;
      await attacked;
      const after = await good();
      say(
        `good traffic: alone ${JSON.stringify(before)} and ${JSON.stringify(after)}, beside ${attacks} attacks ${JSON.stringify(meanwhile)}`,
      );
      expect([before.failed, meanwhile.failed, after.failed]).toEqual([0, 0, 0]);
      expect(attacks).toBeGreaterThan(20);
      expect(meanwhile.p99).toBeLessThanOrEqual(GOOD_TIMES_MAX * Math.max(before.p99, after.p99));
    },
    ALL_MS,
  );
});
