import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { buildSchema } from 'graphql';
import { demandBuild, LISTENS_WITHIN_MS, listening, start, stop, type Process } from '../support/built-server.js';
import { notRun } from '../support/not-run.js';

const STOPS_WITHIN_MS = 5_000; // ms

jest.setTimeout(2 * LISTENS_WITHIN_MS);

describe('A newcomer starts the server', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'saksgang-start-'));
  const environment = { DATA_DIR: dataDir, PORT: '0', EXAMPLE_RECORD: 'on' };
  const running: Process[] = [];
  const run = (more: Readonly<Record<string, string>> = {}): Process => {
    const started = start({ ...environment, ...more });
    running.push(started);
    return started;
  };
  let url: string;

  beforeAll(() => {
    demandBuild();
    if (process.platform === 'win32') notRun('a stop in good order by signal', 'a system with signals');
  });
  afterAll(async () => {
    for (const { child, ended } of running) {
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('and is told the address and, once, the secretariat’s key; the example is there to be read', async () => {
    const server = run();
    url = await listening(server);
    const key = server.said.find((line) => line.startsWith('secretariat key'));
    const secret = /sk_[A-Za-z0-9_-]{43}/.exec(key ?? '')?.[0];
    const file = join(dataDir, 'secretariat.key');
    expect(secret).toBe(readFileSync(file, 'utf8').trim());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(server.said.some((line) => /^recorded the example: \d+ commands$/.test(line))).toBe(true);
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ resolutions(filter: { text: "Kultur for framtida" }) { nodes { title decided { label } } } }` }),
    });
    expect(await answer.json()).toEqual({
      data: { resolutions: { nodes: [{ title: 'Kultur for framtida', decided: { label: 'senest 3. oktober 2018' } }] } },
    });
  });

  it('and finds its health, its readiness, its schema and its page', async () => {
    const get = (path: string): Promise<Response> => fetch(url.replace('/graphql', path));
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
    const ready = await get('/readyz');
    expect([ready.status, await ready.json()]).toMatchObject([200, { ready: true, store: { ok: true } }]);
    // That it is the golden one is the schema's own test; here it is the schema of what was built.
    const schema = buildSchema(await (await get('/schema.graphql')).text());
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {})).toContain('recordResolution');
    const page = await get('/');
    expect([page.status, page.headers.get('content-security-policy')]).toEqual([200, expect.stringContaining("default-src 'self'")]);
    for (const [path, type] of [
      ['/verify', 'text/html; charset=utf-8'],
      ['/verify.mjs', 'text/javascript; charset=utf-8'],
    ] as const) {
      const verifier = await get(path);
      expect([verifier.status, verifier.headers.get('content-type')]).toEqual([200, type]);
    }
  });

  it('a second process on the same data ends at once, with what to do', async () => {
    const second = run();
    expect(await second.ended).toBe(1);
    expect(second.erred.join('\n')).toMatch(/another process is writing in .*DATA_DIR/);
  });

  it('and stops it by Ctrl-C, in good order and at once, also while somebody listens', async () => {
    const hangingOn = await fetch(`${url}/stream?query=${encodeURIComponent('subscription { entries { id } }')}`, {
      headers: { accept: 'text/event-stream' },
    });
    const [server] = running;
    if (server === undefined) throw new Error('nothing runs');
    const { code, ms } = await stop(server);
    expect([code, server.erred]).toEqual([0, []]);
    expect(ms).toBeLessThan(STOPS_WITHIN_MS);
    await hangingOn.text().catch(() => 'hung up');
  });

  it('starts it again, and is shown no key and no second example', async () => {
    const server = run();
    const again = await listening(server);
    expect(server.said.filter((line) => !line.startsWith('listening'))).toEqual([]);
    const answer = await fetch(`${again}?query=${encodeURIComponent('{ history { totalCount } bodies { totalCount } }')}`);
    expect(await answer.json()).toMatchObject({ data: { bodies: { totalCount: 6 } } });
    expect((await stop(server, 'SIGTERM')).code).toBe(0);
  });

  it('and with bad settings it ends at once and names every one of them', async () => {
    const bad = run({ PORT: 'tre tusen', EVENT_STORE: 'perm', GRAPHIQL: 'ja', STALE_AFTER_DAYS: 'tretti', SIGNER: 'kanskje' });
    expect(await bad.ended).toBe(1);
    const told = bad.erred.join('\n');
    for (const name of [
      'PORT: is «tre tusen»',
      'EVENT_STORE: is «perm», should be sqlite or kurrent',
      'GRAPHIQL: is «ja», should be on or off',
      'STALE_AFTER_DAYS: is «tretti», should be a whole number of days',
      'SIGNER: is «kanskje», should be on or off',
    ])
      expect(told).toContain(name);
    expect(bad.said).toEqual([]);
  });
});
