import { isStreamName, positionOf, type NewEvent, type StoredEvent } from '@saksgang/event-store';
import type { Box, Instant } from '@saksgang/kernel';
import type { Received, WireEvent } from './driver.js';
import { UnusableEvent } from './errors.js';

/**
 * How an entry lies on the server: the leaf is the event's body, byte for byte, as an octet stream, because the library parses
 * and prints bodies of type JSON, and numbers and key order would not survive that. What stands beside the leaf is metadata: an
 * entry of another form than this one will say so there (`form`), and a program that does not know it refuses it.
 */
export const wireOf = ({ id, type, leaf, recordedAt, boxes }: NewEvent): WireEvent => ({
  id,
  type,
  data: Uint8Array.from(Buffer.from(leaf, 'utf8')),
  metadata: boxes.length === 0 ? { recordedAt } : { recordedAt, boxes: boxes.map(wireBox) },
});

type WireBox = Readonly<{ commitment: string; person: string; bytes: string }>;
const wireBox = ({ commitment, person, bytes }: Box): WireBox => ({ commitment, person, bytes: Buffer.from(bytes).toString('base64') });

/** The one form there is; it goes without saying. */
const FORM = 1;
type WireMetadata = Readonly<{ form?: unknown; recordedAt?: Instant; boxes?: readonly WireBox[] }>;

/** Bytes as the server counts them: body, metadata, and the type in UTF-16. */
export const wireBytes = (events: readonly WireEvent[]): number =>
  events.reduce(
    (sum, { data, metadata, type }) => sum + data.byteLength + Buffer.byteLength(JSON.stringify(metadata)) + 2 * type.length,
    0,
  );

/** The one place where the position of an event is taken from what the server says. @throws UnusableEvent */
export const commitOf = ({ event }: Received): bigint => {
  if (event?.position === undefined)
    throw new UnusableEvent(event?.streamId ?? '?', event?.revision ?? 0n, 'it has no position: the server must be 22.6 or newer');
  // Two events of one old-style transaction share a commit position, so it would not be a place in the log.
  if (event.position.commit !== event.position.prepare)
    throw new UnusableEvent(event.streamId, event.revision, 'it was written in a transaction of the old TCP interface');
  return event.position.commit;
};

/** The stream's name in the record, or null for what lies under the prefix but is no entry of it. */
export const recordStreamOf = (prefix: string, streamId: string): string | null => {
  if (!streamId.startsWith(prefix)) return null;
  const name = streamId.slice(prefix.length);
  return isStreamName(name) ? name : null;
};

/** @throws UnusableEvent */
export const storedOf = (logId: string, stream: string, received: Received): StoredEvent => {
  const { event } = received;
  if (event === undefined || !(event.data instanceof Uint8Array))
    throw new UnusableEvent(stream, event?.revision ?? 0n, 'this program did not write it (its body is no octet stream)');
  const { form = 1, recordedAt, boxes = [] } = (event.metadata ?? {}) as WireMetadata;
  if (form !== FORM) throw new UnusableEvent(stream, event.revision, 'a newer version of this program wrote it: use that one');
  if (typeof recordedAt !== 'string')
    throw new UnusableEvent(stream, event.revision, 'this program did not write it (it has no recordedAt)');
  return {
    id: event.id,
    type: event.type,
    recordedAt,
    leaf: Buffer.from(event.data).toString('utf8'),
    boxes: boxes.map(({ commitment, person, bytes }) => ({ commitment, person, bytes: new Uint8Array(Buffer.from(bytes, 'base64')) })),
    position: positionOf(logId, commitOf(received)),
    stream,
    revision: Number(event.revision),
  };
};
