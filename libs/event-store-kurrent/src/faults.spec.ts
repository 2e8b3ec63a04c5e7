import { StoreUnavailable, type EventStore } from '@saksgang/event-store';
import { APPEND_BYTES_MAX, NO_STREAM } from '@saksgang/kernel';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  eventNamed,
  eventsNamed,
  idsOf,
  leafOfBytes,
  manyEvents,
  streamNamed,
  takeFrom,
  uuidOf,
} from '../../event-store/testing/sample-events.js';
import { seededRandom } from '../../event-store/testing/seeded-random.js';
import { startKurrentServer, type KurrentServer } from '../../../test/support/kurrent/kurrent-server.js';
import { openStore, scheduler } from '../testing/kurrent-store.js';
import { STREAM_PREFIX } from './kurrent-event-store.js';
import { APPENDS_BYTES_MAX, CALLS_AT_ONCE_MAX } from './limits.js';

/** Waits are 10 times shorter: what takes seconds of patience on a line is not waited for here. A rejection nobody handles fails the test. */
const hurried = { sleep: (ms: number, signal?: AbortSignal) => scheduler.sleep(ms / 10, signal) };
const UNAVAILABLE = 14; // gRPC status
const INTERNAL = 13; // gRPC status

describe('EventStoreDB when things go wrong', () => {
  const a = streamNamed('a');
  let server: KurrentServer;
  let store: EventStore;
  let said: string[];
  const log = (_: string, message: string, about: object): void => void said.push(`${message} ${JSON.stringify(about)}`);
  beforeEach(async () => {
    said = [];
    server = await startKurrentServer();
    store = await openStore(server.connectionString, { scheduler: hurried, log });
  });
  afterEach(async () => {
    server.proxy.heal();
    server.forgetAnswers();
    await store.close();
    await server.close();
  });
  const standing = async (): Promise<string[]> => idsOf((await store.readStream(a)).events);

  describe('appending', () => {
    it('never takes the client’s batch path, nor asks what the server can do', async () => {
      await store.append(a, NO_STREAM, eventsNamed('one', 'two'));
      server.proxy.reset();
      await store.append(a, 1, eventsNamed('three'));
      expect(server.calls).toMatchObject({ batchAppend: 0, serverFeatures: 0 });
      expect(server.calls.append).toBeGreaterThanOrEqual(3);
    });

    it.each([
      ['a lost acknowledgement', { is: 'commit-then-cut' }],
      ['an answer that never comes', { is: 'commit-then-hang' }],
      ['a server that takes nothing and says nothing', { is: 'hang' }],
      ['a server that is not ready', { is: 'not-ready' }],
      ['an unavailable server', { is: 'error', code: UNAVAILABLE }],
      ['a stream reset', { is: 'error', code: INTERNAL, message: 'Received RST_STREAM with code 2' }],
    ] as const)('writes once and answers after %s', async (_, answer) => {
      // An attempt that is never answered takes a third of the budget: two of them leave little on a busy machine.
      server.answerNext('append', answer, answer.is.endsWith('hang') ? 1 : 2);
      expect((await store.append(a, NO_STREAM, eventsNamed('one', 'two'))).revision).toBe(1);
      expect(await standing()).toEqual(idsOf(eventsNamed('one', 'two')));
      expect(server.answersLeft()).toBe(0);
    });

    it('says «not written» while nothing listens, soon after the first time, and takes appends again without being opened anew', async () => {
      server.proxy.refuse();
      await expect(store.append(a, NO_STREAM, eventsNamed('one'))).rejects.toMatchObject({ name: 'StoreUnavailable' });
      expect(said.filter((line) => line.startsWith('the event store is away'))).toHaveLength(1);
      await expect(store.append(a, NO_STREAM, eventsNamed('one'))).rejects.toThrow(StoreUnavailable);
      expect(await store.health()).toMatchObject({ ok: false, reason: expect.stringContaining('does not answer') });
      server.proxy.heal();
      expect((await store.append(a, NO_STREAM, eventsNamed('one'))).revision).toBe(0);
      expect(await store.health()).toEqual({ ok: true });
      expect(said.at(-1)).toMatch(/^the event store answers again/);
    });

    it('finds by reading that it was written although no attempt was answered', async () => {
      server.answerNext('append', { is: 'commit-then-hang' }, 1);
      server.answerNext('append', { is: 'hang' }, 100);
      expect((await store.append(a, NO_STREAM, eventsNamed('one', 'two'))).revision).toBe(1);
      expect(await standing()).toHaveLength(2);
    });

    it('finds by reading that another was first, and calls it a conflict', async () => {
      server.answerNext('append', { is: 'hang' }, 100);
      const ours = store.append(a, NO_STREAM, eventsNamed('ours'));
      ours.catch(() => undefined);
      await sleep(30);
      server.log.append(STREAM_PREFIX + a, 'no_stream', [
        {
          id: uuidOf('theirs'),
          type: 'T',
          contentType: 'application/octet-stream',
          data: Buffer.from('{}'),
          metadata: Buffer.from('{"recordedAt":"x"}'),
        },
      ]);
      await expect(ours).rejects.toMatchObject({ name: 'RevisionConflict', actual: 0 });
    });

    it('says «unknown» when no attempt was answered and nothing stands there yet', async () => {
      server.answerNext('append', { is: 'hang' }, 100);
      await expect(store.append(a, NO_STREAM, eventsNamed('one'))).rejects.toMatchObject({ name: 'StoreUnavailable', outcome: 'unknown' });
      server.forgetAnswers();
      expect((await store.append(a, NO_STREAM, eventsNamed('one'))).revision).toBe(0);
    });

    it('ends within its budget on a line that swallows everything', async () => {
      server.proxy.freeze();
      await expect(store.append(a, NO_STREAM, eventsNamed('one'))).rejects.toMatchObject({ name: 'StoreUnavailable', outcome: 'unknown' });
      await expect(store.readStream(a)).rejects.toMatchObject({ name: 'StoreUnavailable', outcome: 'not-written' });
      server.proxy.heal();
      expect((await store.append(a, NO_STREAM, eventsNamed('one'))).revision).toBe(0);
      expect(await standing()).toEqual([uuidOf('one')]);
    });

    it('refuses what is too much to wait, at once and as not written', async () => {
      server.proxy.freeze();
      const large = leafOfBytes(APPEND_BYTES_MAX);
      const waiting = Array.from({ length: Math.floor(APPENDS_BYTES_MAX / APPEND_BYTES_MAX) }, (_, index) =>
        store.append(streamNamed(`s${index}`), NO_STREAM, [eventNamed(`e${index}`, { leaf: large })]).catch(() => null),
      );
      await expect(store.append(a, NO_STREAM, [eventNamed('too many', { leaf: large })])).rejects.toMatchObject({
        outcome: 'not-written',
        message: expect.stringContaining('wait for the event store already'),
      });
      await store.close(); // none is tried again
      await Promise.all(waiting);
    });

    it('closes in the time of one call, however many wait, when the line swallows everything', async () => {
      server.proxy.freeze();
      const waiting = Array.from({ length: 3 * CALLS_AT_ONCE_MAX }, (_, index) =>
        store.append(streamNamed(`s${index}`), NO_STREAM, eventsNamed(`e${index}`)).catch((error: unknown) => error as StoreUnavailable),
      );
      await store.close();
      const outcomes = (await Promise.all(waiting)).map((failed) => ('outcome' in failed ? failed.outcome : 'written'));
      expect(outcomes.filter((outcome) => outcome === 'unknown')).toHaveLength(CALLS_AT_ONCE_MAX);
      expect(outcomes.filter((outcome) => outcome === 'not-written')).toHaveLength(2 * CALLS_AT_ONCE_MAX);
    });

    it('says what a server may not be asked: another user’s right, more than it takes', async () => {
      server.answerNext('append', { is: 'error', code: 7 });
      await expect(store.append(a, NO_STREAM, eventsNamed('one'))).rejects.toThrow(/check the user and its rights/);
      const many = Array.from({ length: 4_000 }, (_, index) =>
        eventNamed(`event ${index}`, { type: 'T'.repeat(100), leaf: leafOfBytes(100) }),
      );
      await expect(store.append(a, NO_STREAM, many)).rejects.toMatchObject({ name: 'AppendTooLarge', limit: 1_048_576 });
    });
  });

  describe('following', () => {
    it('goes on over cut connections: all, once, in order', async () => {
      const streams = Array.from({ length: 6 }, (_, index) => streamNamed(`writer ${index}`));
      const patient = await openStore(server.connectionString);
      const taken = takeFrom(patient, patient.origin, 120, 7);
      for (let round = 0; round < 20; round += 1) {
        await Promise.all(streams.map((stream) => patient.append(stream, round - 1, eventsNamed(`${stream} ${round}`))));
        if (round % 4 === 1) server.proxy.reset();
      }
      const ids = idsOf(await taken);
      expect(new Set(ids).size).toBe(120);
      for (const stream of streams) {
        const own = idsOf(manyEvents(stream, 20));
        expect(ids.filter((id) => own.includes(id))).toEqual(own);
      }
      await patient.close();
    });

    it('notices that a subscription has died in silence, because the log goes on without it', async () => {
      server.answerNext('subscribe', { is: 'hang' });
      const stop = new AbortController();
      const follower = store.follow({ after: store.origin, signal: stop.signal })[Symbol.asyncIterator]();
      expect((await follower.next()).value).toMatchObject({ caughtUp: true });
      const next = follower.next();
      await store.append(a, NO_STREAM, eventsNamed('one'));
      expect(idsOf((await next).value?.events ?? [])).toEqual([uuidOf('one')]);
      stop.abort();
    });

    it('leaves no call open on the server when its consumer leaves', async () => {
      await store.append(a, NO_STREAM, manyEvents('event', 5));
      for (let round = 0; round < 5; round += 1) {
        for await (const batch of store.follow({ after: store.origin, signal: new AbortController().signal, batch: 1 })) {
          expect(batch.events).toHaveLength(1);
          break;
        }
      }
      expect(server.calls.subscribe).toBe(5);
      expect(server.proxy.connections()).toBe(1);
    });
  });

  describe('the log’s name', () => {
    it('is one, however many start at once on a new server, and stands in the log', async () => {
      const fresh = await startKurrentServer();
      const stores = await Promise.all(
        Array.from({ length: 6 }, (_, index) => openStore(`${fresh.connectionString}&connectionName=c${index}`)),
      );
      expect(new Set(stores.map((one) => one.logId)).size).toBe(1);
      expect(stores[0]?.logId).toMatch(/^[0-9a-f]{16}$/);
      await Promise.all(stores.map((one) => one.close()));
      await fresh.close();
    });

    it('is another for another prefix, and neither sees the other’s entries', async () => {
      const other = await openStore(server.connectionString, { streamPrefix: 'saksgang.annen.', random: seededRandom('annen') });
      expect(other.logId).not.toBe(store.logId);
      await other.append(a, NO_STREAM, eventsNamed('other'));
      await store.append(streamNamed('b'), NO_STREAM, eventsNamed('ours'));
      expect(await store.readStream(a)).toEqual({ events: [], head: NO_STREAM, end: true });
      expect(idsOf(await takeFrom(store, store.origin, 1))).toEqual([uuidOf('ours')]);
      expect(await store.head()).not.toBe(await other.head());
      await other.close();
    });

    it('is waited for while the server is down, which is said, and the log opens when it comes up', async () => {
      server.proxy.refuse();
      const opening = openStore(server.connectionString, { scheduler: hurried, log });
      while (!said.some((line) => line.startsWith('waiting for the event store'))) await sleep(10);
      server.proxy.heal();
      const opened = await opening;
      expect(opened.logId).toBe(store.logId);
      await opened.close();
    });
  });

  it('finds the end of its log behind others’ events, and looks through those once', async () => {
    const patient = await openStore(server.connectionString);
    const { position } = await patient.append(a, NO_STREAM, eventsNamed('one'));
    for (let index = 0; index < 700; index += 1)
      server.log.append(`other-${index}`, 'no_stream', [
        { id: uuidOf(`other ${index}`), type: 'T', contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('') },
      ]);
    expect(await patient.head()).toBe(position);
    const before = server.calls.read;
    expect(await patient.head()).toBe(position);
    expect(server.calls.read).toBe(before + 1);
    await patient.close();
  });

  it('keeps user and password out of every line and every error', async () => {
    const secret = 'hemmelig';
    const opened = await openStore(server.connectionString.replace('esdb://', `esdb://saksgang:${secret}@`), { scheduler: hurried, log });
    server.proxy.refuse();
    const failure = await opened.append(a, NO_STREAM, eventsNamed('one')).catch((error: unknown) => error as Error);
    const told = [failure, (failure as Error).cause].map((error) => `${String(error)} ${(error as Error).stack}`).join('\n');
    expect(`${told}${said.join('\n')}`).not.toContain(secret);
    expect(said.length).toBeGreaterThan(0);
    server.proxy.heal();
    await opened.close();
  });
});
