import { NO_STREAM } from '@saksgang/kernel';
import { StoreUnavailable } from '../src/event-store.js';
import type { UnderTest } from './event-store.contract.js';
import { boxNamed, eventNamed, streamNamed, takeFrom } from './sample-events.js';

export const erasingContract = (
  engine: UnderTest,
  log: 'outlives the process' | 'ends with the process',
  boxes: 'boxes can be deleted' | 'boxes are kept encrypted',
): void =>
  describe('deleting the boxes of persons', () => {
    const [a, b] = [streamNamed('a'), streamNamed('b')];
    const [kari, ola] = [boxNamed('Kari'), boxNamed('Ola')];
    const gone = boxes === 'boxes can be deleted';
    /** Kari twice and Ola twice: together beside one entry, and each alone. */
    const fill = async (): Promise<void> => {
      await engine.store().append(a, NO_STREAM, [eventNamed('one', { boxes: [kari, ola] }), eventNamed('two', { boxes: [ola] })]);
      await engine.store().append(b, NO_STREAM, [eventNamed('three'), eventNamed('four', { boxes: [kari] })]);
    };
    const personsBeside = async (): Promise<unknown> => {
      const streams = await Promise.all([engine.store().readStream(a), engine.store().readStream(b)]);
      return streams.map(({ events }) => events.map((event) => event.boxes.map((box) => box.person)));
    };
    const withoutKari = [
      [[ola.person], [ola.person]],
      [[], []],
    ];
    const asBefore = [
      [[kari.person, ola.person], [ola.person]],
      [[], [kari.person]],
    ];

    it(gone ? 'deletes them wherever they lie, and nobody else’s, and counts them' : 'keeps them, and says so', async () => {
      await fill();
      expect(await engine.store().deleteBoxes([kari.person])).toEqual({ deleted: gone ? 2 : 'kept encrypted' });
      expect(await personsBeside()).toEqual(gone ? withoutKari : asBefore);
    });

    it('hands entries out to followers just as it does to readers of a stream', async () => {
      await fill();
      await engine.store().deleteBoxes([kari.person]);
      const followed = (await takeFrom(engine.store(), engine.store().origin, 4)).map((event) => event.boxes.map((box) => box.person));
      expect(followed).toEqual((gone ? withoutKari : asBefore).flat());
    });

    it('leaves the entries as they are: leaf, place and head', async () => {
      await fill();
      const bare = async () => (await takeFrom(engine.store(), engine.store().origin, 4)).map((event) => ({ ...event, boxes: [] }));
      const [before, head] = [await bare(), await engine.store().head()];
      await engine.store().deleteBoxes([kari.person, ola.person]);
      expect(await bare()).toEqual(before);
      expect(await engine.store().head()).toBe(head);
    });

    it('may be asked again, of nobody, and of persons it has never seen', async () => {
      await fill();
      await engine.store().deleteBoxes([kari.person]);
      const nothing = { deleted: gone ? 0 : 'kept encrypted' };
      expect(await engine.store().deleteBoxes([kari.person])).toEqual(nothing);
      expect(await engine.store().deleteBoxes([])).toEqual(nothing);
      expect(await engine.store().deleteBoxes([boxNamed('nobody').person])).toEqual(nothing);
    });

    it('takes appends after it as before, boxes of the same person among them', async () => {
      await fill();
      await engine.store().deleteBoxes([kari.person]);
      await engine.store().append(b, 1, [eventNamed('five', { boxes: [boxNamed('Kari', Uint8Array.from([1, 2, 3]))] })]);
      expect((await engine.store().readStream(b, { from: 2 })).events[0]?.boxes.map((box) => box.person)).toEqual([kari.person]);
    });

    it('knows a retry of an append whose boxes are gone', async () => {
      const events = [eventNamed('one', { boxes: [kari, ola] }), eventNamed('two', { boxes: [ola] })];
      const first = await engine.store().append(a, NO_STREAM, events);
      await engine.store().deleteBoxes([kari.person, ola.person]);
      expect(await engine.store().append(a, NO_STREAM, events)).toEqual(first);
      expect((await engine.store().readStream(a)).events.flatMap((event) => event.boxes)).toHaveLength(gone ? 0 : 3);
    });

    it('refuses when it is closed', async () => {
      await engine.store().close();
      await expect(engine.store().deleteBoxes([kari.person])).rejects.toThrow(StoreUnavailable);
    });

    if (log === 'outlives the process') {
      it('finds the same when it is opened again', async () => {
        await fill();
        await engine.store().deleteBoxes([kari.person]);
        await engine.reopen();
        expect(await personsBeside()).toEqual(gone ? withoutKari : asBefore);
      });
    }
  });
