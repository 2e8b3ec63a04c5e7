import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventStore } from '@saksgang/event-store';
import { StoreUnavailable } from '@saksgang/event-store';
import { matterKind, MATTERS, registryOf } from '../../testing/matter.kind.js';
import { idOf, openWorld, type World } from '../../testing/world.js';
import { checksum } from '../checking.js';
import { itemsProjection } from '../items/items.projection.js';
import type { Projection } from '../projection.js';
import { projectionsOf } from '../read-side.js';
import type { Values } from '../writing/exchange.js';
import { RebuildStopped } from './rebuild.js';

const A = idOf('matter', 'a');
const BEFORE_VALUES = 3; // item, recorded_from, recorded_to
const opened = (title: string) => ({ type: 'Opened', data: { title, references: [], projects: [] } }) as const;
const renamed = (title: string) => ({ type: 'Renamed', data: { title } }) as const;

/** The projection, but it cannot take the entry with this title. */
const breaking = (projection: Projection, title: string): Projection => ({
  ...projection,
  writer: (rows) => {
    const write = projection.writer(rows);
    return (step) => {
      write(step);
      if ((step.entry.event.data as { title?: string }).title === title) throw new Error(`${title} broke it`);
    };
  },
});
const instead = (projection: Projection): readonly Projection[] =>
  projectionsOf(MATTERS).map((one) => (one.name === projection.name ? projection : one));

describe('the runner', () => {
  let world: World;
  beforeEach(() => (world = openWorld(MATTERS)));
  afterEach(() => world.close());
  const titleOf = async ({ reading }: Awaited<ReturnType<World['open']>>) => (await reading.item(A, await reading.pin(null, null)))?.title;

  it('goes on where it stopped, over restarts', async () => {
    await world.record(A, opened('first'));
    let side = await world.open();
    expect(await titleOf(side)).toBe('first');
    await side.close();
    await world.record(A, renamed('second'));
    side = await world.open();
    expect(await titleOf(side)).toBe('second');
    expect(side.runner.progress().map(({ projection, lag, stopped }) => [projection, lag, stopped])).toEqual(
      projectionsOf(MATTERS).map(({ name }) => [name, 0, null]),
    );
  });

  it('sees what is appended while it follows, and wakes those who wait for it', async () => {
    const side = await world.open();
    const { ordinal } = await world.record(A, opened('first'));
    expect(await side.runner.waitFor(ordinal, 1)).toBe(true);
    const next = side.runner.waitFor(ordinal + 1, 1);
    await world.record(A, renamed('second'));
    expect(await next).toBe(true);
  });

  it('answers false when the wait runs out first', async () => {
    const side = await world.open();
    const waiting = side.runner.waitFor(1, 1);
    world.timeOut();
    expect(await waiting).toBe(false);
  });

  it('stops only the projection that cannot take an entry, just before it, and says why', async () => {
    await world.record(A, opened('first'));
    const second = await world.record(A, renamed('poison'));
    const third = await world.record(A, renamed('third'));
    const side = await world.open({ projections: instead(breaking(itemsProjection, 'poison')) });
    const standing = new Map(side.runner.progress().map((one) => [one.projection, one]));
    expect(standing.get('items')).toMatchObject({ stopped: { position: second.position, reason: 'poison broke it' }, lag: 2 });
    expect(standing.get('timeline')).toMatchObject({ stopped: null, position: third.position, lag: 0 });
    expect(side.runner.reached()).toBe(third.ordinal);
    expect(world.logged).toContain('error: a projection has stopped at an entry it cannot take');
  });

  it('refuses to read what a stopped projection cannot tell, and tells what it can', async () => {
    const first = await world.record(A, opened('first'));
    await world.record(A, renamed('poison'));
    const { reading, ...side } = await world.open({ projections: instead(breaking(itemsProjection, 'poison')) });
    const now = await reading.pin(null, null);
    await expect(reading.item(A, now)).rejects.toMatchObject({
      code: 'PROJECTION_STOPPED',
      details: { projection: 'items', position: first.position },
    });
    expect((await reading.timeline({}, 'OLDEST_FIRST', {}, now)).edges).toHaveLength(2);
    expect((await reading.item(A, await reading.pin({ position: first.position }, null)))?.title).toBe('first');
    await side.close();
  });

  it('tries again after a restart', async () => {
    await world.record(A, opened('first'));
    await world.record(A, renamed('poison'));
    let side = await world.open({ projections: instead(breaking(itemsProjection, 'poison')) });
    await side.close();
    side = await world.open();
    expect(await titleOf(side)).toBe('poison');
    expect(side.runner.progress().every(({ stopped }) => stopped === null)).toBe(true);
  });

  it('stops every projection at an entry that cannot be decoded', async () => {
    const first = await world.record(A, opened('first'));
    const poison = await world.recordPoison(A);
    const side = await world.open({ idle: true });
    side.runner.start();
    await side.runner.waitFor(first.ordinal, 1);
    for (const { position, stopped } of side.runner.progress()) {
      expect(position).toBe(first.position);
      expect(stopped?.position).toBe(poison.position);
      expect(stopped?.reason).toContain('cannot be read');
    }
  });

  it('follows again after a fault of the log, from where it stands', async () => {
    let faults = 2;
    const faulty: EventStore = {
      ...world.store,
      async *follow(options) {
        for await (const batch of world.store.follow({ ...options, batch: 1 })) {
          yield batch;
          if (faults-- > 0) throw new StoreUnavailable('the line is down', 'not-written');
        }
      },
    };
    for (const title of ['first', 'second', 'third']) await world.record(A, title === 'first' ? opened(title) : renamed(title));
    const side = await world.open({ store: faulty, idle: true });
    side.runner.start();
    for (let turns = 0; turns < 1_000 && side.runner.reached() < 3; turns += 1) {
      world.timeOut();
      await nextTurn();
    }
    expect(await titleOf(side)).toBe('third');
    expect(world.logged.filter((line) => line.includes('interrupted'))).toHaveLength(2);
  });

  it('throws away the rows of another log', async () => {
    await world.record(A, opened('first'));
    await (await world.open()).close();
    const other = openWorld(MATTERS);
    // Another log has another id; the same file is opened over it.
    const emptied: EventStore = {
      ...other.store,
      logId: 'other',
      origin: `other-${'0'.repeat(20)}`,
      head: async () => `other-${'0'.repeat(20)}`,
    };
    const side = await world.open({ store: emptied, idle: true });
    expect(side.file.prepare('SELECT * FROM items').all()).toEqual([]);
    expect(side.runner.reached()).toBe(0);
    await other.close();
  });
});

describe('a rebuild', () => {
  let world: World;
  beforeEach(() => (world = openWorld(MATTERS)));
  afterEach(() => world.close());
  const louder: Projection = {
    ...itemsProjection,
    version: itemsProjection.version + 1,
    writer: (rows) =>
      itemsProjection.writer({
        ...rows,
        versioned: (spec) => {
          const table = rows.versioned(spec);
          const title = spec.table.columns.findIndex(({ name }) => name === 'title') - BEFORE_VALUES;
          const shout = (values: Values): Values => (title < 0 ? values : values.with(title, String(values[title]).toUpperCase()));
          return { ...table, open: (item, ordinal, values) => table.open(item, ordinal, shout(values)) };
        },
      }),
  };

  it('of a changed projection goes on beside the old rows, which serve until it is done', async () => {
    await world.record(A, opened('first'));
    await (await world.open()).close();
    const side = await world.open({ projections: instead(louder), idle: true });
    const title = async () => (await side.reading.item(A, await side.reading.pin(null, null)))?.title;
    expect(await title()).toBe('first');
    const swapped = world.record(A, renamed('second'));
    side.runner.start();
    await swapped;
    await side.caughtUp();
    expect(await title()).toBe('SECOND');
    expect(side.runner.progress().find(({ projection }) => projection === 'items')).toMatchObject({
      version: louder.version,
      stopped: null,
    });
  });

  it('that a poison entry stops leaves the old rows serving, and says so', async () => {
    await world.record(A, opened('poison'));
    await (await world.open()).close();
    const side = await world.open({ projections: instead(breaking(louder, 'poison')), idle: true });
    side.runner.start();
    await side.runner.waitFor(1, 1);
    const stopped = () => side.runner.standing('items').stopped;
    for (let turns = 0; turns < 200 && stopped() === null; turns += 1) await nextTurn();
    expect(stopped()?.reason).toContain('poison broke it');
    expect(side.file.prepare('SELECT title FROM items').all()).toEqual([{ title: 'poison' }]);
    expect(readdirSync(dirname(side.file.path)).filter((name) => name.startsWith('read-items-') && name.endsWith('.db'))).toEqual([
      'read-items-1.db',
    ]);
  });

  it('asked for rejects on a poison entry and changes nothing', async () => {
    await world.record(A, opened('first'));
    let broken = false;
    const fickle: Projection = {
      ...itemsProjection,
      writer: (rows) => {
        const write = itemsProjection.writer(rows);
        return (step) => {
          if (broken) throw new Error('not today');
          write(step);
        };
      },
    };
    const side = await world.open({ projections: instead(fickle) });
    const before = checksum(side.file, fickle);
    broken = true;
    await expect(side.runner.rebuild(['items'])).rejects.toThrow(RebuildStopped);
    broken = false;
    expect(checksum(side.file, fickle)).toEqual(before);
    await side.runner.rebuild(['items']);
    expect(checksum(side.file, fickle)).toEqual(before);
  });

  it('keeps up with entries that are appended meanwhile', async () => {
    await world.record(A, opened('first'));
    const side = await world.open();
    const rebuilding = side.runner.rebuild(['items', 'timeline', 'links', 'history']);
    for (let n = 0; n < 50; n += 1) await world.record(A, renamed(`name ${n}`));
    await rebuilding;
    await side.caughtUp();
    const built = projectionsOf(MATTERS).map((projection) => checksum(side.file, projection));
    await side.runner.rebuild(['items', 'timeline', 'links', 'history']);
    expect(projectionsOf(MATTERS).map((projection) => checksum(side.file, projection))).toEqual(built);
    const { reading } = side;
    expect((await reading.item(A, await reading.pin(null, null)))?.title).toBe('name 49');
  });

  it('that was interrupted leaves nothing behind: the next start serves what stood, and removes the rest', async () => {
    await world.record(A, opened('first'));
    const side = await world.open();
    const { path } = side.file;
    await side.close();
    const leftOver = join(dirname(path), 'read-items-2.db');
    writeFileSync(leftOver, 'half a file');
    const again = await world.open();
    expect(existsSync(leftOver)).toBe(false);
    expect((await again.reading.item(A, await again.reading.pin(null, null)))?.title).toBe('first');
    await again.runner.rebuild(['items']);
    expect(readdirSync(dirname(path)).filter((name) => /^read-items-\d+\.db$/u.test(name))).toEqual(['read-items-2.db']);
  });

  it('comes first to what every reading needs: search says that it is behind until it has been built', async () => {
    const many = 5_001;
    for (let n = 0; n < many; n += 1) await world.record(idOf('matter', `m${n}`), opened(`m${n}`));
    const side = await world.open();
    const { reading } = side;
    const pin = await reading.pin(null, null);
    expect(pin.known).toBe(many);
    await expect(reading.search('m7', null, {}, pin)).rejects.toMatchObject({
      code: 'PROJECTION_BEHIND',
      details: { projection: 'search', position: pin.position },
    });
    expect(await (await reading.timeline({}, 'OLDEST_FIRST', { first: 1 }, pin)).totalCount()).toBe(many);
    await side.built();
    expect((await reading.search('m7', null, {}, pin)).edges.map(({ node }) => node.item.title)).toContain('m7');
  });

  it('follows a projection whose file was lost, and leaves the others as they are', async () => {
    await world.record(A, opened('first'));
    const side = await world.open();
    const built = projectionsOf(MATTERS).map((projection) => checksum(side.file, projection));
    await side.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(dirname(side.file.path), `read-items-1.db${suffix}`), { force: true });
    const again = await world.open();
    expect(projectionsOf(MATTERS).map((projection) => checksum(again.file, projection))).toEqual(built);
  });

  it('fills an empty database the same way when the log is long', async () => {
    const many = 5_200;
    for (let n = 0; n < many; n += 1) await world.record(idOf('matter', `m${n % 40}`), n < 40 ? opened(`m${n}`) : renamed(`m${n}`));
    const side = await world.open();
    await side.built();
    expect(side.file.prepare<{ n: number }>('SELECT count(*) AS n FROM entries').get()).toEqual({ n: many });
    const built = projectionsOf(MATTERS).map((projection) => checksum(side.file, projection));
    await side.runner.rebuild(['timeline']);
    expect(projectionsOf(MATTERS).map((projection) => checksum(side.file, projection))).toEqual(built);
  });
});

describe('the work of folding', () => {
  it('is one `evolve` for each entry put behind a long stream, not the whole stream again', async () => {
    const counted = matterKind('matter');
    const world = openWorld(registryOf(counted));
    const [first, later] = [4_980, 20];
    await world.record(A, opened('first'));
    for (let n = 1; n < first; n += 1) await world.record(A, renamed(`name ${n}`));
    let side = await world.open();
    expect(counted.evolved).toBe(first);
    for (let n = 0; n < later; n += 1) await world.record(A, renamed(`later ${n}`));
    await side.caughtUp();
    expect(counted.evolved).toBe(first + later);
    await side.close();

    // A restart folds the stream once, when its next entry comes.
    counted.evolved = 0;
    await world.record(A, renamed('after the restart'));
    side = await world.open();
    await world.record(A, renamed('and once more'));
    await side.caughtUp();
    expect(counted.evolved).toBe(first + later + 2);
    await world.close();
  });

  it('is what follows an entry that comes late, and one `evolve` for the next', async () => {
    const counted = matterKind('matter');
    const world = openWorld(registryOf(counted));
    await world.record(A, opened('first'), { occurred: '2018-09-01' });
    for (let n = 1; n < 100; n += 1) await world.record(A, renamed(`name ${n}`), { occurred: '2018-09-10' });
    const side = await world.open();
    counted.evolved = 0;
    await world.record(A, renamed('late'), { occurred: '2018-09-05' });
    await side.caughtUp();
    // As known just before it, and what comes after it once more.
    expect(counted.evolved).toBe(100 + 100);
    await world.record(A, renamed('next'));
    await side.caughtUp();
    expect(counted.evolved).toBe(201);
    // The stream is at hand as it was folded: «next» is put behind it, and all but the two first are folded with the late one.
    await world.record(A, renamed('late too'), { occurred: '2018-09-07' });
    await side.caughtUp();
    expect(counted.evolved).toBe(201 + 1 + 101);
    await world.close();
  });

  it('reads no stream again, in a build, that it has just gone through', async () => {
    const world = openWorld(MATTERS);
    let read = 0;
    const counting: EventStore = {
      ...world.store,
      readStream: (...asked) => {
        read += 1;
        return world.store.readStream(...asked);
      },
    };
    await world.record(A, opened('first'), { occurred: '2018-09-01' });
    await world.record(A, renamed('second'), { occurred: '2018-09-10' });
    await world.record(A, renamed('late'), { occurred: '2018-09-05' });
    const side = await world.open({ store: counting });
    const built = checksum(side.file, itemsProjection);
    read = 0;
    await side.runner.rebuild(['items']);
    expect(read).toBe(0);
    expect(checksum(side.file, itemsProjection)).toEqual(built);
    await world.close();
  });
});
