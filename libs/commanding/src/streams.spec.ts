import { READ_PAGE_MAX } from '@saksgang/event-store';
import { UNKNOWN_DATE } from '@saksgang/kernel';
import { mustRecord, openHouse, say, type House } from '../testing/house.js';
import { draftsOf } from './drafts.js';
import { createStreams } from './streams.js';

describe('streams held in memory', () => {
  let house: House;
  beforeEach(() => {
    house = openHouse();
  });
  afterEach(() => house.close());

  const body = async (name: string, notes = 0): Promise<string> => {
    const { item } = await mustRecord(house.submit(say('body', 'EstablishBody', null, name, { name })));
    for (let index = 0; index < notes; index += 1)
      await mustRecord(house.submit(say('body', 'AddNote', item, `n${index}`, { text: `${index}` })));
    return item;
  };
  /** Drafts of notes, as no single command would make them. */
  const notes = (item: string, count: number) => {
    const said = {
      stream: item,
      recordedAt: '2026-03-02T10:00:00.000Z',
      actor: 'example-loader',
      commandId: 'notes',
      inputDigest: 'A'.repeat(43),
    };
    const unsaid = { occurred: UNKNOWN_DATE, assertedBy: null, source: null, reason: null };
    const events = Array.from({ length: count }, (_, index) => ({ type: 'NoteAdded', data: { text: `${index}`, part: null } }));
    return draftsOf({ ...said, ...unsaid }, 1, events);
  };
  const streamsOf = (heldMax?: number) => {
    const asked: (readonly [number, number])[] = [];
    const streams = createStreams({
      store: {
        readStream: async (stream, options) => {
          const page = await house.store.readStream(stream, options);
          asked.push([options?.from ?? 0, page.events.length]);
          return page;
        },
      },
      decode: (stored) => house.codec.decode(stored),
      ...(heldMax === undefined ? {} : { heldMax }),
    });
    return { streams, asked };
  };

  it('are read whole once, and then from the last known revision', async () => {
    const item = await body('KS', 2);
    const { streams, asked } = streamsOf();
    expect(streams.held(item)).toBeNull();
    expect((await streams.read(item)).entries.map((entry) => entry.revision)).toEqual([0, 1, 2]);
    await mustRecord(house.submit(say('body', 'AddNote', item, 'more', { text: 'mer' })));
    const { entries, news } = await streams.read(item);
    expect(entries.map((entry) => entry.revision)).toEqual([0, 1, 2, 3]);
    expect(news.map((event) => event.revision)).toEqual([3]);
    expect(asked).toEqual([
      [0, 3],
      [3, 1],
    ]);
    expect(streams.held(item)).toEqual(entries);
  });

  it('are read in pages when they are long', async () => {
    const item = await body('KS');
    await house.store.append(item, 0, await house.codec.encode(notes(item, READ_PAGE_MAX + 1), new Map()));
    const { streams, asked } = streamsOf();
    expect((await streams.read(item)).entries).toHaveLength(READ_PAGE_MAX + 2);
    expect(asked.slice(0, 2)).toEqual([
      [0, READ_PAGE_MAX],
      [READ_PAGE_MAX, 2],
    ]);
  });

  it('are let go in the order they were last used, and never exceed the bound', async () => {
    const [a, b, c] = [await body('A', 1), await body('B', 1), await body('C', 1)];
    const { streams } = streamsOf(4);
    await streams.read(a);
    await streams.read(b);
    await streams.read(a);
    await streams.read(c);
    expect([a, b, c].map((item) => streams.held(item) !== null)).toEqual([true, false, true]);
    const long = await body('D', 6);
    expect((await streams.read(long)).entries).toHaveLength(7);
    expect([a, c, long].map((item) => streams.held(item) !== null)).toEqual([true, true, false]);
  });

  it('hold nothing of a stream that is not there, nor of one that was to be forgotten', async () => {
    const { streams } = streamsOf();
    expect((await streams.read('body-00000000-0000-4000-8000-000000000001')).entries).toEqual([]);
    expect(streams.held('body-00000000-0000-4000-8000-000000000001')).toBeNull();
    const item = await body('KS');
    await streams.read(item);
    streams.forget(item);
    expect(streams.held(item)).toBeNull();
  });
});
