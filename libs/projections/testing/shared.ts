import { createHash } from 'node:crypto';
import { openPostgresSession, openPostgresWriter } from '@saksgang/database';
import { systemScheduler } from '../../../apps/api/src/system.js';
import { projectionsOf, type Checksum, type Projection, type Runner } from '../src/index.js';
import { openSharedRunner, type SharedRunnerParts } from '../src/sharing/shared-runner.js';
import { schemaOf } from '../src/sharing/schemas.js';
import type { World } from './world.js';

/** One process among several over one log and one PostgreSQL, with clocks that run. */
export type Instance = Readonly<{ runner: Runner; logged: readonly string[]; name: string }>;

export const openInstance = async (
  { store, codec, registry }: World,
  url: string,
  name: string,
  parts: Partial<Pick<SharedRunnerParts, 'projections' | 'store' | 'codec' | 'database'>> = {},
): Promise<Instance> => {
  const logged: string[] = [];
  const runner = await openSharedRunner({
    database: {
      session: () => openPostgresSession({ url, applicationName: name, scheduler: systemScheduler }),
      writer: () => openPostgresWriter({ url, applicationName: name }),
    },
    store,
    codec,
    registry,
    scheduler: systemScheduler,
    logger: (level, message, about) => void logged.push(`${level}: ${message} ${JSON.stringify(about)}`),
    projections: projectionsOf(registry),
    ...parts,
  });
  runner.start();
  return { runner, logged, name };
};

/** As `checksum` of the same rows in SQLite. */
export const checksumIn = async (url: string, projection: Projection): Promise<Checksum> => {
  const writer = openPostgresWriter({ url, applicationName: 'a spec' });
  const hash = createHash('sha256');
  let rows = 0;
  try {
    await writer.transaction(async (tx) => {
      for (const { name, columns } of projection.tables) {
        const order = columns.map((_, index) => `${index + 1} NULLS FIRST`).join(', ');
        for (const row of await tx.rows(`SELECT * FROM ${schemaOf(projection)}.${name} ORDER BY ${order}`)) {
          hash.update(`${name} ${JSON.stringify(row)}\n`);
          rows += 1;
        }
      }
    });
  } finally {
    await writer.close();
  }
  return { rows, sha256: hash.digest('hex') };
};
