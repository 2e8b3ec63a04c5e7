import { RevisionConflict, StoreUnavailable } from '@saksgang/event-store';
import { codeOf, mustRecord, openHouse, say, type House } from '../testing/house.js';
import { RETRIES_MAX } from './submit.js';

describe('commands that race', () => {
  let house: House;
  let item: string;
  beforeEach(async () => {
    house = openHouse();
    ({ item } = await mustRecord(house.submit(say('body', 'EstablishBody', null, 'est-1', { name: 'KS' }))));
  });
  afterEach(() => house.close());

  const alias = (commandId: string, expectedRevision: number | null = null) =>
    say('body', 'AddBodyAlias', item, commandId, { alias: `navn ${commandId}` }, { expectedRevision });
  const aliases = async () => (await house.log()).filter((event) => event.type === 'BodyAliasAdded');

  it('both land when neither expects a revision', async () => {
    const [one, two] = [house.another(), house.another()];
    const both = await Promise.all([mustRecord(one(alias('a'))), mustRecord(two(alias('b')))]);
    expect(both.map((outcome) => outcome.revision).sort()).toEqual([1, 2]);
  });

  it('land all twenty within one process, in one try each', async () => {
    const twenty = Array.from({ length: 20 }, (_, index) => mustRecord(house.submit(alias(`a${index}`))));
    const revisions = (await Promise.all(twenty)).map((outcome) => outcome.revision);
    expect(revisions).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(house.slept).toEqual([]);
  });

  it('between twenty processes each lands exactly once or is told to try again', async () => {
    const twenty = await Promise.all(Array.from({ length: 20 }, (_, index) => house.another()(alias(`a${index}`))));
    const landed = twenty.filter((outcome) => outcome.outcome === 'recorded');
    expect(new Set(twenty.map(codeOf)).size).toBeLessThanOrEqual(2);
    expect(twenty.every((outcome) => ['recorded', 'BUSY'].includes(codeOf(outcome)))).toBe(true);
    expect(landed.length).toBeGreaterThanOrEqual(RETRIES_MAX + 1);
    const stored = await aliases();
    expect(stored.map((event) => event.revision)).toEqual(landed.map((_, index) => index + 1));
    expect(house.slept.length).toBeGreaterThan(0);
    expect(Math.max(...house.slept)).toBeLessThanOrEqual(250);
  });

  it('only one lands when both expect the same revision; the other is shown what came', async () => {
    const [one, two] = [house.another(), house.another()];
    const both = await Promise.all([one(alias('a', 0)), two(alias('b', 0))]);
    const lost = both.find((outcome) => outcome.outcome === 'conflict');
    expect(both.map(codeOf).sort()).toEqual(['conflict', 'recorded']);
    expect(lost).toMatchObject({ expected: 0, actual: 1, item });
    expect(lost?.outcome === 'conflict' && lost.since.map((entry) => entry.event.type)).toEqual(['BodyAliasAdded']);
  });

  it('a revision that has passed, or has not come yet, is a conflict and writes nothing', async () => {
    await mustRecord(house.submit(alias('a')));
    const passed = await house.submit(alias('b', 0));
    const ahead = await house.submit(alias('c', 7));
    const notThere = await house.submit(alias('d', -1));
    expect(passed).toMatchObject({ outcome: 'conflict', expected: 0, actual: 1, since: [{ revision: 1 }] });
    expect(ahead).toMatchObject({ outcome: 'conflict', expected: 7, actual: 1, since: [] });
    expect(notThere).toMatchObject({ outcome: 'conflict', expected: -1, since: [{ revision: 0 }, { revision: 1 }] });
    expect(await aliases()).toHaveLength(1);
  });

  it('the expected revision is judged after the command id: a retry is no conflict', async () => {
    const first = await mustRecord(house.submit(alias('a', 0)));
    await mustRecord(house.submit(alias('b')));
    expect(await house.submit(alias('a', 0))).toEqual({ ...first, replayed: true });
  });

  it('a founding raced by itself in another process makes one item', async () => {
    const found = say('body', 'EstablishBody', null, 'est-2', { name: 'Landstinget' });
    const both = await Promise.all([house.another(), house.another()].map((submit) => mustRecord(submit(found))));
    expect(both.map((outcome) => outcome.replayed).sort()).toEqual([false, true]);
    expect(both[0]!.item).toBe(both[1]!.item);
    expect(await house.log()).toHaveLength(2);
  });

  it('what another process recorded is seen before a command is refused or stays quiet', async () => {
    // Held here: the body lives. Recorded elsewhere: it was dissolved.
    await mustRecord(house.another()(say('body', 'DissolveBody', item, 'dis-1', {})));
    const late = await house.submit(say('body', 'DissolveBody', item, 'dis-2', {}));
    const elsewhere = await house.another()(say('body', 'DissolveBody', item, 'dis-2', {}));
    expect(codeOf(late)).toBe(codeOf(elsewhere));
    expect(await house.log()).toHaveLength(2);
  });

  it('gives up after its retries and says when to try again', async () => {
    let appends = 0;
    const always = house.another({
      store: {
        ...house.store,
        append: (stream, expected) => {
          appends += 1;
          return Promise.reject(new RevisionConflict(stream, expected, expected + 1));
        },
      },
    });
    expect(await always(alias('a'))).toMatchObject({ outcome: 'refused', refusal: { code: 'BUSY' }, retryAfterMs: 250 });
    expect(appends).toBe(RETRIES_MAX + 1);
    expect(house.slept).toHaveLength(RETRIES_MAX);
  });

  it('a store that cannot be read refuses, and has written nothing', async () => {
    const deaf = house.another({
      store: { ...house.store, readStream: () => Promise.reject(new StoreUnavailable('no answer', 'unknown')) },
    });
    const outcome = await deaf(alias('a'));
    expect(outcome).toMatchObject({ outcome: 'refused', refusal: { code: 'UNAVAILABLE' } });
    expect(JSON.stringify(outcome)).toContain('Ingenting er ført');
  });

  it('a hot item costs one append and one small read', async () => {
    const calls: string[] = [];
    const counting = house.another({
      store: {
        ...house.store,
        append: (...appending) => {
          calls.push('append');
          return house.store.append(...appending);
        },
        readStream: async (stream, options) => {
          const page = await house.store.readStream(stream, options);
          calls.push(`read ${page.events.length}`);
          return page;
        },
      },
    });
    await mustRecord(counting(alias('a')));
    calls.length = 0;
    await mustRecord(counting(alias('b')));
    await mustRecord(counting(alias('c')));
    expect(calls).toEqual(['append', 'read 1', 'append', 'read 1']);
  });
});
