import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type Position } from '@saksgang/kernel';
import { ReadProblem, type Page, type PageInput, type Pin } from '../reading.js';
import { digestOf, readCursor, writeCursor, type OrderKey } from './cursor.js';

/** A page as it is to be read: rows after and before these keys, at this pin, in this direction. */
export type Window = Readonly<{
  pin: Pin;
  after: OrderKey | null;
  before: OrderKey | null;
  /** Rows wanted; one more is read, to know whether there are more. */
  limit: number;
  /** From the end: `last`. */
  backward: boolean;
  cursorOf: (key: OrderKey) => string;
}>;

/**
 * @param question name, filter and order: what a cursor must have been made for
 * @param keyLength values of the order key
 * @throws ReadProblem BAD_PAGE, BAD_CURSOR, POSITION_UNKNOWN
 */
export const windowOf = (
  logId: string,
  question: unknown,
  keyLength: number,
  page: PageInput,
  asked: Pin,
  positionAt: (known: number) => string,
): Window => {
  const { limit, backward } = sizeOf(page);
  const digest = digestOf(question);
  const read = (cursor: string | null | undefined) => (cursor === null || cursor === undefined ? null : readCursor(logId, digest, cursor));
  const [after, before] = [read(page.after), read(page.before)];
  const open = asked.now ? BOTH_OPEN : (asked.open ?? NONE_OPEN);
  for (const place of [after, before]) {
    if (place && place.key.length !== keyLength) throw new ReadProblem('BAD_CURSOR', 'This cursor is not whole. Use it unchanged.');
    if (place && place.known > asked.known && open.known)
      throw new ReadProblem('POSITION_UNKNOWN', 'This cursor lies beyond the end of the record. Start from the first page.');
  }
  // Pages of one reading never tear: the first page's point of view holds on each axis on which the request asks for none of its own.
  const from = after ?? before;
  const pin =
    from === null
      ? asked
      : {
          ...asked,
          ...(open.known ? { known: from.known, position: positionAt(from.known) } : {}),
          ...(open.validAt ? { validAt: from.validAt } : {}),
        };
  return {
    pin,
    after: after?.key ?? null,
    before: before?.key ?? null,
    limit,
    backward,
    cursorOf: (key) => writeCursor(logId, digest, { known: pin.known, validAt: pin.validAt, key }),
  };
};

const BOTH_OPEN = { known: true, validAt: true };
const NONE_OPEN = { known: false, validAt: false };

const sizeOf = ({ first, last }: PageInput): Readonly<{ limit: number; backward: boolean }> => {
  if (given(first) && given(last)) throw new ReadProblem('BAD_PAGE', 'Ask for `first` or for `last`, not for both.');
  const limit = first ?? last ?? PAGE_SIZE_DEFAULT;
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_SIZE_MAX) {
    throw new ReadProblem('BAD_PAGE', `A page has from 1 to ${PAGE_SIZE_MAX} rows; ${limit} were asked for.`, {
      asked: limit,
      max: PAGE_SIZE_MAX,
    });
  }
  return { limit, backward: given(last) };
};
const given = (value: number | null | undefined): boolean => value !== null && value !== undefined;

type Parts<Row, T> = Readonly<{ keyOf: (row: Row) => OrderKey; nodeOf: (row: Row) => T; count: () => Promise<number> }>;

/** `rows`: up to `limit` + 1, in the direction of reading, which is the other way for `last`. */
export const pageOf = <Row, T>(window: Window, rows: readonly Row[], parts: Parts<Row, T>): Page<T> => {
  const more = rows.length > window.limit;
  const shown = rows.slice(0, window.limit);
  if (window.backward) shown.reverse();
  return new PageOfRows(window, shown, parts, more);
};

/**
 * A class for its getter alone: one in an object literal gives every page a shape of its own, which the engine keeps, with the rows
 * behind it, until a full collection.
 */
class PageOfRows<Row, T> implements Page<T> {
  readonly nodes: readonly T[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly totalCount: () => Promise<number>;
  readonly position: Position;
  readonly pin: Pin;

  constructor(
    private readonly window: Window,
    private readonly rows: readonly Row[],
    private readonly parts: Parts<Row, T>,
    more: boolean,
  ) {
    this.nodes = rows.map((row) => parts.nodeOf(row));
    this.hasNextPage = window.backward ? window.before !== null : more;
    this.hasPreviousPage = window.backward ? more : window.after !== null;
    this.totalCount = parts.count;
    this.position = window.pin.position;
    this.pin = window.pin;
  }

  cursorAt(place: number): string {
    return this.window.cursorOf(this.parts.keyOf(this.rows[place] as Row));
  }

  get edges(): Page<T>['edges'] {
    return this.nodes.map((node, place) => ({ cursor: this.cursorAt(place), node }));
  }
}
