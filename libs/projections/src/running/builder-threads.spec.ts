import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import type { DomainEvent } from '@saksgang/kernel';
import { registry } from '@saksgang/kinds';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import { checkItems, checksum } from '../checking.js';
import { projectionsOf } from '../read-side.js';
import { buildersFrom, shareOut, type Builders } from './builder-threads.js';
import { RebuildStopped } from './rebuild.js';

/** A thread cannot load sources. */
const BODY = new URL('../../../../dist/apps/api/src/builder.thread.js', import.meta.url);
const PROJECTIONS = projectionsOf(registry);
const NAMES = PROJECTIONS.map(({ name }) => name);
const A = idOf('body', 'a');
const claim = (text: string): DomainEvent => ({ type: 'BodyClaimRecorded', data: { claim: text } });

const sums = ({ file }: OpenSide) => PROJECTIONS.map((projection) => checksum(file, projection));

describe('threads that build read models', () => {
  let world: World;
  let threads: Worker[];
  const watched = (met: (thread: Worker) => void = () => undefined): Builders => {
    if (!existsSync(BODY)) throw new Error(`${fileURLToPath(BODY)} is missing: run \`npm run build\` before this test`);
    const { start, ...rest } = buildersFrom(BODY, 2);
    return {
      ...rest,
      from: 1,
      start: (order) => {
        const thread = start(order);
        threads.push(thread);
        met(thread);
        return thread;
      },
    };
  };
  const files = (side: OpenSide): readonly string[] =>
    readdirSync(dirname(side.file.path)).filter((name) => name.endsWith('.db') && name !== basename(side.file.path));

  beforeEach(async () => {
    world = openWorld(registry);
    threads = [];
    for (const item of [A, idOf('body', 'b')]) {
      await world.record(item, {
        type: 'BodyEstablished',
        data: { name: `Utvalg ${item.slice(-1)}`, aliases: [], parent: null, period: null },
      });
      const first = await world.record(item, claim('Det første.'), { occurred: '2018-09-10' });
      await world.record(item, claim('Lært sent.'), { occurred: '2018-09-05' });
      await world.record(item, { type: 'EntryRetracted', data: { entry: first.id } }, { reason: 'Feil organ.' });
      await world.record(item, { type: 'Linked', data: { relation: 'DEPENDS_ON', target: A, targetPart: null, part: null, period: null } });
    }
  });
  afterEach(() => world.close());

  it('make the same rows as the thread that serves, with what comes late and what is taken back', async () => {
    const side = await world.open({ builders: watched() });
    const here = sums(side);
    expect(here.slice(0, 4).every(({ rows }) => rows > 0)).toBe(true);
    await side.runner.rebuild(NAMES);
    expect(threads).toHaveLength(2);
    expect(sums(side)).toEqual(here);
    expect(checkItems(side.file)).toEqual([]);
  });

  it('are caught up with when entries are appended meanwhile, and their rows are fed on', async () => {
    let more: Promise<unknown> = Promise.resolve();
    const side = await world.open({
      builders: watched((thread) =>
        thread.once('online', () => void (more = more.then(() => world.record(A, claim(`Mens ${threads.length} bygde.`))))),
      ),
    });
    await side.runner.rebuild(NAMES);
    await more;
    await world.record(A, claim('Etterpå.'));
    await side.caughtUp();
    const fedOn = sums(side);
    await world.close();
    expect(fedOn[0]?.rows).toBe(13);
  });

  it('stop at an entry that cannot be read, and leave what served and nothing else', async () => {
    const side = await world.open({ builders: watched() });
    const [before, there] = [sums(side), files(side)];
    const poison = await world.recordPoison(A);
    await expect(side.runner.rebuild(['items', 'timeline'])).rejects.toMatchObject({ name: RebuildStopped.name, ordinal: poison.ordinal });
    expect([sums(side), files(side)]).toEqual([before, there]);
  });

  it('may die: what served goes on serving, and the next build succeeds', async () => {
    let mayDie = true;
    const side = await world.open({ builders: watched((thread) => void (mayDie && thread.once('online', () => void thread.terminate()))) });
    const [before, there] = [sums(side), files(side)];
    await expect(side.runner.rebuild(NAMES)).rejects.toThrow('ended before it was done');
    expect([sums(side), files(side)]).toEqual([before, there]);
    mayDie = false;
    await side.runner.rebuild(NAMES);
    expect(sums(side)).toEqual(before);
  });

  it('end when the record is closed in the middle of a build', async () => {
    let closing: Promise<void> = Promise.resolve();
    const side: OpenSide = await world.open({ builders: watched((thread) => thread.once('online', () => void (closing = side.close()))) });
    await expect(side.runner.rebuild(NAMES)).rejects.toThrow();
    await closing;
    // A thread that has ended has no number.
    expect(threads.map(({ threadId }) => threadId)).toEqual(threads.map(() => -1));
  });
});

describe('the work of a build', () => {
  it('is shared out by what each projection costs, and no thread is without', () => {
    const begun = PROJECTIONS.map((projection) => ({ projection, generation: 1, path: `${projection.name}.db` }));
    const names = (threads: number, chosen = begun) =>
      shareOut(chosen, threads).map((files) => files.map(({ projection }) => projection.name));
    const together = begun.filter(({ projection }) => projection.apart !== true && projection.name !== 'search');
    expect(names(2, together)).toEqual([
      ['history', 'links', 'visibility'],
      ['items', 'timeline'],
    ]);
    expect(names(99).flat().sort()).toEqual([...NAMES].sort());
    expect(names(99)).toHaveLength(begun.length);
  });
});
