import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { GraphQLError } from 'graphql';
import WebSocket from 'ws';
import { post, startTryout, type Tryout } from '../testing/server.js';

type Client = {
  iterate: (payload: { query: string; variables?: Record<string, unknown> }) => AsyncIterableIterator<unknown>;
  dispose: () => unknown;
};

let tryout: Tryout;
let connections: unknown[];
beforeAll(async () => {
  connections = [];
  tryout = await startTryout({
    contextFor: (request) => {
      connections.push(request.connection);
      return {};
    },
    maskError: (error) => (error.originalError ? new GraphQLError('masked', { extensions: { code: 'INTERNAL' } }) : error),
  });
});
afterAll(() => tryout.app.close());

const transports: readonly (readonly [string, () => Client])[] = [
  [
    'graphql-ws',
    () =>
      createWsClient({
        url: tryout.url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: { authorization: 'Bearer x' },
      }),
  ],
  ['server-sent events', () => createSseClient({ url: `${tryout.url}/stream`, retryAttempts: 0 })],
];

const untilClosed = async (): Promise<void> => {
  for (let turn = 0; turn < 10_000 && tryout.resolver.open > 0; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe.each(transports)('subscriptions over %s', (_name, connect) => {
  let client: Client;
  beforeEach(() => {
    client = connect();
  });
  afterEach(async () => {
    await client.dispose();
  });

  it('hands out every value in order, then completes', async () => {
    const seen: unknown[] = [];
    for await (const value of client.iterate({ query: 'subscription { count(to: 3) }' })) seen.push(value);
    expect(seen).toEqual([1, 2, 3].map((count) => ({ data: { count } })));
    expect(tryout.resolver.open).toBe(0);
  });

  it('ends its source when the client leaves', async () => {
    for await (const _value of client.iterate({ query: 'subscription { count(to: 1000000) }' })) break;
    await untilClosed();
    expect(tryout.resolver.open).toBe(0);
  });

  it('refuses a document that does not fit the schema', async () => {
    const run = async () => {
      for await (const value of client.iterate({ query: 'subscription { sum(to: 3) }' })) return value;
      return null;
    };
    // Over graphql-ws the client rejects; over server-sent events the errors are the one answer.
    const outcome = await run().catch((error: unknown) => error);
    expect(JSON.stringify(outcome)).toContain('GRAPHQL_VALIDATION_FAILED');
  });

  it('masks a fault of the source', async () => {
    const outcome = await (async () => {
      const seen: unknown[] = [];
      for await (const value of client.iterate({ query: 'subscription { count(to: 0) }' })) seen.push(value);
      return seen;
    })().catch((error: unknown) => String(error));
    expect(JSON.stringify(outcome)).not.toContain('secret');
    await untilClosed();
    expect(tryout.resolver.open).toBe(0);
  });
});

describe('transports', () => {
  it('hands connection parameters to the context over graphql-ws', () => {
    expect(connections).toContainEqual({ authorization: 'Bearer x' });
  });

  it('answers only subscriptions on the stream', async () => {
    const response = await post(`${tryout.url}/stream`, { query: '{ greeting }' }, { accept: 'text/event-stream' });
    expect(await response.text()).toContain('WRONG_TRANSPORT');
  });
});
