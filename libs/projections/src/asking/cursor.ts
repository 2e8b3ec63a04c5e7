import { createHash } from 'node:crypto';
import type { Day } from '@saksgang/kernel';
import { ReadProblem } from '../reading.js';

/** The values of the order a page is in, of one row. */
export type OrderKey = readonly (string | number)[];

/** Where a page ended: the point of view it was read at, and the order key of its last row. */
export type Place = Readonly<{ known: number; validAt: Day; key: OrderKey }>;

const CURSOR_CHARS_MAX = 8_192; // characters; a title's order key is the longest part
const DIGEST_CHARS = 16; // characters: two queries are told apart, nothing is proven

/** Which question a cursor answers: its name, filter and order, without the page. */
export const digestOf = (question: unknown): string => {
  const asked = JSON.stringify(question);
  const known = digests.get(asked);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(asked).digest('base64url').slice(0, DIGEST_CHARS);
  if (asked.length > QUESTION_CHARS_KEPT) return digest;
  if (digests.size >= DIGESTS_KEPT_MAX) digests.clear();
  digests.set(asked, digest);
  return digest;
};

/** A question is asked once for each of its pages, and most questions are the same few. */
const digests = new Map<string, string>();
const DIGESTS_KEPT_MAX = 500; // questions
const QUESTION_CHARS_KEPT = 500; // characters; one that names many items is not kept

export const writeCursor = (logId: string, digest: string, { known, validAt, key }: Place): string =>
  Buffer.from(JSON.stringify([logId, digest, known, validAt, ...key])).toString('base64url');

/** @throws ReadProblem BAD_CURSOR when it is none or belongs to another question; POSITION_UNKNOWN when it is of another log */
export const readCursor = (logId: string, digest: string, cursor: string): Place => {
  const [log, question, known, validAt, ...key] = partsOf(cursor);
  if (typeof known !== 'number' || !Number.isSafeInteger(known) || typeof validAt !== 'string' || key.length === 0) throw notACursor();
  if (log !== logId) throw new ReadProblem('POSITION_UNKNOWN', 'This cursor was made by another log. Start from the first page.');
  if (question !== digest) {
    throw new ReadProblem(
      'BAD_CURSOR',
      'This cursor belongs to another question. Use it with the same filter and order, or start from the first page.',
    );
  }
  return { known, validAt, key };
};

const partsOf = (cursor: string): OrderKey => {
  if (cursor.length > CURSOR_CHARS_MAX) throw notACursor();
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts.every((part) => typeof part === 'string' || typeof part === 'number')) return parts;
  } catch {
    // What does not parse is no cursor; the reader is told so below.
  }
  throw notACursor();
};

const notACursor = (): ReadProblem =>
  new ReadProblem(
    'BAD_CURSOR',
    'This is no cursor of this service. Use one from `pageInfo` or `edges`, unchanged, or start from the first page.',
  );
