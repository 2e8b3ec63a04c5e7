// Servers as processes of their own, so that their CPU time is theirs alone.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cpuSeconds } from './measuring.mjs';
import { rivalsInstalled } from './rivals/install.mjs';
import { start, stop } from './workspace.mjs';

const MAIN = fileURLToPath(new URL('../../dist/apps/api/src/main.js', import.meta.url));
const BARE = fileURLToPath(new URL('bare.server.mjs', import.meta.url));
const APOLLO = fileURLToPath(new URL('rivals/apollo.server.mjs', import.meta.url));
const READY_MS_MAX = 600_000;

/** The port in the line `listening on http://…:<port>…`. */
const listening = async (child, name) => {
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /listening on http:\/\/[^/]*:(\d+)/.exec(line)?.[1];
    if (port) {
      child.stdout.resume();
      return Number(port);
    }
  }
  throw new Error(`${name} ended before it listened`);
};

const launch = async (name, file, args, environment) => {
  const env = { PATH: process.env.PATH, NODE_ENV: 'production', ...environment };
  const child = start(file, args, { env, stdio: ['ignore', 'pipe', 2] });
  const port = await listening(child, name);
  return { port, pid: child.pid, stop: () => stop(child) };
};

/** The API over a data directory, ready: its read models have the whole log. `key` may write. */
export const startApi = async (dataDir) => {
  const environment = { DATA_DIR: dataDir, PORT: '0', EXAMPLE_RECORD: 'off', GRAPHIQL: 'off', LOG_LEVEL: 'warn', RATE_PER_MINUTE: '0' };
  const server = await launch('the API', MAIN, [], environment);
  await ready(server.port);
  return { ...server, key: readFileSync(join(dataDir, 'secretariat.key'), 'utf8').trim() };
};

const ready = async (port) => {
  const until = performance.now() + READY_MS_MAX;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    const { projections } = await answer.json();
    if (answer.ok && projections.every(({ lag }) => lag === 0)) return;
    if (performance.now() > until) throw new Error('the API did not become ready');
    await sleep(50);
  }
};

const SETTLED_SECONDS = 0.05; // CPU seconds a second: less than that is no work
const SETTLING_S_MAX = 300; // s; a million entries are read again in one
/** Waits until a server that nobody asks has nothing to do: after its start it verifies its whole log, which is no cost of a page. */
export const settled = async ({ pid }) => {
  for (let second = 0; second < SETTLING_S_MAX; second += 1) {
    const before = cpuSeconds(pid);
    if (before === null) return;
    await sleep(1_000);
    if (cpuSeconds(pid) - before < SETTLED_SECONDS) return;
  }
};

/** A Fastify route for each file of a folder, that answers what is in it. */
export const startBare = (folder) => launch('the bare route', BARE, [folder], {});

/** The same schema served by Apollo over a copy of the record; null where its packages cannot be had. */
export const startApollo = async (dataDirOf) =>
  (await rivalsInstalled()) ? launch('Apollo', APOLLO, [], { DATA_DIR: await dataDirOf() }) : null;
