import { checkPage, isStreamName, READ_PAGE_MAX, spanOf, type EventStore, type StoredEvent, type StreamPage } from '@saksgang/event-store';
import { NO_STREAM, type Revision, type StreamName } from '@saksgang/kernel';
import type { Driver, Reading, Received } from './driver.js';
import { StreamTombstoned, StreamTruncated } from './errors.js';
import { READ_EVENTS_MAX } from './limits.js';
import { CallFailed, unavailable, type Line } from './line.js';
import { storedOf } from './stored-form.js';

export type StreamsOf = Readonly<{ line: Line; prefix: string; logId: string }>;

/** All events of one call; lets go of it whatever happens, as the library would leave it open. */
export const collect = async (reading: Reading): Promise<Received[]> => {
  reading.on('error', () => undefined); // one that comes after we have let go
  const events: Received[] = [];
  try {
    for await (const event of reading) events.push(event as Received);
    return events;
  } finally {
    void reading.cancel().catch(() => undefined);
    reading.destroy();
  }
};

type From = bigint | 'start' | 'end';

/**
 * At most `count` events of a stream on the server, in as many calls as that takes; null for one that does not exist. An attempt
 * that was not answered in time is repeated for half as many: entries may be large, and the line slow.
 */
export const findEvents = async (line: Line, name: string, from: From, backward: boolean, count: number): Promise<Received[] | null> => {
  const events: Received[] = [];
  let next: From = from;
  while (events.length < count) {
    let most = Math.min(READ_EVENTS_MAX, count - events.length) * 2;
    const page = await existing(line, (client) => {
      most = Math.max(1, most >> 1);
      return client.readStream(name, next, backward ? 'backwards' : 'forwards', most);
    });
    if (page === null) return null;
    events.push(...page);
    const last = page.at(-1)?.event?.revision;
    if (page.length < most || last === undefined || (backward && last === 0n)) break;
    next = backward ? last - 1n : last + 1n;
  }
  return events;
};

export const readEvents = async (...asked: Parameters<typeof findEvents>): Promise<Received[]> => (await findEvents(...asked)) ?? [];

const existing = async (line: Line, read: (client: Driver) => Reading): Promise<Received[] | null> => {
  try {
    return await line.untilAnswered((client) => collect(read(client)));
  } catch (failed) {
    if (failed instanceof CallFailed && failed.fault.kind === 'missing') return null;
    throw failed;
  }
};

/** What reading throws, said as the port says it. */
export const asRead = (failed: unknown, stream: StreamName): unknown => {
  if (!(failed instanceof CallFailed)) return failed;
  return failed.fault.kind === 'tombstoned' ? new StreamTombstoned(stream) : unavailable(failed, 'not-written');
};

/** `EventStore.readStream`. @throws StoreUnavailable, StreamTombstoned, StreamTruncated, UnusableEvent */
export const createReadStream = ({ line, prefix, logId }: StreamsOf): EventStore['readStream'] => {
  const lastRevision = async (stream: StreamName): Promise<Revision> => {
    const found = await findEvents(line, prefix + stream, 'end', true, 1);
    if (found === null) return NO_STREAM;
    // A stream that stands and shows nothing is not a stream that is not: a write to it would be a conflict for ever.
    if (found[0] === undefined) throw new StreamTruncated(stream, null);
    return Number(found[0].event?.revision);
  };
  const stored = (stream: StreamName, events: readonly Received[]): StoredEvent[] => events.map((event) => storedOf(logId, stream, event));

  const forward = async (stream: StreamName, from: Revision, limit: number): Promise<StreamPage> => {
    // One more than asked for: whether there is more, and in most cases where the stream ends, then needs no second call.
    const received = await findEvents(line, prefix + stream, BigInt(from), false, limit + 1);
    if (received === null) return { events: [], head: NO_STREAM, end: true };
    const found = stored(stream, received);
    refuseGap(stream, found, from);
    const events = found.slice(0, limit);
    const whole = found.length <= limit && found.length > 0;
    const head = whole ? found.at(-1)!.revision : await lastRevision(stream);
    return { events, head, end: found.length <= limit };
  };

  const backward = async (stream: StreamName, from: Revision | undefined, limit: number): Promise<StreamPage> => {
    const head = await lastRevision(stream);
    if (head === NO_STREAM) return { events: [], head, end: true };
    const span = spanOf({ direction: 'backward', limit, ...(from === undefined ? {} : { from }) }, head);
    const events = stored(stream, await readEvents(line, prefix + stream, BigInt(span.last), true, span.count));
    if (events.length < span.count) throw new StreamTruncated(stream, events.at(-1)?.revision ?? head + 1);
    return { events, head, end: span.end };
  };

  return async (stream, options = {}) => {
    checkPage(options);
    if (!isStreamName(stream)) return { events: [], head: NO_STREAM, end: true };
    const { from, limit = READ_PAGE_MAX, direction = 'forward' } = options;
    try {
      return await (direction === 'forward' ? forward(stream, from ?? 0, limit) : backward(stream, from, limit));
    } catch (failed) {
      throw asRead(failed, stream);
    }
  };
};

/** Revisions run without a gap from the first on; a server that begins later has been told to forget. */
const refuseGap = (stream: StreamName, found: readonly StoredEvent[], from: Revision): void => {
  const [first] = found;
  if (first !== undefined && first.revision !== from) throw new StreamTruncated(stream, first.revision);
};
