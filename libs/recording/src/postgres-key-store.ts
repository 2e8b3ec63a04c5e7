import { hear, rewriteTables, troubleOf, type Postgres, type PostgresConnection } from '@saksgang/database';
import { StoreUnavailable } from '@saksgang/event-store';
import { PersonUnknown, type PersonId, type Scheduler } from '@saksgang/kernel';
import { PERSON_KEY_BYTES } from '@saksgang/record';
import { encryptionKeyFor } from './key-encryption-key.js';
import { KeyStoreRefused } from './key-store-refused.js';
import { liveKey, newPerson, type KeyStore, type KeyStoreOptions, type Tombstone } from './key-store.js';
import { createKeyring } from './keyring.js';
import { markOf, unwrapKey, wrapKey } from './key-wrapping.js';
import { createKeyReader } from './postgres-key-reader.js';
import { holdsPersons } from './tombstones.js';
import { KEYS_CHANNEL, KEYS_SCHEMA, migrateKeys } from './postgres-key-tables.js';

export type SharedKeyStoreOptions = KeyStoreOptions & Readonly<{ database: Postgres; scheduler: Scheduler }>;

/** What the key-encryption key is tried on: it stands in the store wrapped, as the key of nobody. */
const NOBODY = 'nobody';
const TABLES = [`${KEYS_SCHEMA}.person`, `${KEYS_SCHEMA}.person_name`];

/**
 * Opens the key store that several instances share, and unwraps every key at once. The key-encryption key is each instance's own file, and
 * the same on all of them; the first instance of a new store makes one where none is named.
 * A call that cannot ask the database throws StoreUnavailable, and nothing is sealed or opened: no key is used without having asked.
 * @throws KeyStoreRefused with what to do. @throws NewerDatabase when a newer program wrote the schema. @throws what the driver throws
 */
export const openSharedKeyStore = async (options: SharedKeyStoreOptions): Promise<KeyStore> => {
  const { database } = options;
  await migrateKeys(database);
  return keyStoreOver(await checkedKey(options), options);
};

const COPY_KEY =
  'Every instance has the same key: copy the file of one that runs (mode 600), or restore it from its own backup, and name it by KEY_ENCRYPTION_KEY_FILE.';

/** Whoever is first with a new store settles which key it is; everybody else must have that one. */
const checkedKey = ({ database, ...options }: SharedKeyStoreOptions): Promise<Uint8Array> =>
  database.transaction(async (tx) => {
    await lock(tx);
    const [check] = (await tx.query<Readonly<{ wrapped: Uint8Array }>>(`SELECT wrapped FROM ${KEYS_SCHEMA}.key_check`)).rows;
    const key = encryptionKeyFor(
      options,
      check === undefined ? null : { what: `schema ${KEYS_SCHEMA} of the database`, whatToDo: COPY_KEY },
    );
    if (check === undefined) {
      if (holdsPersons(options.dataDir)) throw elsewhere(options.dataDir);
      const wrapped = wrapKey(key, NOBODY, options.random.bytes(PERSON_KEY_BYTES), options.random);
      await tx.query(`INSERT INTO ${KEYS_SCHEMA}.key_check VALUES (1, $1)`, [wrapped]);
    } else if (unwrapKey(key, NOBODY, check.wrapped) === null) {
      throw new KeyStoreRefused(
        'KEY_WRONG',
        `the key-encryption key of this instance is not the one of schema ${KEYS_SCHEMA} of the database: it is another key`,
        COPY_KEY,
      );
    }
    return key;
  });

/** A new shared store beside one that has names: what it sealed would open nowhere. */
const elsewhere = (dataDir: string): KeyStoreRefused =>
  new KeyStoreRefused(
    'KEY_STORE_ELSEWHERE',
    `${dataDir} holds a key store with names, and DATABASE_URL names a database that has none`,
    'Names, API keys, the log of readings and what was signed are not carried over into a database yet: unset DATABASE_URL for this record.',
  );

const lock = async (tx: PostgresConnection): Promise<void> => {
  await tx.query(`SELECT version FROM ${KEYS_SCHEMA}.counter FOR UPDATE`);
};

const keyStoreOver = async (
  encryptionKey: Uint8Array,
  { database, clock, random, scheduler }: SharedKeyStoreOptions,
): Promise<KeyStore> => {
  const keyring = createKeyring(`schema ${KEYS_SCHEMA} of the database`, encryptionKey);
  const { refresh, refreshIn } = createKeyReader(database, keyring);
  // Keys that others destroyed go from memory at once; that they are not used does not rest on this.
  const deafen = hear(database, scheduler, KEYS_CHANNEL, () => void refresh().catch(() => undefined));

  /** Under the lock, and on what is stored by then: what another instance has just made is found, not made twice. */
  const write = <T>(work: (tx: PostgresConnection) => Promise<T>): Promise<T> =>
    telling(() =>
      database.transaction(async (tx) => {
        await lock(tx);
        await refreshIn(tx);
        return work(tx);
      }),
    );
  const read = <T>(work: () => T): Promise<T> =>
    telling(async () => {
      await refresh();
      return work();
    });
  const addName = (tx: PostgresConnection, person: PersonId, mark: Uint8Array): Promise<unknown> =>
    tx.query(`INSERT INTO ${KEYS_SCHEMA}.person_name(person, mark) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [person, mark]);
  const makePerson = async (tx: PostgresConnection, name: string): Promise<PersonId> => {
    const { person, wrapped, mark } = newPerson(encryptionKey, name, random);
    await tx.query(`INSERT INTO ${KEYS_SCHEMA}.person(person, wrapped, created_at) VALUES ($1, $2, $3)`, [person, wrapped, clock.now()]);
    await addName(tx, person, mark);
    return person;
  };
  const setTombstone = (tx: PostgresConnection, person: PersonId): Promise<unknown> =>
    tx.query(`UPDATE ${KEYS_SCHEMA}.person SET tombstoned_at = $1 WHERE person = $2 AND tombstoned_at IS NULL`, [clock.now(), person]);

  await refresh();
  return {
    personFor: async (name, known) => {
      const found = await read(() => {
        const person = known ?? keyring.personOf(name);
        if (person === null) return null;
        liveKey(keyring, person).fill(0);
        return keyring.goesBy(person, name) ? person : null;
      });
      if (found !== null) return found;
      return write(async (tx) => {
        const person = known ?? keyring.personOf(name);
        if (person === null) return makePerson(tx, name);
        const key = liveKey(keyring, person);
        await addName(tx, person, markOf(key, name));
        key.fill(0);
        return person;
      });
    },
    personOf: (name) => read(() => keyring.personOf(name)),
    keyOf: (person) => read(() => keyring.keyOf(person)),
    tombstone: (person) =>
      write(async (tx) => {
        if (keyring.keyOf(person).state === 'UNKNOWN') throw new PersonUnknown(person);
        await setTombstone(tx, person);
      }),
    bury: (person) =>
      write(async (tx) => {
        const now = clock.now();
        const insert = `INSERT INTO ${KEYS_SCHEMA}.person(person, created_at, tombstoned_at) VALUES ($1, $2, $2) ON CONFLICT DO NOTHING`;
        await tx.query(insert, [person, now]);
        await setTombstone(tx, person);
      }),
    destroy: (persons) => destroyIn(database, persons, refresh, write),
    personsOf: (name) => read(() => keyring.personsOf(name)),
    tombstones: () =>
      telling(async () => {
        const every = `SELECT person, tombstoned_at AS at FROM ${KEYS_SCHEMA}.person WHERE tombstoned_at IS NOT NULL ORDER BY tombstoned_at, number`;
        return (await database.query<Tombstone>(every)).rows;
      }),
    searched: (logId) =>
      telling(async () => {
        const one = `SELECT position FROM ${KEYS_SCHEMA}.searched WHERE log_id = $1`;
        return (await database.query<{ position: string }>(one, [logId])).rows[0]?.position ?? null;
      }),
    noteSearched: (logId, position) =>
      telling(async () => {
        const note = `INSERT INTO ${KEYS_SCHEMA}.searched VALUES ($1, $2) ON CONFLICT (log_id) DO UPDATE SET position = excluded.position`;
        await database.query(note, [logId, position]);
      }),
    close: async () => {
      keyring.wipe();
      await deafen();
    },
  };
};

/** Drops the keys, and writes the tables anew: until then the rows as they were lie in their pages. */
const destroyIn = async (
  database: Postgres,
  persons: readonly PersonId[],
  refresh: () => Promise<void>,
  write: <T>(work: (tx: PostgresConnection) => Promise<T>) => Promise<T>,
): Promise<boolean> => {
  const { dropped, rewritten } = await write(async (tx) => {
    const tombstoned = `SELECT person FROM ${KEYS_SCHEMA}.person WHERE person = ANY($1) AND tombstoned_at IS NOT NULL`;
    const names = await tx.query(`DELETE FROM ${KEYS_SCHEMA}.person_name WHERE person IN (${tombstoned})`, [persons]);
    const keys = await tx.query(`UPDATE ${KEYS_SCHEMA}.person SET wrapped = NULL WHERE person IN (${tombstoned}) AND wrapped IS NOT NULL`, [
      persons,
    ]);
    if (names.count + keys.count > 0) await tx.query(`UPDATE ${KEYS_SCHEMA}.counter SET dropped = version`);
    const { rows } = await tx.query<{ dropped: number; rewritten: number }>(`SELECT dropped, rewritten FROM ${KEYS_SCHEMA}.counter`);
    return rows[0] ?? { dropped: 0, rewritten: 0 };
  });
  return telling(async () => {
    await refresh();
    if (rewritten >= dropped) return true;
    if (!(await rewriteTables(database, TABLES))) return false;
    await database.query(`UPDATE ${KEYS_SCHEMA}.counter SET rewritten = greatest(rewritten, $1)`, [dropped]);
    return true;
  });
};

/** Whoever seals or opens knows one store that may be away. Nothing of the log is written by then. */
const telling = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (problem) {
    if (troubleOf(problem) === null) throw problem;
    throw new StoreUnavailable(`the key store cannot be asked: ${String(problem)}`, 'not-written', { cause: problem });
  }
};
