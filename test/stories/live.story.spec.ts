import { once } from 'node:events';
import { jest } from '@jest/globals';
import { letterInput, recordBodies } from '../support/letter.js';
import { listen, TRANSPORTS, type Listening } from '../support/listening.js';
import { serve, type Json, type Served } from '../support/serve.js';

const ENTRIES = `subscription Entries($after: Position, $filter: HistoryFilter) { entries(after: $after, filter: $filter) { id position type item { id } } }`;
const TIMELINE = `subscription Timeline($after: Position, $filter: TimelineFilter) { timeline(after: $after, filter: $filter) {
  position removed put { id type occurred { text } corrected item { title } } } }`;

describe.each(TRANSPORTS)('A client builder listens over %s,', (transport) => {
  let served: Served;
  let resolution: string;
  let start: string;
  let open: Listening[];
  let turn = 0;

  const subscribe = (query: string, variables: Json = {}): Listening => {
    const listening = listen(transport, served.url, query, variables, `Bearer ${served.keys.secretariat}`);
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
