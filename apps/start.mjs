// `npm start`: install what is missing, build what is stale, serve.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, ROOT } from './prepare.mjs';

prepare();

const server = spawn(process.execPath, ['--enable-source-maps', join(ROOT, 'dist', 'apps', 'api', 'src', 'main.js')], {
  stdio: 'inherit',
  // In development graphql checks the realm of every object it meets, which costs and tells an operator nothing.
  env: { NODE_ENV: 'production', ...process.env, EXAMPLE_RECORD: process.env.EXAMPLE_RECORD ?? 'on' },
});
// A terminal's Ctrl-C reaches the server by itself; here it is only waited for. A plain kill of this process is passed on.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => server.kill('SIGTERM'));
server.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
