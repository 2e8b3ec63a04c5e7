import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import WebSocket from 'ws';
import { type Fields, type Json } from './serve.js';

export type Transport = 'graphql-ws' | 'server-sent events';
export const TRANSPORTS: readonly Transport[] = ['graphql-ws', 'server-sent events'];

/** One client, one subscription. */
export type Listening = Readonly<{
  /** The data of the next results. @throws what the server answers instead. */
  take: (count: number) => Promise<readonly Json[]>;
  /** Reads on until the server says no more. */
  rest: () => Promise<readonly Json[]>;
  /** Unsubscribes and hangs up. */
  leave: () => Promise<void>;
}>;

const clientFor = (transport: Transport, url: string) =>
  transport === 'graphql-ws'
    ? createWsClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 })
    : createSseClient({ url: `${url}/stream`, retryAttempts: 0 });

/** Subscribes as a client's own library does; a lost connection is not tried again. */
export const listen = (transport: Transport, url: string, query: string, variables: Fields = {}): Listening => {
  const client = clientFor(transport, url);
  const results = client.iterate({ query, variables: { ...variables } }) as AsyncIterableIterator<Json>;
  const next = async (): Promise<Json> => {
    const { done, value } = await results.next();
    if (done === true) return null;
    if (value.errors) throw new Error(JSON.stringify(value.errors));
    return value.data;
  };
  return {
    take: async (count) => {
      const taken: Json[] = [];
      while (taken.length < count) {
        const data = await next();
        if (data === null) throw new Error(`the stream ended after ${taken.length} of ${count}`);
        taken.push(data);
      }
      return taken;
    },
    rest: async () => {
      const taken: Json[] = [];
      for (let data = await next(); data !== null; data = await next()) taken.push(data);
      return taken;
    },
    leave: async () => {
      await results.return?.();
      await client.dispose();
    },
  };
};
