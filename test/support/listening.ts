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

const clientFor = (transport: Transport, url: string, authorization: string | null) => {
  const credential = authorization === null ? {} : { authorization };
  return transport === 'graphql-ws'
    ? createWsClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: credential })
    : createSseClient({ url: `${url}/stream`, retryAttempts: 0, headers: { ...credential } });
};

/** Subscribes as a client's own library does; a lost connection is not tried again. `authorization`: as that header has it. */
export const listen = (
  transport: Transport,
  url: string,
  query: string,
  variables: Fields = {},
  authorization: string | null = null,
): Listening => {
  const client = clientFor(transport, url, authorization);
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
