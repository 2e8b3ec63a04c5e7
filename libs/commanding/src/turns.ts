import type { StreamName } from '@saksgang/kernel';

/** Commands of one stream that may wait for their turn in this process, beyond the one being decided. */
export const TURNS_WAITING_MAX = 1_000;

/** Runs the work after all earlier work of that stream, or answers null when too many are waiting already. */
export type Turns = <T>(stream: StreamName, work: () => Promise<T>) => Promise<T> | null;

/**
 * One at a time per stream within this process. What makes a racing append fail is the store's expected revision, and
 * only that; turns spare commands of one process from losing that race to each other again and again.
 */
export const createTurns = (waitingMax = TURNS_WAITING_MAX): Turns => {
  const queues = new Map<StreamName, { last: Promise<unknown>; length: number }>();
  return (stream, work) => {
    const queue = queues.get(stream) ?? { last: Promise.resolve(), length: 0 };
    if (queue.length > waitingMax) return null;
    queues.set(stream, queue);
    queue.length += 1;
    const result = queue.last.then(work);
    const done = (): void => {
      queue.length -= 1;
      if (queue.length === 0) queues.delete(stream);
    };
    // The next one's turn comes whether or not this one failed; the failure is its caller's.
    queue.last = result.then(done, done);
    return result;
  };
};
