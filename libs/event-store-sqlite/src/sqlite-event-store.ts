import { prepareDataDirectory, takeProcessLock } from '@saksgang/database';
import {
  checkAppend,
  createDoorbell,
  followLog,
  newLogId,
  positionOf,
  StoreUnavailable,
  type CountedLog,
  type EventStore,
} from '@saksgang/event-store';
import type { Clock, Random, Scheduler } from '@saksgang/kernel';
import { statfsSync } from 'node:fs';
import { openForReading, openForWriting } from './connection.js';
import { logFileOf } from './log-file.js';
import { FREE_BYTES_MIN, QUEUE_BYTES_MAX, QUEUE_COMMANDS_MAX, SAFETY_WAKE_MS } from './limits.js';
import { faultsIn } from './log-faults.js';
import { createLogReader, type LogReader } from './log-reader.js';
import { migrate } from './schema.js';
import { startThreadFrom, ThreadedWriter, type StartThread } from './threaded-writer.js';
import { tell, type AppendWriter, type Command } from './verdict.js';
import { Writer } from './writer.js';

export type SqliteEventStoreOptions = Readonly<{
  /** The record's data directory; made when it is missing. */
  directory: string;
  clock: Clock;
  random: Random;
  scheduler: Scheduler;
  /** `thread` (the default): a slow disk holds up no reader. `inline`: on the caller's thread, for tests and tiny installations. */
  writer?: 'thread' | 'inline';
  /** Starts the writer's thread on a log file; given by tests that run from sources, which a thread cannot load. */
  startThread?: (file: string) => StartThread;
}>;

/**
 * Opens the record's log for writing, and makes it when there is none.
 * @throws DataDirectoryInUse, NewerDataDirectory, UnsuitableDataDirectory, UnsafeSqlite, NotALog
 */
export const openSqliteEventStore = async (options: SqliteEventStoreOptions): Promise<EventStore> => {
  const { directory } = options;
  prepareDataDirectory(directory);
  const lock = takeProcessLock(directory);
  try {
    const file = logFileOf(directory);
    makeLog(file, options);
    const bell = createDoorbell();
    const writer = await startWriter(file, options, bell.ring);
    const reader = createLogReader(openForReading(file));
    return assemble({ directory, reader, writer, bell, lock, scheduler: options.scheduler });
  } catch (error) {
    lock.release();
    throw error;
  }
};

/** What `verify` and `export` need: the log as it stands, beside a running server or without one. Takes no lock and writes nothing. */
export type ReadOnlyLog = Pick<EventStore, 'logId' | 'origin' | 'readStream' | 'follow' | 'head' | 'close'> &
  Readonly<{
    /** What is wrong with the file around the entries, in plain words: see `faultsIn`. */
    faults: () => readonly string[];
  }>;
export type ReadOnlyOptions = Pick<SqliteEventStoreOptions, 'scheduler'> & Readonly<{ directory: string } | { file: string }>;

/**
 * Opens the log of a data directory, or a file that is a copy of one. `follow` looks for new events every SAFETY_WAKE_MS, as no
 * doorbell reaches another process. @throws when there is no log
 */
export const openReadOnly = ({ scheduler, ...where }: ReadOnlyOptions): ReadOnlyLog => {
  const db = openForReading('file' in where ? where.file : logFileOf(where.directory));
  try {
    return { ...readingSide(createLogReader(db), createDoorbell(), scheduler), faults: () => faultsIn(db) };
  } catch (error) {
    db.close();
    throw error;
  }
};

const makeLog = (file: string, { clock, random }: SqliteEventStoreOptions): void => {
  const db = openForWriting(file);
  try {
    migrate(db);
    const note = db.prepare('INSERT INTO store_meta VALUES (?, ?) ON CONFLICT (key) DO NOTHING');
    db.transaction(() => {
      note.run('log_id', newLogId(random));
      note.run('created', clock.now());
    }).immediate();
  } finally {
    db.close();
  }
};

const startWriter = async (file: string, options: SqliteEventStoreOptions, afterBatch: () => void): Promise<AppendWriter> => {
  if (options.writer === 'inline') return new Writer(openForWriting(file), afterBatch);
  const start = options.startThread?.(file) ?? startThreadFrom(new URL('./writer.thread.js', import.meta.url), file);
  const writer = new ThreadedWriter(start, afterBatch);
  await writer.ready();
  return writer;
};

type Bell = ReturnType<typeof createDoorbell>;

const readingSide = (reader: LogReader, bell: Bell, scheduler: Scheduler): Omit<ReadOnlyLog, 'faults'> => {
  const closing = new AbortController();
  const refuseWhenClosed = (): void => {
    if (closing.signal.aborted) throw closed();
  };
  const counted: CountedLog = {
    logId: reader.logId,
    last: () => {
      refuseWhenClosed();
      return reader.last();
    },
    readAfter: reader.after,
    closed: () => closing.signal.aborted,
    rung: bell.rung,
    grown: bell.after,
  };
  void ringForSafety(bell, scheduler, closing.signal);
  return {
    logId: reader.logId,
    origin: positionOf(reader.logId, 0),
    readStream: async (stream, options = {}) => {
      refuseWhenClosed();
      return reader.page(stream, options);
    },
    follow: (options) => followLog(counted, options),
    head: async () => positionOf(reader.logId, counted.last()),
    close: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      bell.ring();
      reader.close();
    },
  };
};

/** Should a ring ever be lost, followers are late, not stuck. */
const ringForSafety = async (bell: Bell, scheduler: Scheduler, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    try {
      await scheduler.sleep(SAFETY_WAKE_MS, signal);
    } catch {
      return;
    }
    bell.ring();
  }
};

type Parts = Readonly<{
  directory: string;
  reader: LogReader;
  writer: AppendWriter;
  bell: Bell;
  lock: { release: () => void };
  scheduler: Scheduler;
}>;

const assemble = ({ directory, reader, writer, bell, lock, scheduler }: Parts): EventStore => {
  const reading = readingSide(reader, bell, scheduler);
  const waiting = { commands: 0, bytes: 0 };
  let closing: Promise<void> | null = null;

  const append: EventStore['append'] = async (stream, expected, events) => {
    if (closing !== null) throw closed();
    const bytes = checkAppend(stream, expected, events);
    if (waiting.commands >= QUEUE_COMMANDS_MAX || waiting.bytes + bytes > QUEUE_BYTES_MAX) {
      throw new StoreUnavailable(`${waiting.commands} appends wait for the disk already: try again shortly`, 'not-written');
    }
    waiting.commands += 1;
    waiting.bytes += bytes;
    const command: Command = { stream, expected, events };
    const verdict = await writer.append(command, bytes);
    waiting.commands -= 1;
    waiting.bytes -= bytes;
    return tell(verdict, command, (ordinal) => positionOf(reader.logId, ordinal));
  };

  const deleteBoxes: EventStore['deleteBoxes'] = async (persons) => {
    if (closing !== null) throw closed();
    const deletion = await writer.deleteBoxes(persons);
    if (deletion.is === 'deleted') return { deleted: deletion.boxes };
    throw new StoreUnavailable(`boxes could not be deleted: ${deletion.message}`, 'unknown');
  };

  const health: EventStore['health'] = async () => {
    const reason = closing !== null ? 'the store has been closed' : (lackOfSpace(directory) ?? (await writer.health()));
    return reason === null ? { ok: true } : { ok: false, reason };
  };

  /** Readers first: the connection that leaves last must be one that may empty the write-ahead log. */
  const close = async (): Promise<void> => {
    await reading.close();
    await writer.close();
    lock.release();
  };

  return { ...reading, append, deleteBoxes, health, close: () => (closing ??= close()) };
};

const lackOfSpace = (directory: string): string | null => {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize >= FREE_BYTES_MIN ? null : `less than ${FREE_BYTES_MIN} bytes are free on the disk of ${directory}`;
};

const closed = (): StoreUnavailable => new StoreUnavailable('the store has been closed', 'not-written');
