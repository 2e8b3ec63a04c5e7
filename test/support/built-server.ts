import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/apps/api/src/main.js', import.meta.url));
const CLI = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url));
export const LISTENS_WITHIN_MS = 60_000; // ms on a machine that does much else; on one of its own it takes less than 3 s

export const demandBuild = (): void => {
  for (const file of [MAIN, CLI])
    if (!existsSync(file)) throw new Error('There is no build: run `npm run build` first. `npm test` does so by itself.');
};

export type Process = Readonly<{
  child: ChildProcessByStdio<null, Readable, Readable>;
  said: string[];
  erred: string[];
  ended: Promise<number | null>;
}>;

/** As `npm start` starts the server. Only what is given here is set. */
export const start = (environment: Readonly<Record<string, string>>): Process => run([MAIN], environment);

/** As `npm run cli -- …` runs a command. */
export const startCli = (args: readonly string[], environment: Readonly<Record<string, string>>): Process =>
  run([CLI, ...args], environment);

const run = (args: readonly string[], environment: Readonly<Record<string, string>>): Process => {
  const child = spawn(process.execPath, ['--enable-source-maps', ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  const erred: string[] = [];
  createInterface(child.stdout).on('line', (line) => said.push(line));
  createInterface(child.stderr).on('line', (line) => erred.push(line));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, said, erred, ended };
};

/** The address it says it listens at. @throws when it ends before */
export const listening = async ({ child, said, erred, ended }: Process): Promise<string> => {
  const address = (): string | undefined => said.map((line) => /^listening on (http:\/\/\S+\/graphql)$/.exec(line)?.[1]).find(Boolean);
  const late = AbortSignal.timeout(LISTENS_WITHIN_MS);
  const over = ended.then(() => true);
  while (address() === undefined) {
    const more = once(child.stdout, 'data', { signal: late }).then(() => false);
    if ((await Promise.race([more, over])) && address() === undefined) throw new Error(`it ended: ${[...said, ...erred].join('\n')}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return address() ?? '';
};

export const stop = async (
  { child, ended }: Process,
  signal: NodeJS.Signals = 'SIGINT',
): Promise<Readonly<{ code: number | null; ms: number }>> => {
  const began = performance.now();
  child.kill(signal);
  const code = await ended;
  return { code, ms: performance.now() - began };
};
