import * as fs from 'node:fs';
import { machineClock, machineRandom, machineScheduler } from './machine.js';
import { BadUsage, type CliCommand, type Terminal } from './terminal.js';
import { diskOf } from './verify/disk.js';
import { notesBeside } from './verify/notes-beside.js';
import { keyIn, localeOf, noteIn, report, VERBS, type Verb } from './verify/verbs.js';
import { verifyDatabase } from './verify/verify-database.js';
import { WrongWords, wordsOf } from './verify/words.js';

const database: Verb = {
  usage: 'verify database FILE [--since CHECKPOINT] [--key KEY]',
  does: 'checks the log of a record, a copy of it or its data directory: every entry, what stands beside it, and its checkpoints',
  run: async () => [],
};

const commandOf = (verb: Verb, run: (args: readonly string[], terminal: Terminal) => ReturnType<Verb['run']>): CliCommand => ({
  usage: verb.usage,
  does: verb.does,
  run: async (args, terminal) => {
    const { environment } = terminal;
    const locale = localeOf(environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG']);
    try {
      return await report(() => run(args, terminal), locale, terminal.print);
    } catch (error) {
      if (error instanceof WrongWords) throw new BadUsage(error.message);
      throw error;
    }
  },
});

const disk = diskOf(fs);
const anywhere = (verb: Verb): CliCommand => commandOf(verb, (args) => verb.run(args, disk));

export const verifyEntryCommand = anywhere(VERBS['entry'] as Verb);
export const verifyExportCommand = anywhere(VERBS['export'] as Verb);
export const verifyCompareCommand = anywhere(VERBS['compare'] as Verb);
export const verifyDatabaseCommand = commandOf(database, async (args, { environment }) => {
  const words = wordsOf(args, ['since', 'key']);
  const [path, ...more] = words.rest;
  if (path === undefined || more.length > 0) throw new WrongWords(`Usage: ${database.usage}`);
  const question = {
    path,
    key: await keyIn(words, disk),
    since: await noteIn(words, disk),
    keyEncryptionKeyFile: environment['KEY_ENCRYPTION_KEY_FILE'] || null,
    machine: { clock: machineClock, random: machineRandom, scheduler: machineScheduler },
  };
  return verifyDatabase(question, notesBeside);
});
