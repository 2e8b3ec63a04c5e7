import client from '@eventstore/db-client';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import grpc from '@grpc/grpc-js';
import { uuidOf } from '../../../libs/event-store/testing/sample-events.js';
import { type KurrentCluster, startKurrentCluster } from './kurrent-cluster.js';
import { type KurrentServer, startKurrentServer } from './kurrent-server.js';
import { identifierOf } from './wire.js';

const credentials = { username: 'admin', password: 'changeit' }; // passing them keeps the client off its batch path
const named = (word: string, bytes = 0) =>
  client.jsonEvent({ id: uuidOf(word), type: 'Sampled', data: { word, padding: 'x'.repeat(bytes) } });
type Client = client.EventStoreDBClient;
const clientOf = ({ connectionString }: Readonly<{ connectionString: string }>): Client =>
  client.EventStoreDBClient.connectionString([connectionString] as unknown as TemplateStringsArray);

/** What came before the stream ended or enough had come. */
const take = async <T>(
  events: AsyncIterable<T> & { cancel?: () => unknown; unsubscribe?: () => unknown },
  count = Infinity,
): Promise<T[]> => {
  const taken: T[] = [];
  if (count === 0) return taken;
  for await (const event of events) if (taken.push(event) >= count) break;
  await (events.cancel?.() ?? events.unsubscribe?.());
  return taken;
};
const wordsOf = (events: readonly { event?: { data?: unknown } | undefined }[]): unknown[] =>
  events.map(({ event }) => (event?.data as { word?: string } | undefined)?.word);

describe('the scripted EventStoreDB', () => {
  let server: KurrentServer;
  let db: Client;
  const append = (stream: string, expectedRevision: client.AppendExpectedRevision, ...words: string[]) =>
    db.appendToStream(
      stream,
      words.map((word) => named(word)),
      { expectedRevision, credentials, deadline: 1_000 },
    );
  const words = async (stream: string, options: client.ReadStreamOptions = {}) => wordsOf(await take(db.readStream(stream, options)));
  beforeEach(async () => {
    server = await startKurrentServer();
    db = clientOf(server);
  });
  afterEach(async () => {
    await db.dispose();
    await server.close();
  });

  describe('appends', () => {
    it('counts revisions from 0 and gives growing positions with gaps', async () => {
      const first = await append('a', client.NO_STREAM, 'one', 'two');
      const second = await append('a', 1n, 'three');
      expect([first.nextExpectedRevision, second.nextExpectedRevision]).toEqual([1n, 2n]);
      const events = await take(db.readStream('a'));
      const positions = events.map(({ event }) => event?.position?.commit as bigint);
      expect(positions[2]).toBe(second.position?.commit);
      expect((positions[1] as bigint) - (positions[0] as bigint)).toBeGreaterThan(1n);
      expect(events.map(({ event }) => event?.position?.prepare)).toEqual(positions);
    });

    it.each([
      ['a stale revision', 0n, 1n],
      ['a revision not reached', 5n, 1n],
      ['no stream where there is one', client.NO_STREAM, 1n],
    ] as const)('refuses %s and says where the stream stands', async (_, expected, actual) => {
      await append('a', client.NO_STREAM, 'one', 'two');
      await expect(append('a', expected, 'other')).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: actual });
      expect(await words('a')).toEqual(['one', 'two']);
    });

    it('says no_stream when a revision was expected of a stream that is not', async () => {
      await expect(append('a', 0n, 'one')).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: 'no_stream' });
    });

    it.each([
      ['the first append', client.NO_STREAM, ['one', 'two'], 1n],
      ['a later one', 1n, ['three'], 2n],
    ] as const)('takes %s again by its ids, for ever, with the revision it had', async (_, expected, repeated, revision) => {
      await append('a', client.NO_STREAM, 'one', 'two');
      await append('a', 1n, 'three');
      await append('a', 2n, 'four');
      const again = await append('a', expected, ...repeated);
      expect(again).toMatchObject({ success: true, nextExpectedRevision: revision, position: undefined });
      expect(await words('a')).toEqual(['one', 'two', 'three', 'four']);
    });

    it('answers the position of a repeated append when it is told to', async () => {
      const other = await startKurrentServer({ positionOfRepeat: 'original' });
      const there = clientOf(other);
      const once = await there.appendToStream('a', [named('one')], { expectedRevision: client.NO_STREAM, credentials });
      const again = await there.appendToStream('a', [named('one')], { expectedRevision: client.NO_STREAM, credentials });
      expect(again.position).toEqual(once.position);
      await there.dispose();
      await other.close();
    });

    it.each([
      ['other ids', ['other']],
      ['the first id and then another', ['one', 'other']],
      ['all the ids and one more', ['one', 'two', 'three']],
      ['the ids in another order', ['two', 'one']],
    ])('calls %s at a revision that is taken a conflict', async (_, repeated) => {
      await append('a', client.NO_STREAM, 'one', 'two');
      await expect(append('a', client.NO_STREAM, ...repeated)).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: 1n });
    });

    it('does not look for ids elsewhere in the stream when the revision is right', async () => {
      await append('a', client.NO_STREAM, 'one');
      await append('a', 0n, 'one');
      expect(await words('a')).toEqual(['one', 'one']);
    });

    it('knows repeated ids with ANY and STREAM_EXISTS from its memory', async () => {
      await append('a', client.ANY, 'one');
      expect((await append('a', client.ANY, 'one')).nextExpectedRevision).toBe(0n);
      expect((await append('a', client.STREAM_EXISTS, 'one')).nextExpectedRevision).toBe(0n);
      await expect(append('a', client.ANY, 'one', 'two')).rejects.toMatchObject({ type: 'wrong-expected-version' });
      await expect(append('b', client.STREAM_EXISTS, 'two')).rejects.toMatchObject({ type: 'wrong-expected-version' });
      expect(await words('a')).toEqual(['one']);
    });

    it('refuses more than 1 MiB, and system streams', async () => {
      const big = (bytes: number) =>
        db.appendToStream('a', [named('one', bytes / 2), named('two', bytes / 2)], { expectedRevision: client.NO_STREAM, credentials });
      await expect(big(1024 * 1024)).rejects.toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize: 1_048_576 });
      await expect(append('$a', client.ANY, 'one')).rejects.toMatchObject({ type: 'access-denied' });
      await big(1_000_000);
      expect(await words('a')).toHaveLength(2);
    });

    it('answers the batch path too, and counts it', async () => {
      const batch = (stream: string, expectedRevision: client.AppendExpectedRevision) =>
        db.appendToStream(stream, [named('one'), named('two')], { expectedRevision });
      expect((await batch('a', client.NO_STREAM)).nextExpectedRevision).toBe(1n);
      await expect(batch('a', 0n)).rejects.toMatchObject({ type: 'wrong-expected-version', actualVersion: 1n });
      await db.tombstoneStream('a');
      await expect(batch('a', 1n)).rejects.toMatchObject({ type: 'stream-deleted' });
      expect([server.calls.batchAppend, server.calls.append]).toEqual([3, 0]);
      await append('b', client.NO_STREAM, 'three');
      expect([server.calls.batchAppend, server.calls.append]).toEqual([3, 1]);
    });
  });

  it.each(['by a cut', 'by its client'])('writes nothing of an append that was broken off in the middle %s', async (how) => {
    const bare = new streamsService.StreamsClient(`127.0.0.1:${server.port}`, grpc.credentials.createInsecure());
    const call = bare.append(() => undefined);
    call.on('error', () => undefined);
    const header = new streams.AppendReq();
    const options = new streams.AppendReq.Options();
    options.setStreamIdentifier(identifierOf('a'));
    options.setNoStream(new shared.Empty());
    header.setOptions(options);
    const request = new streams.AppendReq();
    const message = new streams.AppendReq.ProposedMessage();
    const id = new shared.UUID();
    id.setString(uuidOf('one'));
    message.setId(id);
    request.setProposedMessage(message);
    for (const piece of [header, request]) await new Promise((resolve) => call.write(piece, resolve));
    await append('b', client.NO_STREAM, 'meanwhile'); // the server has those pieces by now
    if (how === 'by a cut') server.proxy.reset();
    else call.cancel();
    await new Promise((resolve) => setTimeout(resolve, 50)); // time for it to be written, were it taken for whole
    expect(server.log.records().map(({ stream }) => stream)).not.toContain('a');
    bare.close();
  });

  describe('reads', () => {
    beforeEach(async () => {
      await append('a', client.NO_STREAM, 'one', 'two', 'three');
      await append('b', client.NO_STREAM, 'four');
    });

    it('gives pages of a stream, forward and backward, inclusive', async () => {
      expect(await words('a', { fromRevision: 1n, maxCount: 5 })).toEqual(['two', 'three']);
      expect(await words('a', { direction: client.BACKWARDS, fromRevision: client.END, maxCount: 2 })).toEqual(['three', 'two']);
      expect(await words('a', { direction: client.BACKWARDS, fromRevision: 1n })).toEqual(['two', 'one']);
      expect(await words('a', { fromRevision: 9n })).toEqual([]);
    });

    it('gives back what was written, created to the millisecond', async () => {
      const binary = client.binaryEvent({ id: uuidOf('raw'), type: 'Raw', data: Uint8Array.of(0, 255, 128), metadata: { by: 'Kari' } });
      await db.appendToStream('c', binary, { expectedRevision: client.NO_STREAM, credentials });
      const [resolved] = await take(db.readStream('c'));
      expect(resolved?.event).toMatchObject({ id: uuidOf('raw'), type: 'Raw', revision: 0n, streamId: 'c', isJson: false });
      expect(Uint8Array.from(resolved?.event?.data as Uint8Array)).toEqual(Uint8Array.of(0, 255, 128));
      expect(resolved?.event?.metadata).toEqual({ by: 'Kari' });
      expect(Number(server.log.records().at(-1)?.createdTicks) % 10_000).toBeGreaterThan(0);
      expect(resolved?.event?.created).toBeInstanceOf(Date);
    });

    it('reads $all with its own events in it, forward inclusive and backward exclusive of the position', async () => {
      const all = await take(db.readAll());
      expect(all.filter(({ event }) => event?.streamId.startsWith('$')).length).toBeGreaterThan(0);
      const three = all.at(-2)?.event?.position as client.Position;
      expect(wordsOf(await take(db.readAll({ fromPosition: three })))).toEqual(['three', 'four']);
      expect(wordsOf(await take(db.readAll({ fromPosition: three, direction: client.BACKWARDS, maxCount: 2 })))).toEqual(['two', 'one']);
      expect(wordsOf(await take(db.readAll({ fromPosition: client.END, direction: client.BACKWARDS, maxCount: 1 })))).toEqual(['four']);
    });

    it('does not find a stream that is not', async () => {
      await expect(words('none')).rejects.toMatchObject({ type: 'stream-not-found', streamName: 'none' });
    });

    it('hides a deleted stream, and goes on counting when it is written again', async () => {
      await db.deleteStream('a');
      await expect(words('a')).rejects.toMatchObject({ type: 'stream-not-found' });
      expect((await append('a', client.NO_STREAM, 'five')).nextExpectedRevision).toBe(3n);
      expect(await words('a')).toEqual(['five']);
      expect(wordsOf(await take(db.readAll())).filter(Boolean)).toEqual(['one', 'two', 'three', 'four', 'five']);
    });

    it('never gives back a tombstoned stream', async () => {
      await expect(db.tombstoneStream('a', { expectedRevision: 0n })).rejects.toMatchObject({ type: 'wrong-expected-version' });
      await db.tombstoneStream('a', { expectedRevision: 2n });
      await expect(words('a')).rejects.toMatchObject({ type: 'stream-deleted', streamName: 'a' });
      await expect(append('a', 2n, 'five')).rejects.toMatchObject({ type: 'stream-deleted', streamName: 'a' });
    });

    it.each([
      [{ maxCount: 2 }, ['two', 'three']],
      [{ truncateBefore: 1 }, ['two', 'three']],
    ])('hides what the metadata %j cut off', async (metadata, left) => {
      await db.setStreamMetadata('a', metadata, { credentials });
      expect(await words('a')).toEqual(left);
    });
  });

  describe('subscriptions to $all', () => {
    const prefixes = ['resolution-'];
    it('give what stands after the position, say that they have caught up, and go on live', async () => {
      await append('resolution-a', client.NO_STREAM, 'one', 'two');
      await append('b', client.NO_STREAM, 'other');
      const [, two] = await take(db.readStream('resolution-a'));
      const one = (await take(db.readStream('resolution-a')))[0]?.event?.position as client.Position;
      const live = db.subscribeToAll({ fromPosition: one, filter: client.streamNameFilter({ prefixes }) });
      const caughtUp = new Promise((resolve) => live.once('caughtUp', resolve));
      const events = live[Symbol.asyncIterator]();
      expect((await events.next()).value.event.id).toBe(two?.event?.id);
      await caughtUp;
      await append('c', client.NO_STREAM, 'other too');
      await append('resolution-a', 1n, 'three');
      expect(wordsOf([(await events.next()).value])).toEqual(['three']);
      await live.unsubscribe();
    });

    it('filter by prefix or pattern of the stream or the type', async () => {
      await append('resolution-a', client.NO_STREAM, 'one');
      await append('goal-b', client.NO_STREAM, 'two');
      await append('resolution-c', client.NO_STREAM, 'three');
      const taken = async (filter: client.Filter, count: number) => wordsOf(await take(db.subscribeToAll({ filter }), count));
      expect(await taken(client.streamNameFilter({ prefixes }), 2)).toEqual(['one', 'three']);
      expect(await taken(client.streamNameFilter({ regex: '^goal-' }), 1)).toEqual(['two']);
      expect(await taken(client.eventTypeFilter({ prefixes: ['Sam'] }), 3)).toEqual(['one', 'two', 'three']);
      expect(await taken(client.excludeSystemEvents(), 3)).toEqual(['one', 'two', 'three']);
    });

    it('tell how far they have looked although nothing matched, ahead of what is processed', async () => {
      for (let index = 0; index < 7; index += 1)
        await append('other', index === 0 ? client.NO_STREAM : BigInt(index - 1), `other ${index}`);
      const reached: client.Position[] = [];
      const filter = client.streamNameFilter({
        prefixes,
        maxSearchWindow: 2,
        checkpointInterval: 2,
        checkpointReached: (_, position) => void reached.push(position),
      });
      const live = db.subscribeToAll({ filter });
      const caughtUp = new Promise((resolve) => live.once('caughtUp', resolve));
      live.resume();
      await caughtUp;
      const records = server.log.records();
      expect(reached.map(({ commit }) => commit)).toEqual([records[3]?.position, records[7]?.position]);
      await live.unsubscribe();
    });

    it('stay silent about catching up where the server is told to be old', async () => {
      const old = await startKurrentServer({ caughtUp: false });
      const there = clientOf(old);
      let told = false;
      await there.appendToStream('a', [named('one')], { expectedRevision: client.NO_STREAM, credentials });
      const live = there.subscribeToAll({ filter: client.streamNameFilter({ prefixes: ['a'] }) });
      live.on('caughtUp', () => (told = true));
      const events = live[Symbol.asyncIterator]();
      await events.next();
      await there.appendToStream('a', [named('two')], { expectedRevision: 0n, credentials });
      await events.next();
      expect(told).toBe(false);
      await live.unsubscribe();
      await there.dispose();
      await old.close();
    });

    it('hold back while nobody reads, and end with their connection', async () => {
      for (let index = 0; index < 40; index += 1)
        await db.appendToStream(`resolution-${index}`, [named(`big ${index}`, 100_000)], {
          expectedRevision: client.NO_STREAM,
          credentials,
        });
      const live = db.subscribeToAll({ filter: client.streamNameFilter({ prefixes }) });
      const events = live[Symbol.asyncIterator]();
      await events.next();
      server.proxy.reset();
      await expect(
        (async () => {
          for (;;) if ((await events.next()).done === true) throw new Error('ended');
        })(),
      ).rejects.toThrow();
    });
  });

  describe('on command', () => {
    it('answers as scripted, once each and in order, and does nothing', async () => {
      server.answerNext('append', { is: 'not-ready' });
      server.answerNext('append', { is: 'error', code: 10, message: 'Write timeout' });
      server.answerNext('append', { is: 'hang' });
      await expect(append('a', client.NO_STREAM, 'one')).rejects.toMatchObject({ type: 'unavailable' });
      await expect(append('a', client.NO_STREAM, 'one')).rejects.toMatchObject({ type: 'timeout' });
      await expect(
        db.appendToStream('a', named('one'), { expectedRevision: client.NO_STREAM, credentials, deadline: 100 }),
      ).rejects.toMatchObject({ type: 'deadline-exceeded' });
      expect(server.answersLeft()).toBe(0);
      await expect(words('a')).rejects.toMatchObject({ type: 'stream-not-found' });
      await append('a', client.NO_STREAM, 'one');
      expect(server.calls.append).toBe(4);
    });

    it.each([
      [{ is: 'commit-then-cut' }, 5_000],
      [{ is: 'commit-then-hang' }, 100],
    ] as const)('writes and loses the answer: %j', async (answer, deadline) => {
      server.answerNext('append', answer);
      const lost = db.appendToStream('a', named('one'), { expectedRevision: client.NO_STREAM, credentials, deadline });
      await expect(lost).rejects.toThrow();
      expect((await append('a', client.NO_STREAM, 'one')).nextExpectedRevision).toBe(0n);
      expect(await words('a')).toEqual(['one']);
    });

    it('writes long after the client has given up', async () => {
      let letGo: () => void = () => undefined;
      server.answerNext('append', { is: 'commit-late', after: new Promise<void>((resolve) => (letGo = resolve)) });
      await expect(
        db.appendToStream('a', named('one'), { expectedRevision: client.NO_STREAM, credentials, deadline: 50 }),
      ).rejects.toMatchObject({ type: 'deadline-exceeded' });
      await expect(words('a')).rejects.toMatchObject({ type: 'stream-not-found' });
      const written = new Promise<void>((resolve) => server.log.onAppend(resolve));
      letGo();
      await written;
      expect(await words('a')).toEqual(['one']);
    });
  });
});

describe('a scripted cluster', () => {
  let cluster: KurrentCluster;
  let db: Client;
  const append = (expectedRevision: client.AppendExpectedRevision, word: string) =>
    db.appendToStream('a', named(word), { expectedRevision, credentials, requiresLeader: true, deadline: 5_000 });
  beforeEach(async () => {
    cluster = await startKurrentCluster();
    db = clientOf(cluster);
  });
  afterEach(async () => {
    await db.dispose();
    await cluster.close();
  });

  it('is found by gossip, and its leader is written to', async () => {
    await append(client.NO_STREAM, 'one');
    expect(cluster.nodes.map(({ calls }) => calls.append)).toEqual([1, 0, 0]);
  });

  it('sends on from a node that no longer leads, and loses nothing when its leader dies', async () => {
    await append(client.NO_STREAM, 'one');
    cluster.elect(1);
    const leader = { address: '127.0.0.1', port: cluster.nodes[1]?.port };
    await expect(append(0n, 'two')).rejects.toMatchObject({ type: 'not-leader', leader });
    await append(0n, 'two');
    cluster.kill(1);
    await expect(append(1n, 'three')).rejects.toThrow();
    expect(cluster.leader()).toBe(0);
    await append(1n, 'three');
    expect(wordsOf(await take(db.readStream('a')))).toEqual(['one', 'two', 'three']);
    expect(cluster.nodes.map(({ calls }) => calls.append)).toEqual([3, 1, 0]);
  });

  it('takes no write without a majority, and takes them again with one', async () => {
    await append(client.NO_STREAM, 'one');
    cluster.kill(1);
    cluster.kill(2);
    expect(cluster.leader()).toBe(null);
    await expect(append(0n, 'two')).rejects.toMatchObject({ type: 'unavailable' });
    cluster.revive(2);
    await append(0n, 'two');
    expect(cluster.log.records().filter(({ stream }) => stream === 'a')).toHaveLength(2);
  });
});
