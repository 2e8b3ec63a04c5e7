import { readFileSync } from 'node:fs';
import { prepareDataDirectory, takeProcessLock } from '@saksgang/database';
import { type EventStore } from '@saksgang/event-store';
import { openKurrentEventStore } from '@saksgang/event-store-kurrent';
import { openSqliteEventStore } from '@saksgang/event-store-sqlite';
import { type Clock, type Random, type Scheduler } from '@saksgang/kernel';
import { type Logger } from '@saksgang/projections';
import { type Settings } from './settings.js';

export type Machine = Readonly<{ clock: Clock; random: Random; scheduler: Scheduler }>;
export type EngineSettings = Pick<Settings, 'EVENT_STORE'> &
  Readonly<Partial<Record<'EVENTSTORE_CONNECTION' | 'EVENTSTORE_CONNECTION_FILE' | 'EVENTSTORE_STREAM_PREFIX', string | undefined>>>;
export type EngineOptions = Machine & Readonly<{ dataDir: string; settings: EngineSettings; logger: Logger; writer?: 'thread' | 'inline' }>;

/** The log may lie elsewhere; keys, read models and drafts lie in the data directory, which one process at a time may serve. */
const openKurrent = async ({ dataDir, settings, logger, clock, random, scheduler }: EngineOptions): Promise<EventStore> => {
  prepareDataDirectory(dataDir);
  const lock = takeProcessLock(dataDir);
  try {
    const { EVENTSTORE_STREAM_PREFIX: streamPrefix } = settings;
    const machine = { clock, random, scheduler, log: logger };
    const store = await openKurrentEventStore({
      ...machine,
      connection: connectionOf(settings),
      ...(streamPrefix ? { streamPrefix } : {}),
    });
    return { ...store, close: () => store.close().finally(lock.release) };
  } catch (error) {
    lock.release();
    throw error;
  }
};

const connectionOf = ({ EVENTSTORE_CONNECTION: text, EVENTSTORE_CONNECTION_FILE: file }: EngineSettings): string =>
  text ?? (file === undefined ? '' : readFileSync(file, 'utf8').trim());

/** The one place that names engines: every value of EVENT_STORE opens one. */
const ENGINES: Readonly<Record<Settings['EVENT_STORE'], (options: EngineOptions) => Promise<EventStore>>> = {
  sqlite: ({ dataDir, clock, random, scheduler, writer }) =>
    openSqliteEventStore({ directory: dataDir, clock, random, scheduler, ...(writer ? { writer } : {}) }),
  kurrent: openKurrent,
};

export const openEngine = (options: EngineOptions): Promise<EventStore> => ENGINES[options.settings.EVENT_STORE](options);
