import type { EventStore } from '@saksgang/event-store';
import type { Clock, Scheduler } from '@saksgang/kernel';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineUnderTest } from '../../event-store/testing/event-store.contract.js';
import { seededRandom } from '../../event-store/testing/seeded-random.js';
import { startKurrentServer } from '../../../test/support/kurrent/kurrent-server.js';
import { openKurrentEventStore, type KurrentEventStoreOptions } from '../src/kurrent-event-store.js';

export const clock: Clock = { now: () => '2026-01-02T03:04:05.678Z' };
/** Keeps no process alive: a test that fails before it closes its store must not hang the run. */
export const scheduler: Scheduler = {
  sleep: async (ms, signal) => void (await sleep(ms, undefined, { ref: false, ...(signal && { signal }) })),
};

export const openStore = (connection: string, options: Partial<KurrentEventStoreOptions> = {}): Promise<EventStore> =>
  openKurrentEventStore({ connection, clock, scheduler, random: seededRandom(connection), ...options });

/** An engine for the contract suite, on a log of its own: a scripted server's, or a prefix of its own on a real server. */
export const makeEngine = async (real?: string): Promise<EngineUnderTest> => {
  const server = real === undefined ? await startKurrentServer() : null;
  const connection = server?.connectionString ?? real!;
  // eslint-disable-next-line no-restricted-syntax -- a real server keeps what earlier runs left, so here a name is drawn by lot
  const prefix = `saksgang.test${randomBytes(8).toString('hex')}.`;
  const options = server ? {} : { streamPrefix: prefix, random: seededRandom(prefix) };
  let latest = await openStore(connection, options);
  return {
    store: latest,
    reopen: async () => {
      await latest.close();
      return (latest = await openStore(connection, options));
    },
    destroy: async () => server?.close(),
  };
};

/** `esdb://…` of a server or cluster the suites may write on, or null. */
export const realConnection = (): string | null => process.env['EVENTSTORE_TEST_CONNECTION'] || null;
