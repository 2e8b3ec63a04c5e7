import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readyBinaries, type Binaries } from './binaries.js';

/** A PostgreSQL server of the test's own on loopback, in a folder of its own. */
export interface PostgresServer {
  /** Of one of its databases, with the superuser's name and password. */
  url(database: string): string;
  /** `kill -9` of the whole server: what was not committed is lost. */
  kill(): Promise<void>;
  /** Starts it again on the same port, over what it had. */
  startAgain(): Promise<void>;
  /** Ends it and removes its folder. Idempotent. */
  stop(): Promise<void>;
}

export type ServerOptions = Readonly<{
  /** Whether what is committed is on the disk when that is said; false (the default) is quicker, and outlives a kill −9 as well. */
  fsync?: boolean;
  settings?: Readonly<Record<string, string | number>>;
}>;

const USER = 'saksgang';
const PORTS_TRIED_MAX = 5; // a free port may be taken between looking and starting
const STARTS_MAX = 100; // what served the killed one's connections takes a moment to see that it is gone
const LOG_CHARS = 4_000; // characters of the server's log that a fault tells
const READY = 'database system is ready to accept connections';
const KEEPER = fileURLToPath(new URL('keeper.mjs', import.meta.url));
/** Unhurried: nothing of it is to outlive the test. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '64MB',
  max_connections: 100,
  log_min_messages: 'warning',
  log_statement: 'none',
} as const;

export const startServer = async (
  found: Readonly<{ initdb: string; postgres: string }>,
  options: ServerOptions,
): Promise<PostgresServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'saksgang-postgres-'));
  chmodSync(folder, 0o755); // the libraries in it are read by whoever runs the server
  const keeper = spawn(process.execPath, [KEEPER, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  keeper.unref();
  (keeper.stdin as unknown as Socket).unref();
  try {
    const binaries = readyBinaries(found, folder);
    const password = randomBytes(16).toString('hex');
    const data = await initialise(binaries, folder, password);
    return await keep(binaries, data, folder, password, options, keeper);
  } catch (problem) {
    keeper.stdin.end();
    throw problem;
  }
};

const initialise = async ({ initdb, environment, runAs }: Binaries, folder: string, password: string): Promise<string> => {
  const [data, secret] = [join(folder, 'data'), join(folder, 'password')];
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(secret, password, { mode: 0o600 });
  if (runAs.uid !== undefined && runAs.gid !== undefined) for (const path of [data, secret]) chownSync(path, runAs.uid, runAs.gid);
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'C';
  const answers = ['--encoding=UTF8', `--locale=${locale}`, '--auth=scram-sha-256', `--username=${USER}`, `--pwfile=${secret}`];
  await promisify(execFile)(initdb, [`--pgdata=${data}`, '--no-sync', '--no-instructions', ...answers], {
    ...runAs,
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  rmSync(secret);
  return data;
};

const keep = async (
  binaries: Binaries,
  data: string,
  folder: string,
  password: string,
  { fsync = false, settings = {} }: ServerOptions,
  keeper: ChildProcess,
): Promise<PostgresServer> => {
  const durable = fsync ? {} : { fsync: 'off', full_page_writes: 'off' };
  const set = Object.entries({ ...SETTINGS, ...durable, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const start = (port: number): Promise<ChildProcess> =>
    started(spawn(binaries.postgres, ['-D', data, '-p', String(port), ...set], {
        ...binaries.runAs,
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, ...binaries.environment },
      })); // prettier-ignore
  const toFreePort = async (): Promise<[number, ChildProcess]> => {
    const port = await freePort();
    return [port, await start(port)];
  };
  const [port, first] = await again(toFreePort, PORTS_TRIED_MAX, 'could not bind');
  let running = first;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, 'exit');
    running.ref();
    running.kill(signal);
    await gone;
  };
  return {
    url: (database) => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`,
    kill: () => end('SIGKILL'),
    startAgain: async () => {
      running = await again(() => start(port), STARTS_MAX, 'still in use');
    },
    stop: async () => {
      await end('SIGQUIT');
      if (keeper.exitCode !== null) return;
      const gone = once(keeper, 'exit');
      keeper.ref();
      keeper.stdin?.end();
      await gone;
    },
  };
};

/** While it fails for this reason. */
const again = async <T>(work: () => Promise<T>, timesMax: number, reason: string): Promise<T> => {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (problem) {
      if (tried === timesMax || !String(problem).includes(reason)) throw problem;
    }
  }
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** Resolves when it takes connections; what it says is read on, for as long as it runs. Keeps no process alive from then on. */
const started = async (server: ChildProcess): Promise<ChildProcess> => {
  const said = server.stderr as Socket;
  let log = '';
  await new Promise<void>((ready, failed) => {
    said.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-LOG_CHARS);
      if (log.includes(READY)) ready();
    });
    server.once('error', failed);
    server.once('exit', (code) => failed(new Error(`PostgreSQL did not start (${code}): ${log}`)));
  });
  server.unref();
  said.unref();
  return server;
};
