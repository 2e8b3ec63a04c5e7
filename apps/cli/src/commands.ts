import { calendar } from './calendar.js';
import { followUps } from './follow-ups.js';
import { move } from './move.js';
import { keyCreate, keyList, keyRevoke } from './key.js';
import { status } from './status.js';
import { BadUsage, type CliCommand, type Terminal } from './terminal.js';

const COMMANDS: Readonly<Record<string, CliCommand>> = {
  status,
  'follow-ups': followUps,
  calendar,
  'key create': keyCreate,
  'key list': keyList,
  'key revoke': keyRevoke,
  move,
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
    'Settings by environment, as for the server: DATA_DIR, KEY_ENCRYPTION_KEY_FILE, HOST, PORT.',
  ].join('\n');

export const runCommand = async (args: readonly string[], terminal: Terminal): Promise<void> => {
  if (args.length === 0 || args[0] === 'help' || args[0] === '--help') return terminal.print(usage());
  const words = [2, 1].find((count) => Object.hasOwn(COMMANDS, args.slice(0, count).join(' '))) ?? 0;
  const command = COMMANDS[args.slice(0, words).join(' ')];
  if (!command) throw new BadUsage(`There is no command «${args.slice(0, 2).join(' ')}».\n\n${usage()}`);
  await command.run(args.slice(words), terminal);
};
