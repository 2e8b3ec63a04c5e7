import { backup } from './backup.js';
import { calendar } from './calendar.js';
import { exportRecord } from './export.js';
import { followUps } from './follow-ups.js';
import { keyCreate, keyList, keyRevoke } from './key.js';
import { move } from './move.js';
import { rebuild } from './rebuild.js';
import { recordFork } from './record-fork.js';
import { restore } from './restore.js';
import { status } from './status.js';
import { BadUsage, type CliCommand, type Terminal } from './terminal.js';
import { verifyCompareCommand, verifyDatabaseCommand, verifyEntryCommand, verifyExportCommand } from './verify.js';

const COMMANDS: Readonly<Record<string, CliCommand>> = {
  status,
  'follow-ups': followUps,
  calendar,
  'key create': keyCreate,
  'key list': keyList,
  'key revoke': keyRevoke,
  backup,
  restore,
  move,
  rebuild,
  'record fork': recordFork,
  export: exportRecord,
  'verify entry': verifyEntryCommand,
  'verify export': verifyExportCommand,
  'verify database': verifyDatabaseCommand,
  'verify compare': verifyCompareCommand,
};

export const usage = (): string =>
  [
    'Usage: npm run cli -- COMMAND',
    '',
    ...Object.values(COMMANDS).map(({ usage: how, does }) => `  ${how}\n      ${does}`),
    '',
    'status, follow-ups and calendar ask the running server: at --url, else where HOST and PORT say. The key in',
    'DATA_DIR/secretariat.key is used where it can be read and the server is on this machine; without it, names of persons are left out.',
    '',
    'verify needs no server. It prints a line for each check, in the language of LANG, and a last line with the count; exit 0 verified,',
    '1 proof or signature wrong, 2 history inconsistent, 3 incomplete (withheld or erased parts), 64 usage, 65 malformed.',
    '',
    'backup, export and verify read beside a running server; rebuild asks it to; move, restore and record fork need it stopped.',
    '',
    'Settings by environment, as for the server: DATA_DIR, KEY_ENCRYPTION_KEY_FILE, SIGNING_KEY_FILE, EVENT_STORE, EVENTSTORE_CONNECTION,',
    'EVENTSTORE_CONNECTION_FILE, HOST, PORT.',
  ].join('\n');

/** Answers the exit code. @throws BadUsage, and what the command throws */
export const runCommand = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  if (args.length === 0 || args[0] === 'help' || args[0] === '--help') {
    terminal.print(usage());
    return 0;
  }
  const words = [2, 1].find((count) => Object.hasOwn(COMMANDS, args.slice(0, count).join(' '))) ?? 0;
  const command = COMMANDS[args.slice(0, words).join(' ')];
  if (!command) throw new BadUsage(`There is no command «${args.slice(0, 2).join(' ')}».\n\n${usage()}`);
  return (await command.run(args.slice(words), terminal)) ?? 0;
};
