import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { takeProcessLock } from '@saksgang/database';
import { type EventStore } from '@saksgang/event-store';
import { openKurrentEventStore } from '@saksgang/event-store-kurrent';
import { logFileOf, openReadOnly, openSqliteEventStore, restoreLog, snapshotLog, type ReadOnlyLog } from '@saksgang/event-store-sqlite';
import { type Scheduler } from '@saksgang/kernel';
import { type ReadableLog } from '@saksgang/recording';
import { machineClock, machineRandom, machineScheduler } from './machine.js';
import { BadUsage, type Terminal } from './terminal.js';

const MACHINE = { clock: machineClock, random: machineRandom, scheduler: machineScheduler };

/** Where a log lies. `connectionFile` null: the settings say. */
export type Place = Readonly<
  { engine: 'sqlite'; directory: string; called: string } | { engine: 'kurrent'; connectionFile: string | null; called: string }
>;
export const PLACES = 'sqlite:DIR, kurrent (the connection from EVENTSTORE_CONNECTION or EVENTSTORE_CONNECTION_FILE) or kurrent:FILE';

/** `sqlite:DIR`, `kurrent` or `kurrent:FILE`, where FILE holds the connection: it is a secret, and no word of a command line. @throws BadUsage */
export const placeOf = (text: string): Place => {
  const [, engine, where] = /^(sqlite|kurrent)(?::(.+))?$/s.exec(text) ?? [];
  if (engine === 'sqlite' && where !== undefined) return { engine, directory: resolve(where), called: text };
  if (engine === 'kurrent' && !/^\S+:\/\//.test(where ?? ''))
    return { engine, connectionFile: where === undefined ? null : resolve(where), called: text };
  throw new BadUsage(`«${text.replace(/:\/\/.*$/s, '://…')}» names no log: write ${PLACES}.`);
};

/** The log, held so that nobody writes in it meanwhile, as far as its engine can. @throws when there is none, or it is in use */
export const openSource = async (place: Place, terminal: Terminal): Promise<ReadableLog & Pick<EventStore, 'close'>> => {
  if (place.engine === 'kurrent') return openKurrent(place.connectionFile, terminal);
  const { directory } = place;
  if (!existsSync(logFileOf(directory))) throw new Error(`There is no log in ${directory}.`);
  const lock = takeProcessLock(directory);
  try {
    const log = openReadOnly({ directory, scheduler: machineScheduler });
    return { ...log, close: () => log.close().finally(lock.release) };
  } catch (error) {
    lock.release();
    throw error;
  }
};

/** The log of these settings, as it stands, beside a running server or without one. @throws when there is none */
export const openRecorded = async (dataDir: string, terminal: Terminal): Promise<ReadableLog & Pick<EventStore, 'close'>> => {
  if (terminal.environment['EVENT_STORE'] === 'kurrent') return openKurrent(null, terminal);
  if (!existsSync(logFileOf(dataDir))) throw new Error(`There is no log in ${dataDir}: set DATA_DIR.`);
  return openLogFile(logFileOf(dataDir), machineScheduler);
};

/** The log, made when there is none. */
export const openTarget = (place: Place, terminal: Terminal): Promise<EventStore> =>
  place.engine === 'kurrent'
    ? openKurrent(place.connectionFile, terminal)
    : openSqliteEventStore({ ...MACHINE, directory: place.directory, writer: 'inline' });

/** The log that the settings name, for writing, while no server runs on this data directory. @throws when one does, or there is no log */
export const openOwnLog = async (directory: string, terminal: Terminal): Promise<EventStore> => {
  const engine = terminal.environment['EVENT_STORE'] || 'sqlite';
  if (engine !== 'kurrent') {
    if (!existsSync(logFileOf(directory))) throw new Error(`There is no log in ${directory}: set DATA_DIR.`);
    return openTarget({ engine: 'sqlite', directory, called: directory }, terminal);
  }
  if (!existsSync(directory)) throw new Error(`There is no data directory at ${directory}: set DATA_DIR.`);
  const lock = takeProcessLock(directory);
  try {
    const log = await openKurrent(null, terminal);
    return { ...log, close: () => log.close().finally(lock.release) };
  } catch (error) {
    lock.release();
    throw error;
  }
};

const OPENS_WITHIN_MS = 30_000; // ms a server that is away is waited for

const openKurrent = (connectionFile: string | null, { environment }: Terminal): Promise<EventStore> => {
  const streamPrefix = environment['EVENTSTORE_STREAM_PREFIX'];
  return openKurrentEventStore({
    ...MACHINE,
    connection: connectionOf(connectionFile, environment),
    signal: AbortSignal.timeout(OPENS_WITHIN_MS),
    ...(streamPrefix ? { streamPrefix } : {}),
  });
};

const connectionOf = (connectionFile: string | null, environment: Terminal['environment']): string => {
  const file = connectionFile ?? environment['EVENTSTORE_CONNECTION_FILE'];
  if (connectionFile === null && environment['EVENTSTORE_CONNECTION']) return environment['EVENTSTORE_CONNECTION'];
  if (!file) throw new BadUsage('Say where the event store is: set EVENTSTORE_CONNECTION or EVENTSTORE_CONNECTION_FILE.');
  if (!existsSync(file)) throw new Error(`There is no file ${file} with the connection to the event store.`);
  return readFileSync(file, 'utf8').trim();
};

/** A log that is only read, and what its file says of itself. */
export type CheckedLog = ReadableLog & Pick<EventStore, 'close'> & Pick<ReadOnlyLog, 'faults'>;

/** The file of a log, or the copy of one, beside a running server or without one. @throws when it is none */
export const openLogFile = (file: string, scheduler: Scheduler): CheckedLog => openReadOnly({ file, scheduler });
export { logFileOf, restoreLog, snapshotLog };
