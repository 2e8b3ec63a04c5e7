import { type EventStore } from '@saksgang/event-store';
import { openSqliteEventStore } from '@saksgang/event-store-sqlite';
import { type Clock, type Random, type Scheduler } from '@saksgang/kernel';
import { type Settings } from './settings.js';

export type Machine = Readonly<{ clock: Clock; random: Random; scheduler: Scheduler }>;
export type EngineOptions = Machine & Readonly<{ dataDir: string; writer?: 'thread' | 'inline' }>;

/** The one place that names engines: every value of EVENT_STORE opens one. */
const ENGINES: Readonly<Record<Settings['EVENT_STORE'], (options: EngineOptions) => Promise<EventStore>>> = {
  sqlite: ({ dataDir, ...options }) => openSqliteEventStore({ ...options, directory: dataDir }),
};

export const openEngine = (name: Settings['EVENT_STORE'], options: EngineOptions): Promise<EventStore> => ENGINES[name](options);
