import {
  AppendTooLarge,
  checkAppend,
  positionOf,
  RevisionConflict,
  StoreUnavailable,
  type Appended,
  type EventStore,
} from '@saksgang/event-store';
import { NO_STREAM, type Revision, type StreamName } from '@saksgang/kernel';
import type { WireEvent } from './driver.js';
import { StreamTombstoned, StreamTruncated } from './errors.js';
import { APPENDS_BYTES_MAX, APPENDS_WAITING_MAX, CALLS_AT_ONCE_MAX, WIRE_BYTES_MAX, WRITE_MS_MAX } from './limits.js';
import { CallFailed, closedStore, unavailable } from './line.js';
import { readEvents, type StreamsOf } from './reading.js';
import { commitOf, wireBytes, wireOf } from './stored-form.js';

type Parts = StreamsOf & Readonly<{ seen: (commit: bigint) => void }>;

/**
 * `EventStore.append`: always at an explicit revision, so that the server compares ids for ever and a repetition is the same
 * append. What an attempt came to and the line did not tell is found out by repeating it, and at last by reading the stream.
 */
export const createAppend = (parts: Parts): EventStore['append'] => {
  const gate = createGate();
  let lost = false;
  return async (stream, expected, events) => {
    const bytes = checkAppend(stream, expected, events);
    const wire = events.map(wireOf);
    const onWire = wireBytes(wire);
    if (onWire > WIRE_BYTES_MAX) throw new AppendTooLarge(onWire, WIRE_BYTES_MAX);
    return gate(bytes, async () => {
      // While it closes, those that wait are let end as long as the server answers: not one after the other against a dead line.
      if (lost) throw closedStore();
      try {
        return await appendOnce(parts, stream, expected, wire);
      } catch (failed) {
        lost ||= parts.line.closing.aborted && failed instanceof StoreUnavailable;
        throw failed;
      }
    });
  };
};

const appendOnce = async (parts: Parts, stream: StreamName, expected: Revision, wire: readonly WireEvent[]): Promise<Appended> => {
  const { line, prefix, logId, seen } = parts;
  const revision = expected + wire.length;
  const told = (commit: bigint): Appended => {
    seen(commit);
    return { position: positionOf(logId, commit), revision };
  };
  let commit: bigint | null;
  try {
    const at = expected === NO_STREAM ? ('no_stream' as const) : BigInt(expected);
    const done = await line.untilAnswered((client) => client.append(prefix + stream, at, wire, WRITE_MS_MAX));
    // A stream that was deleted on the server counts on when it is founded again.
    if (done.revision !== BigInt(revision)) throw new StreamTruncated(stream, Number(done.revision) - wire.length + 1);
    commit = done.commit;
  } catch (failed) {
    if (!(failed instanceof CallFailed)) throw failed;
    commit = await settled(parts, stream, expected, wire, failed);
  }
  // Of several events the server names one place, and of repeated ones sometimes none: the last event itself knows.
  return told(wire.length === 1 && commit !== null ? commit : await lastPlace(parts, stream, revision));
};

/** After a failure: the place where the events stand all the same, or what the failure means to the port. */
const settled = async (
  parts: Parts,
  stream: StreamName,
  expected: Revision,
  wire: readonly WireEvent[],
  failed: CallFailed,
): Promise<bigint | null> => {
  const { fault } = failed;
  if (fault.kind === 'conflict') throw new RevisionConflict(stream, expected, fault.actual);
  if (fault.kind === 'tombstoned') throw new StreamTombstoned(stream);
  if (fault.kind === 'too-large') throw new AppendTooLarge(wireBytes(wire), fault.limit);
  if (!failed.maySent) throw unavailable(failed, 'not-written');
  const standing = await standingAfter(parts, stream, expected, wire.length).catch(() => null);
  // Nothing there yet: the last attempt may still be on its way.
  if (standing === null || standing.length === 0) throw unavailable(failed, 'unknown');
  if (standing.length === wire.length && standing.every(({ event }, index) => event?.id === wire[index]?.id))
    return commitOf(standing.at(-1)!);
  // Another's events stand where these belonged, so these can never get there.
  const head = await readEvents(parts.line, parts.prefix + stream, 'end', true, 1).catch(() => []);
  throw new RevisionConflict(stream, expected, Number(head[0]?.event?.revision ?? standing.at(-1)?.event?.revision));
};

const standingAfter = ({ line, prefix }: Parts, stream: StreamName, expected: Revision, count: number) =>
  readEvents(line, prefix + stream, BigInt(expected + 1), false, count);

/** The append is done by now; that its place cannot be read leaves the caller not knowing. */
const lastPlace = async ({ line, prefix }: Parts, stream: StreamName, revision: Revision): Promise<bigint> => {
  try {
    const [last] = await readEvents(line, prefix + stream, BigInt(revision), false, 1);
    if (last !== undefined) return commitOf(last);
  } catch (failed) {
    if (failed instanceof CallFailed) throw unavailable(failed, 'unknown');
    throw failed;
  }
  throw new StoreUnavailable(`${stream} was acknowledged up to revision ${revision}, but that revision cannot be read`, 'unknown');
};

/** So many at once, so many waiting, and no more: what comes then is answered at once. */
const createGate = () => {
  const waiting: (() => void)[] = [];
  let inside = 0;
  let bytesHeld = 0;
  return async <T>(bytes: number, pass: () => Promise<T>): Promise<T> => {
    if (inside + waiting.length >= APPENDS_WAITING_MAX || bytesHeld + bytes > APPENDS_BYTES_MAX)
      throw new StoreUnavailable(`${inside + waiting.length} appends wait for the event store already: try again shortly`, 'not-written');
    bytesHeld += bytes;
    if (inside >= CALLS_AT_ONCE_MAX) await new Promise<void>((resolve) => void waiting.push(resolve));
    else inside += 1;
    try {
      return await pass();
    } finally {
      bytesHeld -= bytes;
      const next = waiting.shift();
      // The place is handed over, not given back: nobody slips in between.
      if (next === undefined) inside -= 1;
      else next();
    }
  };
};
