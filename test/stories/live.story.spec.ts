import { once } from 'node:events';
import { jest } from '@jest/globals';
import { letterInput, recordBodies } from '../support/letter.js';
import { listen, TRANSPORTS, type Listening } from '../support/listening.js';
import { serve, type Json, type Served } from '../support/serve.js';

const ENTRIES = `subscription Entries($after: Position, $filter: HistoryFilter) { entries(after: $after, filter: $filter) { id position type item { id } } }`;
const TIMELINE = `subscription Timeline($after: Position, $filter: TimelineFilter) { timeline(after: $after, filter: $filter) {
  position removed put { id type occurred { text } corrected item { title } } } }`;

const TOLD = `subscription Told($after: Position, $filter: HistoryFilter) { entries(after: $after, filter: $filter) {
  id type title reason removed changes { path } item { __typename title } } }`;
const shape = ({ timeline: { put, removed } }: Json): Json => [put.map(({ id }: Json) => id), removed];

describe.each(TRANSPORTS)('A client builder listens over %s,', (transport) => {
  let served: Served;
  let resolution: string;
  let start: string;
  let open: Listening[];
  let turn = 0;

  const subscribe = (query: string, variables: Json = {}, key: string | null = served.keys.secretariat): Listening => {
    const listening = listen(transport, served.url, query, variables, key === null ? null : `Bearer ${key}`);
    open.push(listening);
    return listening;
  };
  const write = async (from: number, to: number): Promise<void> => {
    for (let number = from; number < to; number += 1)
      await served.recorded('reportPoint', {
        commandId: `rapport-${turn}-${number}`,
        point: { item: { id: resolution }, point: '3' },
        text: `Rapport ${number}`,
      });
  };
  const logged = async (after: string): Promise<readonly string[]> => {
    const { history } = await served.read(`{ history(last: 100, orderBy: OLDEST_FIRST) { nodes { id position } } }`);
    return history.nodes.filter((entry: Json) => entry.position > after).map((entry: Json) => entry.id);
  };

  beforeAll(async () => {
    served = await serve();
    await recordBodies(served);
  });
  beforeEach(async () => {
    open = [];
    turn += 1;
    resolution = await served.recorded('recordResolution', letterInput(`vedtak-${turn}`));
    start = await served.record.store.head();
  });
  afterEach(async () => {
    for (const listening of open) await listening.leave();
  });
  afterAll(() => served.close());

  it('to entries, leaves, and resumes where it was: nothing missed, nothing twice, in order, while a writer goes on', async () => {
    await write(0, 10);
    const before = subscribe(ENTRIES, { after: start });
    const [first] = await Promise.all([before.take(7), write(10, 20)]);
    await before.leave();
    await write(20, 30);
    const again = subscribe(ENTRIES, { after: first.at(-1).entries.position });
    const [second] = await Promise.all([again.take(33), write(30, 40)]);
    const seen = [...first, ...second].map(({ entries }) => entries.id);
    expect(seen).toEqual(await logged(start));
    expect(seen).toHaveLength(40);
  });

  it('to entries of one item and one type only', async () => {
    const listening = subscribe(ENTRIES, { after: start, filter: { items: [{ id: resolution }], types: ['PointAssigned'] } });
    await write(0, 3);
    const point = { item: { id: resolution }, point: '3' };
    await served.recorded('assignPoint', { commandId: `fordel-${turn}`, point, owner: { name: 'Administrasjonen' } });
    expect(await listening.take(1)).toMatchObject([{ entries: { type: 'PointAssigned', item: { id: resolution } } }]);
  });

  it('to the timeline: a row that is dated comes again under its old id, and a retracted one is removed', async () => {
    const listening = subscribe(TIMELINE, { after: start, filter: { items: [{ id: resolution }] } });
    await write(0, 1);
    await served.recorded('establishDate', { commandId: `dato-${turn}`, item: { id: resolution }, date: { text: '2018-09-12' } });
    const changes = await listening.take(2);
    expect(changes).toMatchObject([
      { timeline: { removed: [], put: [{ id: `${resolution}@1`, type: 'PointReported', corrected: false }] } },
      { timeline: { put: [{ id: `${resolution}@0`, type: 'ResolutionRecorded', occurred: { text: '2018-09-12' }, corrected: true }] } },
    ]);
    await listening.leave();
    await served.recorded('retractEntry', { commandId: `trekk-${turn}`, entry: `${resolution}@1`, reason: 'Gjaldt en annen sak.' });
    const resumed = subscribe(TIMELINE, { after: changes.at(-1).timeline.position, filter: { items: [{ id: resolution }] } });
    expect(await resumed.take(1)).toMatchObject([{ timeline: { removed: [`${resolution}@1`], put: [] } }]);
  });

  it('as anyone may: what is unpublished is taken back, nothing of it comes after, and published again it is news', async () => {
    const heard = subscribe(TIMELINE, { after: start, filter: { items: [{ id: resolution }] } }, null);
    const entries = subscribe(TOLD, { after: start, filter: { items: [{ id: resolution }] } }, null);
    const say = (name: string, input: Json) => served.recorded(name, { commandId: `${name}-${turn}-${acts++}`, ...input });
    let acts = 0;
    await say('publish', { item: { id: resolution }, withHistory: true });
    await write(0, 1);
    expect((await heard.take(2)).map(shape)).toEqual([
      [[`${resolution}@0`], []],
      [[`${resolution}@2`], []],
    ]);
    expect(await entries.take(2)).toMatchObject([
      { entries: { id: `${resolution}@1`, type: 'Published', removed: [] } },
      { entries: { id: `${resolution}@2`, type: 'PointReported', removed: [] } },
    ]);
    await say('unpublish', { item: { id: resolution }, reason: 'Lagt ut ved en feil.' });
    expect((await heard.take(1)).map(shape)).toEqual([[[], [`${resolution}@0`, `${resolution}@2`]]]);
    expect(await entries.take(1)).toMatchObject([
      {
        entries: {
          ...{ id: `${resolution}@3`, type: 'Unpublished', title: 'Skjermet', reason: null, changes: [] },
          removed: [0, 1, 2].map((revision) => `${resolution}@${revision}`),
          item: { __typename: 'ShieldedItem', title: 'Skjermet' },
        },
      },
    ]);
    await write(1, 2);
    await say('publish', { item: { id: resolution } });
    const [again] = await heard.take(1);
    expect(shape(again)).toEqual([[`${resolution}@0`, `${resolution}@2`, `${resolution}@4`], []]);
    expect(await entries.take(1)).toMatchObject([
      { entries: { id: `${resolution}@5`, type: 'Published', removed: [], item: { __typename: 'Resolution' } } },
    ]);
  });

  it('as the steering group: what is shielded is taken back, a point by itself and then all of it', async () => {
    const at = { after: start, filter: { items: [{ id: resolution }] } };
    const heard = subscribe(TIMELINE, at, served.keys.steering);
    const entries = subscribe(TOLD, at, served.keys.steering);
    const next = async (): Promise<Json> => {
      const [[told], [entry]] = await Promise.all([heard.take(1), entries.take(1)]);
      return [...shape(told), entry.entries.id, entry.entries.removed];
    };
    const [whole, report] = [`${resolution}@0`, `${resolution}@1`];
    await write(0, 1);
    expect(await next()).toEqual([[report], [], report, []]);
    await served.recorded('shield', { commandId: `punkt-${turn}`, item: { id: resolution }, point: '3', legalBasis: 'offl. § 13' });
    expect(await next()).toEqual([[whole], [report], `${resolution}@2`, [report]]);
    await write(1, 2);
    await served.recorded('shield', { commandId: `alt-${turn}`, item: { id: resolution }, legalBasis: 'offl. § 13' });
    expect(await next()).toEqual([[], [whole], `${resolution}@4`, [whole, `${resolution}@2`]]);
    await served.recorded('release', { commandId: `fram-${turn}`, item: { id: resolution } });
    expect(await next()).toEqual([[whole], [], `${resolution}@5`, []]);
  });

  it('and is told nothing of what was never to be seen, also when it is shielded', async () => {
    const heard = subscribe(TIMELINE, { after: start }, null);
    const entries = subscribe(TOLD, { after: start }, null);
    await served.recorded('shield', { commandId: `skjerm-${turn}`, item: { id: resolution }, legalBasis: 'offl. § 13' });
    await served.recorded('release', { commandId: `opphev-${turn}`, item: { id: resolution } });
    await served.recorded('publish', { commandId: `ut-${turn}`, item: { id: resolution } });
    expect((await heard.take(1)).map(shape)).toEqual([[[`${resolution}@0`], []]]);
    expect(await entries.take(1)).toMatchObject([{ entries: { id: `${resolution}@3`, type: 'Published', removed: [] } }]);
    await served.recorded('unpublish', { commandId: `inn-${turn}`, item: { id: resolution }, reason: 'Slutt.' });
  });

  it('and is told when the position it resumes from is of another log', async () => {
    const foreign = start.replace(/^./, (character) => (character === '0' ? '1' : '0'));
    await expect(subscribe(ENTRIES, { after: foreign }).take(1)).rejects.toThrow(/POSITION_UNKNOWN/);
  });

  it('and when it leaves, or its connection breaks, the source behind it ends', async () => {
    const asked = jest.spyOn(served.record.reading, 'entriesAfter');
    const listening = subscribe(ENTRIES, { after: start });
    await write(0, 1);
    await listening.take(1);
    const signal = asked.mock.calls[0]?.[2];
    if (signal === undefined) throw new Error('nobody asked for entries');
    const ended = once(signal, 'abort');
    expect(signal.aborted).toBe(false);
    await listening.leave();
    if (!signal.aborted) await ended;
    expect(signal.aborted).toBe(true);
  });

  it('and does not keep the server from stopping: it is hung up on, and resumes after the restart', async () => {
    const listening = subscribe(ENTRIES, { after: start });
    const quiet = subscribe(TIMELINE, {});
    await write(0, 2);
    const heard = await listening.take(2);
    const ends = [listening, quiet].map((one) => one.rest().catch(() => 'hung up'));
    await served.restart();
    await Promise.all(ends);
    await write(2, 4);
    const resumed = subscribe(ENTRIES, { after: heard.at(-1).entries.position });
    expect((await resumed.take(2)).map(({ entries }) => entries.id)).toEqual((await logged(start)).slice(2));
  });
});
