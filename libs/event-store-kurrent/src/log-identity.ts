import { isLogId, newLogId } from '@saksgang/event-store';
import type { Clock, Random } from '@saksgang/kernel';
import { LogNameGone, UnusableEvent } from './errors.js';
import { WRITE_MS_MAX } from './limits.js';
import { CallFailed, type Line } from './line.js';
import { readEvents } from './reading.js';
import { commitOf } from './stored-form.js';

/** Who the log is: `birth` is the commit position of the event that names it, which stands before every entry. */
export type LogIdentity = Readonly<{ logId: string; birth: bigint }>;

/** No entry can lie in it: the name of an entry's stream has a hyphen. */
export const IDENTITY_STREAM = 'log';

/**
 * Reads the log's name from the log, or gives it one when there is none. Of several that start at once, one writes it.
 * A name that was deleted on the server is never replaced: the new one would stand behind the entries and hide them all.
 * @throws CallFailed, LogNameGone, UnusableEvent
 */
export const identify = async (
  line: Line,
  prefix: string,
  { clock, random }: Readonly<{ clock: Clock; random: Random }>,
): Promise<LogIdentity> => {
  const name = prefix + IDENTITY_STREAM;
  const known = await readIdentity(line, name);
  if (known !== null) return known;
  const made = {
    id: uuidFrom(random),
    type: 'LogMade',
    data: Uint8Array.from(Buffer.from(newLogId(random))),
    metadata: { recordedAt: clock.now() },
  };
  try {
    await line.untilAnswered((client) => client.append(name, 'no_stream', [made], WRITE_MS_MAX));
  } catch (failed) {
    if (failed instanceof CallFailed && failed.fault.kind === 'tombstoned') throw new LogNameGone(name);
    // Another one was first: its name is the log's.
    if (!(failed instanceof CallFailed && failed.fault.kind === 'conflict')) throw failed;
  }
  const written = await readIdentity(line, name);
  if (written === null) throw new LogNameGone(name);
  return written;
};

const readIdentity = async (line: Line, name: string): Promise<LogIdentity | null> => {
  const [first] = await readEvents(line, name, 'start', false, 1).catch((failed: unknown) => {
    throw failed instanceof CallFailed && failed.fault.kind === 'tombstoned' ? new LogNameGone(name) : failed;
  });
  if (first === undefined) return null;
  // A stream that was deleted counts on when it is written again: this is not the name the entries were recorded under.
  if (first.event?.revision !== 0n) throw new LogNameGone(name);
  const text = first.event?.data instanceof Uint8Array ? Buffer.from(first.event.data).toString('utf8') : '';
  if (!isLogId(text)) throw new UnusableEvent(name, first.event?.revision ?? 0n, 'it does not name a log');
  return { logId: text, birth: commitOf(first) };
};

const uuidFrom = (random: Random): string => {
  const bytes = Buffer.from(random.bytes(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
