import { join } from 'node:path';
import { emptyWriteAheadLog, migrate, openSqliteFile, type Migration, type SqliteFile } from '@saksgang/database';
import { PersonUnknown, type PersonId } from '@saksgang/kernel';
import { encryptionKeyFor } from './key-encryption-key.js';
import { KEY_STORE_FILE, liveKey, newPerson, type KeyStore, type KeyStoreOptions, type Tombstone } from './key-store.js';
import { createKeyring, type Keyring } from './keyring.js';
import { markOf } from './key-wrapping.js';
import { claimFile } from './secret-file.js';

/**
 * Opens the key store in `keys.db`, and unwraps every key at once: a wrong key-encryption key shows at the start, not at the first name.
 * Several processes may have it open, and each sees what the others did.
 * @throws KeyStoreRefused with what to do. @throws NewerDatabase when a newer program wrote the file.
 */
export const openKeyStore = (options: KeyStoreOptions): KeyStore => {
  const path = join(options.dataDir, KEY_STORE_FILE);
  claimFile(path);
  const file = openSqliteFile(path, { synchronous: 'FULL', secureDelete: true });
  try {
    migrate(file, MIGRATIONS, 'Start the program that wrote it, or a newer one: keys cannot be rebuilt.');
    const wrapped = file.prepare<{ count: number }>('SELECT count(*) AS count FROM person WHERE wrapped IS NOT NULL').get()?.count ?? 0;
    const encryptionKey = encryptionKeyFor(options, wrapped > 0 ? { what: `${wrapped} persons' names`, whatToDo: RESTORE } : null);
    return keyStoreOver(file, encryptionKey, options);
  } catch (fault) {
    file.close();
    throw fault;
  }
};

const RESTORE = 'Restore that file from its own backup; a new key would not open them.';

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

type StoredPerson = Readonly<{ number: number; person: string; wrapped: Uint8Array | null; tombstoned: number }>;
const PERSON_ROW = 'SELECT rowid AS number, person, wrapped, tombstoned_at IS NOT NULL AS tombstoned FROM person';

/** Reads into the keyring what has changed in the file. */
const createReader = (file: SqliteFile, keyring: Keyring) => {
  // Changes with every commit of another connection; our own are followed by reread().
  const dataVersion = file.prepare<{ data_version: number }>('PRAGMA data_version');
  const allPersons = file.prepare<StoredPerson>(`${PERSON_ROW} ORDER BY rowid`);
  const onePerson = file.prepare<StoredPerson>(`${PERSON_ROW} WHERE person = ?`);
  const namesOf = file.prepare<Readonly<{ mark: Uint8Array }>>('SELECT mark FROM person_name WHERE person = ?');
  let seen = -1;
  let version = 0;
  const take = ({ number, person, wrapped, tombstoned }: StoredPerson): void =>
    keyring.take({ person, number, version, wrapped, tombstoned: tombstoned === 1, marks: namesOf.all(person).map(({ mark }) => mark) });
  return {
    refresh: (): void => {
      const now = dataVersion.get()?.data_version ?? 0;
      if (now === seen) return;
      version += 1;
      for (const row of allPersons.all()) take(row);
      seen = now;
    },
    /** After this connection's own commit, which does not change its data version. */
    reread: (person: PersonId): void => {
      version += 1;
      const row = onePerson.get(person);
      if (row !== undefined) take(row);
    },
  };
};

const keyStoreOver = (file: SqliteFile, encryptionKey: Uint8Array, { clock, random }: KeyStoreOptions): KeyStore => {
  const keyring = createKeyring(file.path, encryptionKey);
  const { refresh, reread } = createReader(file, keyring);
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

  const makePerson = (name: string): PersonId => {
    const { person, wrapped, mark } = newPerson(encryptionKey, name, random);
    insertPerson.run(person, wrapped, clock.now());
    insertName.run(person, mark);
    return person;
  };
  const write = (work: () => PersonId): PersonId => {
    const person = file.transaction(() => {
      // Under the write lock: what another process has just made is found, not made twice.
      refresh();
      return work();
    });
    reread(person);
    return person;
  };

  refresh();
  return {
    personFor: async (name, known) => {
      refresh();
      const person = known ?? keyring.personOf(name);
      if (person !== null) {
        liveKey(keyring, person).fill(0);
        if (keyring.goesBy(person, name)) return person;
      }
      return write(() => {
        const found = known ?? keyring.personOf(name);
        if (found === null) return makePerson(name);
        insertName.run(found, markOf(liveKey(keyring, found), name));
        return found;
      });
    },
    personOf: async (name) => {
      refresh();
      return keyring.personOf(name);
    },
    keyOf: async (person) => {
      refresh();
      return keyring.keyOf(person);
    },
    tombstone: async (person) => {
      refresh();
      if (keyring.keyOf(person).state === 'UNKNOWN') throw new PersonUnknown(person);
      write(() => {
        setTombstone.run(clock.now(), person);
        return person;
      });
    },
    bury: async (person) => {
      write(() => {
        const now = clock.now();
        insertBuried.run(person, now, now);
        setTombstone.run(now, person);
        return person;
      });
    },
    destroy: async (persons) => {
      file.transaction(() => {
        for (const person of persons) {
          dropKey.run(person);
          dropNames.run(person);
        }
      });
      for (const person of persons) reread(person);
      return emptyWriteAheadLog(file);
    },
    personsOf: async (name) => {
      refresh();
      return keyring.personsOf(name);
    },
    tombstones: async () => everyTombstone.all(),
    searched: async (logId) => searched.get(logId)?.position ?? null,
    noteSearched: async (logId, position) => void noteSearched.run(logId, position),
    close: async () => {
      keyring.wipe();
      file.close();
    },
  };
};
