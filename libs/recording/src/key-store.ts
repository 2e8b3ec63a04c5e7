import { PersonErased, PersonUnknown, type Clock, type Instant, type PersonId, type Position, type Random } from '@saksgang/kernel';
import { PERSON_KEY_BYTES, uuidV4 } from '@saksgang/record';
import type { Keyring, PersonKey } from './keyring.js';
import { markOf, wrapKey } from './key-wrapping.js';

export const KEY_STORE_FILE = 'keys.db';

export type Tombstone = Readonly<{ person: PersonId; at: Instant }>;

/**
 * The persons' keys. Several processes may have the store open: each call answers by what is stored when it is asked, whoever wrote it,
 * and fails where that cannot be read. Contract: `testing/key-store.contract.ts`.
 */
export interface KeyStore {
  /**
   * The person of exactly this name (NFC), made when there is none. With `known` the name becomes one more by which that person is
   * found. Durable when it answers.
   * @throws PersonErased when the person's key is, or is about to be, destroyed.
   * @throws PersonUnknown when `known` is not in the store.
   */
  personFor(name: string, known: PersonId | null): Promise<PersonId>;
  /** The person of exactly this name (NFC), tombstoned or not as long as the key is there; null when there is none. Makes nobody. */
  personOf(name: string): Promise<PersonId | null>;
  /** A copy of the key, for this one use: overwrite it then. */
  keyOf(person: PersonId): Promise<PersonKey>;
  /** From now on nothing is sealed or opened for the person; never undone, and idempotent. The key itself is still there. @throws PersonUnknown */
  tombstone(person: PersonId): Promise<void>;
  /** As `tombstone`, also for a person this store has never seen: the log may be newer than the store's backup. Idempotent. */
  bury(person: PersonId): Promise<void>;
  /**
   * Destroys the keys of tombstoned persons, and the marks of their names with them; from then on nobody opens what was sealed under
   * them. False when the bytes may still lie in what the store keeps, because somebody reads it: call it again. Idempotent.
   */
  destroy(persons: readonly PersonId[]): Promise<boolean>;
  /** Every person of exactly this name (NFC) whose key is there, in the order in which they were made. */
  personsOf(name: string): Promise<readonly PersonId[]>;
  /** Every tombstone ever set, oldest first. */
  tombstones(): Promise<readonly Tombstone[]>;
  /** How far this log has been searched for erasures; null: it never was. */
  searched(logId: string): Promise<Position | null>;
  noteSearched(logId: string, position: Position): Promise<void>;
  /** Wipes the keys from memory. Idempotent. */
  close(): Promise<void>;
}

export type KeyStoreOptions = Readonly<{
  /** Holds `keys.db`, unless the store is shared, and the key-encryption key unless another file is named. */
  dataDir: string;
  /** The key-encryption key's file. Null: `key-encryption.key` in the data directory, made on the first start. */
  keyEncryptionKeyFile: string | null;
  clock: Clock;
  random: Random;
}>;

/** A copy of the key of somebody who may be sealed for. @throws PersonUnknown, PersonErased */
export const liveKey = (keyring: Pick<Keyring, 'keyOf'>, person: PersonId): Uint8Array => {
  const found = keyring.keyOf(person);
  if (found.state === 'UNKNOWN') throw new PersonUnknown(person);
  if (found.state === 'ERASED') throw new PersonErased(person);
  return found.key;
};

/** A person who goes by this name, as it is stored. */
export const newPerson = (
  encryptionKey: Uint8Array,
  name: string,
  random: Random,
): Readonly<{ person: PersonId; wrapped: Uint8Array; mark: Uint8Array }> => {
  const person = `person-${uuidV4(random)}`;
  const key = random.bytes(PERSON_KEY_BYTES);
  const made = { person, wrapped: wrapKey(encryptionKey, person, key, random), mark: markOf(key, name) };
  key.fill(0);
  return made;
};
