import { ordinalOf, type EventStore, type FollowBatch } from '@saksgang/event-store';
import type { Position } from '@saksgang/kernel';

export type ReadableLog = Pick<EventStore, 'logId' | 'origin' | 'follow' | 'head'>;

/** @throws when the position is none of this log: a bug, for the log itself gave it */
export const numberIn = ({ logId }: Pick<EventStore, 'logId'>, position: Position): number => {
  const ordinal = ordinalOf(logId, position);
  if (ordinal === null) throw new Error(`${position} is no position of the log ${logId}`);
  return ordinal;
};

/**
 * The log from just after `after` to its end as it was when asked, batch by batch; ends early when the signal aborts.
 * @throws PositionUnknown, StoreUnavailable
 */
export async function* readToHead(
  log: ReadableLog,
  { after, signal, batch }: Readonly<{ after: Position; signal: AbortSignal; batch: number }>,
): AsyncGenerator<FollowBatch> {
  const head = numberIn(log, await log.head());
  const enough = new AbortController();
  try {
    for await (const one of log.follow({ after, signal: AbortSignal.any([signal, enough.signal]), batch })) {
      yield one;
      if (one.caughtUp || numberIn(log, one.position) >= head) return;
    }
  } finally {
    enough.abort();
  }
}
