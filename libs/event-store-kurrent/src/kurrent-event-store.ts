import { positionOf, type EventStore } from '@saksgang/event-store';
import type { Clock, Random, Scheduler } from '@saksgang/kernel';
import { createAppend } from './appending.js';
import { parseConnection } from './connection-string.js';
import { loadDriver } from './driver.js';
import { createFollow } from './following.js';
import { OPENING_WAIT_MS } from './limits.js';
import { CallFailed, closedStore, createLine, unavailable, type Line, type Log } from './line.js';
import { createLogEnd } from './log-end.js';
import { identify, type LogIdentity } from './log-identity.js';
import { collect, createReadStream } from './reading.js';

/** Every stream of the record begins with it on the server, so that one subscription follows them all and nothing else. */
export const STREAM_PREFIX = 'saksgang.';
const PREFIX = /^[a-z][a-z0-9]*(\.[a-z0-9]+)*\.$/;

export type KurrentEventStoreOptions = Readonly<{
  /** `esdb://…`; what it may say: connection-string.ts. It is a secret. */
  connection: string;
  /** Ends in a full stop; default STREAM_PREFIX. Two records on one server take two. */
  streamPrefix?: string;
  clock: Clock;
  random: Random;
  scheduler: Scheduler;
  log?: Log;
  /** Gives up waiting for a server that is away. */
  signal?: AbortSignal;
}>;

/**
 * Opens the record's log on an EventStoreDB server or cluster, and names it when it is new. Waits for a server that is away,
 * says so through `log`, and goes on asking until it answers or the signal aborts.
 * @throws BadConnectionString; StoreUnavailable when the server refuses the user; UnusableEvent
 */
export const openKurrentEventStore = async (options: KurrentEventStoreOptions): Promise<EventStore> => {
  const { streamPrefix: prefix = STREAM_PREFIX, random, scheduler, log = () => undefined, signal } = options;
  if (!PREFIX.test(prefix)) throw new RangeError(`«${prefix}» is no stream prefix: lower-case letters and digits that end in a full stop`);
  const connection = parseConnection(options.connection);
  const line = createLine({ connection, makeDriver: await loadDriver(), random, scheduler, log });
  try {
    const identity = await untilIdentified(line, prefix, options, signal);
    return assemble(line, prefix, identity, scheduler);
  } catch (error) {
    await line.close();
    throw error;
  }
};

const untilIdentified = async (
  line: Line,
  prefix: string,
  options: KurrentEventStoreOptions,
  signal?: AbortSignal,
): Promise<LogIdentity> => {
  for (;;) {
    try {
      return await identify(line, prefix, options);
    } catch (failed) {
      if (!(failed instanceof CallFailed)) throw failed;
      if (failed.fault.kind !== 'line' || signal?.aborted) throw unavailable(failed, 'not-written');
      options.log?.('warn', 'waiting for the event store: nothing can be read or recorded before it has answered once', {
        reason: failed.message,
      });
      await options.scheduler.sleep(OPENING_WAIT_MS, signal).catch(() => undefined);
    }
  }
};

const assemble = (line: Line, prefix: string, identity: LogIdentity, scheduler: Scheduler): EventStore => {
  const { logId, birth } = identity;
  const end = createLogEnd(line, prefix, birth);
  const streams = { line, prefix, logId };
  const append = createAppend({ ...streams, seen: end.seen });
  const readStream = createReadStream(streams);
  const running = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;

  /** Work that was begun before closing is let end; nothing begins after. */
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    if (closing !== null) throw closedStore();
    const promise = work();
    running.add(promise);
    try {
      return await promise;
    } finally {
      running.delete(promise);
    }
  };
  const head: EventStore['head'] = async () => {
    try {
      const last = await end.find();
      return positionOf(logId, last === birth ? 0n : last);
    } catch (failed) {
      throw failed instanceof CallFailed ? unavailable(failed, 'not-written') : failed;
    }
  };
  const health: EventStore['health'] = async () => {
    if (closing !== null) return { ok: false, reason: closedStore().message };
    try {
      await line.once((client) => collect(client.readAllBackwards('end', 1)));
      return { ok: true };
    } catch (failed) {
      if (!(failed instanceof CallFailed)) throw failed;
      return { ok: false, reason: unavailable(failed, 'not-written').message };
    }
  };
  const close = async (): Promise<void> => {
    line.refuse();
    await Promise.allSettled(running);
    await line.close();
  };

  return {
    logId,
    origin: positionOf(logId, 0),
    append: (stream, expected, events) => counted(() => append(stream, expected, events)),
    readStream: (stream, options) => counted(() => readStream(stream, options)),
    follow: createFollow({ line, prefix, identity, end, scheduler }),
    // Events are never changed here: the boxes stay in their metadata, and open for nobody once the person's key is destroyed.
    deleteBoxes: () => counted(async () => ({ deleted: 'kept encrypted' })),
    head: () => counted(head),
    health,
    close: () => (closing ??= close()),
  };
};
