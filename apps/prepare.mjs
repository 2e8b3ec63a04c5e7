// Installs what is missing and builds what is stale. Plain Node, no dependency: it runs before there are any.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const INSTALLED = join(ROOT, 'node_modules', '.saksgang-installed');
const BUILT = join(ROOT, 'dist', '.saksgang-built');
const OLDEST_NODE = [20, 19];

const say = (line) => process.stderr.write(`${line}\n`);

const refuseOldNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  say(
    `Node ${process.versions.node} is too old: Saksgang needs ${OLDEST_NODE.join('.')} or newer. Install it from your platform's packages and try again.`,
  );
  process.exit(1);
};

const run = (command, args, what) => {
  const started = Date.now();
  const result = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (result.status === 0) return say(`${what}: done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  say(`${what} failed: \`${command} ${args.join(' ')}\` ended with ${result.status ?? result.signal ?? result.error?.message}.`);
  process.exit(1);
};

const digest = (parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
};
const isStamped = (file, stamp) => existsSync(file) && readFileSync(file, 'utf8') === stamp;
const stampWith = (file, stamp) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stamp);
};

/** Native modules are built for one platform and one Node ABI, so both are part of what was installed. */
const installStamp = () =>
  digest([
    readFileSync(join(ROOT, 'package-lock.json')),
    readFileSync(join(ROOT, 'package.json')),
    process.platform,
    process.arch,
    process.versions.modules,
  ]);

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

/** Everything the build reads; specs are left out, so that editing a test does not rebuild. */
const buildStamp = () => {
  const parts = ['nest-cli.json', 'tsconfig.json', '.swcrc', 'package-lock.json'].map((file) => readFileSync(join(ROOT, file)));
  for (const folder of ['apps', 'libs']) {
    for (const file of filesBelow(join(ROOT, folder))) {
      if (file.endsWith('.spec.ts') || file.endsWith('.md')) continue;
      parts.push(relative(ROOT, file), readFileSync(file));
    }
  }
  return digest(parts);
};

export const install = () => {
  refuseOldNode();
  const stamp = installStamp();
  if (isStamped(INSTALLED, stamp)) return;
  say('installing packages (the native parts take about a minute the first time) …');
  // Development packages are needed to build and to test, whatever NODE_ENV says.
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], 'install');
  stampWith(INSTALLED, stamp);
};

export const build = ({ force = false } = {}) => {
  const stamp = buildStamp();
  if (!force && isStamped(BUILT, stamp)) return;
  run(process.execPath, [join(ROOT, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), 'build', 'api'], 'build');
  const graphiql = join(ROOT, 'apps', 'api', 'graphiql', 'build.mjs');
  run(process.execPath, [graphiql], 'build of GraphiQL');
  run(process.execPath, [join(ROOT, 'apps', 'cli', 'src', 'verify', 'build.mjs')], 'build of the verifier');
  stampWith(BUILT, stamp);
};

export const prepare = () => {
  install();
  build();
};
