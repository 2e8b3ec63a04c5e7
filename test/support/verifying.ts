import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runCommand } from '../../apps/cli/src/commands.js';
import { notRun } from './not-run.js';

export type Ran = Readonly<{ code: number; lines: readonly string[] }>;

/** `saksgang verify …` in this process. */
export const verify = async (args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> => {
  const lines: string[] = [];
  const terminal = { environment, print: (line: string) => void lines.push(line), write: (text: string) => void lines.push(text) };
  return { code: await runCommand(['verify', ...args], terminal), lines };
};

const STANDALONE = fileURLToPath(new URL('../../dist/verifier/verify.mjs', import.meta.url));
const PYTHON = fileURLToPath(new URL('../verifier/verify.py', import.meta.url));
/** Takes node:crypto away before the verifier is read: what is left is what a browser has. */
const withoutNode = (more: string): string =>
  `process.getBuiltinModule = undefined; ${more} process.argv.splice(1, 0, ${JSON.stringify(STANDALONE)}); await import(${JSON.stringify(pathToFileURL(STANDALONE).href)});`;

const ranBy = (program: string, args: readonly string[]): Ran => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', PYTHONUTF8: '1' } });
  return { code: status ?? -1, lines: [...stdout.split('\n'), ...stderr.split('\n')].filter((line) => line !== '') };
};

/** The one file, as an auditor runs it. */
export const verifyStandalone = (args: readonly string[]): Ran => {
  if (!existsSync(STANDALONE)) throw new Error(`${STANDALONE} is missing: run \`npm run build\` before this test`);
  return ranBy(process.execPath, [STANDALONE, ...args]);
};

const evaluate = (script: string, args: readonly string[]): Ran =>
  ranBy(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script, '--', ...args]);
/** The same file without node:crypto: its own SHA-256 and WebCrypto's Ed25519. */
export const verifyAsInBrowser = (args: readonly string[]): Ran => evaluate(withoutNode(''), args);
/** And without WebCrypto, as on a page that came over http. */
export const verifyWithoutCryptography = (args: readonly string[]): Ran =>
  evaluate(withoutNode("Object.defineProperty(globalThis, 'crypto', { value: undefined });"), args);

/** The second verifier, or null where there is no Python. */
export const verifyInPython = ((): ((args: readonly string[]) => Ran) | null => {
  if (spawnSync('python3', ['--version']).status === 0) return (args) => ranBy('python3', [PYTHON, ...args]);
  notRun('the second verifier, in Python', 'install python3');
  return null;
})();
