import { createDoorbell, positionOf, PositionUnknown, type StoredEvent } from '@saksgang/event-store';
import type { Scheduler } from '@saksgang/kernel';
import { leafHash, sameBytes } from '@saksgang/record';
import { numberIn, readToHead, type ReadableLog } from './read-log.js';
import { entryDiffers, logIsShorter, type Trouble } from './troubles.js';
import type { IndexedEntry, TreeIndex } from './tree-index.js';

/** Where log lines go. `about` is plain data; nothing of an entry's content is ever in it. */
export type RecordingLogger = (level: 'info' | 'warn' | 'error', message: string, about: Readonly<Record<string, unknown>>) => void;

export type FollowerParts = Readonly<{
  index: TreeIndex;
  store: ReadableLog;
  scheduler: Scheduler;
  logger: RecordingLogger;
  /** How many entries somebody may hold a signed checkpoint of: those the index never lets go. */
  signedSize: () => Promise<number>;
}>;

/** Feeds the index from the log. */
export interface Follower {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** Why it follows no more, if it does not. */
  readonly stopped: () => Trouble | null;
  /** True once the index has the entry of this number; false when `ms` milliseconds have gone, or it follows no more. */
  readonly waitFor: (ordinal: number, ms: number) => Promise<boolean>;
}

const BATCH = 1_000; // entries of one transaction
/** Rest after each batch that caught up: many small appends then share a transaction, and nobody waits for the index but proofs. */
const REST_MS = 50; // ms
const RETRY_MS_MIN = 100; // ms after a first fault
const RETRY_MS_MAX = 10_000; // ms

export const createFollower = ({ index, store, scheduler, logger, signedSize }: FollowerParts): Follower => {
  const ending = new AbortController();
  const bell = createDoorbell();
  const origin = numberIn(store, store.origin);
  let following: Promise<void> | null = null;
  let trouble: Trouble | null = null;

  const indexed = ({ position, leaf }: StoredEvent): IndexedEntry => ({ ordinal: numberIn(store, position), leaf });
  const moved = (): boolean => ![null, store.logId].includes(index.standing().log);

  const followOnce = async (): Promise<void> => {
    if (moved()) return compareAnew();
    let from = index.standing();
    const after = positionOf(store.logId, from.log === null ? origin : from.ordinal);
    for await (const { events, position, caughtUp } of store.follow({ after, signal: ending.signal, batch: BATCH })) {
      const end = numberIn(store, position);
      if (events.length > 0 || from.log === null || from.ordinal !== end) {
        // Another process has fed the index: go on from where it stands now.
        if (!index.append(from, events.map(indexed), store.logId, end)) return;
        from = { size: from.size + events.length, log: store.logId, ordinal: end };
        bell.ring();
      }
      if (caughtUp) await scheduler.sleep(REST_MS, ending.signal);
    }
  };

  /** The log is another than was indexed, by its name or by its length. Entries are known by their content: where it is the same, go on. */
  const compareAnew = async (): Promise<void> => {
    const { size } = index.standing();
    let at = 0;
    let last = origin;
    for await (const { events } of readToHead(store, { after: store.origin, signal: ending.signal, batch: BATCH })) {
      const known = events.slice(0, size - at);
      const hashes = index.nodes(0, at, known.length);
      const same = known.findIndex(({ leaf }, nth) => !sameBytes(leafHash(leaf), hashes[nth] ?? new Uint8Array()));
      const agreed = known.slice(0, same < 0 ? known.length : same).map(({ position }) => numberIn(store, position));
      index.renumber(at, agreed, null);
      at += agreed.length;
      last = agreed.at(-1) ?? last;
      if (same >= 0) return cutTo(at, last, entryDiffers(at));
      if (at === size) break;
    }
    if (ending.signal.aborted) return;
    if (at < size) return cutTo(at, last, logIsShorter(await signedSize(), at));
    index.renumber(at, [], { log: store.logId, ordinal: last });
  };

  /** What nobody signed for may go: the log is the truth. What was signed for may not. */
  const cutTo = async (size: number, ordinal: number, why: Trouble): Promise<void> => {
    if ((await signedSize()) > size) {
      trouble = why;
      logger('error', 'the index of hashes stops: the log is not the one that was signed for', { code: why.code, reason: why.message.en });
      return;
    }
    logger('warn', 'the log holds other entries than were indexed, none of them signed for: indexing them anew', { from: size });
    index.truncate(size, { log: store.logId, ordinal });
  };

  const follow = async (): Promise<void> => {
    for (let faults = 0; !ending.signal.aborted && trouble === null;) {
      try {
        await followOnce();
        faults = 0;
      } catch (problem) {
        if (ending.signal.aborted) break;
        try {
          if (problem instanceof PositionUnknown) await compareAnew();
          else throw problem;
        } catch (fault) {
          const ms = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** faults);
          faults += 1;
          logger('warn', 'indexing the log was interrupted', { problem: String(fault), retryInMs: ms });
          await scheduler.sleep(ms, ending.signal).catch(() => undefined);
        }
      }
    }
    bell.ring();
  };

  const waitFor = async (ordinal: number, ms: number): Promise<boolean> => {
    const there = (): boolean => {
      const { log, ordinal: at } = index.standing();
      return log === store.logId && at >= ordinal;
    };
    if (there()) return true;
    const over = new AbortController();
    const timer = scheduler.sleep(ms, over.signal).then(
      () => over.abort(),
      () => undefined,
    );
    for (let heard = bell.rung(); !there() && !over.signal.aborted && !ending.signal.aborted && trouble === null; heard = bell.rung())
      await bell.after(heard, over.signal); // stopping rings the bell
    over.abort();
    await timer;
    return there();
  };

  return {
    start: () => void (following ??= follow()),
    stop: async () => {
      ending.abort();
      bell.ring();
      await following;
    },
    stopped: () => trouble,
    waitFor,
  };
};
