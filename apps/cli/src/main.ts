import { runCommand } from './commands.js';
import { explain } from './explain.js';
import { BadUsage } from './terminal.js';

const EXIT_FAILED = 1;
const EXIT_USAGE = 64; // as sysexits has it

try {
  process.exitCode = await runCommand(process.argv.slice(2), {
    environment: process.env,
    print: (line) => process.stdout.write(`${line}\n`),
    write: (text) => process.stdout.write(text),
    progress: { live: process.stderr.isTTY === true, write: (text) => void process.stderr.write(text) },
  });
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof BadUsage ? EXIT_USAGE : EXIT_FAILED;
}
