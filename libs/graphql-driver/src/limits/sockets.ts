import { GraphQLError } from 'graphql';
import { type IncomingMessage, type Server } from 'node:http';
import { type Duplex } from 'node:stream';
import { bodyExceeds } from './body-levels.js';

/** What the socket transports take. */
export type SocketLimits = Readonly<{
  /** ms in which `connection_init` must come. */
  initMs: number;
  /** Operations under way on one connection. */
  operations: number;
  /** Subscriptions of one reader, on all connections and transports. */
  subscriptions: number;
  /** Messages of one connection in a second; a moment's burst may hold as many. */
  messages: number;
  /** Bytes of one message. */
  bytes: number;
}>;

export const SOCKETS: SocketLimits = { initMs: 5_000, operations: 100, subscriptions: 500, messages: 100, bytes: 1_048_576 };

export const TOO_MANY_OPERATIONS = 'TOO_MANY_OPERATIONS';
export const TOO_MANY_SUBSCRIPTIONS = 'TOO_MANY_SUBSCRIPTIONS';

export const tooManyOperations = (limit: number): GraphQLError =>
  new GraphQLError(`Too much: ${limit} operations are under way on this connection, ${limit} at most. Complete some, or wait for them.`, {
    extensions: { code: TOO_MANY_OPERATIONS, limit, found: limit + 1 },
  });
const tooManySubscriptions = (limit: number): GraphQLError =>
  new GraphQLError(`Too much: this reader holds ${limit} subscriptions, ${limit} at most. Complete some first.`, {
    extensions: { code: TOO_MANY_SUBSCRIPTIONS, limit, found: limit + 1 },
  });

/** Places of readers: what is taken is given back by the function that comes with it, once however often it is called. */
export type Places = Readonly<{ take: (reader: string) => (() => void) | GraphQLError }>;
export const createPlaces = (limit: number): Places => {
  const taken = new Map<string, number>();
  return {
    take: (reader) => {
      const before = taken.get(reader) ?? 0;
      if (before >= limit) return tooManySubscriptions(limit);
      taken.set(reader, before + 1);
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        const left = (taken.get(reader) ?? 1) - 1;
        if (left === 0) taken.delete(reader);
        else taken.set(reader, left);
      };
    },
  };
};

/** graphql-ws would leave an upgrade to another path open for ever: nobody else answers it. */
export const refuseOtherUpgrades = (server: Server, path: string): void =>
  void server.prependListener('upgrade', ({ url = '' }: IncomingMessage, socket: Duplex) => {
    if ((url.split('?', 1)[0] ?? '') === path) return;
    socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n', () => socket.destroy());
  });

const MESSAGES_CLOSED = 4429; // the protocol's own code for too many
const MALFORMED_CLOSED = 4400; // the protocol's own code for what is no message
const WINDOW_MS = 1_000;

type Hear = (data: Buffer, isBinary: boolean) => void;
/** What is used of a WebSocket. */
export type Listened = Readonly<{
  on: ((event: 'ping' | 'error', heard: () => void) => unknown) & ((event: 'message', heard: Hear) => unknown);
  listeners: (event: 'message') => readonly unknown[];
  removeAllListeners: (event: 'error' | 'message') => unknown;
  close: (code: number, reason: string) => void;
  terminate: () => void;
}>;

/** Hangs up on who sends more than a reader does; pings count, for each is answered. `now`: ms of a clock that only goes forward. */
export const watchMessages = (socket: Listened, messages: number, now: () => number): void => {
  let since = now();
  let heard = 0;
  const hear = (): void => {
    if (now() - since >= WINDOW_MS) [since, heard] = [now(), 0];
    heard += 1;
    if (heard === messages + 1) socket.close(MESSAGES_CLOSED, `More than ${messages} messages in a second`);
    if (heard > 2 * messages) socket.terminate();
  };
  socket.on('message', hear);
  socket.on('ping', hear);
};

/**
 * Judges a message as the body of a request is judged, before whoever listens by now reads it. Which operation it would have been stands
 * in what is not read, so the whole connection is told.
 */
export const judgeMessages = (socket: Listened): void => {
  const readers = socket.listeners('message') as readonly Hear[];
  socket.removeAllListeners('message');
  socket.on('message', (data, isBinary) => {
    const tooMuch = bodyExceeds(data);
    if (tooMuch !== null) return socket.close(MALFORMED_CLOSED, closeReasonOf(tooMuch));
    for (const read of readers) read(data, isBinary);
  });
};

const REASON_BYTES_MAX = 123; // of a close frame

const closeReasonOf = ({ message, extensions }: GraphQLError): string => {
  const reason = `${String(extensions['code'])}: ${message}`;
  return Buffer.byteLength(reason) <= REASON_BYTES_MAX ? reason : String(extensions['code']);
};
