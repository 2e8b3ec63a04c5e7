import { FOLLOW_BATCH_MAX, PositionUnknown, type EventStore, type FollowBatch, type StoredEvent } from './event-store.js';
import { checkBatchSize } from './page-rules.js';
import { ordinalOf, positionOf } from './position.js';

/** What an engine whose positions count from 1 without gaps offers to be followed. */
export type CountedLog = Readonly<{
  logId: string;
  /** The number of the last event, 0 when there is none. @throws StoreUnavailable */
  last(): number;
  /** At most `limit` events with numbers above `ordinal`, in order. @throws StoreUnavailable */
  readAfter(ordinal: number, limit: number): readonly StoredEvent[];
  closed(): boolean;
  /** How often the log has said that it grew: taken before a read. */
  rung(): number;
  /** Resolves when it has grown or closed since `heard`, when the signal aborts, or now and then for safety. */
  grown(heard: number, signal: AbortSignal): Promise<void>;
}>;

/** `EventStore.follow` for a counted log: reads one batch only when the consumer asks for it. */
export async function* followLog(
  log: CountedLog,
  { after, signal, batch = FOLLOW_BATCH_MAX }: Parameters<EventStore['follow']>[0],
): AsyncGenerator<FollowBatch, void, undefined> {
  checkBatchSize(batch, FOLLOW_BATCH_MAX, 'batch');
  const start = ordinalOf(log.logId, after);
  if (start === null || start > log.last()) throw new PositionUnknown(after);
  let at = start;
  let saidCaughtUp = false;
  while (!signal.aborted && !log.closed()) {
    const heard = log.rung();
    const events = log.readAfter(at, batch);
    const caughtUp = events.length < batch || at + events.length >= log.last();
    if (events.length > 0 || !saidCaughtUp) {
      at += events.length;
      saidCaughtUp = caughtUp;
      yield { events, position: positionOf(log.logId, at), caughtUp };
    }
    // A consumer that never waits must still let the rest of the process have its turn between two batches.
    if (caughtUp) await log.grown(heard, signal);
    else await nextTurn();
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
