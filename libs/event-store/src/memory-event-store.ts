import { NO_STREAM, type Random, type Revision, type StreamName } from '@saksgang/kernel';
import { checkAppend, MalformedAppend } from './append-rules.js';
import { createDoorbell } from './doorbell.js';
import { RevisionConflict, StoreUnavailable, type Appended, type EventStore, type NewEvent, type StoredEvent } from './event-store.js';
import { followLog, type CountedLog } from './follow-log.js';
import { newLogId } from './log-id.js';
import { checkPage, spanOf } from './page-rules.js';
import { positionOf } from './position.js';

export const MEMORY_EVENTS_MAX = 1_000_000; // events, about 1 GB

/** An engine for tests and for looking around: everything the port promises but outliving the process. */
export const createMemoryEventStore = ({ random }: Readonly<{ random: Random }>): EventStore => {
  const logId = newLogId(random);
  const log: StoredEvent[] = [];
  const streams = new Map<StreamName, StoredEvent[]>();
  const ids = new Set<string>();
  const bell = createDoorbell();
  let closed = false;

  const refuseWhenClosed = (): void => {
    if (closed) throw new StoreUnavailable('the store has been closed', 'not-written');
  };

  const append = async (stream: StreamName, expected: Revision, events: readonly NewEvent[]): Promise<Appended> => {
    refuseWhenClosed();
    checkAppend(stream, expected, events);
    const before = streams.get(stream) ?? [];
    const head = before.length - 1;
    if (head !== expected) return originalOf(before, stream, expected, events);
    for (const { id } of events) {
      if (!ids.has(id)) continue;
      if (before.some((event) => event.id === id)) throw new RevisionConflict(stream, expected, head);
      throw new MalformedAppend(`event ${id} stands in another stream`);
    }
    if (log.length + events.length > MEMORY_EVENTS_MAX)
      throw new StoreUnavailable(`this log holds at most ${MEMORY_EVENTS_MAX} events`, 'not-written');
    const stored = events.map((event, index): StoredEvent => {
      const boxes = event.boxes.map((box) => ({ ...box, bytes: box.bytes.slice() }));
      return { ...event, boxes, stream, revision: head + 1 + index, position: positionOf(logId, log.length + 1 + index) };
    });
    log.push(...stored);
    if (before.length === 0) streams.set(stream, stored);
    else before.push(...stored);
    for (const { id } of stored) ids.add(id);
    bell.ring();
    return { position: positionOf(logId, log.length), revision: head + events.length };
  };

  const counted: CountedLog = {
    logId,
    last: () => {
      refuseWhenClosed();
      return log.length;
    },
    readAfter: (ordinal, limit) => log.slice(ordinal, ordinal + limit).map(handedOut),
    closed: () => closed,
    rung: bell.rung,
    grown: bell.after,
  };

  return {
    logId,
    origin: positionOf(logId, 0),
    append,
    readStream: async (stream, options = {}) => {
      refuseWhenClosed();
      checkPage(options);
      const events = streams.get(stream);
      if (events === undefined) return { events: [], head: NO_STREAM, end: true };
      const span = spanOf(options, events.length - 1);
      const page = span.count === 0 ? [] : events.slice(span.first, span.last + 1).map(handedOut);
      return { events: span.backward ? page.reverse() : page, head: events.length - 1, end: span.end };
    },
    follow: (options) => followLog(counted, options),
    deleteBoxes: async (persons) => {
      refuseWhenClosed();
      let deleted = 0;
      const without = (event: StoredEvent): StoredEvent => {
        const boxes = event.boxes.filter((box) => !persons.includes(box.person));
        deleted += event.boxes.length - boxes.length;
        return boxes.length === event.boxes.length ? event : { ...event, boxes };
      };
      for (const [index, event] of log.entries()) {
        const bare = without(event);
        if (bare === event) continue;
        log[index] = bare;
        (streams.get(event.stream) ?? [])[event.revision] = bare;
      }
      return { deleted };
    },
    head: async () => positionOf(logId, counted.last()),
    health: async () => (closed ? { ok: false, reason: 'the store has been closed' } : { ok: true }),
    close: async () => {
      closed = true;
      bell.ring();
    },
  };
};

/** A retry of what already stands directly after `expected`, or a conflict. */
const originalOf = (before: readonly StoredEvent[], stream: StreamName, expected: Revision, events: readonly NewEvent[]): Appended => {
  const standing = before.slice(expected + 1, expected + 1 + events.length);
  const last = standing.at(-1);
  if (last !== undefined && standing.length === events.length && standing.every((event, index) => event.id === events[index]?.id)) {
    return { position: last.position, revision: last.revision };
  }
  throw new RevisionConflict(stream, expected, before.length - 1);
};

/** Readers own the bytes they get; the log's own stay as they are. */
const handedOut = (event: StoredEvent): StoredEvent =>
  event.boxes.length === 0 ? event : { ...event, boxes: event.boxes.map((box) => ({ ...box, bytes: box.bytes.slice() })) };
