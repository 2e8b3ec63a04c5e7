import type { StoredEvent } from '@saksgang/event-store';
import { leafHash, parseLeaf, sameBytes, sealedIn, toBase64, type Disclosure } from '@saksgang/record';
import type { SignedCheckpoint } from '@saksgang/recording';
import type { RequestContext } from '../context.js';
import { fault } from '../faults.js';
import { entryRefParts } from '../writing/reference.js';

export type CheckpointSource = Omit<SignedCheckpoint, 'root'> & Readonly<{ root: string }>;
export type ProofSource = Readonly<{
  index: number;
  size: number;
  leafHash: string;
  leaf: string | null;
  hashes: readonly string[];
  checkpoint: CheckpointSource;
  stored: StoredEvent;
}>;

export const checkpointSource = (checkpoint: SignedCheckpoint): CheckpointSource => ({ ...checkpoint, root: toBase64(checkpoint.root) });

/** The entry as it lies in the log, by its global id; null when there is none. Read models are not asked. */
export const storedEntry = async ({ store }: Pick<RequestContext, 'store'>, ref: string): Promise<StoredEvent | null> => {
  const parts = entryRefParts(ref);
  if (parts === null) return null;
  const { events } = await store.readStream(parts.item, { from: parts.revision, limit: 1 });
  return events[0] ?? null;
};

/** `leafHash` of an entry by its global id, base64. @throws when there is none: a bug, for it was just recorded */
export const leafHashOf = async (context: Pick<RequestContext, 'store'>, ref: string): Promise<string> => {
  const stored = await storedEntry(context, ref);
  if (stored === null) throw new Error(`there is no entry ${ref}`);
  return toBase64(leafHash(stored.leaf));
};

const RETRY_AFTER_MS = 1_000;

/** The index of hashes can be deleted, and is then built anew from the log: meanwhile nothing is proven. @throws fault PROJECTION_BEHIND */
export const mustHold = async (recording: Pick<RequestContext['recording'], 'holds' | 'size'>, size: number): Promise<void> => {
  if (await recording.holds(size)) return;
  const message =
    'The index of hashes is still being built from the log. Ask again in a moment; record { verification } tells if it has stopped.';
  throw fault('PROJECTION_BEHIND', message, { projection: 'record', reached: recording.size(), retryAfterMs: RETRY_AFTER_MS });
};

/**
 * The proof of an entry at the newest checkpoint, or at a size. Null when it is not signed for, and will not be soon.
 * @throws fault BAD_TREE_SIZE, ENTRY_DIFFERS, PROJECTION_BEHIND
 */
export const proofOf = async ({ recording }: RequestContext, stored: StoredEvent, size: number | null): Promise<ProofSource | null> => {
  await mustHold(recording, recording.checkpoint()?.size ?? 0);
  const covering = await recording.cover(stored.position);
  const index = recording.indexOf(stored.position);
  const newest = recording.checkpoint();
  if (covering === null || index === null || newest === null) return null;
  if (size !== null && (size <= index || size > newest.size)) {
    throw fault(
      'BAD_TREE_SIZE',
      `This entry is number ${index}, counted from 0: it lies in trees of ${index + 1} to ${newest.size} entries.`,
      {
        min: index + 1,
        max: newest.size,
      },
    );
  }
  const checkpoint = size === null ? newest : (recording.covering(size) ?? newest);
  const own = leafHash(stored.leaf);
  if (!sameBytes(own, recording.hashAt(index)))
    throw fault('ENTRY_DIFFERS', 'The log holds another entry here than was recorded: it cannot be proven. See record { verification }.', {
      index,
    });
  const hashes = recording.inclusion(index, size ?? checkpoint.size);
  return {
    index,
    size: size ?? checkpoint.size,
    leafHash: toBase64(own),
    // Every recorded entry may be read today; shielding will answer null here.
    leaf: toBase64(Buffer.from(stored.leaf, 'utf8')),
    hashes: hashes.map(toBase64),
    checkpoint: checkpointSource(checkpoint),
    stored,
  };
};

/** What this reader may open of an entry's sealed values, each once: a value that stands twice has one commitment. */
export const sealedOf = (
  { id, leaf, boxes }: StoredEvent,
  context: Pick<RequestContext, 'disclose'>,
): readonly Readonly<{ sealed: string; opened: Disclosure | 'WITHHELD' | 'ERASED' }>[] => {
  const places = new Map(sealedIn(parseLeaf(leaf)).map((place) => [place.sealed, place]));
  return [...places.values()].map(({ sealed, person }) => ({
    sealed,
    opened: context.disclose(id, { sealed, person }, boxes.find(({ commitment }) => commitment === sealed) ?? null),
  }));
};
