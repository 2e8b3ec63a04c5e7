import { join } from 'node:path';
import { emptyWriteAheadLog, migrate, openSqliteFile, type Migration, type SqliteFile } from '@saksgang/database';
import { PersonErased, PersonUnknown, type Clock, type Instant, type PersonId, type Position, type Random } from '@saksgang/kernel';
import { PERSON_KEY_BYTES, uuidV4 } from '@saksgang/record';
import { makeKeyEncryptionKey, readKeyEncryptionKey } from './key-encryption-key.js';
import { KeyStoreRefused } from './key-store-refused.js';
import { createKeyring, type PersonKey } from './keyring.js';
import { markOf, wrapKey } from './key-wrapping.js';
import { claimFile } from './secret-file.js';

export const KEY_STORE_FILE = 'keys.db';
export const KEY_ENCRYPTION_KEY_FILE = 'key-encryption.key';

export type Tombstone = Readonly<{ person: PersonId; at: Instant }>;

/** The persons' keys. Calls are synchronous; several processes may have the store open, and each sees what the others did. */
export interface KeyStore {
  /**
   * The person of exactly this name (NFC), made when there is none. With `known` the name becomes one more by which that person is
   * found. Durable when it answers.
   * @throws PersonErased when the person's key is, or is about to be, destroyed.
   * @throws PersonUnknown when `known` is not in the store.
   */
  personFor(name: string, known: PersonId | null): PersonId;
  /** The person of exactly this name (NFC), tombstoned or not as long as the key is there; null when there is none. Makes nobody. */
  personOf(name: string): PersonId | null;
  /** The key itself: do not keep it. */
  keyOf(person: PersonId): PersonKey;
  /** From now on nothing is sealed or opened for the person; never undone, and idempotent. The key itself is still there. @throws PersonUnknown */
  tombstone(person: PersonId): void;
  /** As `tombstone`, also for a person this store has never seen: the log may be newer than the store's backup. Idempotent. */
  bury(person: PersonId): void;
  /**
   * Destroys the keys of tombstoned persons, and the marks of their names with them; from then on nobody opens what was sealed under
   * them. False when the bytes may still lie in the store's write-ahead log, because another process reads it: call it again. Idempotent.
   */
  destroy(persons: readonly PersonId[]): boolean;
  /** Every person of exactly this name (NFC) whose key is there, in the order in which they were made. */
  personsOf(name: string): readonly PersonId[];
  /** Every tombstone ever set, oldest first. */
  tombstones(): readonly Tombstone[];
  /** How far this log has been searched for erasures; null: it never was. */
  searched(logId: string): Position | null;
  noteSearched(logId: string, position: Position): void;
  /** Wipes the keys from memory. Idempotent. */
  close(): void;
}

export type KeyStoreOptions = Readonly<{
  /** Holds `keys.db`. */
  dataDir: string;
  /** The key-encryption key's file. Null: `key-encryption.key` in the data directory, made on the first start. */
  keyEncryptionKeyFile: string | null;
  clock: Clock;
  random: Random;
}>;

/**
 * Opens the key store, and unwraps every key at once: a wrong key-encryption key shows at the start, not at the first name.
 * @throws KeyStoreRefused with what to do. @throws NewerDatabase when a newer program wrote the file.
 */
export const openKeyStore = (options: KeyStoreOptions): KeyStore => {
  const path = join(options.dataDir, KEY_STORE_FILE);
  claimFile(path);
  const file = openSqliteFile(path, { synchronous: 'FULL', secureDelete: true });
  try {
    migrate(file, MIGRATIONS, 'Start the program that wrote it, or a newer one: keys cannot be rebuilt.');
    return keyStoreOver(file, encryptionKeyFor(file, options), options);
  } catch (fault) {
    file.close();
    throw fault;
  }
};

const MIGRATIONS: readonly Migration[] = [
  {
    name: 'persons, their wrapped keys and the marks of their names',
    up: (file) =>
      file.exec(`
        CREATE TABLE person(
          person TEXT PRIMARY KEY,
          wrapped BLOB,                       -- null once destroyed
          created_at TEXT NOT NULL,
          tombstoned_at TEXT,
          CHECK(wrapped IS NOT NULL OR tombstoned_at IS NOT NULL)) STRICT;
        -- A person may be known by several spellings; erasing one by name must find them all.
        CREATE TABLE person_name(
          person TEXT NOT NULL REFERENCES person, mark BLOB NOT NULL,
          PRIMARY KEY(person, mark)) STRICT, WITHOUT ROWID;
        CREATE TRIGGER person_stays BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'a person is never deleted'); END;
        CREATE TRIGGER tombstone_stays BEFORE UPDATE ON person
          WHEN OLD.tombstoned_at IS NOT NULL AND NEW.tombstoned_at IS NOT OLD.tombstoned_at
          BEGIN SELECT RAISE(ABORT, 'a tombstone is never taken back'); END;`),
  },
  {
    name: 'how far each log has been searched for erasures',
    up: (file) => file.exec('CREATE TABLE searched(log_id TEXT PRIMARY KEY, position TEXT NOT NULL) STRICT;'),
  },
];

const encryptionKeyFor = (file: SqliteFile, options: KeyStoreOptions): Uint8Array => {
  const path = options.keyEncryptionKeyFile ?? join(options.dataDir, KEY_ENCRYPTION_KEY_FILE);
  const key = readKeyEncryptionKey(path);
  if (key !== null) return key;
  const wrapped = file.prepare<{ count: number }>('SELECT count(*) AS count FROM person WHERE wrapped IS NOT NULL').get()?.count ?? 0;
  if (wrapped > 0) {
    throw new KeyStoreRefused(
      'KEY_FILE_MISSING',
      `the key-encryption key is missing: there is no ${path}, and ${wrapped} persons' names can only be opened with it`,
      'Restore that file from its own backup; a new key would not open them.',
    );
  }
  if (options.keyEncryptionKeyFile === null) return makeKeyEncryptionKey(path, options.random);
  throw new KeyStoreRefused(
    'KEY_FILE_MISSING',
    `the key-encryption key is missing: there is no ${path}`,
    'Make one with: openssl rand -base64 32, readable for its owner only (chmod 600), and keep a copy apart from the backups.',
  );
};

const keyStoreOver = (file: SqliteFile, encryptionKey: Uint8Array, { clock, random }: KeyStoreOptions): KeyStore => {
  const keyring = createKeyring(file, encryptionKey);
  const insertPerson = file.prepare('INSERT INTO person(person, wrapped, created_at) VALUES (?, ?, ?)');
  const insertName = file.prepare('INSERT OR IGNORE INTO person_name(person, mark) VALUES (?, ?)');
  const insertBuried = file.prepare('INSERT OR IGNORE INTO person(person, created_at, tombstoned_at) VALUES (?, ?, ?)');
  const dropKey = file.prepare('UPDATE person SET wrapped = NULL WHERE person = ? AND tombstoned_at IS NOT NULL AND wrapped IS NOT NULL');
  const dropNames = file.prepare(
    'DELETE FROM person_name WHERE person = ? AND person IN (SELECT person FROM person WHERE tombstoned_at IS NOT NULL)',
  );
  const everyTombstone = file.prepare<Tombstone>(
    'SELECT person, tombstoned_at AS at FROM person WHERE tombstoned_at IS NOT NULL ORDER BY tombstoned_at, rowid',
  );
  const searched = file.prepare<{ position: string }>('SELECT position FROM searched WHERE log_id = ?');
  const noteSearched = file.prepare('INSERT INTO searched VALUES (?, ?) ON CONFLICT (log_id) DO UPDATE SET position = excluded.position');
  const setTombstone = file.prepare('UPDATE person SET tombstoned_at = ? WHERE person = ? AND tombstoned_at IS NULL');

  const liveKey = (person: PersonId): Uint8Array => {
    const found = keyring.keyOf(person);
    if (found.state === 'UNKNOWN') throw new PersonUnknown(person);
    if (found.state === 'ERASED') throw new PersonErased(person);
    return found.key;
  };
  const nameOnceMore = (person: PersonId, name: string): void => {
    const key = liveKey(person);
    if (!keyring.goesBy(person, name)) insertName.run(person, markOf(key, name));
  };
  const makePerson = (name: string): PersonId => {
    const person = `person-${uuidV4(random)}`;
    const key = random.bytes(PERSON_KEY_BYTES);
    insertPerson.run(person, wrapKey(encryptionKey, person, key, random), clock.now());
    insertName.run(person, markOf(key, name));
    return person;
  };
  const write = (work: () => PersonId): PersonId => {
    const person = file.transaction(() => {
      // Under the write lock: what another process has just made is found, not made twice.
      keyring.refresh();
      return work();
    });
    keyring.reread(person);
    return person;
  };

  return {
    personFor: (name, known) => {
      const person = known ?? keyring.personOf(name);
      if (person !== null) {
        liveKey(person);
        if (keyring.goesBy(person, name)) return person;
      }
      return write(() => {
        const found = known ?? keyring.personOf(name);
        if (found === null) return makePerson(name);
        nameOnceMore(found, name);
        return found;
      });
    },
    personOf: (name) => keyring.personOf(name),
    keyOf: (person) => keyring.keyOf(person),
    tombstone: (person) => {
      if (keyring.keyOf(person).state === 'UNKNOWN') throw new PersonUnknown(person);
      write(() => {
        setTombstone.run(clock.now(), person);
        return person;
      });
    },
    bury: (person) => {
      write(() => {
        const now = clock.now();
        insertBuried.run(person, now, now);
        setTombstone.run(now, person);
        return person;
      });
    },
    destroy: (persons) => {
      file.transaction(() => {
        for (const person of persons) {
          dropKey.run(person);
          dropNames.run(person);
        }
      });
      for (const person of persons) keyring.reread(person);
      return emptyWriteAheadLog(file);
    },
    personsOf: (name) => keyring.personsOf(name),
    tombstones: () => everyTombstone.all(),
    searched: (logId) => searched.get(logId)?.position ?? null,
    noteSearched: (logId, position) => void noteSearched.run(logId, position),
    close: () => {
      keyring.wipe();
      file.close();
    },
  };
};
