import { timingSafeEqual } from 'node:crypto';
import type { PersonId } from '@saksgang/kernel';
import { KeyStoreRefused } from './key-store-refused.js';
import { markOf, unwrapKey } from './key-wrapping.js';

export type PersonKey =
  Readonly<{ state: 'LIVE'; key: Uint8Array }> | Readonly<{ state: 'ERASED'; key: null }> | Readonly<{ state: 'UNKNOWN'; key: null }>;

/** A person as a key store keeps it. `number`: in the order in which they were made; `version`: grows with every change of the row. */
export type PersonRow = Readonly<{
  person: PersonId;
  number: number;
  version: number;
  wrapped: Uint8Array | null;
  tombstoned: boolean;
  marks: readonly Uint8Array[];
}>;

type Held = Omit<PersonRow, 'wrapped' | 'person'> & Readonly<{ key: Uint8Array | null }>;

/** The unwrapped keys in memory, as rows told of them. What is stored may have changed since: whoever asks has it refreshed before. */
export interface Keyring {
  /** Takes a row, unless a newer one of that person was taken. @throws KeyStoreRefused KEY_WRONG when its key does not open */
  take(row: PersonRow): void;
  /** The first person made that goes by exactly this name; one under a tombstone counts as long as its key is there. */
  personOf(name: string): PersonId | null;
  personsOf(name: string): readonly PersonId[];
  goesBy(person: PersonId, name: string): boolean;
  /** The key is a copy: what is held may be wiped at any time. */
  keyOf(person: PersonId): PersonKey;
  wipe(): void;
}

/**
 * Names are not in it: a person is found by trying the name under every key, one HMAC per name in the store (about 3 µs each). `place`:
 * where the rows lie, for whoever is told that one does not open.
 */
export const createKeyring = (place: string, encryptionKey: Uint8Array): Keyring => {
  const held = new Map<PersonId, Held>();
  /** Whom there is, first made first. */
  const inOrder: PersonId[] = [];

  const keyFrom = ({ person, wrapped }: PersonRow): Uint8Array | null => {
    if (wrapped === null) return null;
    const key = held.get(person)?.key ?? unwrapKey(encryptionKey, person, wrapped);
    if (key !== null) return key;
    throw new KeyStoreRefused(
      'KEY_WRONG',
      `the key-encryption key does not open the key of ${person}: it is another key than the one that wrapped it, or ${place} is damaged`,
      "Put back the key-encryption key that belongs to this key store, or restore both from the key store's own backup.",
    );
  };
  const bearsName = ({ key, marks }: Held, name: string): boolean => {
    if (key === null) return false;
    const mark = markOf(key, name);
    return marks.some((candidate) => candidate.length === mark.length && timingSafeEqual(candidate, mark));
  };
  const remember = (row: PersonRow): void => {
    let at = inOrder.length;
    for (; at > 0 && (held.get(inOrder[at - 1] ?? '')?.number ?? 0) > row.number; at -= 1);
    inOrder.splice(at, 0, row.person);
  };
  const bears = (person: PersonId, name: string): boolean => {
    const entry = held.get(person);
    return entry !== undefined && bearsName(entry, name);
  };

  return {
    take: (row) => {
      const before = held.get(row.person);
      if (before !== undefined && before.version > row.version) return;
      const key = keyFrom(row);
      if (key === null) before?.key?.fill(0);
      if (before === undefined) remember(row);
      held.set(row.person, { key, number: row.number, version: row.version, marks: row.marks, tombstoned: row.tombstoned });
    },
    personOf: (name) => inOrder.find((person) => bears(person, name)) ?? null,
    personsOf: (name) => inOrder.filter((person) => bears(person, name)),
    goesBy: bears,
    keyOf: (person) => {
      const entry = held.get(person);
      if (entry === undefined) return { state: 'UNKNOWN', key: null };
      return entry.tombstoned || entry.key === null ? { state: 'ERASED', key: null } : { state: 'LIVE', key: Uint8Array.from(entry.key) };
    },
    wipe: () => {
      for (const { key } of held.values()) key?.fill(0);
      held.clear();
      inOrder.length = 0;
    },
  };
};
