import { NO_STREAM } from '@saksgang/kernel';
import { StoreUnavailable } from '../src/event-store.js';
import type { UnderTest } from './event-store.contract.js';
import { boxNamed, eventNamed, eventsNamed, idsOf, manyEvents, streamNamed, takeFrom } from './sample-events.js';

export const lastingContract = (engine: UnderTest, log: 'outlives the process' | 'ends with the process'): void =>
  describe('closing', () => {
    const a = streamNamed('a');

    it('closes as often as it is asked to, also at once', async () => {
      await Promise.all([engine.store().close(), engine.store().close()]);
      await expect(engine.store().close()).resolves.toBeUndefined();
    });

    it('lets running appends end', async () => {
      const running = Promise.all(
        Array.from({ length: 10 }, (_, index) => engine.store().append(streamNamed(`s${index}`), NO_STREAM, eventsNamed(`e${index}`))),
      );
      await engine.store().close();
      expect((await running).map((appended) => appended.revision)).toEqual(Array.from({ length: 10 }, () => 0));
    });

    it('refuses later work as not written', async () => {
      await engine.store().append(a, NO_STREAM, eventsNamed('one'));
      await engine.store().close();
      await expect(engine.store().append(a, 0, eventsNamed('two'))).rejects.toMatchObject({
        name: 'StoreUnavailable',
        outcome: 'not-written',
      });
      await expect(engine.store().readStream(a)).rejects.toThrow(StoreUnavailable);
      await expect(engine.store().head()).rejects.toThrow(StoreUnavailable);
      const late = engine.store().follow({ after: engine.store().origin, signal: new AbortController().signal });
      await expect(late[Symbol.asyncIterator]().next()).rejects.toThrow(StoreUnavailable);
    });

    it('says that it is closed', async () => {
      await engine.store().close();
      expect(await engine.store().health()).toMatchObject({ ok: false, reason: expect.stringContaining('closed') });
    });

    it('ends followers without an error', async () => {
      const batches = engine.store().follow({ after: engine.store().origin, signal: new AbortController().signal });
      const follower = batches[Symbol.asyncIterator]();
      await follower.next();
      const next = follower.next();
      await engine.store().close();
      expect((await next).done).toBe(true);
    });

    if (log === 'outlives the process') {
      it('keeps everything when it is opened again: events, boxes, positions, the log id', async () => {
        await engine.store().append(a, NO_STREAM, [eventNamed('one', { boxes: [boxNamed('Kari')] }), ...manyEvents('event', 4)]);
        const { logId, origin } = engine.store();
        const page = await engine.store().readStream(a);
        const followed = await takeFrom(engine.store(), origin, 5);
        const head = await engine.store().head();
        const again = await engine.reopen();
        expect([again.logId, again.origin, await again.head()]).toEqual([logId, origin, head]);
        expect(await again.readStream(a)).toEqual(page);
        expect(await takeFrom(again, origin, 5)).toEqual(followed);
      });

      it('knows retries and conflicts from before it was opened again, and goes on after the last event', async () => {
        const first = await engine.store().append(a, NO_STREAM, eventsNamed('one', 'two'));
        const again = await engine.reopen();
        expect(await again.append(a, NO_STREAM, eventsNamed('one', 'two'))).toEqual(first);
        await expect(again.append(a, 0, eventsNamed('other'))).rejects.toMatchObject({ name: 'RevisionConflict', actual: 1 });
        const next = await again.append(a, 1, eventsNamed('three'));
        expect(next.revision).toBe(2);
        expect(next.position > first.position).toBe(true);
        expect(idsOf(await takeFrom(again, first.position, 1))).toEqual(idsOf(eventsNamed('three')));
      });
    }
  });
