import { join } from 'node:path';
import type { EventStore } from '@saksgang/event-store';
import { NO_STREAM, osloDay, type Clock, type EntryId, type Random, type StreamName } from '@saksgang/kernel';
import {
  entryIdFor,
  inputDigest,
  leafOf,
  nonceFrom,
  noteSigner,
  SAKSGANG_NAMESPACE,
  SEED_BYTES,
  uuidV5,
  verifierKey,
  verifierKeyText,
} from '@saksgang/record';
import { numberIn } from './read-log.js';
import { openSignedCheckpoints, SIGNER_FILE, type SignedCheckpoint, type SignedCheckpoints } from './signed-checkpoints.js';
import { makeSigningKey, readSigningKey, SIGNING_KEY_FILE } from './signing-key.js';
import { openTreeIndex, RECORD_INDEX_FILE } from './tree-index.js';

/**
 * The entry that a fork begins with: version 1 of `RecordForked`, the only entry of a stream `record-<uuid>` of its own. It tells of
 * the record itself and not of an item, so no read model takes it in. Its envelope's `reason` says why; `previous` quotes the old
 * origin's last checkpoint, whole, as it was signed: nobody can say later that it was not known. Null: there was none to quote.
 */
export type RecordForked = Readonly<{ origin: string; previous: Readonly<{ origin: string; note: string | null }> | null }>;
export const RECORD_FORKED = 'RecordForked';
const VERSION = 1;
/** Who records it: whoever may write to the data directory. */
const ACTOR = 'record-keeper';

export type ForkOptions = Readonly<{
  dataDir: string;
  store: Pick<EventStore, 'append' | 'logId' | 'origin'>;
  /** The signer's memory, when it is not `signer.db`: closed when this is done. */
  signed?: SignedCheckpoints | null;
  signingKeyFile: string | null;
  /** Why, in words that stay for ever. */
  reason: string;
  /** The new name; null: the old one with a number after it. */
  origin: string | null;
  clock: Clock;
  random: Random;
}>;
export type Forked = Readonly<{ origin: string; previous: SignedCheckpoint | null; stream: StreamName; entry: EntryId }>;

/** The new name was signed under before, or could stand in no note. */
export class ForkRefused extends Error {
  override readonly name = 'ForkRefused';
}

/**
 * Starts a new origin, in the open, when the old one cannot go on: the entry that says so is appended, then the name is changed. Done
 * again after it was interrupted, it is the same entry. Nothing else may be signing meanwhile.
 * @throws ForkRefused, KeyStoreRefused, StoreUnavailable
 */
export const forkRecord = async (options: ForkOptions): Promise<Forked> => {
  const { dataDir, store, reason, clock, random } = options;
  const signed = options.signed ?? openSignedCheckpoints(join(dataDir, SIGNER_FILE));
  try {
    const old = await signed.origin();
    const previous = await signed.last();
    const origin = options.origin ?? nextName(old?.name ?? 'saksgang.local', old?.number ?? 0);
    if (await signed.hasOrigin(origin)) throw new ForkRefused(`«${origin}» has been signed under before: give the new origin another name`);
    const published = keyFor(options, origin);
    const data: RecordForked = { origin, previous: old && { origin: old.name, note: previous?.note ?? null } };
    const stream = `record-${uuidV5(SAKSGANG_NAMESPACE, `fork\n${origin}`)}`;
    const commandId = uuidV5(SAKSGANG_NAMESPACE, `fork command\n${origin}`);
    const entry = entryIdFor(stream, commandId, 0);
    const recordedAt = clock.now();
    const leaf = leafOf({
      nonce: nonceFrom(random),
      id: entry,
      stream,
      revision: 0,
      type: RECORD_FORKED,
      version: VERSION,
      recordedAt,
      occurred: { text: osloDay(recordedAt), asWritten: null },
      actor: ACTOR,
      assertedBy: null,
      source: null,
      reason,
      commandId,
      inputDigest: inputDigest({ reason, ...data }),
      data,
    });
    await store.append(stream, NO_STREAM, [{ id: entry, type: RECORD_FORKED, recordedAt, leaf, boxes: [] }]);
    indexAnew(dataDir, store);
    await signed.setKey(await signed.addOrigin(origin), published);
    return { origin, previous, stream, entry };
  } finally {
    await signed.close();
  }
};

/** What was indexed of the old origin vouches for nothing more, and would be held against a log that is another now. */
const indexAnew = (dataDir: string, store: ForkOptions['store']): void => {
  const index = openTreeIndex(join(dataDir, RECORD_INDEX_FILE));
  try {
    index.truncate(0, { log: store.logId, ordinal: numberIn(store, store.origin) });
  } finally {
    index.close();
  }
};

/**
 * `postliste.eksempel.no/saksgang` → `postliste.eksempel.no/saksgang/2` → `…/3`. A number is taken off only where a fork put it: a name
 * may end in digits of its own.
 */
const nextName = (name: string, number: number): string => {
  const counted = `/${number}`;
  return `${number > 1 && name.endsWith(counted) ? name.slice(0, -counted.length) : name}/${number + 1}`;
};

/** The published key under the new name: the same key if it is there, else a new one. */
const keyFor = ({ dataDir, signingKeyFile, random }: ForkOptions, origin: string): string => {
  const path = signingKeyFile ?? join(dataDir, SIGNING_KEY_FILE);
  try {
    verifierKey(origin, new Uint8Array(SEED_BYTES));
  } catch (fault) {
    throw new ForkRefused(`«${origin}» can be no origin: ${(fault as Error).message}`);
  }
  const seed = readSigningKey(path) ?? makeSigningKey(path, random.bytes(SEED_BYTES), random);
  return verifierKeyText(noteSigner(origin, seed).key);
};
