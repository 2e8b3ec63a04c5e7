import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteFile } from '@saksgang/database';
import type { PersonId } from '@saksgang/kernel';
import { KEY_STORE_FILE } from './key-store.js';

/**
 * The persons whose keys are destroyed, or about to be, as the key store of a data directory knows them. Takes no key-encryption key
 * and makes nothing. Null when there is no key store.
 */
export const readTombstones = (dataDir: string): ReadonlySet<PersonId> | null => {
  const path = join(dataDir, KEY_STORE_FILE);
  if (!existsSync(path)) return null;
  const file = openSqliteFile(path, { synchronous: 'FULL', readonly: true });
  try {
    const rows = file.prepare<Readonly<{ person: string }>>('SELECT person FROM person WHERE tombstoned_at IS NOT NULL').all();
    return new Set(rows.map(({ person }) => person));
  } finally {
    file.close();
  }
};
