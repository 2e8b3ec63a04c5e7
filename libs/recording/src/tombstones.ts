import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteFile, type Postgres } from '@saksgang/database';
import type { PersonId } from '@saksgang/kernel';
import { KEY_STORE_FILE } from './key-store.js';
import { migrateKeys, KEYS_SCHEMA } from './postgres-key-tables.js';

/**
 * The persons whose keys are destroyed, or about to be, as the key store of a data directory knows them. Takes no key-encryption key
 * and makes nothing. Null when there is no key store.
 */
export const readTombstones = (dataDir: string): ReadonlySet<PersonId> | null => personsIn(dataDir, 'WHERE tombstoned_at IS NOT NULL');

/** Whether the key store of a data directory knows anybody. */
export const holdsPersons = (dataDir: string): boolean => (personsIn(dataDir, 'LIMIT 1')?.size ?? 0) > 0;

const personsIn = (dataDir: string, which: string): ReadonlySet<PersonId> | null => {
  const path = join(dataDir, KEY_STORE_FILE);
  if (!existsSync(path)) return null;
  const file = openSqliteFile(path, { synchronous: 'FULL', readonly: true });
  try {
    const rows = file.prepare<Readonly<{ person: string }>>(`SELECT person FROM person ${which}`).all();
    return new Set(rows.map(({ person }) => person));
  } finally {
    file.close();
  }
};

/** The same of the key store that instances share; nobody where there is none yet. @throws NewerDatabase, or what the driver throws */
export const readSharedTombstones = async (database: Postgres): Promise<ReadonlySet<PersonId>> => {
  await migrateKeys(database);
  const { rows } = await database.query<{ person: string }>(`SELECT person FROM ${KEYS_SCHEMA}.person WHERE tombstoned_at IS NOT NULL`);
  return new Set(rows.map(({ person }) => person));
};
