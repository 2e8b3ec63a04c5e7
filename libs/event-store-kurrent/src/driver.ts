import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';
import type { Connection } from './connection-string.js';

/** The seam: all that this engine asks of a client library. Its successor is one more file like this one, and a choice in `loadDriver`. */
export type Credentials = Readonly<{ username: string; password: string }>;
export type WireEvent = Readonly<{ id: string; type: string; data: Uint8Array; metadata: Readonly<Record<string, unknown>> }>;
export type Received = ResolvedEvent | AllStreamResolvedEvent;
export interface Reading extends AsyncIterable<unknown> {
  on(event: 'error', listener: (error: Error) => void): unknown;
  cancel(): Promise<void>;
  destroy(): unknown;
}
export interface Subscription {
  readonly readableLength: number;
  read(): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'readable', listener: () => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  unsubscribe(): Promise<void>;
  destroy(): unknown;
}
export type Driver = Readonly<{
  append: (to: string, expected: bigint | 'no_stream', events: readonly WireEvent[], ms: number) => Promise<Readonly<{ revision: bigint; commit: bigint | null }>>; // prettier-ignore
  readStream: (stream: string, from: bigint | 'start' | 'end', direction: 'forwards' | 'backwards', count: number) => Reading;
  /** From the end of everything the server holds, or from before a position. */
  readAllBackwards: (from: bigint | 'end', count: number) => Reading;
  /** Everything whose stream begins with `prefix` after a position. `checkpoint` is called AHEAD of the events that lie buffered. */
  subscribe: (after: bigint, prefix: string, buffer: number, checkpoint: (commit: bigint) => void) => Subscription;
  dispose: () => Promise<void>;
}>;

/** Loaded when it is needed: two such libraries in one process break each other. `generation` counts the clients of one store. */
export const loadDriver = async (): Promise<(connection: Connection, generation: number) => Driver> => {
  const { EventStoreDBClient, streamNameFilter } = await import('@eventstore/db-client');
  return ({ address, keepAliveMs, credentials }, generation) => {
    // Connections of equal options share their back-off (up to two minutes) under the library: no two generations are equal.
    const client = EventStoreDBClient.connectionString(`${address}&keepAliveInterval=${keepAliveMs + (generation % 1_000)}`);
    const asked = { credentials, requiresLeader: true };
    const at = (commit: bigint) => ({ commit, prepare: commit });
    return {
      append: async (to, expectedRevision, events, deadline) => {
        const wire = events.map((event) => ({ ...event, contentType: 'application/octet-stream' as const }));
        const { nextExpectedRevision, position } = await client.appendToStream(to, wire, { ...asked, expectedRevision, deadline });
        return { revision: nextExpectedRevision, commit: position?.commit ?? null };
      },
      readStream: (stream, fromRevision, direction, maxCount) => client.readStream(stream, { ...asked, fromRevision, direction, maxCount }),
      readAllBackwards: (from, maxCount) =>
        client.readAll({ ...asked, direction: 'backwards', fromPosition: from === 'end' ? from : at(from), maxCount }),
      subscribe: (after, prefix, highWaterMark, checkpoint) => {
        const checkpointReached = (_: unknown, { commit }: { commit: bigint }): void => checkpoint(commit);
        const filter = streamNameFilter({ prefixes: [prefix], checkpointInterval: 32, checkpointReached });
        return client.subscribeToAll({ credentials, fromPosition: at(after), filter }, { highWaterMark });
      },
      dispose: async () => {
        await client.dispose();
        // The library leaves the channel open, and its type does not show it. Not awaited: it may have to be looked for first.
        const { getChannel } = client as unknown as { getChannel: () => Promise<{ close(): void }> };
        getChannel().then(
          (channel) => channel.close(),
          () => undefined,
        );
      },
    };
  };
};
