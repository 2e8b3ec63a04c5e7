// Ends a server and removes its folder when the process that started it is gone, however it went: it then reads the end of its input.
// node keeper.mjs <folder>; the number of the server's process is in <folder>/data/postmaster.pid.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20; // ms
const GOING_MS_MAX = 10_000; // ms until it is no longer asked
const folder = process.argv[2];
const pidFile = join(folder, 'data', 'postmaster.pid');

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
process.stdin.resume();
process.stdin.on('close', () => void end());

async function end() {
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : 0;
  if (pid > 0) {
    send(pid, 'SIGQUIT');
    for (let waited = 0; send(pid, 0) && waited < GOING_MS_MAX; waited += POLL_MS) await sleep(POLL_MS);
    send(pid, 'SIGKILL');
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

function send(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
