import { openPostgres, type Postgres } from '@saksgang/database';
import { openSharedKeyStore } from '@saksgang/recording';
import { describeOnPostgres, freshDatabase, runOn } from '../../../test/support/postgres.js';
import { scheduler } from '../../recording/testing/world.js';
import { accessContract } from '../testing/access.contract.js';
import { readingLogContract } from '../testing/reading-log.contract.js';
import { ACCESS_SCHEMA, openSharedAccessRows } from './postgres-access-rows.js';
import { openSharedReadingLog, READINGS_SCHEMA } from './postgres-reading-log.js';

const clock = { now: () => '2024-05-17T10:00:00.000Z' };

/** Each opening is an instance: connections of its own. */
const fresh = async () => {
  const { url, drop } = await freshDatabase();
  const opened: Postgres[] = [];
  return {
    open: async (): Promise<Postgres> => {
      const database = await openPostgres(url, { name: 'spec' });
      opened.push(database);
      return database;
    },
    edit: (schema: string, sql: string) => runOn(url, `SET search_path = ${schema}; ${sql}`),
    remove: async () => {
      await Promise.all(opened.map((database) => database.close()));
      await drop();
    },
  };
};

describeOnPostgres('API keys and the log of readings', () => {
  accessContract('PostgreSQL', async () => {
    const { open, edit, remove } = await fresh();
    return {
      rows: async () => openSharedAccessRows(await open()),
      keys: async (dataDir, random) =>
        openSharedKeyStore({ database: await open(), scheduler, dataDir, keyEncryptionKeyFile: null, clock, random }),
      edit: (_dataDir, sql) => edit(ACCESS_SCHEMA, sql),
      remove,
    };
  });

  readingLogContract('PostgreSQL', async () => {
    const { open, edit, remove } = await fresh();
    return {
      open: async (now) => openSharedReadingLog({ database: await open(), clock: { now } }),
      edit: (sql) => edit(READINGS_SCHEMA, sql),
      remove,
    };
  });
});
