import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';
import type { Connection } from './connection-string.js';

/** The seam: all that this engine asks of a client library. Its successor is one more file like this one, and a choice in `loadDriver`. */
export type Credentials = Readonly<{ username: string; password: string }>;
export type WireEvent = Readonly<{ id: string; type: string; data: Uint8Array; metadata: Readonly<Record<string, unknown>> }>;
export type Received = ResolvedEvent | AllStreamResolvedEvent;
export interface Reading extends AsyncIterable<unknown> {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  cancel(): Promise<void>;
  destroy(error?: Error): unknown;
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
  /** Breaks reads and subscriptions off with an error; appends under way may end. Whatever is asked afterwards fails at once. */
  dispose: () => Promise<void>;
}>;

const REPLACED = 'No connection established: the client has been replaced'; // what a disposed driver answers: nothing was sent

/** Loaded when it is needed: two such libraries in one process break each other. `generation` counts the clients of one store. */
export const loadDriver = async (): Promise<(connection: Connection, generation: number) => Driver> => {
  const { EventStoreDBClient, streamNameFilter } = await import('@eventstore/db-client');
  return ({ address, keepAliveMs, credentials }, generation) => {
    // Connections of equal options share their back-off (up to two minutes) under the library: no two generations are equal.
    const client = EventStoreDBClient.connectionString(`${address}&keepAliveInterval=${keepAliveMs + (generation % 1_000)}`);
    const asked = { credentials, requiresLeader: true };
    const at = (commit: bigint) => ({ commit, prepare: commit });
    // The library owns neither the life of its client nor of its channel here. By itself it closes the channel at the first
    // UNAVAILABLE, CANCELLED or NotLeader, and every append that begins in that moment rejects where nobody can catch it.
    const own = client as unknown as { handleError: () => Promise<void>; getChannel: () => Promise<{ close(): void }> };
    own.handleError = () => Promise.resolve();
    const reads = new Set<Reading>();
    let appends = 0;
    let disposed = false;
    const closeChannel = (): void => {
      // Not awaited: it may have to be looked for first.
      own.getChannel().then(
        (channel) => channel.close(),
        () => undefined,
      );
    };
    const watched = (reading: Reading): Reading => {
      if (disposed) reading.destroy(new Error(REPLACED));
      else reads.add(reading);
      reading.on('close', () => void reads.delete(reading));
      return reading;
    };
    return {
      append: async (to, expectedRevision, events, deadline) => {
        if (disposed) throw new Error(REPLACED);
        const wire = events.map((event) => ({ ...event, contentType: 'application/octet-stream' as const }));
        appends += 1;
        try {
          const { nextExpectedRevision, position } = await client.appendToStream(to, wire, { ...asked, expectedRevision, deadline });
          return { revision: nextExpectedRevision, commit: position?.commit ?? null };
        } finally {
          appends -= 1;
          if (disposed && appends === 0) closeChannel();
        }
      },
      readStream: (stream, fromRevision, direction, maxCount) =>
        watched(client.readStream(stream, { ...asked, fromRevision, direction, maxCount })),
      readAllBackwards: (from, maxCount) =>
        watched(client.readAll({ ...asked, direction: 'backwards', fromPosition: from === 'end' ? from : at(from), maxCount })),
      subscribe: (after, prefix, highWaterMark, checkpoint) => {
        const checkpointReached = (_: unknown, { commit }: { commit: bigint }): void => checkpoint(commit);
        const filter = streamNameFilter({ prefixes: [prefix], checkpointInterval: 32, checkpointReached });
        return client.subscribeToAll({ credentials, fromPosition: at(after), filter }, { highWaterMark });
      },
      dispose: async () => {
        disposed = true;
        // Cancelled by the library, a read ends as if it were complete: it is broken off with an error first.
        for (const reading of [...reads]) reading.destroy(new Error(REPLACED));
        await client.dispose();
        if (appends === 0) closeChannel();
      },
    };
  };
};
