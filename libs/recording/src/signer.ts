import { positionOf, PositionUnknown, type EventStore } from '@saksgang/event-store';
import type { Clock, Scheduler } from '@saksgang/kernel';
import {
  appendLeaf,
  checkpointBody,
  consistencyProof,
  emptyTree,
  leafHash,
  rootOf,
  sameBytes,
  signNote,
  treeAt,
  verifyCheckpoint,
  verifyConsistency,
  type NoteSigner,
  type Tree,
} from '@saksgang/record';
import type { Follower, RecordingLogger } from './follower.js';
import { numberIn, readToHead, type ReadableLog } from './read-log.js';
import type { SignedCheckpoint, SignedCheckpoints } from './signed-checkpoints.js';
import { checkpointDiffers, indexDiffers, logIsShorter, noteIsRefused, originIsAnother, type Trouble } from './troubles.js';
import type { TreeIndex } from './tree-index.js';
import type { Verifier } from './verifier.js';

export type SignerParts = Readonly<{
  index: TreeIndex;
  follower: Follower;
  verifier: Verifier;
  signed: SignedCheckpoints;
  store: ReadableLog & Pick<EventStore, 'origin'>;
  key: NoteSigner;
  clock: Clock;
  scheduler: Scheduler;
  logger: RecordingLogger;
  /** s between two checkpoints of a record that grows. */
  everySeconds: number;
}>;

/** The one process that vouches for the record. */
export interface Signer {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** Why it signs no more, if it does not. It never begins again by itself. */
  readonly stopped: () => Trouble | null;
  /**
   * Signs for the whole log as it stands, if it has grown since. Those who ask at the same time share one signature. False when it
   * could not: it has stopped, it has not yet verified what it signed before, or the index did not come along in time.
   */
  readonly sign: () => Promise<boolean>;
  /** The same for whoever asks for a proof: all who ask within ON_DEMAND_MS of the last such signature wait for it to pass, and share the next. */
  readonly signOnDemand: () => Promise<boolean>;
}

const BATCH = 1_000; // entries
const INDEX_MS_MAX = 10_000; // ms the index is waited for; then the next turn tries again
const MS = 1_000; // ms of a second
export const ON_DEMAND_MS = 1_000; // ms from a signature that somebody asked for to the next

export const createSigner = (parts: SignerParts): Signer => {
  const { index, follower, verifier, signed, store, key, clock, scheduler, logger } = parts;
  const ending = new AbortController();
  const { signal } = ending;
  let trouble: Trouble | null = null;
  let going: Promise<void> | null = null;
  let signing: Promise<boolean> | null = null;
  let demanded: Promise<boolean> | null = null;
  let rested: Promise<unknown> = Promise.resolve();

  const stopFor = (why: Trouble): false => {
    trouble = why;
    tell(logger, why);
    return false;
  };

  /** What the log itself holds, read from where the last reading ended: never taken from the index. */
  const readLog = async (last: SignedCheckpoint | null): Promise<Readonly<{ tree: Tree; ordinal: number }> | Trouble> => {
    const kept = await signed.readTo();
    const goesOn = kept?.log === store.logId && kept.tree.size === (last?.size ?? 0);
    let tree = goesOn ? kept.tree : emptyTree;
    let ordinal = goesOn ? kept.ordinal : numberIn(store, store.origin);
    // What was read before counts only as far as it gives the root that was signed.
    if (goesOn && last !== null && !sameBytes(rootOf(tree), last.root)) return checkpointDiffers(last.size);
    try {
      for await (const { events, position } of readToHead(store, { after: positionOf(store.logId, ordinal), signal, batch: BATCH })) {
        for (const { leaf } of events) {
          tree = appendLeaf(tree, leafHash(leaf));
          if (tree.size === last?.size && !sameBytes(rootOf(tree), last.root)) return checkpointDiffers(last.size);
        }
        ordinal = numberIn(store, position);
      }
    } catch (problem) {
      if (!(problem instanceof PositionUnknown) || last === null) throw problem;
      return logIsShorter(last.size, index.standing().size);
    }
    if (!signal.aborted && tree.size < (last?.size ?? 0)) return logIsShorter(last?.size ?? 0, tree.size);
    return { tree, ordinal };
  };

  /** The index must tell of the same tree: its hashes are what proofs are made of. */
  const faultOfIndex = (last: SignedCheckpoint | null, tree: Tree): Trouble | null => {
    if (index.standing().size < tree.size || !sameBytes(rootOf(treeAt(tree.size, index.node)), rootOf(tree)))
      return indexDiffers(tree.size);
    if (last === null) return null;
    const hashes = consistencyProof(last.size, tree.size, index.node);
    const grew = verifyConsistency({ from: last.size, to: tree.size, fromRoot: last.root, toRoot: rootOf(tree), hashes });
    return grew ? null : indexDiffers(last.size);
  };

  /** The last note is still the one this key signed. */
  const faultOfNote = (last: SignedCheckpoint): Trouble | null => {
    try {
      const { size, root } = verifyCheckpoint(last.note, [key.key]);
      return size === last.size && sameBytes(root, last.root) ? null : noteIsRefused(`it is of ${size} entries`);
    } catch (fault) {
      return noteIsRefused((fault as Error).message);
    }
  };

  const signNow = async (): Promise<boolean> => {
    if (trouble !== null || verifier.last().state === 'PENDING') return false;
    const name = (await signed.origin())?.name ?? '';
    if (name !== key.key.name) return stopFor(originIsAnother(name, key.key.name));
    const known = follower.stopped() ?? verifier.last().trouble;
    if (known !== null) return stopFor(known);
    const last = await signed.last();
    const altered = last && faultOfNote(last);
    if (altered) return stopFor(altered);
    const read = await readLog(last);
    if ('code' in read) return stopFor(read);
    const { tree, ordinal } = read;
    if (signal.aborted || !(await follower.waitFor(ordinal, INDEX_MS_MAX))) return false;
    const differs = faultOfIndex(last, tree);
    if (differs !== null) return stopFor(differs);
    return keep(last, tree, ordinal);
  };

  const keep = async (last: SignedCheckpoint | null, tree: Tree, ordinal: number): Promise<boolean> => {
    const readTo = { log: store.logId, ordinal, tree };
    if (last?.size === tree.size) return (await signed.readTo())?.log === store.logId || signed.keep(last, null, readTo);
    // Of an empty record there was nothing to verify: now there is.
    if (tree.size > 0 && verifier.last().size === 0) verifier.verifySoon();
    const { origin, size, root } = { origin: key.key.name, size: tree.size, root: rootOf(tree) };
    const note = signNote(checkpointBody({ origin, size, root }), [key]);
    return signed.keep(last, { origin, size, root, note, signedAt: clock.now() }, readTo);
  };

  const sign = (): Promise<boolean> => (signing ??= signNow().finally(() => (signing = null)));

  const signOnDemand = (): Promise<boolean> =>
    (demanded ??= rested.then(() => {
      demanded = null; // who asks from now on may have recorded something that this signature does not cover
      const mine = sign();
      const rest = (): Promise<unknown> => scheduler.sleep(ON_DEMAND_MS, signal).catch(() => undefined);
      rested = mine.then(rest, rest);
      return mine;
    }));

  const go = async (): Promise<void> => {
    await verifier.begun();
    while (!signal.aborted) {
      await sign().catch((problem: unknown) => logger('warn', 'signing was interrupted', { problem: String(problem) }));
      await scheduler.sleep(parts.everySeconds * MS, signal).catch(() => undefined);
    }
  };

  return {
    start: () => void (going ??= go()),
    stop: async () => {
      ending.abort();
      await going;
      await signing?.catch(() => undefined);
      await rested;
    },
    stopped: () => trouble,
    sign,
    signOnDemand,
  };
};

/** One that never signs, because it has no key it may sign with. */
export const stoppedSigner = (trouble: Trouble, logger: RecordingLogger): Signer => ({
  start: () => tell(logger, trouble),
  stop: () => Promise.resolve(),
  stopped: () => trouble,
  sign: () => Promise.resolve(false),
  signOnDemand: () => Promise.resolve(false),
});

const tell = (logger: RecordingLogger, { code, message, whatToDo }: Trouble): void =>
  logger('error', 'nothing more is signed', { code, reason: message.en, whatToDo: whatToDo.en });
