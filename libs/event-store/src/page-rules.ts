import type { Revision } from '@saksgang/kernel';
import { READ_PAGE_MAX, type EventStore } from './event-store.js';

export type StreamPageOptions = NonNullable<Parameters<EventStore['readStream']>[1]>;

/** The revisions of one page, both ends included and within the stream; `count` 0 where there is nothing to read. */
export type PageSpan = Readonly<{ first: Revision; last: Revision; backward: boolean; count: number; end: boolean }>;

/** @throws RangeError for a page that cannot be asked for: a limit outside 1..READ_PAGE_MAX, a start before the first event. */
export const checkPage = (options: StreamPageOptions): void => {
  const { limit = READ_PAGE_MAX, from = 0 } = options;
  checkBatchSize(limit, READ_PAGE_MAX, 'limit');
  if (!Number.isSafeInteger(from) || from < 0) throw new RangeError(`from must be a revision from 0, not ${from}`);
};

/** @throws RangeError unless `size` is an integer within 1..max. */
export const checkBatchSize = (size: number, max: number, name: string): void => {
  if (!Number.isSafeInteger(size) || size < 1 || size > max) throw new RangeError(`${name} must be 1..${max}, not ${size}`);
};

/** Which revisions a page holds when the stream ends at `head`. Options have passed `checkPage`. */
export const spanOf = (options: StreamPageOptions, head: Revision): PageSpan => {
  const limit = options.limit ?? READ_PAGE_MAX;
  if (options.direction === 'backward') {
    const last = Math.min(options.from ?? head, head);
    const first = Math.max(last - limit + 1, 0);
    return { first, last, backward: true, count: last - first + 1, end: first === 0 };
  }
  const first = options.from ?? 0;
  const last = Math.min(first + limit - 1, head);
  return { first, last, backward: false, count: Math.max(last - first + 1, 0), end: last >= head };
};
