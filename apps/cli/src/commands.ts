import { keyCreate, keyList, keyRevoke } from './key.js';
import { BadUsage, type CliCommand, type Terminal } from './terminal.js';

const COMMANDS: Readonly<Record<string, CliCommand>> = {
  'key create': keyCreate,
  'key list': keyList,
  'key revoke': keyRevoke,
};

export const usage = (): string =>
  [
    'Usage: npm run cli -- COMMAND',
    '',
    ...Object.values(COMMANDS).map(({ usage: how, does }) => `  ${how}\n      ${does}`),
    '',
    'Settings by environment, as for the server: DATA_DIR, KEY_ENCRYPTION_KEY_FILE.',
  ].join('\n');

export const runCommand = async (args: readonly string[], terminal: Terminal): Promise<void> => {
  if (args.length === 0 || args[0] === 'help' || args[0] === '--help') return terminal.print(usage());
  const command = COMMANDS[args.slice(0, 2).join(' ')];
  if (!command) throw new BadUsage(`There is no command «${args.slice(0, 2).join(' ')}».\n\n${usage()}`);
  await command.run(args.slice(2), terminal);
};
