import { join } from 'node:path';
import type { EventStore } from '@saksgang/event-store';
import type { Clock, Random, Scheduler } from '@saksgang/kernel';
import {
  consistencyProof,
  inclusionProof,
  noteSigner,
  rootOf,
  SEED_BYTES,
  tileBytes,
  tileIn,
  treeAt,
  verifierKeyText,
  type NoteSigner,
  type Tile,
} from '@saksgang/record';
import { createFollower, type RecordingLogger } from './follower.js';
import { numberIn } from './read-log.js';
import { openSignedCheckpoints, SIGNER_FILE, type Origin, type SignedCheckpoint, type SignedCheckpoints } from './signed-checkpoints.js';
import { createSigner, stoppedSigner, type Signer } from './signer.js';
import { makeSigningKey, readSigningKey, SIGNING_KEY_FILE } from './signing-key.js';
import { KeyStoreRefused } from './key-store-refused.js';
import { keyIsAnother, keyIsMissing, memoryIsMissing, originIsAnother, type Trouble } from './troubles.js';
import { openTreeIndex, RECORD_INDEX_FILE } from './tree-index.js';
import { createVerifier, type Verification } from './verifier.js';

/** `STOPPED`: see `trouble`. `WAITING`: it has yet to verify what was signed before. `OFF`: another process signs. */
export type SignerState = Readonly<{ state: 'SIGNING' | 'WAITING' | 'STOPPED' | 'OFF'; trouble: Trouble | null }>;

/** The record as it can be proven: hashes of every entry, checkpoints, proofs. All sizes and indexes count entries, from 0. */
export interface Recording {
  /** Begins to follow, to verify and, where this process signs, to sign. */
  readonly start: () => void;
  /** Entries that are indexed. */
  readonly size: () => number;
  /** True once so many entries are indexed; false when a bounded wait did not see it: the index is being built from the log, or has stopped. */
  readonly holds: (size: number) => Promise<boolean>;
  /** The root of the first `size` entries. @throws RangeError beyond what is indexed */
  readonly rootAt: (size: number) => Uint8Array;
  /** The dense index of the entry at this position, or null when it is not indexed (yet). */
  readonly indexOf: (position: string) => number | null;
  readonly hashAt: (n: number) => Uint8Array;
  /** The newest signed checkpoint, or null before the first. */
  readonly checkpoint: () => Promise<SignedCheckpoint | null>;
  /** s since the newest checkpoint was signed, or null before the first. */
  readonly checkpointAge: () => Promise<number | null>;
  /** The smallest signed checkpoint of at least so many entries. */
  readonly covering: (size: number) => Promise<SignedCheckpoint | null>;
  /** Of all origins, newest first, from before this number on. */
  readonly checkpointsBefore: (number: number | null, limit: number) => Promise<readonly SignedCheckpoint[]>;
  readonly checkpointCount: () => Promise<number>;
  /** A checkpoint that covers the entry at this position: signed now where this process signs. Null when there will be none soon. */
  readonly cover: (position: string) => Promise<SignedCheckpoint | null>;
  /** Signs for what the log holds now. False when it could not. */
  readonly sign: () => Promise<boolean>;
  /** @throws RangeError when they do not lie within what is indexed */
  readonly inclusion: (n: number, size: number) => readonly Uint8Array[];
  /** @throws RangeError when they do not lie within what is indexed */
  readonly consistency: (from: number, to: number) => readonly Uint8Array[];
  /** The bytes of a hash tile within the newest checkpoint, or null when that has none so wide. */
  readonly tile: (tile: Tile) => Promise<Uint8Array | null>;
  readonly origin: () => Promise<Origin | null>;
  /** An origin by its number, from 1, also one that was forked from: its key, and the newest checkpoint under it. Tiles are of the present one. */
  readonly originAt: SignedCheckpoints['originAt'];
  readonly verification: () => Verification;
  /** One verification now, after those under way. */
  readonly verify: () => Promise<Verification>;
  readonly signer: () => SignerState;
  /** True once the index has the entry at this position; false when `ms` milliseconds have gone without. */
  readonly waitFor: (position: string, ms: number) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

export type RecordingOptions = Readonly<{
  /** Holds `record.db` and, unless others are named, `signer.db` and `signing.key`. */
  dataDir: string;
  /** The signer's memory, when it is not `signer.db`: closed with the recording. */
  signed?: SignedCheckpoints | null;
  store: EventStore;
  clock: Clock;
  random: Random;
  scheduler: Scheduler;
  logger: RecordingLogger;
  /** Whether this process signs. Exactly one does. */
  signs: boolean;
  /** The signing key's file; null: `signing.key` in the data directory, made on the first start. */
  signingKeyFile: string | null;
  /** The name checkpoints are signed under; null: the one there is, or a new one. */
  origin: string | null;
  /** s between two checkpoints of a record that grows. */
  checkpointSeconds: number;
}>;

/** s between two checkpoints of a record that grows, unless it is told otherwise. */
export const CHECKPOINT_SECONDS = 60;
const INDEX_MS_MAX = 5_000; // ms a proof waits for the index
const CATCH_UP_MS = 60_000; // ms of one look whether the index has come to the log's end
const MS = 1_000; // ms of a second
const ORIGIN_BYTES = 8; // bytes of randomness in an origin nobody named

/** @throws KeyStoreRefused when the signing key does not open. @throws NewerDatabase when a newer program made a file. */
export const openRecording = async (options: RecordingOptions): Promise<Recording> => {
  const { dataDir, store, clock, scheduler, logger } = options;
  const signed = options.signed ?? openSignedCheckpoints(join(dataDir, SIGNER_FILE));
  const index = openTreeIndex(join(dataDir, RECORD_INDEX_FILE));
  const ending = new AbortController();
  const follower = createFollower({ index, store, scheduler, logger, signedSize: async () => (await signed.last())?.size ?? 0 });

  const caughtUp = async (): Promise<Trouble | null> => {
    const head = numberIn(store, await store.head());
    while (!ending.signal.aborted && follower.stopped() === null && !(await follower.waitFor(head, CATCH_UP_MS)));
    return follower.stopped();
  };
  const verifier = createVerifier({ index, signed, store, clock, scheduler, logger, caughtUp });
  const signer = options.signs ? await signerOf(options, signed, { index, follower, verifier }) : null;

  const cover: Recording['cover'] = async (position) => {
    if (!(await follower.waitFor(numberIn(store, position), INDEX_MS_MAX))) return null;
    const n = index.indexAt(store.logId, numberIn(store, position));
    if (n === null) return null;
    const found = await signed.covering(n + 1);
    if (found !== null || signer === null) return found;
    // Whoever signs already may have read the log before this entry came: then once more.
    for (let turn = 0; turn < 2 && (await signed.covering(n + 1)) === null; turn += 1) if (!(await signer.signOnDemand())) break;
    return signed.covering(n + 1);
  };

  return {
    start: () => {
      follower.start();
      verifier.start();
      signer?.start();
    },
    size: () => index.standing().size,
    holds: async (size) =>
      index.standing().size >= size ||
      ((await follower.waitFor(numberIn(store, await store.head()), INDEX_MS_MAX)) && index.standing().size >= size),
    rootAt: (size) => rootOf(treeAt(size, index.node)),
    indexOf: (position) => index.indexAt(store.logId, numberIn(store, position)),
    hashAt: (n) => index.node(0, n),
    checkpoint: signed.last,
    checkpointAge: async () => {
      const last = await signed.last();
      return last && Math.max(0, Math.round((Date.parse(clock.now()) - Date.parse(last.signedAt)) / MS));
    },
    covering: signed.covering,
    checkpointsBefore: signed.before,
    checkpointCount: signed.count,
    cover,
    sign: async () => (await signer?.sign()) ?? false,
    inclusion: (n, size) => inclusionProof(n, size, index.node),
    consistency: (from, to) => consistencyProof(from, to, index.node),
    tile: async (tile) => {
      const size = (await signed.last())?.size ?? 0;
      // An index that was deleted is still being built anew.
      const widest = size <= index.standing().size ? tileIn(size, tile.level, tile.index) : null;
      return widest === null || widest.width < tile.width ? null : tileBytes(tile, index.node);
    },
    origin: signed.origin,
    originAt: signed.originAt,
    verification: verifier.last,
    verify: verifier.verify,
    signer: () => stateOf(signer, verifier.last()),
    waitFor: (position, ms) => follower.waitFor(numberIn(store, position), ms),
    close: async () => {
      ending.abort();
      await Promise.all([signer?.stop(), follower.stop(), verifier.stop()]);
      index.close();
      await signed.close();
    },
  };
};

const stateOf = (signer: Signer | null, { state }: Verification): SignerState => {
  if (signer === null) return { state: 'OFF', trouble: null };
  const trouble = signer.stopped();
  return { state: trouble !== null ? 'STOPPED' : state === 'PENDING' ? 'WAITING' : 'SIGNING', trouble };
};

type Parts = Pick<Parameters<typeof createSigner>[0], 'index' | 'follower' | 'verifier'>;

const signerOf = async (options: RecordingOptions, signed: SignedCheckpoints, parts: Parts): Promise<Signer> => {
  const { store, clock, random, scheduler, logger, checkpointSeconds: everySeconds } = options;
  const kept = (await signed.origin())?.name ?? `saksgang.local/${Buffer.from(random.bytes(ORIGIN_BYTES)).toString('hex')}`;
  const origin = await signed.nameOrigin(options.origin ?? kept);
  const key = await keyOf(options, signed, origin);
  if ('code' in key) return stoppedSigner(key, logger);
  return createSigner({ ...parts, store, signed, key, clock, scheduler, logger, everySeconds });
};

/** The key to sign with under this origin, or why there is none. @throws KeyStoreRefused when its file cannot be used */
const keyOf = async (options: RecordingOptions, signed: SignedCheckpoints, origin: Origin): Promise<NoteSigner | Trouble> => {
  if (options.origin !== null && options.origin !== origin.name) return originIsAnother(origin.name, options.origin);
  const path = options.signingKeyFile ?? join(options.dataDir, SIGNING_KEY_FILE);
  const seed = readSigningKey(path);
  if (seed === null) return (await signed.last()) === null ? newKey(options, signed, origin, path) : keyIsMissing(path);
  // A key of our own making stands in the memory before it stands in its file.
  if (origin.key === null && options.signingKeyFile === null) return memoryIsMissing(signed.place);
  const key = noteSigner(origin.name, seed);
  const published = verifierKeyText(key.key);
  if (origin.key !== published && (await signed.last()) !== null) return keyIsAnother(path);
  if (origin.key !== published) await signed.setKey(origin, published);
  return key;
};

const newKey = async (
  { signingKeyFile, random }: RecordingOptions,
  signed: SignedCheckpoints,
  origin: Origin,
  path: string,
): Promise<NoteSigner> => {
  if (signingKeyFile !== null) {
    throw new KeyStoreRefused(
      'KEY_FILE_MISSING',
      `the signing key is missing: there is no ${path}`,
      'Make one with: openssl rand -base64 32, readable for its owner only (chmod 600), and keep a copy apart from the backups.',
    );
  }
  const seed = random.bytes(SEED_BYTES);
  await signed.setKey(origin, verifierKeyText(noteSigner(origin.name, seed).key));
  const key = noteSigner(origin.name, makeSigningKey(path, seed, random));
  await signed.setKey(origin, verifierKeyText(key.key));
  return key;
};
