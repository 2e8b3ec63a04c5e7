import { APPEND_BYTES_MAX, NO_STREAM, type Box, type Revision, type StreamName } from '@saksgang/kernel';
import { AppendTooLarge, type NewEvent } from './event-store.js';

export const STREAM_NAME_CHARS_MAX = 200; // characters
export const APPEND_EVENTS_MAX = 5_000; // events of one append
/** Box bytes of one append. With APPEND_BYTES_MAX it stays below the 1 MiB an EventStoreDB server takes in one append. */
export const APPEND_BOX_BYTES_MAX = 65_536;

/** What no engine can store as it was handed over: a bug in the caller, never something a client did. Nothing was written. */
export class MalformedAppend extends Error {
  override readonly name = 'MalformedAppend';
  constructor(readonly why: string) {
    super(`this append is malformed: ${why}`);
  }
}

const STREAM_NAME = /^[a-z][A-Za-z0-9]*-[A-Za-z0-9][A-Za-z0-9._-]*$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `<kind>-<rest>`: EventStoreDB takes the category up to the first hyphen and keeps names that start with `$` for itself. */
export const isStreamName = (name: string): boolean => name.length <= STREAM_NAME_CHARS_MAX && STREAM_NAME.test(name);

/**
 * The rules every engine asks before it writes anything. Answers the size of the append in bytes (leaves and boxes).
 * @throws MalformedAppend, AppendTooLarge
 */
export const checkAppend = (stream: StreamName, expected: Revision, events: readonly NewEvent[]): number => {
  const bytes = sizeOfAppend(events);
  const why = whyMalformed(stream, expected, events);
  if (why !== null) throw new MalformedAppend(why);
  return bytes;
};

const sizeOfAppend = (events: readonly NewEvent[]): number => {
  let leaves = 0;
  let boxes = 0;
  for (const event of events) {
    leaves += Buffer.byteLength(event.leaf, 'utf8');
    for (const box of event.boxes) boxes += box.bytes.byteLength;
  }
  if (leaves > APPEND_BYTES_MAX) throw new AppendTooLarge(leaves, APPEND_BYTES_MAX);
  if (boxes > APPEND_BOX_BYTES_MAX) throw new AppendTooLarge(boxes, APPEND_BOX_BYTES_MAX);
  return leaves + boxes;
};

const whyMalformed = (stream: StreamName, expected: Revision, events: readonly NewEvent[]): string | null => {
  if (!isStreamName(stream))
    return `"${stream.slice(0, STREAM_NAME_CHARS_MAX)}" is not a stream name (<kind>-<id>, ${STREAM_NAME_CHARS_MAX} characters)`;
  if (!Number.isSafeInteger(expected) || expected < NO_STREAM) return `the expected revision ${expected} is no revision`;
  if (events.length === 0) return 'it holds no event';
  if (events.length > APPEND_EVENTS_MAX) return `it holds ${events.length} events, more than ${APPEND_EVENTS_MAX}`;
  if (events.length > 1 && new Set(events.map((event) => event.id)).size < events.length) return 'it holds the same event id twice';
  for (const event of events) {
    const why = whyEventMalformed(event);
    if (why !== null) return `event ${event.id}: ${why}`;
  }
  return null;
};

const whyEventMalformed = ({ id, type, recordedAt, leaf, boxes }: NewEvent): string | null => {
  if (!UUID.test(id)) return 'its id is not a lower-case UUID';
  if (type.length === 0 || type.length > STREAM_NAME_CHARS_MAX) return 'its type is empty or too long';
  // Engines keep milliseconds, so only the one way of writing them comes back as it went in.
  const ms = Date.parse(recordedAt);
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== recordedAt) return `${recordedAt} is not an instant (2018-10-03T10:00:00.000Z)`;
  // A lone surrogate has no UTF-8 form: it would be stored as U+FFFD, and the hashed text would not be the stored text.
  if (leaf.length === 0 || !isWellFormed(leaf)) return 'its leaf is empty or not well-formed Unicode';
  return boxes.length === 0 ? null : whyBoxesMalformed(boxes);
};

const whyBoxesMalformed = (boxes: readonly Box[]): string | null => {
  if (new Set(boxes.map((box) => box.commitment)).size < boxes.length) return 'two of its boxes carry the same commitment';
  for (const box of boxes) {
    if (box.commitment === '' || Buffer.from(box.commitment, 'base64url').toString('base64url') !== box.commitment)
      return 'a commitment is not base64url';
    if (box.person.length === 0 || box.person.length > STREAM_NAME_CHARS_MAX) return 'a box names no person';
  }
  return null;
};

/** In every supported Node, but younger than the ES2023 library the compiler knows. */
const isWellFormed = (text: string): boolean => (text as string & { isWellFormed(): boolean }).isWellFormed();
