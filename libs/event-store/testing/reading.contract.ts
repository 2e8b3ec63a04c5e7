import { NO_STREAM } from '@saksgang/kernel';
import { READ_PAGE_MAX } from '../src/event-store.js';
import type { UnderTest } from './event-store.contract.js';
import { boxNamed, eventNamed, eventsNamed, manyEvents, streamNamed, takeFrom, uuidOf } from './sample-events.js';

export const readingContract = (engine: UnderTest): void =>
  describe('reading a stream', () => {
    const a = streamNamed('a');
    const revisionsOf = async (options: Parameters<ReturnType<UnderTest['store']>['readStream']>[1]): Promise<unknown> => {
      const { events, head, end } = await engine.store().readStream(a, options);
      return { revisions: events.map((event) => event.revision), head, end };
    };
    const fiveEvents = () => engine.store().append(a, NO_STREAM, manyEvents('event', 5));

    it('answers an empty page for a stream that does not exist', async () => {
      expect(await engine.store().readStream(a)).toEqual({ events: [], head: NO_STREAM, end: true });
      expect(await engine.store().readStream(a, { direction: 'backward' })).toEqual({ events: [], head: NO_STREAM, end: true });
    });

    it.each(['$all', '$streams', '', 'resolution', 'x'.repeat(500), "' OR 1=1 --"])(
      'answers an empty page for %j, a name no stream can have',
      async (name) => {
        await fiveEvents();
        expect(await engine.store().readStream(name)).toEqual({ events: [], head: NO_STREAM, end: true });
      },
    );

    it('gives back every field as it was handed over, with its place', async () => {
      const event = eventNamed('one', { type: 'PointAssigned', recordedAt: '2018-10-03T22:59:59.999Z', boxes: [boxNamed('Kari')] });
      const { position } = await engine.store().append(a, NO_STREAM, [event]);
      const [stored] = (await engine.store().readStream(a)).events;
      expect(stored).toMatchObject({ ...event, boxes: [{ commitment: boxNamed('Kari').commitment, person: boxNamed('Kari').person }] });
      expect(stored).toMatchObject({ stream: a, revision: 0, position });
    });

    it('reads its own acknowledged writes', async () => {
      for (let index = 0; index < 10; index += 1) {
        await engine.store().append(a, index - 1, eventsNamed(`event ${index}`));
        expect((await engine.store().readStream(a, { direction: 'backward', limit: 1 })).events[0]?.id).toBe(uuidOf(`event ${index}`));
      }
    });

    it.each([
      ['forward from the start', {}, [0, 1, 2, 3, 4], true],
      ['forward, one page', { limit: 2 }, [0, 1], false],
      ['forward, the page that ends at the head', { from: 3, limit: 2 }, [3, 4], true],
      ['forward, one event', { from: 2, limit: 1 }, [2], false],
      ['forward from the head', { from: 4 }, [4], true],
      ['forward from beyond the head', { from: 5 }, [], true],
      ['forward from far beyond the head', { from: 1_000_000 }, [], true],
      ['backward from the head', { direction: 'backward' }, [4, 3, 2, 1, 0], true],
      ['backward, one page', { direction: 'backward', limit: 2 }, [4, 3], false],
      ['backward, the page that ends at the start', { direction: 'backward', from: 1, limit: 2 }, [1, 0], true],
      ['backward, one event', { direction: 'backward', from: 2, limit: 1 }, [2], false],
      ['backward from the first', { direction: 'backward', from: 0 }, [0], true],
      ['backward from beyond the head', { direction: 'backward', from: 99, limit: 2 }, [4, 3], false],
    ] as const)('reads %s', async (_, options, revisions, end) => {
      await fiveEvents();
      expect(await revisionsOf(options)).toEqual({ revisions, head: 4, end });
    });

    it('reads on from page to page, both ways, without a gap or a repetition', async () => {
      await engine.store().append(a, NO_STREAM, manyEvents('event', 23));
      const forward: number[] = [];
      for (let from = 0, end = false; !end && from < 100; from += 4) {
        const page = await engine.store().readStream(a, { from, limit: 4 });
        forward.push(...page.events.map((event) => event.revision));
        end = page.end;
      }
      const backward: number[] = [];
      for (let from = 22, end = false; !end; from -= 4) {
        const page = await engine.store().readStream(a, { from, limit: 4, direction: 'backward' });
        backward.push(...page.events.map((event) => event.revision));
        end = page.end;
      }
      expect(forward).toEqual(Array.from({ length: 23 }, (_, index) => index));
      expect(backward).toEqual([...forward].reverse());
    });

    it('reads a page of READ_PAGE_MAX events, which is also the default', async () => {
      await engine.store().append(a, NO_STREAM, manyEvents('event', READ_PAGE_MAX + 1));
      const page = await engine.store().readStream(a, { limit: READ_PAGE_MAX });
      expect(page.events).toHaveLength(READ_PAGE_MAX);
      expect(page.end).toBe(false);
      expect((await engine.store().readStream(a)).events).toHaveLength(READ_PAGE_MAX);
    });

    it.each([
      ['a limit of 0', { limit: 0 }],
      ['a limit below 0', { limit: -1 }],
      ['a limit above READ_PAGE_MAX', { limit: READ_PAGE_MAX + 1 }],
      ['a limit that is no whole number', { limit: 1.5 }],
      ['a start before the first event', { from: -1 }],
      ['a start that is no number', { from: Number.NaN }],
    ])('refuses %s with a RangeError', async (_, options) => {
      await expect(engine.store().readStream(a, options)).rejects.toThrow(RangeError);
    });

    it.each([
      ['Norwegian letters', 'Landstinget på Værøy ønsker å følge opp: ÆØÅ «sitat» – tankestrek'],
      ['decomposed letters', 'pa\u030A ve\u0301 (NFD), beside på vé (NFC)'],
      ['emoji beyond the first plane', 'vedtatt 👩🏽‍⚖️ 🇳🇴'],
      ['line separators', 'a\u2028b\u2029c'],
      ['escapes', 'tab\t newline\n quote" backslash\\ null\u0000'],
      ['65 KiB', 'ø'.repeat(33_280)],
    ])('gives the leaf back byte for byte: %s', async (_, text) => {
      // Compact, with blanks, and as JSON.stringify escapes it: the store must not tidy up any of them.
      const leaves = [JSON.stringify({ text }), `{ "b":1,\n "a" : ${JSON.stringify(text)} }`];
      await engine
        .store()
        .append(a, NO_STREAM, [eventNamed('one', { leaf: leaves[0] as string }), eventNamed('two', { leaf: leaves[1] as string })]);
      const { events } = await engine.store().readStream(a);
      const followed = await takeFrom(engine.store(), engine.store().origin, 2);
      for (const stored of [events, followed]) {
        expect(stored.map((event) => Buffer.from(event.leaf).toString('hex'))).toEqual(
          leaves.map((leaf) => Buffer.from(leaf).toString('hex')),
        );
      }
    });

    it('gives boxes back byte for byte, in order, beside the event they came with', async () => {
      const everyByte = Uint8Array.from({ length: 256 }, (_, index) => index);
      const window = new Uint8Array(new ArrayBuffer(4_096), 100, 3).fill(7);
      const boxed = eventNamed('boxed', {
        boxes: [boxNamed('Kari', everyByte), boxNamed('Ola', window), boxNamed('Tom', new Uint8Array(0))],
      });
      const also = eventNamed('also boxed', { boxes: [boxNamed('Kari', everyByte)] });
      await engine.store().append(a, NO_STREAM, [eventNamed('bare'), boxed, also]);
      const { events } = await engine.store().readStream(a);
      const followed = await takeFrom(engine.store(), engine.store().origin, 3);
      for (const stored of [events, followed]) {
        expect(
          stored.map((event) => event.boxes.map((box) => [box.person, box.commitment, Buffer.from(box.bytes).toString('hex')])),
        ).toEqual(
          [[], boxed.boxes, also.boxes].map((boxes) =>
            boxes.map((box) => [box.person, box.commitment, Buffer.from(box.bytes).toString('hex')]),
          ),
        );
      }
    });

    it('keeps its own bytes: changing what was handed in or out does not reach the log', async () => {
      const bytes = Uint8Array.from([1, 2, 3]);
      await engine.store().append(a, NO_STREAM, [eventNamed('one', { boxes: [boxNamed('Kari', bytes)] })]);
      bytes.fill(9);
      const read = async () => (await engine.store().readStream(a)).events[0]?.boxes[0]?.bytes;
      (await read())?.fill(9);
      expect([...((await read()) ?? [])]).toEqual([1, 2, 3]);
    });
  });
