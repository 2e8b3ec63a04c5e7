import {
  checkBatchSize,
  FOLLOW_BATCH_MAX,
  ordinalOf,
  positionOf,
  PositionUnknown,
  type EventStore,
  type FollowBatch,
  type StoredEvent,
} from '@saksgang/event-store';
import type { Scheduler } from '@saksgang/kernel';
import type { Received } from './driver.js';
import { CallFailed, closedStore, unavailable, type Line } from './line.js';
import { FOLLOW_FAULTS_MAX } from './limits.js';
import type { LogEnd } from './log-end.js';
import type { LogIdentity } from './log-identity.js';
import { subscribe, type Session } from './subscription.js';
import { commitOf, recordStreamOf, storedOf } from './stored-form.js';

type Parts = Readonly<{ line: Line; prefix: string; identity: LogIdentity; end: LogEnd; scheduler: Scheduler }>;

/**
 * `EventStore.follow` over a subscription to everything the server holds under the record's prefix. A broken subscription is
 * taken up again from the last event handed out, or from a later checkpoint behind which nothing lay any more.
 * @throws PositionUnknown; StoreUnavailable after FOLLOW_FAULTS_MAX faults in a row
 */
export const createFollow = (parts: Parts): EventStore['follow'] =>
  async function* ({ after, signal, batch = FOLLOW_BATCH_MAX }): AsyncGenerator<FollowBatch, void, undefined> {
    checkBatchSize(batch, FOLLOW_BATCH_MAX, 'batch');
    const { line } = parts;
    if (line.closing.aborted) throw closedStore();
    const ended = AbortSignal.any([signal, line.closing]);
    if (ended.aborted) return;
    const state = await startOf(parts, after);
    for (let faults = 0; !ended.aborted;) {
      const session = subscribe(line, parts, state.resume);
      try {
        for (;;) {
          const next = await nextBatch(parts, session, state, batch, ended);
          if (next === null) break;
          faults = 0;
          yield next;
        }
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error;
        faults += 1;
        if (faults > FOLLOW_FAULTS_MAX && !ended.aborted) throw unavailable(error, 'not-written');
      } finally {
        session.leave();
      }
      if (faults > 0 && !ended.aborted) await line.pause(faults, ended);
    }
  };

/** `at`: the last event handed out (or where it began). `resume`: from where to go on after a fault; at least `at`. `said`: caught up. */
type State = { at: bigint; resume: bigint; said: boolean };

const startOf = async ({ line, identity, end }: Parts, after: string): Promise<State> => {
  const { logId, birth } = identity;
  const ordinal = ordinalOf(logId, after);
  if (ordinal === null) throw new PositionUnknown(after);
  const at = BigInt(ordinal);
  if (at > 0n && at > (await endOf(line, end))) throw new PositionUnknown(after);
  return { at, resume: larger(at, birth), said: false };
};

const endOf = async (line: Line, end: LogEnd): Promise<bigint> => {
  try {
    return await end.find();
  } catch (failed) {
    if (line.closing.aborted) throw closedStore();
    throw failed instanceof CallFailed ? unavailable(failed, 'not-written') : failed;
  }
};

/** Events up to a batch, once there is something to say; null when following has ended. @throws CallFailed */
const nextBatch = async (parts: Parts, session: Session, state: State, batch: number, ended: AbortSignal): Promise<FollowBatch | null> => {
  const { logId } = parts.identity;
  while (!ended.aborted) {
    const events: StoredEvent[] = [];
    for (let received = session.take(); received !== null; received = events.length < batch ? session.take() : null)
      takeIn(parts, state, events, received);
    // Nothing lies ready any more, so nothing lies before the last checkpoint either.
    if (!session.ready()) state.resume = larger(state.resume, session.checkpoint());
    const caughtUp = await isCaughtUp(parts, session, state, events.length);
    if (events.length > 0 || (caughtUp && !state.said)) {
      state.said = caughtUp;
      return { events, position: positionOf(logId, state.at), caughtUp };
    }
    if ((await session.more(ended)) === 'silence' && !session.ready() && (await parts.end.find()) > placeOf(parts, state))
      throw session.silent();
  }
  return null;
};

const takeIn = ({ prefix, identity, end }: Parts, state: State, events: StoredEvent[], received: Received): void => {
  const stream = recordStreamOf(prefix, received.event?.streamId ?? '');
  // Under the prefix, but no entry of the record: nothing is asked of it, and a checkpoint leads past it.
  if (stream === null) return;
  const commit = commitOf(received);
  // At least once becomes once: a subscription taken up again may begin with what was handed out.
  if (commit <= state.resume) return;
  state.resume = commit;
  events.push(storedOf(identity.logId, stream, received));
  state.at = commit;
  end.seen(commit);
};

/**
 * What a server says of having caught up speaks of what it has sent, and older ones say nothing: where the log ends is asked
 * instead. With events in hand a fault can wait until they have been handed out: the next turn finds it again.
 */
const isCaughtUp = async (parts: Parts, session: Session, state: State, inHand: number): Promise<boolean> => {
  if (session.ready() || (inHand === 0 && state.said)) return false;
  try {
    return (await parts.end.find()) <= placeOf(parts, state);
  } catch (failed) {
    if (inHand === 0) throw failed;
    return false;
  }
};

const placeOf = ({ identity }: Parts, { at }: State): bigint => larger(at, identity.birth);
const larger = (one: bigint, other: bigint): bigint => (one > other ? one : other);
