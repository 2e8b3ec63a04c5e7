import { MATTERS } from '../../testing/matter.kind.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';

const A = idOf('matter', 'a');
const V = idOf('venture', 'v');
const opened = (title: string) => ({ type: 'Opened', data: { title, references: [], projects: [] } }) as const;
const renamed = (title: string) => ({ type: 'Renamed', data: { title } }) as const;

describe('a pin', () => {
  let world: World;
  let side: OpenSide;
  beforeEach(async () => {
    world = openWorld(MATTERS);
    side = await world.open();
  });
  afterEach(() => world.close());
  const pin = (asOf: object | null, atLeast: string | null = null) => side.reading.pin(asOf, atLeast);

  it('stands at the newest entry and the Oslo day of the request, when nothing is asked for', async () => {
    const { ordinal, position } = await world.record(A, opened('a'));
    await side.caughtUp();
    world.at('2018-10-03T22:30:00.000Z');
    expect(await pin(null)).toEqual({ known: ordinal, position, validAt: '2018-10-04', today: '2018-10-04', now: true });
  });

  it('takes an instant as the last position at which nothing recorded later had been seen', async () => {
    const recordedAt = async (instant: string) => {
      world.at(instant);
      return world.record(A, (await side.reading.item(A, await pin(null))) ? renamed(instant) : opened(instant));
    };
    const first = await recordedAt('2018-10-01T10:00:00.000Z');
    await side.caughtUp();
    const second = await recordedAt('2018-10-05T10:00:00.000Z');
    // A clock that ran behind: recorded after the second, and so not known before it.
    const third = await recordedAt('2018-10-02T10:00:00.000Z');
    const fourth = await recordedAt('2018-10-06T10:00:00.000Z');
    await side.caughtUp();
    const known = async (knownAt: string) => (await pin({ knownAt })).position;
    expect(await known('2018-09-30T10:00:00.000Z')).toBe(world.store.origin);
    expect(await known('2018-10-01T10:00:00.000Z')).toBe(first.position);
    expect(await known('2018-10-02T10:00:00.000Z')).toBe(first.position);
    expect(await known('2018-10-05T09:59:59.999Z')).toBe(first.position);
    expect(await known('2018-10-05T10:00:00.000Z')).toBe(third.position);
    expect(second.ordinal).toBeLessThan(third.ordinal);
    expect(await known('2030-01-01T00:00:00.000Z')).toBe(fourth.position);
  });

  it('takes a day as its end in Oslo', async () => {
    world.at('2018-10-03T21:59:59.999Z');
    const last = await world.record(A, opened('a'));
    world.at('2018-10-03T22:00:00.000Z');
    await world.record(A, renamed('b'));
    await side.caughtUp();
    expect((await pin({ knownOn: '2018-10-03' })).position).toBe(last.position);
  });

  it('takes a meeting as what the group had been shown: the record just before it, or at the instant it says', async () => {
    const first = await world.record(A, opened('a'));
    world.at('2018-10-04T10:00:00.000Z');
    await world.record(V, opened('v'));
    world.at('2018-10-05T10:00:00.000Z');
    const before = await world.record(A, renamed('b'));
    const met = await world.record(V, { type: 'Met', data: { title: 'm', held: '2018-10-05', shownAt: null } });
    const shown = await world.record(V, { type: 'Met', data: { title: 'm', held: '2018-10-05', shownAt: '2018-10-03T12:00:00.000Z' } });
    await side.caughtUp();
    expect((await pin({ meeting: met.ref })).position).toBe(before.position);
    expect((await pin({ meeting: shown.ref })).position).toBe(first.position);
    await expect(pin({ meeting: first.ref })).rejects.toMatchObject({ code: 'BAD_AS_OF' });
    await expect(pin({ meeting: `${V}@99` })).rejects.toMatchObject({ code: 'BAD_AS_OF' });
    await expect(pin({ meeting: 'nonsense' })).rejects.toMatchObject({ code: 'BAD_AS_OF' });
    await world.record(V, { type: 'EntryRetracted', data: { entry: met.id } });
    await side.caughtUp();
    await expect(pin({ meeting: met.ref })).rejects.toMatchObject({ code: 'BAD_AS_OF' });
  });

  it.each([
    [{ knownOn: '2018-10-03', knownAt: '2018-10-03T10:00:00.000Z' }, 'BAD_AS_OF'],
    [{ knownOn: '2018-02-30' }, 'BAD_AS_OF'],
    [{ knownAt: 'yesterday' }, 'BAD_AS_OF'],
    [{ validAt: '2018-13-01' }, 'BAD_AS_OF'],
    [{ position: 'nonsense' }, 'POSITION_UNKNOWN'],
    [{ position: `other-${'1'.padStart(20, '0')}` }, 'POSITION_UNKNOWN'],
  ])('refuses %j as %s', async (asOf, code) => {
    await expect(pin(asOf)).rejects.toMatchObject({ name: 'ReadProblem', code });
  });

  it('waits for the position that is asked for, and reads at it or later', async () => {
    await side.close();
    side = await world.open({ idle: true });
    const { position } = await world.record(A, opened('a'));
    const waiting = pin(null, position);
    side.runner.start();
    expect((await waiting).position).toBe(position);
  });

  it('says PROJECTION_BEHIND when the wait runs out, never old data in silence', async () => {
    await side.close();
    side = await world.open({ idle: true });
    const { position } = await world.record(A, opened('a'));
    const waiting = expect(pin(null, position)).rejects.toMatchObject({ code: 'PROJECTION_BEHIND' });
    for (let turns = 0; turns < 20; turns += 1) {
      await Promise.resolve();
      world.timeOut();
    }
    await waiting;
  });

  it('says PROJECTION_STOPPED when an entry nobody can read stopped every projection: where, of what class, and nothing of its content', async () => {
    const first = await world.record(A, opened('a'));
    await side.caughtUp();
    const poison = await world.recordPoison(A);
    const told = { projection: 'history', position: first.position, stoppedAt: poison.position, fault: 'UndecodableEntry' };
    // Whoever waits already is told as soon as they stop; whoever asks later is told at once. No wait runs out here.
    for (const _ of ['waiting', 'later']) {
      await expect(pin(null, poison.position)).rejects.toMatchObject({ code: 'PROJECTION_STOPPED', details: told });
    }
    await expect(pin({ position: poison.position })).rejects.not.toThrow(/leaf/u);
    expect((await pin(null)).position).toBe(first.position);
  });

  it('says POSITION_UNKNOWN at once for a position beyond the end of the record', async () => {
    const { ordinal } = await world.record(A, opened('a'));
    const beyond = `${world.store.logId}-${String(ordinal + 1).padStart(20, '0')}`;
    await expect(pin(null, beyond)).rejects.toMatchObject({ code: 'POSITION_UNKNOWN' });
    await expect(pin({ position: beyond })).rejects.toMatchObject({ code: 'POSITION_UNKNOWN' });
  });
});
