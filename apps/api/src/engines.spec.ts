import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataDirectoryInUse } from '@saksgang/database';
import { registry } from '@saksgang/kinds';
import { seededRandom } from '../../../libs/event-store/testing/seeded-random.js';
import { startKurrentServer, type KurrentServer } from '../../../test/support/kurrent/kurrent-server.js';
import { openEngine } from './engines.js';
import { openRecord } from './record.js';

/** Waits are 20 times shorter. */
const scheduler = {
  sleep: async (ms: number, signal?: AbortSignal) => void (await sleep(ms / 20, undefined, { ...(signal && { signal }) })),
};

describe('a record whose log lies on an EventStoreDB server', () => {
  let server: KurrentServer;
  let dataDir: string;
  let said: string[];
  beforeEach(async () => {
    server = await startKurrentServer();
    dataDir = mkdtempSync(join(tmpdir(), 'saksgang-engines-'));
    said = [];
  });
  afterEach(async () => {
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const machine = () => ({
    clock: { now: () => '2026-03-02T10:00:00.000Z' },
    random: seededRandom('engines'),
    scheduler,
    logger: (_: string, message: string) => void said.push(message),
  });
  const kurrent = (connection = server.connectionString) => ({ EVENT_STORE: 'kurrent' as const, EVENTSTORE_CONNECTION: connection });
  const open = (connection?: string) => openEngine({ ...machine(), dataDir, settings: kurrent(connection) });

  it('lets one process at a time serve the data directory, and leaves it free when it closes', async () => {
    const first = await open();
    await expect(open()).rejects.toThrow(DataDirectoryInUse);
    await expect(openEngine({ ...machine(), dataDir, settings: { EVENT_STORE: 'sqlite' } })).rejects.toThrow(DataDirectoryInUse);
    await first.close();
    await (await open()).close();
  });

  it('leaves the data directory free when the log could not be opened', async () => {
    await expect(open('esdb://host:2113')).rejects.toThrow(/takes a user and a password/);
    await (await open()).close();
  });

  it('opens and serves although the server goes away before all is wired', async () => {
    const settings = {
      ...kurrent(),
      DATA_DIR: dataDir,
      KEY_ENCRYPTION_KEY_FILE: undefined,
      /** Read after the log was opened and searched for erasures, without which nothing is served. */
      get STALE_AFTER_DAYS(): number {
        server.proxy.refuse();
        return 90;
      },
    };
    const record = await openRecord({ registry, settings, ...machine(), writer: 'inline' });
    expect(record.isNew).toBe(false);
    expect(said).toContain('the event store went away while the record was opened');
    server.proxy.heal();
    expect(await record.store.head()).toBe(record.store.origin);
    await record.close();
  });
});
