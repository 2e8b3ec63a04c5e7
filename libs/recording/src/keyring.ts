import { timingSafeEqual } from 'node:crypto';
import type { SqliteFile } from '@saksgang/database';
import type { PersonId } from '@saksgang/kernel';
import { KeyStoreRefused } from './key-store-refused.js';
import { markOf, unwrapKey } from './key-wrapping.js';

export type PersonKey =
  Readonly<{ state: 'LIVE'; key: Uint8Array }> | Readonly<{ state: 'ERASED'; key: null }> | Readonly<{ state: 'UNKNOWN'; key: null }>;

type Held = { key: Uint8Array | null; marks: readonly Uint8Array[]; tombstoned: boolean };
type PersonRow = Readonly<{ person: string; wrapped: Uint8Array | null; tombstoned: number }>;
type NameRow = Readonly<{ mark: Uint8Array }>;

const PERSON_ROW = 'SELECT person, wrapped, tombstoned_at IS NOT NULL AS tombstoned FROM person';

/**
 * The unwrapped keys in memory, in step with the file. Names are not in it: a person is found by trying the name under every key,
 * one HMAC per name in the store (about 3 µs each).
 */
export const createKeyring = (file: SqliteFile, encryptionKey: Uint8Array) => {
  const held = new Map<PersonId, Held>();
  // Changes with every commit of another connection; our own are followed by reread().
  const dataVersion = file.prepare<{ data_version: number }>('PRAGMA data_version');
  const allPersons = file.prepare<PersonRow>(`${PERSON_ROW} ORDER BY rowid`);
  const onePerson = file.prepare<PersonRow>(`${PERSON_ROW} WHERE person = ?`);
  const namesOf = file.prepare<NameRow>('SELECT mark FROM person_name WHERE person = ?');
  let seen = -1;

  const keyFrom = (row: PersonRow): Uint8Array | null => {
    if (row.wrapped === null) return null;
    const key = held.get(row.person)?.key ?? unwrapKey(encryptionKey, row.person, row.wrapped);
    if (key !== null) return key;
    throw new KeyStoreRefused(
      'KEY_WRONG',
      `the key-encryption key does not open the key of ${row.person}: it is another key than the one that wrapped it, or ${file.path} is damaged`,
      "Put back the key-encryption key that belongs to this key store, or restore both from the key store's own backup.",
    );
  };

  const hold = (row: PersonRow): void => {
    const key = keyFrom(row);
    if (key === null) held.get(row.person)?.key?.fill(0);
    held.set(row.person, { key, marks: namesOf.all(row.person).map(({ mark }) => mark), tombstoned: row.tombstoned === 1 });
  };
  const refresh = (): void => {
    const version = dataVersion.get()?.data_version ?? 0;
    if (version === seen) return;
    for (const row of allPersons.all()) hold(row);
    seen = version;
  };
  /** After this connection's own commit, which does not change its data version. */
  const reread = (person: PersonId): void => {
    const row = onePerson.get(person);
    if (row !== undefined) hold(row);
  };
  const bearsName = ({ key, marks }: Held, name: string): boolean => {
    if (key === null) return false;
    const mark = markOf(key, name);
    return marks.some((candidate) => candidate.length === mark.length && timingSafeEqual(candidate, mark));
  };

  refresh();
  return {
    refresh,
    reread,
    /** The first person made that goes by exactly this name; one under a tombstone counts as long as its key is there. */
    personOf: (name: string): PersonId | null => {
      refresh();
      for (const [person, entry] of held) if (bearsName(entry, name)) return person;
      return null;
    },
    personsOf: (name: string): readonly PersonId[] => {
      refresh();
      return [...held].filter(([, entry]) => bearsName(entry, name)).map(([person]) => person);
    },
    goesBy: (person: PersonId, name: string): boolean => {
      const entry = held.get(person);
      return entry !== undefined && bearsName(entry, name);
    },
    keyOf: (person: PersonId): PersonKey => {
      refresh();
      const entry = held.get(person);
      if (entry === undefined) return { state: 'UNKNOWN', key: null };
      return entry.tombstoned || entry.key === null ? { state: 'ERASED', key: null } : { state: 'LIVE', key: entry.key };
    },
    wipe: (): void => {
      for (const { key } of held.values()) key?.fill(0);
      held.clear();
    },
  };
};
