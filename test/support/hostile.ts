import { once } from 'node:events';
import { connect } from 'node:net';
import WebSocket from 'ws';
import { type Fault } from './serve.js';

const ANSWER_MS = 30_000; // ms; a busy machine may take its time, only what hangs is stopped

/** What an attack was told: an HTTP status or a WebSocket close code, and the code of the first error, null where there is none. */
export type Told = Readonly<{ status: number; code: string | null }>;
export type Attack = (served: Readonly<{ url: string }>) => Promise<Told>;

const toldBy = async (response: Response): Promise<Told> => {
  const text = await response.text();
  const { errors = [] } = (text.startsWith('{') ? JSON.parse(text) : {}) as Readonly<{ errors?: readonly Fault[] }>;
  return { status: response.status, code: errors[0]?.extensions?.code ?? null };
};

export const post =
  (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}, path = ''): Attack =>
  async ({ url }) =>
    toldBy(
      await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
        body: body as string,
      }),
    );
export const ask = (query: string, variables: unknown = {}): Attack => post(JSON.stringify({ query, variables }));
export const get =
  (path: string, headers: Readonly<Record<string, string>> = {}): Attack =>
  async ({ url }) =>
    toldBy(await fetch(new URL(path, url), { headers: { accept: 'application/graphql-response+json', ...headers } }));
export const by =
  (method: string): Attack =>
  async ({ url }) =>
    toldBy(await fetch(url, { method, headers: { accept: 'application/graphql-response+json' } }));

/** Sends bytes as they are and reads until the server hangs up. */
export const bytes =
  (...parts: readonly string[]): Attack =>
  async ({ url }) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const late = AbortSignal.timeout(ANSWER_MS);
    let heard = '';
    socket.on('data', (chunk) => (heard += chunk.toString()));
    socket.on('error', () => undefined);
    // An error closes it too: what was heard until then counts.
    const closed = new Promise((resolve) => socket.once('close', resolve));
    late.addEventListener('abort', () => socket.destroy());
    await once(socket, 'connect', { signal: late });
    for (const part of parts) socket.write(part);
    await closed.finally(() => socket.destroy());
    const code = /"code":"([A-Z_]+)"/.exec(heard)?.[1] ?? null;
    return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1] ?? 0), code };
  };
export const HEAD = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';

/** Opens a WebSocket, does as told, and waits for the server to close it. */
export const socket =
  (act: (socket: WebSocket) => void, protocol: string | string[] = 'graphql-transport-ws', path = ''): Attack =>
  async ({ url }) => {
    const client = new WebSocket(`${url.replace('http', 'ws')}${path}`, protocol);
    const late = AbortSignal.timeout(ANSWER_MS);
    client.on('open', () => act(client));
    try {
      const [status, reason] = (await once(client, 'close', { signal: late })) as [number, Buffer];
      return { status, code: /^[A-Z_]+(?=:|$)/.exec(reason.toString())?.[0] ?? null };
    } catch (error) {
      return { status: Number(/(\d{3})$/.exec((error as Error).message)?.[1] ?? 0), code: null };
    } finally {
      client.terminate();
    }
  };
export const INIT = JSON.stringify({ type: 'connection_init' });
export const operation = (id: string, query: string): string => JSON.stringify({ id, type: 'subscribe', payload: { query } });

/** Starts operations on one WebSocket until one is refused; tells by what. */
export const operations =
  (query: string, count: number): Attack =>
  async ({ url }) => {
    const client = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
    const late = AbortSignal.timeout(ANSWER_MS);
    try {
      await once(client, 'open', { signal: late });
      client.send(INIT);
      await once(client, 'message', { signal: late });
      for (let at = 0; at < count; at += 1) client.send(operation(String(at), query));
      for (;;) {
        const [data] = (await once(client, 'message', { signal: late })) as [Buffer];
        const message = JSON.parse(data.toString()) as Readonly<{
          type: string;
          payload: readonly Fault[] | Readonly<{ errors?: readonly Fault[] }>;
        }>;
        // An operation that was never started is an error; one whose source was refused answers with errors.
        const faults =
          message.type === 'error'
            ? (message.payload as readonly Fault[])
            : ((message.payload as { errors?: readonly Fault[] }).errors ?? []);
        if (faults.length > 0) return { status: 200, code: faults[0]?.extensions.code ?? null };
      }
    } finally {
      client.terminate();
    }
  };
