// `npm run cli -- …`: the command line, built when stale.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepare, ROOT } from './prepare.mjs';

prepare();
const result = spawnSync(
  process.execPath,
  ['--enable-source-maps', join(ROOT, 'dist', 'apps', 'cli', 'src', 'main.js'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exit(result.status ?? 1);
