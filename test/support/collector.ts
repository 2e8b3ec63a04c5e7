import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

type Value = Readonly<{ stringValue?: string; intValue?: number | string }>;
export type CollectedSpan = Readonly<{
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: readonly Readonly<{ key: string; value: Value }>[];
  status: Readonly<{ code?: number }>;
}>;
type Sent = Readonly<{
  resourceSpans: readonly Readonly<{ resource: unknown; scopeSpans: readonly Readonly<{ spans: readonly CollectedSpan[] }>[] }>[];
}>;

/** A collector of traces on loopback: takes OTLP over HTTP, in JSON. */
export type Collector = Readonly<{
  endpoint: string;
  spans: () => readonly CollectedSpan[];
  /** All that came in, as it came. */
  received: readonly string[];
  close: () => Promise<void>;
}>;

export const startCollector = async (): Promise<Collector> => {
  const received: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const taken = request.method === 'POST' && request.url === '/v1/traces';
      if (taken) received.push(body);
      response.writeHead(taken ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () =>
      received.flatMap((text) =>
        (JSON.parse(text) as Sent).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    received,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
