import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import WebSocket from 'ws';
import { demandBuild, listening, type Process, start } from '../support/built-server.js';
import { operation } from '../support/hostile.js';
import { type Json } from '../support/serve.js';

jest.setTimeout(90_000);

const STOPS_WITHIN_MS = 15_000;
const ENTRIES = 'subscription { entries { id position } }';
const COMMAND = JSON.stringify({
  query: 'mutation { establishBody(input: { commandId: "siste", name: "Formannskapet" }) { __typename } }',
});

/** A command of which only the beginning has come. */
const beginCommand = async (port: number, key: string): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const head = ['POST /graphql HTTP/1.1', 'host: x', 'content-type: application/json', `authorization: Bearer ${key}`];
  socket.write(`${[...head, `content-length: ${COMMAND.length}`].join('\r\n')}\r\n\r\n${COMMAND.slice(0, 20)}`);
  return socket;
};

describe('A server that is told to stop', () => {
  let dataDir: string;
  let server: Process;
  let url: string;
  let port: number;
  let key: string;
  beforeAll(demandBuild);
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'saksgang-stopping-'));
    server = start({ DATA_DIR: dataDir, PORT: '0', GRAPHIQL: 'off' });
    url = await listening(server);
    port = Number(new URL(url).port);
    key = readFileSync(join(dataDir, 'secretariat.key'), 'utf8').trim();
  });
  afterEach(async () => {
    server.child.kill('SIGKILL');
    await server.ended;
    rmSync(dataDir, { recursive: true, force: true });
  });
  const ask = async (query: string): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query }),
    });
  const said = async (line: string): Promise<void> => {
    while (!server.said.some((one) => one.includes(line))) await once(server.child.stdout, 'data');
  };

  it('finishes what is under way, takes nothing new, tells subscriptions where they stood, and ends well', async () => {
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
    const heard: Json[] = [];
    socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString())));
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }));
    await once(socket, 'message');
    socket.send(operation('1', ENTRIES));
    const stream = await fetch(`${url}/stream?query=${encodeURIComponent(ENTRIES)}`, {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${key}` },
    });
    const events = stream.text().catch((error: unknown) => String(error));
    const reader = (
      await fetch(`${url}/stream?query=${encodeURIComponent(ENTRIES)}`, {
        headers: { accept: 'text/event-stream', authorization: `Bearer ${key}` },
      })
    ).body!.getReader();
    const next = once(socket, 'message');
    await ask('mutation { establishBody(input: { commandId: "organ", name: "Landstinget" }) { __typename } }');
    await next;
    const { position } = heard.at(-1).payload.data.entries;
    const seen = new TextDecoder().decode((await reader.read()).value);
    expect(seen).toContain(position);

    const late = await beginCommand(port, key);
    // Asked after it on a line of its own: when this is answered, that one has begun.
    expect((await ask('{ __typename }')).status).toBe(200);
    const closed = once(socket, 'close');
    const began = performance.now();
    server.child.kill('SIGTERM');
    await said('SIGTERM: stopping');

    const [code] = (await closed) as [number];
    expect(code).toBe(1001);
    expect(heard.at(-1)).toMatchObject({ type: 'next', payload: { errors: [{ extensions: { code: 'GOING_AWAY', position } }] } });
    let last = '';
    for (let part = await reader.read().catch(() => null); part !== null && !part.done; part = await reader.read().catch(() => null))
      last += new TextDecoder().decode(part.value);
    expect(last).toMatch(new RegExp(`"code":"GOING_AWAY","position":"${position}"`));
    expect(last).not.toContain('event: complete');
    await events;

    const ready = await fetch(url.replace('/graphql', '/readyz'));
    expect([ready.status, await ready.json()]).toMatchObject([503, { ready: false, stopping: true, store: { ok: true } }]);
    const refused = await ask('{ __typename }');
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toMatchObject([
      503,
      '5',
      { errors: [{ extensions: { code: 'GOING_AWAY' } }] },
    ]);
    expect((await fetch(url.replace('/graphql', '/healthz'))).status).toBe(200);

    late.write(COMMAND.slice(20));
    const [answer] = (await once(late, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200[^]*"Recorded"/);
    expect(await server.ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(STOPS_WITHIN_MS);
  });

  it('behind a proxy, says first that it is going, and goes on answering until the proxy has seen it', async () => {
    server.child.kill('SIGTERM');
    await server.ended;
    server = start({ DATA_DIR: dataDir, PORT: '0', GRAPHIQL: 'off', TRUST_PROXY: '1' });
    url = await listening(server);
    server.child.kill('SIGTERM');
    await said('SIGTERM: stopping');

    expect((await fetch(url.replace('/graphql', '/readyz'))).status).toBe(503);
    const answered = await ask('{ __typename }');
    expect([answered.status, answered.headers.get('connection')]).toEqual([200, 'close']);
    expect(await server.ended).toBe(0);
  });

  it('and told so again, ends at once', async () => {
    const late = await beginCommand(port, key);
    expect((await ask('{ __typename }')).status).toBe(200);
    server.child.kill('SIGTERM');
    await said('SIGTERM: stopping');
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(1);
    late.destroy();
  });
});
