import { resolve } from 'node:path';
import { forkRecord, openSharedCheckpoints } from '@saksgang/recording';
import { openOwnLog } from './engines.js';
import { machineClock, machineRandom } from './machine.js';
import { options } from './options.js';
import { withSharedDatabase } from './shared-stores.js';
import { BadUsage, type CliCommand } from './terminal.js';

export const recordFork: CliCommand = {
  usage: 'record fork --reason TEXT [--origin NAME]',
  does: 'starts a new, visible origin when signing has stopped for good; TEXT stays in the record for ever; the server must be stopped',
  run: async (args, terminal) => {
    const { environment, print } = terminal;
    const { values } = options({ args: [...args], options: { reason: { type: 'string' }, origin: { type: 'string' } } });
    const reason = values.reason?.trim();
    if (!reason) throw new BadUsage(`Say why, in words that stay for ever: ${recordFork.usage}`);
    const dataDir = resolve(environment['DATA_DIR'] || './data');
    const store = await openOwnLog(dataDir, terminal);
    try {
      const signingKeyFile = environment['SIGNING_KEY_FILE'] || null;
      const { origin, previous, stream } = await withSharedDatabase(terminal, async (database) =>
        forkRecord({
          clock: machineClock,
          random: machineRandom,
          dataDir,
          signed: database === null ? null : await openSharedCheckpoints(database),
          store,
          signingKeyFile,
          reason,
          origin: values.origin ?? null,
        }),
      );
      print(`The record is signed under ${origin} from the next start on; entry ${stream}@0 says why.`);
      print(
        previous
          ? `It quotes the last checkpoint of ${previous.origin}, of ${previous.size} entries. Tell whoever holds checkpoints of that name.`
          : 'There was no earlier checkpoint to quote.',
      );
      if (environment['RECORD_ORIGIN'] && environment['RECORD_ORIGIN'] !== origin) print(`Set RECORD_ORIGIN=${origin}.`);
    } finally {
      await store.close();
    }
  },
};
