import { APPEND_BYTES_MAX, type Scheduler } from '@saksgang/kernel';
import { positionOf, PositionUnknown, StoreUnavailable, type EventStore, type NewEvent } from '@saksgang/event-store';
import { jest } from '@jest/globals';
import { boxNamed, eventNamed, leafOfBytes, streamNamed, takeFrom } from '../../../../libs/event-store/testing/sample-events.js';
import { seededRandom, someNumber } from '../../../../libs/event-store/testing/seeded-random.js';
import { openStore as openKurrent } from '../../../../libs/event-store-kurrent/testing/kurrent-store.js';
import { makeDirectory, openStore as openSqlite, removeDirectory } from '../../../../libs/event-store-sqlite/testing/temporary-store.js';
import { startKurrentServer, type KurrentServer } from '../../../../test/support/kurrent/kurrent-server.js';
import { rounds } from '../../../../test/support/not-run.js';
import { CannotMove, moveLog } from '../move.js';
import { type Terminal } from '../terminal.js';

jest.setTimeout(60_000);

const ENTRIES = 60;
const NOBODY = (): boolean => false;
const quiet: Terminal = { environment: {}, print: () => undefined, write: () => undefined };
const atOnce: Scheduler = { sleep: async () => undefined };

/** Entries of a dozen items, mixed by lot, some by persons; a few appends hold several. */
const fill = async (store: EventStore, seed: string, entries = ENTRIES): Promise<void> => {
  const random = seededRandom(seed);
  const heads = new Map<string, number>();
  for (let made = 0; made < entries;) {
    const stream = streamNamed(`${seed} ${someNumber(random, 12)}`);
    const head = heads.get(stream) ?? -1;
    const count = Math.min(1 + someNumber(random, 3), entries - made);
    const events = Array.from({ length: count }, (_, nth): NewEvent => {
      const word = `${seed} ${made + nth}`;
      const leaf = JSON.stringify({ word, text: 'æøå «sitat»  🙂', number: made });
      return eventNamed(word, { leaf, boxes: (made + nth) % 5 === 0 ? [boxNamed(`${word} a`), boxNamed(`${word} b`)] : [] });
    });
    await store.append(stream, head, events);
    heads.set(stream, head + count);
    made += count;
  }
};

/** All that must be the same: everything but positions. */
const contentOf = async (store: EventStore, count: number) =>
  (await takeFrom(store, store.origin, count)).map(({ position: _, boxes, ...rest }) => ({
    ...rest,
    boxes: boxes.map((box) => ({ ...box, bytes: Buffer.from(box.bytes).toString('hex') })),
  }));

describe('Moving a record from one engine to another', () => {
  const directories: string[] = [];
  const opened: EventStore[] = [];
  let server: KurrentServer;
  const sqlite = async (): Promise<EventStore> => {
    const directory = makeDirectory();
    directories.push(directory);
    return kept(await openSqlite(directory, { writer: 'inline' }));
  };
  let prefixes = 0;
  const kurrent = async (): Promise<EventStore> => {
    const streamPrefix = `saksgang.move${(prefixes += 1)}.`;
    return kept(await openKurrent(server.connectionString, { streamPrefix, random: seededRandom(streamPrefix) }));
  };
  const kept = (store: EventStore): EventStore => {
    opened.push(store);
    return store;
  };

  beforeAll(async () => {
    server = await startKurrentServer();
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    for (const directory of directories.splice(0)) removeDirectory(directory);
  });
  afterAll(() => server.close());

  it('and back gives the same entries byte for byte, in other places', async () => {
    const [first, between, last] = [await sqlite(), await kurrent(), await sqlite()];
    await fill(first, 'round trip');
    const there = await moveLog(first, between, NOBODY, quiet);
    const back = await moveLog(between, last, NOBODY, quiet);
    expect([there, back]).toEqual([
      { stoodThere: 0, copied: ENTRIES, size: ENTRIES, root: back.root },
      { stoodThere: 0, copied: ENTRIES, size: ENTRIES, root: there.root },
    ]);
    const content = await contentOf(first, ENTRIES);
    expect(await contentOf(between, ENTRIES)).toEqual(content);
    expect(await contentOf(last, ENTRIES)).toEqual(content);
    expect(new Set([first.logId, between.logId, last.logId]).size).toBe(3);
    await expect(takeFrom(last, positionOf(first.logId, 3), 1)).rejects.toThrow(PositionUnknown);
  });

  const SEEDS = rounds('moves that are killed midway, by seed', 4, 40);
  it.each(Array.from({ length: SEEDS }, (_, seed) => seed))(
    'goes on where it was killed, before or after what it wrote last (seed %i)',
    async (seed) => {
      const random = seededRandom(`killed ${seed}`);
      const [source, target] = seed % 2 === 0 ? [await sqlite(), await kurrent()] : [await kurrent(), await sqlite()];
      await fill(source, `killed ${seed}`, 60);
      let kills = 0;
      for (let run = 0; run < 60; run += 1) {
        const lives = 1 + someNumber(random, 12);
        const written = someNumber(random, 2) === 1;
        let appends = 0;
        const dying: EventStore = {
          ...target,
          append: async (...append) => {
            appends += 1;
            if (appends < lives) return target.append(...append);
            if (written) await target.append(...append);
            throw new Error('killed');
          },
        };
        const moved = await moveLog(source, dying, NOBODY, quiet).catch((error: Error) => error.message);
        if (typeof moved !== 'string') break;
        expect(moved).toBe('killed');
        kills += 1;
      }
      expect(kills).toBeGreaterThan(2);
      expect(await contentOf(target, 60)).toEqual(await contentOf(source, 60));
    },
  );

  it('asks again while the target is away, and writes nothing twice', async () => {
    const [source, target] = [await sqlite(), await kurrent()];
    await fill(source, 'away');
    let calls = 0;
    const away: EventStore = {
      ...target,
      append: async (...append) => {
        calls += 1;
        if (calls % 3 === 0) await target.append(...append);
        if (calls % 3 !== 1) throw new StoreUnavailable('it is away', 'unknown');
        return target.append(...append);
      },
    };
    expect(await moveLog(source, away, NOBODY, quiet, atOnce)).toMatchObject({ copied: ENTRIES, size: ENTRIES });
    expect(await contentOf(target, ENTRIES)).toEqual(await contentOf(source, ENTRIES));
  });

  it('follows a source that grows meanwhile to its end', async () => {
    const [source, target] = [await sqlite(), await sqlite()];
    await fill(source, 'grows', 30);
    let grown = false;
    const growing: EventStore = {
      ...target,
      append: async (...append) => {
        if (!grown) await fill(source, 'grown', 10);
        grown = true;
        return target.append(...append);
      },
    };
    expect(await moveLog(source, growing, NOBODY, quiet)).toMatchObject({ copied: 40, size: 40 });
  });

  it('leaves the boxes of erased persons behind, and takes a copy without them for the same record', async () => {
    const [source, target] = [await sqlite(), await kurrent()];
    await fill(source, 'erased', 20);
    const { person } = boxNamed('erased 5 a');
    const erased = (one: string): boolean => one === person;
    await moveLog(source, target, erased, quiet);
    const boxes = (await takeFrom(target, target.origin, 20)).flatMap((event) => event.boxes.map((box) => box.person));
    expect(boxes).toHaveLength(7);
    expect(boxes).not.toContain(person);
    await expect(moveLog(source, target, NOBODY, quiet)).rejects.toThrow(/entry 5 .*sealed boxes/);
    expect(await moveLog(source, target, erased, quiet)).toMatchObject({ copied: 0, stoodThere: 20 });
  });

  it('carries the largest entry there is', async () => {
    const [source, target] = [await sqlite(), await kurrent()];
    const stream = streamNamed('large');
    await source.append(stream, -1, [eventNamed('large', { leaf: leafOfBytes(APPEND_BYTES_MAX) })]);
    await source.append(stream, 0, [eventNamed('small')]);
    expect(await moveLog(source, target, NOBODY, quiet)).toMatchObject({ copied: 2, size: 2 });
  });

  describe('is refused', () => {
    it('into a log that holds another record, one that is newer, and itself', async () => {
      const [source, target] = [await sqlite(), await sqlite()];
      await fill(source, 'mine', 12);
      await fill(target, 'its', 3);
      await expect(moveLog(source, target, NOBODY, quiet)).rejects.toThrow(/another record: entry 0 .*stream/);
      const newer = await sqlite();
      await fill(newer, 'mine', 12);
      await newer.append(streamNamed('one more'), -1, [eventNamed('one more')]);
      await expect(moveLog(source, newer, NOBODY, quiet)).rejects.toThrow(/all 12 entries of the source and goes on/);
      await expect(moveLog(source, source, NOBODY, quiet)).rejects.toThrow(CannotMove);
    });

    it.each(['leaf', 'type', 'recordedAt', 'id'] as const)('where an entry that stands there already differs in its %s', async (what) => {
      const [source, target] = [await sqlite(), await sqlite()];
      const other = {
        leaf: '{"data":{"word":"other"}}',
        type: 'OtherRecorded',
        recordedAt: '2018-10-04T10:00:00.000Z',
        id: eventNamed('o').id,
      };
      await source.append(streamNamed('s'), -1, [eventNamed('one'), eventNamed('two')]);
      await target.append(streamNamed('s'), -1, [eventNamed('one'), eventNamed('two', { [what]: other[what] })]);
      await expect(moveLog(source, target, NOBODY, quiet)).rejects.toThrow(/entry 1 /);
    });

    it('when somebody else writes in the target meanwhile, and when what was written is not what was sent', async () => {
      const [source, target, changed] = [await sqlite(), await sqlite(), await sqlite()];
      await fill(source, 'busy', 20);
      const [first] = await takeFrom(source, source.origin, 1);
      const meddled: EventStore = {
        ...target,
        append: async (stream, expected, events) => {
          if (expected === -1 && stream === first?.stream) await target.append(stream, -1, [eventNamed('meddler')]);
          return target.append(stream, expected, events);
        },
      };
      await expect(moveLog(source, meddled, NOBODY, quiet)).rejects.toThrow(/written by somebody else/);
      const lying: EventStore = {
        ...changed,
        append: (stream, expected, events) =>
          changed.append(
            stream,
            expected,
            events.map((event) => ({ ...event, leaf: event.leaf.replace('sitat', 'Sitat') })),
          ),
      };
      await expect(moveLog(source, lying, NOBODY, quiet)).rejects.toThrow(/The copy is not the source: they part after 0 entries/);
    });
  });
});
