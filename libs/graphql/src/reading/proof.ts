import type { StoredEvent } from '@saksgang/event-store';
import type { Sealed } from '@saksgang/kernel';
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
  /** Null where the reader may not see the entry: then nothing of it is disclosed. */
  stored: StoredEvent | null;
}>;

export const checkpointSource = (checkpoint: SignedCheckpoint): CheckpointSource => ({ ...checkpoint, root: toBase64(checkpoint.root) });

/** An entry as it lies in the log. `mayRead`: its leaf too, and not its hash alone. */
export type StoredEntry = Readonly<{ stored: StoredEvent; mayRead: boolean }>;

const inLog = async ({ store }: Pick<RequestContext, 'store'>, ref: string): Promise<StoredEvent | null> => {
  const parts = entryRefParts(ref);
  if (parts === null) return null;
  const { events } = await store.readStream(parts.item, { from: parts.revision, limit: 1 });
  return events[0] ?? null;
};

/**
 * The entry by its global id; null when there is none, or none of whose item this reader may know. Of an item that is there for the
 * reader every entry can be proven, the leaf of each that is told whole can be read. The read models are asked only for readers who do
 * not see everything.
 */
export const storedEntry = async (context: RequestContext, ref: string): Promise<StoredEntry | null> => {
  const parts = entryRefParts(ref);
  if (parts === null) return null;
  if (context.face === 'INTERNAL') {
    const stored = await inLog(context, ref);
    return stored === null ? null : { stored, mayRead: true };
  }
  const pin = await context.head();
  const stored = (await context.item(parts.item, pin)) === null ? null : await inLog(context, ref);
  if (stored === null) return null;
  return { stored, mayRead: (await context.reading.leaves([stored.position], pin)).has(stored.position) };
};

/** `leafHash` of an entry by its global id, base64. @throws when there is none: a bug, for it was just recorded */
export const leafHashOf = async (context: Pick<RequestContext, 'store'>, ref: string): Promise<string> => {
  const stored = await inLog(context, ref);
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
export const proofOf = async (
  { recording }: RequestContext,
  { stored, mayRead }: StoredEntry,
  size: number | null,
): Promise<ProofSource | null> => {
  await mustHold(recording, (await recording.checkpoint())?.size ?? 0);
  const covering = await recording.cover(stored.position);
  const index = recording.indexOf(stored.position);
  const newest = await recording.checkpoint();
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
  const checkpoint = size === null ? newest : ((await recording.covering(size)) ?? newest);
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
    leaf: mayRead ? toBase64(Buffer.from(stored.leaf, 'utf8')) : null,
    hashes: hashes.map(toBase64),
    checkpoint: checkpointSource(checkpoint),
    stored: mayRead ? stored : null,
  };
};

/** What this reader may open of an entry's sealed values, each once: a value that stands twice has one commitment. */
export const sealedOf = async (
  stored: StoredEvent | null,
  context: Pick<RequestContext, 'disclose'>,
): Promise<readonly Readonly<{ sealed: string; opened: Disclosure | 'WITHHELD' | 'ERASED' }>[]> => {
  if (stored === null) return [];
  const { id, leaf, boxes } = stored;
  const places = new Map(sealedIn(parseLeaf(leaf)).map((place) => [place.sealed, place]));
  const openedOf = ({ sealed, person }: Sealed) =>
    context.disclose(id, { sealed, person }, boxes.find(({ commitment }) => commitment === sealed) ?? null);
  return Promise.all([...places.values()].map(async (place) => ({ sealed: place.sealed, opened: await openedOf(place) })));
};
