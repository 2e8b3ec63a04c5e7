import { NO_STREAM } from '@saksgang/kernel';
import { FOLLOW_BATCH_MAX, PositionUnknown, type EventStore, type FollowBatch } from '../src/event-store.js';
import { positionOf } from '../src/position.js';
import type { UnderTest } from './event-store.contract.js';
import { eventsNamed, idsOf, manyEvents, streamNamed, takeFrom, uuidOf } from './sample-events.js';
import { seededRandom, someNumber } from './seeded-random.js';

export const followingContract = (engine: UnderTest): void =>
  describe('following the log', () => {
    const a = streamNamed('a');
    const b = streamNamed('b');
    const followFrom = (after: string, stop: AbortController, batch = FOLLOW_BATCH_MAX): AsyncIterator<FollowBatch> =>
      engine.store().follow({ after, signal: stop.signal, batch })[Symbol.asyncIterator]();

    /** Batches until the follower has said that it caught up. */
    const untilCaughtUp = async (follower: AsyncIterator<FollowBatch>): Promise<FollowBatch[]> => {
      const batches: FollowBatch[] = [];
      for (;;) {
        const { value, done } = await follower.next();
        if (done === true) return batches;
        batches.push(value);
        if (value.caughtUp) return batches;
      }
    };
    const idsIn = (batches: readonly FollowBatch[]): string[] => batches.flatMap((batch) => idsOf(batch.events));

    it('hands out the whole log from the origin, in the order of positions', async () => {
      await engine.store().append(a, NO_STREAM, eventsNamed('a one', 'a two'));
      await engine.store().append(b, NO_STREAM, eventsNamed('b one'));
      await engine.store().append(a, 1, eventsNamed('a three'));
      const log = await takeFrom(engine.store(), engine.store().origin, 4);
      expect(idsOf(log)).toEqual(idsOf(eventsNamed('a one', 'a two', 'b one', 'a three')));
      expect(log.map((event) => event.position)).toEqual(log.map((event) => event.position).sort());
    });

    it('hands out what readStream hands out', async () => {
      await engine.store().append(a, NO_STREAM, manyEvents('event', 7));
      expect(await takeFrom(engine.store(), engine.store().origin, 7)).toEqual((await engine.store().readStream(a)).events);
    });

    it('goes on just after a position in the middle', async () => {
      await engine.store().append(a, NO_STREAM, manyEvents('event', 6));
      const third = (await engine.store().readStream(a)).events[2]?.position as string;
      expect(idsOf(await takeFrom(engine.store(), third, 3))).toEqual(idsOf(manyEvents('event', 6).slice(3)));
    });

    it('says at once that it has caught up with an empty log', async () => {
      const stop = new AbortController();
      const follower = followFrom(engine.store().origin, stop);
      expect((await follower.next()).value).toEqual({ events: [], position: engine.store().origin, caughtUp: true });
      stop.abort();
    });

    it('says that it has caught up with the last event, and not before', async () => {
      await engine.store().append(a, NO_STREAM, manyEvents('event', 10));
      const stop = new AbortController();
      const batches = await untilCaughtUp(followFrom(engine.store().origin, stop, 3));
      expect(idsIn(batches)).toEqual(idsOf(manyEvents('event', 10)));
      expect(batches.at(-1)?.position).toBe(await engine.store().head());
      stop.abort();
    });

    it('says so too when the log ends exactly with a full batch', async () => {
      await engine.store().append(a, NO_STREAM, manyEvents('event', 6));
      const stop = new AbortController();
      expect(idsIn(await untilCaughtUp(followFrom(engine.store().origin, stop, 3)))).toHaveLength(6);
      stop.abort();
    });

    it('gives with every batch a position from which to go on', async () => {
      await engine.store().append(a, NO_STREAM, manyEvents('event', 5));
      const stop = new AbortController();
      const follower = followFrom(engine.store().origin, stop, 2);
      const first = (await follower.next()).value as FollowBatch;
      stop.abort();
      expect(first.position).toBe(first.events.at(-1)?.position);
      expect(idsOf(await takeFrom(engine.store(), first.position, 5 - first.events.length))).toEqual(
        idsOf(manyEvents('event', 5)).slice(first.events.length),
      );
    });

    it('goes on live after it has caught up', async () => {
      const stop = new AbortController();
      const follower = followFrom(engine.store().origin, stop);
      await untilCaughtUp(follower);
      const next = follower.next();
      await engine.store().append(a, NO_STREAM, eventsNamed('live'));
      expect(idsOf(((await next).value as FollowBatch).events)).toEqual([uuidOf('live')]);
      stop.abort();
    });

    it('misses nothing that is appended between two calls', async () => {
      const stop = new AbortController();
      const follower = followFrom(engine.store().origin, stop);
      await untilCaughtUp(follower);
      await engine.store().append(a, NO_STREAM, eventsNamed('one'));
      await engine.store().append(a, 0, eventsNamed('two'));
      expect(idsIn(await untilCaughtUp(follower))).toEqual(idsOf(eventsNamed('one', 'two')));
      stop.abort();
    });

    it('serves two followers alike, each at its own pace', async () => {
      const stop = new AbortController();
      const ahead = followFrom(engine.store().origin, stop);
      const behind = followFrom(engine.store().origin, stop, 1);
      await untilCaughtUp(ahead);
      await engine.store().append(a, NO_STREAM, manyEvents('event', 5));
      const aheadSaw = idsIn(await untilCaughtUp(ahead));
      const behindSaw = idsIn(await untilCaughtUp(behind));
      expect(aheadSaw).toEqual(idsOf(manyEvents('event', 5)));
      expect(behindSaw).toEqual(aheadSaw);
      stop.abort();
    });

    it('never hands out more than one batch of the size asked for', async () => {
      await engine.store().append(a, NO_STREAM, manyEvents('event', 20));
      const stop = new AbortController();
      const batches = await untilCaughtUp(followFrom(engine.store().origin, stop, 4));
      expect(Math.max(...batches.map((batch) => batch.events.length))).toBeLessThanOrEqual(4);
      expect(idsIn(batches)).toEqual(idsOf(manyEvents('event', 20)));
      stop.abort();
    });

    it('waits for a slow consumer, who holds up neither appends nor the other followers', async () => {
      await engine.store().append(a, NO_STREAM, manyEvents('event', 3));
      const stop = new AbortController();
      const slow = followFrom(engine.store().origin, stop, 3);
      const held = (await slow.next()).value as FollowBatch;
      for (let index = 0; index < 30; index += 1) await engine.store().append(b, index - 1, eventsNamed(`late ${index}`));
      expect(await takeFrom(engine.store(), engine.store().origin, 33)).toHaveLength(33);
      let rest = held.events.length;
      while (rest < 33) {
        const batch = (await slow.next()).value as FollowBatch;
        expect(batch.events.length).toBeLessThanOrEqual(3);
        rest += batch.events.length;
      }
      expect(rest).toBe(33);
      stop.abort();
    });

    it('ends without an error when the signal aborts while it waits', async () => {
      const stop = new AbortController();
      const follower = followFrom(engine.store().origin, stop);
      await untilCaughtUp(follower);
      const next = follower.next();
      stop.abort();
      expect(await next).toEqual({ done: true, value: undefined });
    });

    it('ends without an error when the signal aborts between two batches', async () => {
      await engine.store().append(a, NO_STREAM, manyEvents('event', 4));
      const stop = new AbortController();
      const follower = followFrom(engine.store().origin, stop, 2);
      await follower.next();
      stop.abort();
      expect((await follower.next()).done).toBe(true);
    });

    it('hands out nothing when the signal had aborted before', async () => {
      await engine.store().append(a, NO_STREAM, eventsNamed('one'));
      expect((await followFrom(engine.store().origin, abortedBefore()).next()).done).toBe(true);
    });

    it('lets a consumer leave in the middle, and another start', async () => {
      await engine.store().append(a, NO_STREAM, manyEvents('event', 4));
      for await (const batch of engine.store().follow({ after: engine.store().origin, signal: new AbortController().signal, batch: 1 })) {
        expect(batch.events).toHaveLength(1);
        break;
      }
      expect(await takeFrom(engine.store(), engine.store().origin, 4)).toHaveLength(4);
    });

    it.each([
      ['of another log', () => positionOf('0123456789abcdef', 0)],
      ['beyond the head', (store: EventStore) => positionOf(store.logId, 9_000_000_000_000)],
      ['without a number', (store: EventStore) => store.logId],
      ['with letters for a number', (store: EventStore) => `${store.logId}-0000000000000000000x`],
      ['of the wrong width', (store: EventStore) => `${store.logId}-0`],
      ['that is empty', () => ''],
    ])('refuses a position %s', async (_, position) => {
      await engine.store().append(a, NO_STREAM, eventsNamed('one'));
      await expect(followFrom(position(engine.store()), new AbortController()).next()).rejects.toThrow(PositionUnknown);
    });

    it.each([0, -1, 1.5, FOLLOW_BATCH_MAX + 1])('refuses a batch of %d with a RangeError', async (batch) => {
      await expect(followFrom(engine.store().origin, new AbortController(), batch).next()).rejects.toThrow(RangeError);
    });

    it('misses nothing and keeps the order for a consumer that breaks off and resumes while others append', async () => {
      const random = seededRandom('break off and resume');
      const streams = Array.from({ length: 8 }, (_, index) => streamNamed(`writer ${index}`));
      const write = async (stream: string): Promise<void> => {
        for (let index = 0; index < 25; index += 1) await engine.store().append(stream, index - 1, eventsNamed(`${stream} ${index}`));
      };
      const writing = Promise.all(streams.map(write));
      const seen: string[] = [];
      let after = engine.store().origin;
      while (seen.length < 200) {
        let batches = 1 + someNumber(random, 3);
        for await (const batch of engine
          .store()
          .follow({ after, signal: new AbortController().signal, batch: 1 + someNumber(random, 9) })) {
          seen.push(...idsOf(batch.events));
          after = batch.position;
          if (--batches === 0 || seen.length >= 200) break;
        }
      }
      await writing;
      expect(new Set(seen).size).toBe(200);
      for (const stream of streams) {
        const own = new Set(idsOf(manyEvents(stream, 25)));
        expect(seen.filter((id) => own.has(id))).toEqual([...own]);
      }
    });

    it('gives every follower the same order, however many append at once', async () => {
      const stop = new AbortController();
      const live = followFrom(engine.store().origin, stop);
      const streams = Array.from({ length: 20 }, (_, index) => streamNamed(`stream ${index}`));
      const writing = Promise.all(streams.map((stream) => engine.store().append(stream, NO_STREAM, manyEvents(stream, 3))));
      const seen: string[] = [];
      while (seen.length < 60) seen.push(...idsOf(((await live.next()).value as FollowBatch).events));
      await writing;
      expect(idsOf(await takeFrom(engine.store(), engine.store().origin, 60, 7))).toEqual(seen);
      stop.abort();
    });
  });

const abortedBefore = (): AbortController => {
  const stop = new AbortController();
  stop.abort();
  return stop;
};
