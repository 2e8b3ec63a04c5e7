import { join } from 'node:path';
import { askAdmin } from '@saksgang/admin';
import { type Postgres } from '@saksgang/database';
import { createCodec } from '@saksgang/event-store';
import { isRefusal, type Refusal } from '@saksgang/kernel';
import { registry } from '@saksgang/kinds';
import { openReadSide, openSharedReadSide, READ_MODELS_FILE, rebuildNamed } from '@saksgang/projections';
import { leafOf, parseLeaf } from '@saksgang/record';
import { createSealer } from '@saksgang/recording';
import { dataDirOf } from './backup.js';
import { openOwnLog } from './engines.js';
import { machineClock, machineRandom, machineScheduler } from './machine.js';
import { options } from './options.js';
import { databaseUrlOf, openKeysOf, withSharedDatabase } from './shared-stores.js';
import { RefusedByRecord, type CliCommand, type Terminal } from './terminal.js';

type Rebuilt = Readonly<{ projections: readonly string[] }>;

/** By the running server, which goes on serving. Null when none runs. */
const askServer = async (dataDir: string, projections: readonly string[], terminal: Terminal): Promise<Rebuilt | null> => {
  const working = (): void => terminal.progress?.write(terminal.progress.live ? '.' : 'building\n');
  const answer = await askAdmin(dataDir, 'rebuild', { projections }, working);
  if (answer === null) return null;
  if (answer.is === 'refused') throw new RefusedByRecord(answer.refusal);
  if (answer.is === 'failed') throw new Error(`The server could not build them: ${answer.message}. What served goes on serving.`);
  return answer.result as Rebuilt;
};

/** Here, with the lock of the data directory. */
const rebuildHere = async (
  dataDir: string,
  asked: readonly string[],
  terminal: Terminal,
  database: Postgres | null,
): Promise<Rebuilt | Refusal> => {
  const store = await openOwnLog(dataDir, terminal);
  try {
    const keys = await openKeysOf(terminal, dataDir, database);
    try {
      const sealer = createSealer({ keys, random: machineRandom });
      const codec = createCodec({ registry, sealer, random: machineRandom, leafOf, parseLeaf });
      const side = { clock: machineClock, scheduler: machineScheduler, logger: () => undefined, store, codec, registry };
      const url = databaseUrlOf(terminal);
      const { runner, close } =
        url === null ? openReadSide({ ...side, file: join(dataDir, READ_MODELS_FILE) }) : await openSharedReadSide({ ...side, url });
      try {
        return await rebuildNamed(runner, asked);
      } finally {
        await close();
      }
    } finally {
      await keys.close();
    }
  } finally {
    await store.close();
  }
};

export const rebuild: CliCommand = {
  usage: 'rebuild [PROJECTION …]',
  does: 'builds read models anew from the log, all of them if none is named; a running server does it and goes on serving meanwhile',
  run: async (args, terminal) => {
    const { positionals } = options({ args: [...args], options: {}, allowPositionals: true });
    const dataDir = dataDirOf(terminal);
    const began = performance.now();
    const byServer = await askServer(dataDir, positionals, terminal);
    const rebuilt = byServer ?? (await withSharedDatabase(terminal, (database) => rebuildHere(dataDir, positionals, terminal, database)));
    if (isRefusal(rebuilt)) throw new RefusedByRecord(rebuilt);
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    terminal.print(`Built anew by ${byServer ? 'the running server' : 'this command'} in ${seconds} s: ${rebuilt.projections.join(', ')}.`);
  },
};
