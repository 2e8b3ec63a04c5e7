import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Metrics } from './metrics.js';

const CONNECTIONS_MAX = 16; // connections; whoever measures needs one
const HEAD_MS = 5_000; // ms in which a request must have come in

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

export type MetricsServer = Readonly<{ url: string; close: () => Promise<void> }>;
export type MetricsAddress = Readonly<{ host: string; port: number; token: string | null }>;

/** `/metrics` on a port of its own, so that whoever opens the record to the world does not open this with it. */
export const serveMetrics = async (
  metrics: Pick<Metrics, 'text' | 'contentType'>,
  { host, port, token }: MetricsAddress,
): Promise<MetricsServer> => {
  const wanted = token === null ? null : digestOf(`Bearer ${token}`);
  const mayRead = ({ headers }: IncomingMessage): boolean =>
    wanted === null || timingSafeEqual(wanted, digestOf(headers.authorization ?? ''));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' || request.url?.split('?', 1)[0] !== '/metrics') return void response.writeHead(404).end();
    if (!mayRead(request)) return void response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
    const text = await metrics.text();
    response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(text);
  };
  const server = createServer({ headersTimeout: HEAD_MS, requestTimeout: HEAD_MS }, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.maxConnections = CONNECTIONS_MAX;
  server.listen(port, host);
  await once(server, 'listening');
  return { url: urlOf(server, host), close: () => closed(server) };
};

const urlOf = (server: Server, host: string): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}/metrics`;

const closed = async (server: Server): Promise<void> => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
};
