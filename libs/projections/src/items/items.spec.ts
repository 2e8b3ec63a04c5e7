import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import { MATTERS } from '../../testing/matter.kind.js';
import { checkItems } from '../checking.js';
import type { ItemsTable } from './items.table.js';

const A = idOf('matter', 'a');
const opened = (title: string, more: Partial<{ references: string[]; projects: string[] }> = {}) =>
  ({ type: 'Opened', data: { title, references: [], projects: [], ...more } }) as const;
const renamed = (title: string) => ({ type: 'Renamed', data: { title } }) as const;
const corrected = (entry: string, more: object) => ({
  type: 'EntryCorrected',
  data: { entry, version: 1, occurred: null, assertedBy: null, source: null, entryReason: null, cleared: [], set: [], ...more },
});

describe('the rectangles of an item', () => {
  let world: World;
  let side: OpenSide;
  beforeEach(async () => {
    world = openWorld(MATTERS);
    side = await world.open();
  });
  afterEach(() => world.close());

  const rows = async (): Promise<readonly string[]> => {
    await side.caughtUp();
    expect(checkItems(side.file)).toEqual([]);
    return side.file
      .prepare<ItemsTable>('SELECT * FROM items WHERE item = ? ORDER BY recorded_from, valid_from')
      .all(A)
      .map(
        (row) =>
          `${row.recorded_from}–${row.recorded_to ?? ''} ${row.valid_from}–${row.valid_to ?? ''} ${row.title} ${row.state} r${row.revision ?? ''}`,
      );
  };

  it('begin with one: known from the founding entry, in effect from its day', async () => {
    await world.record(A, opened('first'), { occurred: '2018-09-20' });
    expect(await rows()).toEqual(['1– 2018-09-20– first OPEN r0']);
  });

  it('become one closed and two opened when an entry is put behind the others', async () => {
    await world.record(A, opened('first'), { occurred: '2018-09-20' });
    await world.record(A, renamed('second'), { occurred: '2018-09-25' });
    expect(await rows()).toEqual([
      '1–2 2018-09-20– first OPEN r0',
      '2– 2018-09-20–2018-09-25 first OPEN r',
      '2– 2018-09-25– second OPEN r1',
    ]);
  });

  it('become one closed and one opened when the days are equal', async () => {
    await world.record(A, opened('first'), { occurred: '2018-09-20' });
    await world.record(A, renamed('second'), { occurred: '2018-09-20' });
    expect(await rows()).toEqual(['1–2 2018-09-20– first OPEN r0', '2– 2018-09-20– second OPEN r1']);
  });

  it('are cut where a late entry belongs, and only those that differ are closed and opened', async () => {
    await world.record(A, opened('first'), { occurred: '2018-09-01' });
    await world.record(A, renamed('third'), { occurred: '2018-09-25' });
    await world.record(A, renamed('second'), { occurred: '2018-09-10' });
    expect(await rows()).toEqual([
      '1–2 2018-09-01– first OPEN r0',
      '2–3 2018-09-01–2018-09-25 first OPEN r',
      '2–3 2018-09-25– third OPEN r1',
      '3– 2018-09-01–2018-09-10 first OPEN r',
      '3– 2018-09-10–2018-09-25 second OPEN r',
      '3– 2018-09-25– third OPEN r2',
    ]);
  });

  it('leave alone what a correction does not touch', async () => {
    await world.record(A, opened('first'), { occurred: '2018-09-01' });
    const second = await world.record(A, renamed('secnd'), { occurred: '2018-09-10' });
    await world.record(A, corrected(second.id, { set: [{ path: 'title', value: 'second' }] }));
    expect(await rows()).toEqual([
      '1–2 2018-09-01– first OPEN r0',
      '2– 2018-09-01–2018-09-10 first OPEN r',
      '2–3 2018-09-10– secnd OPEN r1',
      '3– 2018-09-10– second OPEN r2',
    ]);
  });

  it('move when a date is established, the founding entry never later than the rest', async () => {
    const founded = await world.record(A, opened('first'));
    await world.record(A, renamed('second'), { occurred: '2018-09-10' });
    await world.record(A, { type: 'DateEstablished', data: { entry: founded.id, date: { text: '2018-09-05', asWritten: null } } });
    expect((await rows()).slice(-3)).toEqual([
      '2–3 2018-09-10– second OPEN r1',
      '3– 2018-09-05–2018-09-10 first OPEN r',
      '3– 2018-09-10– second OPEN r2',
    ]);
  });

  it('end in one that says RETRACTED, which lists leave out and `item` still finds', async () => {
    const founded = await world.record(A, opened('mistake', { references: ['18/1'] }), { occurred: '2018-09-01' });
    await world.record(A, { type: 'EntryRetracted', data: { entry: founded.id } }, { reason: 'feil' });
    expect((await rows()).at(-1)).toBe('2– 2018-09-01– mistake RETRACTED r1');
    const pin = await side.reading.pin(null, null);
    expect((await side.reading.items({}, 'OCCURRED', {}, pin)).edges).toEqual([]);
    expect(await side.reading.byReference('2018/1', null, pin)).toEqual([]);
    expect(await side.reading.item(A, pin)).toMatchObject({ state: 'RETRACTED', title: 'mistake', revision: 1 });
    expect(await side.reading.state(A, pin)).toMatchObject({ retracted: true, state: { title: 'mistake' } });
  });

  it('come back when the retraction is retracted', async () => {
    const founded = await world.record(A, opened('first'), { occurred: '2018-09-01' });
    const retraction = await world.record(A, { type: 'EntryRetracted', data: { entry: founded.id } });
    await world.record(A, { type: 'EntryRetracted', data: { entry: retraction.id } });
    expect((await rows()).at(-1)).toBe('3– 2018-09-01– first OPEN r2');
  });
});

describe('an item at a pin', () => {
  let world: World;
  let side: OpenSide;
  beforeEach(async () => {
    world = openWorld(MATTERS);
    side = await world.open();
  });
  afterEach(() => world.close());

  it('follows both axes: what was in effect that day, as known at that entry', async () => {
    const first = await world.record(A, opened('first'), { occurred: '2018-09-01' });
    await world.record(A, renamed('second'), { occurred: '2018-09-20' });
    await side.caughtUp();
    const title = async (asOf: object) => (await side.reading.item(A, await side.reading.pin(asOf, null)))?.title ?? null;
    expect(await title({})).toBe('second');
    expect(await title({ validAt: '2018-09-19' })).toBe('first');
    expect(await title({ validAt: '2018-08-31' })).toBeNull();
    expect(await title({ position: first.position })).toBe('first');
    expect(await title({ position: world.store.origin })).toBeNull();
  });

  it('says its revision and update by what was known, whatever day is asked about', async () => {
    const first = await world.record(A, opened('first'), { occurred: '2018-09-01' });
    world.at('2018-10-05T08:00:00.000Z');
    await world.record(A, renamed('second'), { occurred: '2018-09-20' });
    await side.caughtUp();
    const early = await side.reading.item(A, await side.reading.pin({ validAt: '2018-09-02' }, null));
    expect(early).toMatchObject({
      title: 'first',
      revision: 1,
      updatedAt: '2018-10-05T08:00:00.000Z',
      recordedAt: '2018-10-03T10:00:00.000Z',
    });
    const before = await side.reading.item(A, await side.reading.pin({ position: first.position, validAt: '2018-09-02' }, null));
    expect(before).toMatchObject({ revision: 0, updatedAt: '2018-10-03T10:00:00.000Z' });
  });

  it('is answered in the order asked for, with null for what is unknown', async () => {
    const b = idOf('matter', 'b');
    await world.record(A, opened('a'));
    await world.record(b, opened('b'));
    await side.caughtUp();
    const found = await side.reading.itemsById([b, idOf('matter', 'none'), A, b], await side.reading.pin(null, null));
    expect(found.map((row) => row?.title ?? null)).toEqual(['b', null, 'a', 'b']);
  });
});
