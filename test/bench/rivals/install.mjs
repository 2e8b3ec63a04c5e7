// The rivals' packages are installed when they are first measured, in their own folder. Peers are left out: graphql, Nest and Fastify
// must be the very ones the schema is built with, and are found in the house's own folder.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { progress } from '../measuring.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const INSTALL_MS_MAX = 300_000;
const FLAGS = ['--legacy-peer-deps', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'];

export const rivalsInstalled = async () => {
  if (existsSync(`${HERE}node_modules/@nestjs/apollo`)) return true;
  progress('installing the rivals …');
  const child = spawn('npm', ['install', ...FLAGS], { cwd: HERE, stdio: ['ignore', 2, 2], timeout: INSTALL_MS_MAX });
  const [code] = await once(child, 'exit').catch(() => [null]);
  if (code !== 0) progress('the rivals could not be installed: NOT MEASURED against them');
  return code === 0;
};
