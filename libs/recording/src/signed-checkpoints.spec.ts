import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres, openSqliteFile, type Postgres } from '@saksgang/database';
import { describeOnPostgres, freshDatabase, runOn } from '../../../test/support/postgres.js';
import { signedCheckpointsContract } from '../testing/signed-checkpoints.contract.js';
import { openSharedCheckpoints, SIGNER_SCHEMA } from './postgres-signed-checkpoints.js';
import { openSignedCheckpoints } from './signed-checkpoints.js';

signedCheckpointsContract('a file', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'saksgang-signer-'));
  const path = join(dataDir, 'signer.db');
  return {
    open: async () => openSignedCheckpoints(path),
    edit: async (sql) => {
      const file = openSqliteFile(path, { synchronous: 'FULL' });
      try {
        file.exec(sql);
      } finally {
        file.close();
      }
    },
    remove: async () => rmSync(dataDir, { recursive: true }),
  };
});

describeOnPostgres('the signer’s memory', () => {
  signedCheckpointsContract('PostgreSQL', async () => {
    const { url, drop } = await freshDatabase();
    const opened: Postgres[] = [];
    return {
      open: async () => {
        const database = await openPostgres(url, { name: 'spec' });
        opened.push(database);
        return openSharedCheckpoints(database);
      },
      edit: (sql) => runOn(url, `SET search_path = ${SIGNER_SCHEMA}; ${sql}`),
      remove: async () => {
        await Promise.all(opened.map((database) => database.close()));
        await drop();
      },
    };
  });
});
