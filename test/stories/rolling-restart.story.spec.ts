import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { demandBuild, listening, type Process, start, stop } from '../support/built-server.js';
import { startKurrentServer, type KurrentServer } from '../support/kurrent/kurrent-server.js';
import { rounds } from '../support/not-run.js';
import { describeOnPostgres, freshDatabase, type TestDatabase } from '../support/postgres.js';
import { type Json } from '../support/serve.js';
import { startTurningProxy, type TurningProxy } from '../support/turning-proxy.js';

const RESTARTS = rounds('rolling restarts of two instances behind a proxy', 1, 20);
const READY_MS_MAX = 30_000; // ms until the proxy sends requests to an instance that was started
const MS_EACH = 30_000; // ms of a restart, on a machine that does much else
jest.setTimeout(60_000 + RESTARTS * MS_EACH);

const ESTABLISH = `mutation ($id: ID!, $name: String!) {
  establishBody(input: { commandId: $id, name: $name }) { __typename ... on Recorded { position item { id } } }
}`;
const BODY = 'query ($id: ID!) { node(id: $id) { ... on Body { title } } }';

describeOnPostgres('Two instances of one record behind a proxy, restarted in turn while they are used,', () => {
  let folder: string;
  let log: KurrentServer;
  let database: TestDatabase;
  let proxy: TurningProxy;
  let key: string;
  const instances: { server: Process; port: number }[] = [];
  const started: Process[] = [];

  const startInstance = async (nth: number): Promise<{ server: Process; port: number }> => {
    const server = start({
      PORT: '0',
      DATA_DIR: join(folder, `api${nth}`),
      EVENT_STORE: 'kurrent',
      EVENTSTORE_CONNECTION: log.connectionString,
      DATABASE_URL: database.url,
      KEY_ENCRYPTION_KEY_FILE: join(folder, 'key-encryption.key'),
      SIGNER: nth === 0 ? 'on' : 'off',
      TRUST_PROXY: '1',
      RATE_PER_MINUTE: '0',
      GRAPHIQL: 'off',
      LOG_LEVEL: 'warn',
    });
    started.push(server);
    return { server, port: Number(new URL(await listening(server)).port) };
  };
  const allReady = async (): Promise<void> => {
    const late = performance.now() + READY_MS_MAX;
    while (!instances.every(({ port }) => proxy.ready().includes(port))) {
      if (performance.now() > late)
        throw new Error(`not ready: ${JSON.stringify(instances.flatMap(({ server }) => server.erred.slice(-5)))}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  beforeAll(async () => {
    demandBuild();
    folder = mkdtempSync(join(tmpdir(), 'saksgang-rolling-'));
    writeFileSync(join(folder, 'key-encryption.key'), `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    log = await startKurrentServer();
    database = await freshDatabase();
    // At once, on nothing: they agree on who sets the database up, and on the first key.
    instances.push(...(await Promise.all([startInstance(0), startInstance(1)])));
    proxy = await startTurningProxy(instances.map(({ port }) => port));
    await allReady();
    const keys = [0, 1].flatMap((nth) => {
      try {
        return [readFileSync(join(folder, `api${nth}`, 'secretariat.key'), 'utf8').trim()];
      } catch {
        return [];
      }
    });
    expect(keys).toHaveLength(1);
    key = keys[0] as string;
  });
  afterAll(async () => {
    await proxy?.close();
    for (const server of started) await stop(server, 'SIGKILL');
    await log?.close();
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = async (query: string, variables: Json, headers: Readonly<Record<string, string>> = {}): Promise<Json> => {
    const answer = await fetch(proxy.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const text = await answer.text();
    if (!answer.ok || text.includes('"errors"')) throw new Error(`${answer.status}: ${text.slice(0, 300)}`);
    return JSON.parse(text).data;
  };

  it('fail nobody: every command is acknowledged once, and is read at once, whoever answers', async () => {
    let running = true;
    const failed: string[] = [];
    const waits: number[] = [];
    let asked = 0;
    const client = async (who: number): Promise<void> => {
      for (let nth = 0; running; nth += 1) {
        asked += 1;
        const id = `organ-${who}-${nth}`;
        try {
          const { establishBody } = await ask(ESTABLISH, { id, name: `Organ ${who}.${nth}` });
          expect(establishBody.__typename).toBe('Recorded');
          const began = performance.now();
          const { node } = await ask(BODY, { id: establishBody.item.id }, { 'x-at-least-position': establishBody.position });
          waits.push(performance.now() - began);
          expect(node).toEqual({ title: `Organ ${who}.${nth}` });
        } catch (error) {
          failed.push(`${id}: ${String(error)}`);
        }
      }
    };
    const clients = [0, 1, 2].map(client);

    for (let turn = 0; turn < RESTARTS; turn += 1) {
      const nth = turn % 2;
      const { server, port } = instances[nth] as { server: Process; port: number };
      expect((await stop(server, 'SIGTERM')).code).toBe(0);
      instances[nth] = await startInstance(nth);
      proxy.replace(port, instances[nth]?.port ?? 0);
      await allReady();
    }
    running = false;
    await Promise.all(clients);

    expect({ failures: failed.length, first: failed.slice(0, 3) }).toEqual({ failures: 0, first: [] });
    expect(asked).toBeGreaterThan(RESTARTS);
    const { items } = await ask('{ items(filter: { kinds: [BODY] }, first: 1) { totalCount } }', {});
    expect(items.totalCount).toBe(asked);
    waits.sort((a, b) => a - b);
    if (RESTARTS > 1)
      console.log(
        `${asked} commands over ${RESTARTS} restarts; written here, read there: p50 ${at(waits, 0.5)}, p99 ${at(waits, 0.99)} ms`,
      );
  });
});

const at = (sorted: readonly number[], share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
