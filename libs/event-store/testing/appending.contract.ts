import { APPEND_BYTES_MAX, NO_STREAM } from '@saksgang/kernel';
import { APPEND_BOX_BYTES_MAX, APPEND_EVENTS_MAX, MalformedAppend, STREAM_NAME_CHARS_MAX } from '../src/append-rules.js';
import { AppendTooLarge, RevisionConflict } from '../src/event-store.js';
import type { UnderTest } from './event-store.contract.js';
import { boxNamed, eventNamed, eventsNamed, idsOf, leafOfBytes, manyEvents, streamNamed, takeFrom, uuidOf } from './sample-events.js';

export const appendingContract = (engine: UnderTest): void =>
  describe('appending', () => {
    const a = streamNamed('a');
    const b = streamNamed('b');
    const nothingIn = async (stream: string): Promise<void> => {
      expect(await engine.store().readStream(stream)).toEqual({ events: [], head: NO_STREAM, end: true });
      expect(await engine.store().head()).toBe(engine.store().origin);
    };

    it('puts the first event of a stream at revision 0', async () => {
      expect((await engine.store().append(a, NO_STREAM, eventsNamed('one'))).revision).toBe(0);
    });

    it('answers the revision and position of the last event of an append', async () => {
      const appended = await engine.store().append(a, NO_STREAM, eventsNamed('one', 'two', 'three'));
      const { events } = await engine.store().readStream(a);
      expect(appended).toEqual({ revision: 2, position: events[2]?.position });
    });

    it('keeps the events of one append together and in order, in the stream and in the log', async () => {
      await Promise.all([
        engine.store().append(a, NO_STREAM, manyEvents('a', 20)),
        engine.store().append(b, NO_STREAM, manyEvents('b', 20)),
      ]);
      const log = await takeFrom(engine.store(), engine.store().origin, 40);
      const inLog = idsOf(log);
      const [first, second] = inLog[0] === uuidOf('a 0') ? ['a', 'b'] : ['b', 'a'];
      expect(inLog).toEqual(idsOf([...manyEvents(first, 20), ...manyEvents(second, 20)]));
    });

    it('counts the revisions of each stream for itself', async () => {
      await engine.store().append(a, NO_STREAM, eventsNamed('a one', 'a two'));
      expect((await engine.store().append(b, NO_STREAM, eventsNamed('b one'))).revision).toBe(0);
      expect((await engine.store().append(a, 1, eventsNamed('a three'))).revision).toBe(2);
    });

    it('gives positions that start with the log id, grow with every append and sort bytewise', async () => {
      const { origin, logId } = engine.store();
      const positions = [origin];
      for (let index = 0; index < 12; index += 1)
        positions.push((await engine.store().append(a, index - 1, eventsNamed(`event ${index}`))).position);
      expect(positions.every((position) => position.startsWith(`${logId}-`))).toBe(true);
      expect([...positions].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))).toEqual(positions);
      expect(new Set(positions).size).toBe(13);
    });

    it('answers the head of the log: the origin when it is empty, else the position of the last event', async () => {
      expect(await engine.store().head()).toBe(engine.store().origin);
      const { position } = await engine.store().append(a, NO_STREAM, eventsNamed('one', 'two'));
      expect(await engine.store().head()).toBe(position);
    });

    it('refuses a stale revision and writes nothing', async () => {
      await engine.store().append(a, NO_STREAM, eventsNamed('one', 'two'));
      const head = await engine.store().head();
      await expect(engine.store().append(a, 0, eventsNamed('other'))).rejects.toThrow(RevisionConflict);
      expect((await engine.store().readStream(a)).events).toHaveLength(2);
      expect(await engine.store().head()).toBe(head);
    });

    it('tells in a conflict where the stream stands', async () => {
      await engine.store().append(a, NO_STREAM, eventsNamed('one', 'two'));
      await expect(engine.store().append(a, 0, eventsNamed('other'))).rejects.toMatchObject({ stream: a, expected: 0, actual: 1 });
    });

    it('refuses a revision the stream has not reached', async () => {
      await engine.store().append(a, NO_STREAM, eventsNamed('one'));
      await expect(engine.store().append(a, 5, eventsNamed('other'))).rejects.toMatchObject({ name: 'RevisionConflict', actual: 0 });
    });

    it('refuses to go on with a stream that does not exist', async () => {
      await expect(engine.store().append(a, 0, eventsNamed('one'))).rejects.toMatchObject({ name: 'RevisionConflict', actual: NO_STREAM });
      await nothingIn(a);
    });

    it('refuses to found a stream that exists', async () => {
      await engine.store().append(a, NO_STREAM, eventsNamed('one'));
      await expect(engine.store().append(a, NO_STREAM, eventsNamed('other'))).rejects.toThrow(RevisionConflict);
    });

    it('lets exactly one of 50 racing appends at the same revision through', async () => {
      await engine.store().append(a, NO_STREAM, eventsNamed('one'));
      const racing = Array.from({ length: 50 }, (_, index) =>
        engine.store().append(a, 0, eventsNamed(`racer ${index}`, `its second ${index}`)),
      );
      const outcomes = await Promise.allSettled(racing);
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(lost).toHaveLength(49);
      for (const { reason } of lost) expect(reason).toBeInstanceOf(RevisionConflict);
      expect((await engine.store().readStream(a)).head).toBe(2);
    });

    it('lets 50 streams grow at once, each in its own order', async () => {
      const streams = Array.from({ length: 50 }, (_, index) => streamNamed(`stream ${index}`));
      const grow = async (stream: string): Promise<void> => {
        for (let index = 0; index < 4; index += 1) await engine.store().append(stream, index - 1, eventsNamed(`${stream} ${index}`));
      };
      await Promise.all(streams.map(grow));
      for (const stream of streams) {
        expect(idsOf((await engine.store().readStream(stream)).events)).toEqual(idsOf(manyEvents(stream, 4)));
      }
    });

    it('a conflict of one append does not touch those that came with it', async () => {
      await engine.store().append(a, NO_STREAM, eventsNamed('one'));
      const [first, second, third] = await Promise.allSettled([
        engine.store().append(b, NO_STREAM, eventsNamed('b one')),
        engine.store().append(a, 7, eventsNamed('stale')),
        engine.store().append(streamNamed('c'), NO_STREAM, eventsNamed('c one')),
      ]);
      expect([first?.status, second?.status, third?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    });

    it('answers a retry with the original position and writes nothing', async () => {
      const first = await engine.store().append(a, NO_STREAM, eventsNamed('one', 'two'));
      await engine.store().append(b, NO_STREAM, eventsNamed('b one'));
      const head = await engine.store().head();
      expect(await engine.store().append(a, NO_STREAM, eventsNamed('one', 'two'))).toEqual(first);
      expect(await engine.store().head()).toBe(head);
    });

    it('answers a retry also when the stream has gone on since', async () => {
      await engine.store().append(a, NO_STREAM, eventsNamed('one'));
      const second = await engine.store().append(a, 0, eventsNamed('two', 'three'));
      await engine.store().append(a, 2, eventsNamed('four'));
      expect(await engine.store().append(a, 0, eventsNamed('two', 'three'))).toEqual(second);
    });

    it('knows a retry by its ids alone, whatever else its events hold, and keeps what stood first', async () => {
      const first = await engine.store().append(a, NO_STREAM, eventsNamed('one'));
      const other = eventNamed('one', { leaf: '{"another":"nonce"}', type: 'Other', recordedAt: '2020-01-01T00:00:00.000Z' });
      expect(await engine.store().append(a, NO_STREAM, [other])).toEqual(first);
      expect((await engine.store().readStream(a)).events[0]).toMatchObject(eventNamed('one'));
    });

    it('writes once when the same append comes many times at once', async () => {
      const retries = Array.from({ length: 20 }, () => engine.store().append(a, NO_STREAM, eventsNamed('one', 'two')));
      const answers = await Promise.all(retries);
      expect(new Set(answers.map((answer) => answer.position)).size).toBe(1);
      expect((await engine.store().readStream(a)).head).toBe(1);
    });

    it.each([
      ['some of the ids stand there and more follow', -1, ['one', 'two', 'three']],
      ['the first stands there, the next does not', -1, ['one', 'other']],
      ['they stand there in another order', -1, ['two', 'one']],
      ['they stand elsewhere in the stream', -1, ['two']],
      ['they stand before the expected revision, and the stream has gone on', 0, ['one']],
    ] as const)('calls it a conflict when %s', async (_, expected, words) => {
      await engine.store().append(a, NO_STREAM, eventsNamed('one', 'two'));
      await expect(engine.store().append(a, expected, eventsNamed(...words))).rejects.toThrow(RevisionConflict);
      expect((await engine.store().readStream(a)).head).toBe(1);
    });

    it('refuses an append without events', async () => {
      await expect(engine.store().append(a, NO_STREAM, [])).rejects.toThrow(MalformedAppend);
      await nothingIn(a);
    });

    it('refuses an append that holds the same id twice', async () => {
      await expect(engine.store().append(a, NO_STREAM, eventsNamed('one', 'one'))).rejects.toThrow(MalformedAppend);
      await nothingIn(a);
    });

    it.each([
      ['a system stream', '$all'],
      ['no hyphen', 'resolution'],
      ['nothing', ''],
      ['no kind', '-1'],
      ['no id', 'resolution-'],
      ['a space', 'resolution-a b'],
      ['a control character', 'resolution-a\u0000b'],
      ['a path', 'resolution-../x'],
      [`more than ${STREAM_NAME_CHARS_MAX} characters`, `resolution-${'x'.repeat(STREAM_NAME_CHARS_MAX - 10)}`],
    ])('refuses a stream name with %s', async (_, stream) => {
      await expect(engine.store().append(stream, NO_STREAM, eventsNamed('one'))).rejects.toThrow(MalformedAppend);
      await nothingIn(stream);
    });

    it(`takes a stream name of ${STREAM_NAME_CHARS_MAX} characters`, async () => {
      const stream = `resolution-${'x'.repeat(STREAM_NAME_CHARS_MAX - 11)}`;
      await engine.store().append(stream, NO_STREAM, eventsNamed('one'));
      expect((await engine.store().readStream(stream)).events[0]?.stream).toBe(stream);
    });

    it.each([
      ['an expected revision below NO_STREAM', -2, eventNamed('one')],
      ['an expected revision that is no whole number', 0.5, eventNamed('one')],
      ['an id that is no UUID', NO_STREAM, eventNamed('one', { id: 'one' })],
      ['an id in capitals', NO_STREAM, eventNamed('one', { id: uuidOf('one').toUpperCase() })],
      ['an instant that does not exist', NO_STREAM, eventNamed('one', { recordedAt: '2018-02-30T10:00:00.000Z' })],
      ['an instant without milliseconds', NO_STREAM, eventNamed('one', { recordedAt: '2018-10-03T10:00:00Z' })],
      ['a leaf that would not come back as it was', NO_STREAM, eventNamed('one', { leaf: '{"lone":"\ud800"}' })],
      ['an empty leaf', NO_STREAM, eventNamed('one', { leaf: '' })],
      [
        'a commitment that is not base64url',
        NO_STREAM,
        eventNamed('one', { boxes: [{ ...boxNamed('Kari'), commitment: 'not/base64+url=' }] }),
      ],
    ])('refuses %s', async (_, expected, event) => {
      await expect(engine.store().append(a, expected, [event])).rejects.toThrow(MalformedAppend);
      await nothingIn(a);
    });

    it('takes an append of exactly APPEND_BYTES_MAX leaf bytes', async () => {
      const events = [eventNamed('one', { leaf: leafOfBytes(APPEND_BYTES_MAX - 1_000) }), eventNamed('two', { leaf: leafOfBytes(1_000) })];
      await engine.store().append(a, NO_STREAM, events);
      expect((await engine.store().readStream(a)).events.map((event) => event.leaf)).toEqual(events.map((event) => event.leaf));
    });

    it('refuses an append of one byte more, before anything is written', async () => {
      const events = [eventNamed('one', { leaf: leafOfBytes(APPEND_BYTES_MAX - 1_000) }), eventNamed('two', { leaf: leafOfBytes(1_001) })];
      await expect(engine.store().append(a, NO_STREAM, events)).rejects.toMatchObject({
        name: 'AppendTooLarge',
        bytes: APPEND_BYTES_MAX + 1,
      });
      await nothingIn(a);
    });

    it('counts leaf bytes in UTF-8, not in characters', async () => {
      const event = eventNamed('one', { leaf: JSON.stringify('å'.repeat(APPEND_BYTES_MAX / 2)) });
      await expect(engine.store().append(a, NO_STREAM, [event])).rejects.toThrow(AppendTooLarge);
    });

    it('takes box bytes up to APPEND_BOX_BYTES_MAX and refuses one more', async () => {
      const boxed = (bytes: number) => [eventNamed(`of ${bytes}`, { boxes: [boxNamed('Kari', new Uint8Array(bytes))] })];
      await expect(engine.store().append(a, NO_STREAM, boxed(APPEND_BOX_BYTES_MAX + 1))).rejects.toThrow(AppendTooLarge);
      await nothingIn(a);
      await engine.store().append(a, NO_STREAM, boxed(APPEND_BOX_BYTES_MAX));
      expect((await engine.store().readStream(a)).events[0]?.boxes[0]?.bytes.byteLength).toBe(APPEND_BOX_BYTES_MAX);
    });

    it('refuses more than APPEND_EVENTS_MAX events at once', async () => {
      await expect(engine.store().append(a, NO_STREAM, manyEvents('event', APPEND_EVENTS_MAX + 1))).rejects.toThrow(MalformedAppend);
      await nothingIn(a);
    });

    it('says that it is in good health', async () => {
      expect(await engine.store().health()).toEqual({ ok: true });
    });
  });
