import type { EventStore } from '@saksgang/event-store';
import type { Clock, Scheduler } from '@saksgang/kernel';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { seededRandom } from '../../event-store/testing/seeded-random.js';
import { openSqliteEventStore, type SqliteEventStoreOptions } from '../src/sqlite-event-store.js';
import { startThreadFrom } from '../src/threaded-writer.js';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export const clock: Clock = { now: () => '2026-01-02T03:04:05.678Z' };
/** Keeps no process alive: a test that fails before it closes its store must not hang the run. */
export const scheduler: Scheduler = {
  sleep: async (ms, signal) => void (await sleep(ms, undefined, { ref: false, ...(signal && { signal }) })),
};

export const makeDirectory = (): string => mkdtempSync(join(tmpdir(), 'saksgang-log-'));
export const removeDirectory = (directory: string): void => rmSync(directory, { recursive: true, force: true });

/** A compiled file of this room: threads and child processes cannot load sources. Fails, and says what to do, when it is not there. */
export const compiled = (file: string): URL => {
  const path = join(ROOT, 'dist', 'libs', 'event-store-sqlite', 'src', file);
  if (!existsSync(path)) throw new Error(`${path} is missing: run \`npm run build\` before this test`);
  return pathToFileURL(path);
};

export const openStore = (directory: string, options: Partial<SqliteEventStoreOptions> = {}): Promise<EventStore> =>
  openSqliteEventStore({
    directory,
    clock,
    scheduler,
    random: seededRandom(directory),
    startThread: (file) => startThreadFrom(compiled('writer.thread.js'), file),
    ...options,
  });

/** An engine for the contract suite, on a directory of its own that goes with it. */
export const makeEngine = async (writer: 'thread' | 'inline') => {
  const directory = makeDirectory();
  const store = await openStore(directory, { writer });
  let latest = store;
  return {
    store,
    reopen: async (): Promise<EventStore> => {
      await latest.close();
      return (latest = await openStore(directory, { writer }));
    },
    destroy: async (): Promise<void> => removeDirectory(directory),
  };
};
