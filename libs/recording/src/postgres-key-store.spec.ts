import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres, type Postgres } from '@saksgang/database';
import { describeOnPostgres, freshDatabase, runOn } from '../../../test/support/postgres.js';
import { keyStoreContract, type KeyStoreKeeping } from '../testing/key-store.contract.js';
import { scheduler, seeded } from '../testing/world.js';
import { openSharedKeyStore } from './postgres-key-store.js';
import { KEYS_SCHEMA } from './postgres-key-tables.js';
import { openKeyStore } from './sqlite-key-store.js';

const clock = { now: () => '2024-05-17T10:00:00.000Z' };

/** Each opening is an instance: connections of its own. */
const kept = async (): Promise<KeyStoreKeeping> => {
  const { url, drop } = await freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'saksgang-shared-keys-'));
  const databases: Postgres[] = [];
  return {
    open: async (seed = 'first') => {
      const database = await openPostgres(url, { name: 'spec' });
      databases.push(database);
      return openSharedKeyStore({ database, scheduler, dataDir, keyEncryptionKeyFile: null, clock, random: seeded(seed) });
    },
    keyFile: join(dataDir, 'key-encryption.key'),
    edit: (sql) => runOn(url, `SET search_path = ${KEYS_SCHEMA}; ${sql}`),
    remove: async () => {
      await Promise.all(databases.map((database) => database.close()));
      await drop();
      rmSync(dataDir, { recursive: true });
    },
  };
};

describeOnPostgres('the key store', () => {
  keyStoreContract('PostgreSQL', kept);

  it('is not begun anew in a database beside a file that has names: they would open nowhere', async () => {
    const { url, drop } = await freshDatabase();
    const dataDir = mkdtempSync(join(tmpdir(), 'saksgang-shared-keys-'));
    const options = { dataDir, keyEncryptionKeyFile: null, clock, random: seeded('file') };
    const database = await openPostgres(url, { name: 'spec' });
    try {
      const file = openKeyStore(options);
      await file.personFor('Kari', null);
      await file.close();
      await expect(openSharedKeyStore({ ...options, database, scheduler })).rejects.toMatchObject({ code: 'KEY_STORE_ELSEWHERE' });
    } finally {
      await database.close();
      await drop();
      rmSync(dataDir, { recursive: true });
    }
  });
});
