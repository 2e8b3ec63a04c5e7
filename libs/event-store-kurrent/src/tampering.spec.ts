import type { EventStore } from '@saksgang/event-store';
import { NO_STREAM } from '@saksgang/kernel';
import { eventNamed, eventsNamed, idsOf, manyEvents, streamNamed, takeFrom, uuidOf } from '../../event-store/testing/sample-events.js';
import { seededRandom } from '../../event-store/testing/seeded-random.js';
import { startKurrentServer, type KurrentServer } from '../../../test/support/kurrent/kurrent-server.js';
import { openStore } from '../testing/kurrent-store.js';
import { LogNameGone, StreamTombstoned, StreamTruncated, UnusableEvent } from './errors.js';
import { STREAM_PREFIX } from './kurrent-event-store.js';
import { IDENTITY_STREAM } from './log-identity.js';

/** What somebody with rights on the server can do to a record behind its back: never silently less than was recorded. */
describe('EventStoreDB when somebody tampers with the server', () => {
  const a = streamNamed('a');
  const name = STREAM_PREFIX + IDENTITY_STREAM;
  let server: KurrentServer;
  let store: EventStore;
  beforeEach(async () => {
    server = await startKurrentServer();
    store = await openStore(server.connectionString);
    await store.append(a, NO_STREAM, manyEvents('event', 5));
  });
  afterEach(async () => {
    await store.close();
    await server.close();
  });

  /** As `setStreamMetadata` does it. */
  const cut = (stream: string, before: number): void =>
    void server.log.append(`$$${stream}`, 'any', [
      {
        id: uuidOf(`cut ${stream} ${before}`),
        type: '$metadata',
        contentType: 'application/json',
        data: Buffer.from(`{"$tb":${before}}`),
        metadata: Buffer.from(''),
      },
    ]);

  describe('a stream', () => {
    it('is a clear error when it was tombstoned, for readers and writers', async () => {
      server.log.tombstone(STREAM_PREFIX + a, 'any');
      await expect(store.readStream(a)).rejects.toThrow(StreamTombstoned);
      await expect(store.append(a, 4, eventsNamed('next'))).rejects.toThrow(StreamTombstoned);
    });

    it.each([
      { direction: 'forward', before: 2, left: 'begins at revision 2' },
      { direction: 'backward', before: 2, left: 'begins at revision 2' },
      { direction: 'forward', before: 5, left: 'has no readable revision' },
      { direction: 'backward', before: 5, left: 'has no readable revision' },
    ] as const)('is a clear error when its beginning is gone, or all of it: %j', async ({ direction, before, left }) => {
      cut(STREAM_PREFIX + a, before);
      const failed = await store.readStream(a, { direction }).catch((error: unknown) => error as Error);
      expect(failed).toBeInstanceOf(StreamTruncated);
      expect((failed as Error).message).toContain(left);
    });

    it('is a clear error when it was deleted and is founded again', async () => {
      server.log.softDelete(STREAM_PREFIX + a, 'any');
      await expect(store.append(a, NO_STREAM, eventsNamed('again'))).rejects.toThrow(StreamTruncated);
    });

    it('is a clear error when a newer version of the program wrote in it, in a form this one does not know', async () => {
      server.log.append(STREAM_PREFIX + a, 4n, [
        {
          id: uuidOf('newer'),
          type: 'T',
          contentType: 'application/octet-stream',
          data: Buffer.from('{}'),
          metadata: Buffer.from('{"form":2,"recordedAt":"2026-01-02T03:04:05.678Z"}'),
        },
      ]);
      await expect(store.readStream(a)).rejects.toThrow(UnusableEvent);
      await expect(store.readStream(a)).rejects.toThrow(/a newer version of this program wrote it/);
    });
  });

  describe('the log’s name', () => {
    const opening = () => openStore(server.connectionString, { random: seededRandom('another one') });

    it('is never replaced when it was deleted, which would hide every entry; undone, the record is whole again', async () => {
      server.log.softDelete(name, 'any');
      await expect(opening()).rejects.toThrow(LogNameGone);
      await expect(opening()).rejects.toThrow(LogNameGone);
      cut(name, 0);
      const opened = await opening();
      expect(opened.logId).toBe(store.logId);
      expect(idsOf(await takeFrom(opened, opened.origin, 5))).toEqual(idsOf(manyEvents('event', 5)));
      await opened.close();
    });

    it.each([
      ['cut off', () => cut(name, 1)],
      ['tombstoned', () => void server.log.tombstone(name, 'any')],
    ])('is missed in plain words when it was %s', async (_, tamper) => {
      tamper();
      await expect(opening()).rejects.toThrow(LogNameGone);
      await expect(opening()).rejects.toThrow(/which names the log, has been deleted/);
    });
  });

  it('follows past what lies under the prefix and is no entry', async () => {
    server.log.append(`${STREAM_PREFIX}notes`, 'no_stream', [
      { id: uuidOf('note'), type: 'T', contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('') },
    ]);
    await store.append(a, 4, [eventNamed('last')]);
    expect(idsOf(await takeFrom(store, store.origin, 6)).at(-1)).toBe(uuidOf('last'));
  });
});
