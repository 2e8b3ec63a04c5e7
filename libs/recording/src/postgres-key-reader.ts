import type { PostgresConnection } from '@saksgang/database';
import { KEYS_SCHEMA } from './postgres-key-tables.js';
import type { Keyring } from './keyring.js';

const PERSONS_PAGE = 2_000; // persons of one reading
const PAGES_MAX = 5_000; // readings until everything is read: nobody has so many persons

type ChangedRow = Readonly<{
  now: number;
  person: string | null;
  number: number;
  version: number;
  wrapped: Uint8Array | null;
  tombstoned: boolean;
  marks: readonly Uint8Array[];
}>;

const CHANGED = `SELECT counter.version AS now, p.person, p.number, p.version, p.wrapped, p.tombstoned_at IS NOT NULL AS tombstoned,
    ARRAY(SELECT mark FROM ${KEYS_SCHEMA}.person_name n WHERE n.person = p.person) AS marks
  FROM ${KEYS_SCHEMA}.counter LEFT JOIN ${KEYS_SCHEMA}.person p ON p.version > $1 ORDER BY p.version LIMIT ${PERSONS_PAGE}`;

/** Reads into the keyring what has changed in the database. */
export type KeyReader = Readonly<{
  /**
   * Resolves when the keyring holds everything that was committed when this was called. Those who call while a reading is under way share
   * the next one: the one under way may have begun before what they must see.
   */
  refresh: () => Promise<void>;
  /** The same through a transaction that holds the lock: until it ends nothing else changes. */
  refreshIn: (connection: PostgresConnection) => Promise<void>;
}>;

export const createKeyReader = (database: PostgresConnection, keyring: Keyring): KeyReader => {
  let seen = 0;
  let reading: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  const refreshIn = async (connection: PostgresConnection): Promise<void> => {
    for (let pages = 0; pages < PAGES_MAX; pages += 1) {
      const after = seen;
      const { rows } = await connection.query<ChangedRow>(CHANGED, [after]);
      const now = rows[0]?.now ?? 0;
      if (now < after) {
        // An older copy was put in the place of the database: what it does not hold is not known.
        keyring.wipe();
        seen = 0;
        continue;
      }
      for (const { person, ...row } of rows) {
        if (person === null) continue;
        keyring.take({ person, ...row });
        seen = Math.max(seen, row.version);
      }
      if (rows.length < PERSONS_PAGE) return;
    }
    throw new Error(`the key store holds more than ${PAGES_MAX * PERSONS_PAGE} persons`);
  };

  return {
    refreshIn,
    refresh: () => {
      next ??= reading.then(() => {
        next = null;
        const mine = refreshIn(database);
        reading = mine.catch(() => undefined);
        return mine;
      });
      return next;
    },
  };
};
