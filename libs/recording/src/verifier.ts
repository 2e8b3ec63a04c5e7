import { type StoredEvent } from '@saksgang/event-store';
import type { Clock, Instant, Scheduler } from '@saksgang/kernel';
import {
  appendLeaf,
  emptyTree,
  leafHash,
  parseCheckpoint,
  parseLeaf,
  parseNote,
  rootOf,
  sameBytes,
  treeAt,
  type Tree,
} from '@saksgang/record';
import type { RecordingLogger } from './follower.js';
import { readToHead, type ReadableLog } from './read-log.js';
import type { SignedCheckpoint, SignedCheckpoints } from './signed-checkpoints.js';
import { checkpointDiffers, entryDiffers, entryIsUnreadable, indexDiffers, logIsShorter, noteIsRefused, type Trouble } from './troubles.js';
import type { TreeIndex } from './tree-index.js';

/** The last background result. `size`: entries it re-read; `checkpoints`: signed ones it compared; `at` null before the first ended. */
export type Verification = Readonly<{
  state: 'PENDING' | 'VERIFIED' | 'FAILED';
  at: Instant | null;
  size: number;
  checkpoints: number;
  trouble: Trouble | null;
}>;

export type VerifierParts = Readonly<{
  index: TreeIndex;
  signed: SignedCheckpoints;
  store: ReadableLog;
  clock: Clock;
  scheduler: Scheduler;
  logger: RecordingLogger;
  /** Resolves once the index has come to the log's end, with null, or with why it will not. */
  caughtUp: () => Promise<Trouble | null>;
}>;

/** Re-reads the whole log in slices, again and again, and holds it against the index and against every checkpoint signed. */
export interface Verifier {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  readonly last: () => Verification;
  /** One pass now, after those under way. Resolves with its result. */
  readonly verify: () => Promise<Verification>;
  /** The next pass begins as soon as it can, and not when it is due. */
  readonly verifySoon: () => void;
  /** Resolves once a first pass has ended, or it was stopped. */
  readonly begun: () => Promise<void>;
}

const SLICE = 500; // entries between two rests
const REST_MS = 5; // ms after a slice, so that a pass never takes more than about half a core
const PASS_EVERY_MS = 3_600_000; // ms from the end of a pass to the next
const RETRY_MS = 10_000; // ms after a fault of the machine
const CHECKPOINTS_PAGE = 1_000; // checkpoints read at once

export const createVerifier = ({ index, signed, store, clock, scheduler, logger, caughtUp }: VerifierParts): Verifier => {
  const ending = new AbortController();
  let result: Verification = { state: 'PENDING', at: null, size: 0, checkpoints: 0, trouble: null };
  let running: Promise<unknown> = Promise.resolve();
  let going: Promise<void> | null = null;
  let first: () => void = () => undefined;
  let nap = new AbortController();
  const begun = new Promise<void>((resolve) => (first = resolve));

  const pass = async (): Promise<Verification | null> => {
    const behind = await caughtUp();
    const found: Found = behind
      ? { size: 0, checkpoints: 0, trouble: behind }
      : await verifyOnce({ index, signed, store, signal: ending.signal, rest: () => scheduler.sleep(REST_MS, ending.signal) });
    if (ending.signal.aborted) return null;
    result = { ...found, state: found.trouble === null ? 'VERIFIED' : 'FAILED', at: clock.now() };
    if (found.trouble !== null)
      logger('error', 'the record does not verify', { code: found.trouble.code, reason: found.trouble.message.en, size: found.size });
    first();
    return result;
  };
  const verify = async (): Promise<Verification> => {
    const mine = running.then(pass);
    running = mine.catch(() => undefined);
    return (await mine) ?? result;
  };
  const go = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      let rest = PASS_EVERY_MS;
      nap = new AbortController();
      try {
        await verify();
      } catch (problem) {
        if (ending.signal.aborted) break;
        rest = RETRY_MS;
        logger('warn', 'verifying the record was interrupted', { problem: String(problem), retryInMs: rest });
      }
      await scheduler.sleep(rest, AbortSignal.any([ending.signal, nap.signal])).catch(() => undefined);
    }
  };

  return {
    start: () => void (going ??= go()),
    stop: async () => {
      ending.abort();
      first();
      await going;
      await running;
    },
    last: () => result,
    verify,
    verifySoon: () => nap.abort(),
    begun: () => begun,
  };
};

type Pass = Pick<VerifierParts, 'index' | 'signed' | 'store'> & Readonly<{ signal: AbortSignal; rest: () => Promise<void> }>;
type Found = Pick<Verification, 'size' | 'checkpoints' | 'trouble'>;

/** Holds the entries that are indexed now against the log, the index's own root, and every checkpoint up to there. */
const verifyOnce = async ({ index, signed, store, signal, rest }: Pass): Promise<Found> => {
  // In this order: nothing is signed that is not indexed, so what is signed by now lies within this size.
  const vouched = (await signed.last())?.size ?? 0;
  const { size } = index.standing();
  const due = await signedFrom(signed);
  const lacking = (): Trouble | null => (vouched > tree.size ? logIsShorter(vouched, tree.size) : null);
  let tree = emptyTree;
  let checkpoints = 0;
  const ended = (trouble: Trouble | null): Found => ({ size: tree.size, checkpoints, trouble });
  /** The checkpoints of the tree as it stands. */
  const compare = async (): Promise<Trouble | null> => {
    for (let next = due.peek(); next !== null && next.size === tree.size; next = due.peek()) {
      const trouble = faultOf(next, tree);
      if (trouble !== null) return trouble;
      checkpoints += 1;
      await due.skip();
    }
    return null;
  };
  const empty = await compare();
  if (empty !== null || size === 0) return ended(empty ?? lacking());
  for await (const { events } of readToHead(store, { after: store.origin, signal, batch: SLICE })) {
    const hashes = index.nodes(0, tree.size, Math.min(events.length, size - tree.size));
    for (const [nth, hash] of hashes.entries()) {
      const event = events[nth] as StoredEvent;
      if (!isInItsPlace(event)) return ended(entryIsUnreadable(tree.size));
      const own = leafHash(event.leaf);
      if (!sameBytes(own, hash)) return ended(entryDiffers(tree.size));
      tree = appendLeaf(tree, own);
      const trouble = due.peek()?.size === tree.size ? await compare() : null;
      if (trouble !== null) return ended(trouble);
    }
    if (tree.size >= size) break;
    await rest();
  }
  if (signal.aborted) return ended(null);
  if (tree.size < size) return ended(logIsShorter(size, tree.size));
  if (!sameBytes(rootOf(treeAt(size, index.node)), rootOf(tree))) return ended(indexDiffers(size));
  return ended(lacking());
};

const faultOf = (checkpoint: SignedCheckpoint, tree: Tree): Trouble | null => {
  if (!sameBytes(checkpoint.root, rootOf(tree))) return checkpointDiffers(checkpoint.size);
  try {
    const { origin, size, root } = parseCheckpoint(parseNote(checkpoint.note).text);
    const same = origin === checkpoint.origin && size === checkpoint.size && sameBytes(root, checkpoint.root);
    return same ? null : noteIsRefused(`it is of ${size} entries, by ${origin}`);
  } catch (fault) {
    return noteIsRefused(String((fault as Error).message));
  }
};

/** Does the leaf speak of the place it was found in? What else is in it, the hashes answer for. */
const isInItsPlace = ({ id, stream, revision, type, recordedAt, leaf }: StoredEvent): boolean => {
  try {
    const said = parseLeaf(leaf);
    return said.id === id && said.stream === stream && said.revision === revision && said.type === type && said.recordedAt === recordedAt;
  } catch {
    return false;
  }
};

/** The present origin's checkpoints, one after the other. */
const signedFrom = async (
  signed: SignedCheckpoints,
): Promise<Readonly<{ peek: () => SignedCheckpoint | null; skip: () => Promise<void> }>> => {
  let page = await signed.beyond(-1, CHECKPOINTS_PAGE);
  let at = 0;
  return {
    peek: () => page[at] ?? null,
    skip: async () => {
      const done = page[at];
      at += 1;
      if (at < page.length || done === undefined) return;
      page = await signed.beyond(done.size, CHECKPOINTS_PAGE);
      at = 0;
    },
  };
};
