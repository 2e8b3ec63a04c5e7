import type { ExecutionResult } from 'graphql';
import { command, openHouse, recorded, type House } from '../testing/house.js';

/** Takes the next `count` values; what is not sent makes the test time out. */
const take = async (source: AsyncIterableIterator<ExecutionResult>, count: number): Promise<readonly Record<string, unknown>[]> => {
  const values: Record<string, unknown>[] = [];
  while (values.length < count) {
    const { value } = await source.next();
    if (value.errors) throw new Error(JSON.stringify(value.errors));
    values.push(value.data);
  }
  return values;
};

describe('A listener', () => {
  let house: House;
  let ks: string;
  beforeEach(async () => {
    house = await openHouse();
    ks = await recorded(house, 'establishBody', { commandId: 'ks', name: 'KS' });
  });
  afterEach(() => house.close());

  const ENTRIES = `subscription($after: Position, $filter: HistoryFilter) { entries(after: $after, filter: $filter) { id type position item { title revision } } }`;
  const TIMELINE = `subscription($after: Position, $filter: TimelineFilter) { timeline(after: $after, filter: $filter) { position put { id type corrected item { title } } removed } }`;

  it('hears of each new entry in order, from now on, with the item as it stands', async () => {
    const source = await house.listen(ENTRIES);
    await recorded(house, 'addBodyAlias', { commandId: 'alias', body: { id: ks }, alias: 'Kommunesektorens organisasjon' });
    await recorded(house, 'renameBody', { commandId: 'navn', body: { id: ks }, name: 'KS nye' });
    expect(await take(source, 2)).toMatchObject([
      { entries: { id: `${ks}@1`, type: 'BodyAliasAdded' } },
      { entries: { id: `${ks}@2`, type: 'BodyRenamed', item: { title: 'KS nye', revision: 2 } } },
    ]);
    await source.return?.();
  });

  it('resumes after the last position it saw, and misses nothing in between', async () => {
    const first = await house.listen(ENTRIES, { after: house.store.origin });
    const [founding] = await take(first, 1);
    await first.return?.();
    await recorded(house, 'renameBody', { commandId: 'navn', body: { id: ks }, name: 'KS nye' });
    const resumed = await house.listen(ENTRIES, { after: (founding as { entries: { position: string } }).entries.position });
    expect(await take(resumed, 1)).toMatchObject([{ entries: { type: 'BodyRenamed' } }]);
    await resumed.return?.();
  });

  it('hears only of what the filter lets through', async () => {
    const source = await house.listen(ENTRIES, { filter: { items: [{ reference: 'KS' }], types: ['BodyRenamed'] } });
    await recorded(house, 'establishBody', { commandId: 'annet', name: 'Et annet organ' });
    await recorded(house, 'addBodyAlias', { commandId: 'alias', body: { id: ks }, alias: 'Kommunesektorens organisasjon' });
    await recorded(house, 'renameBody', { commandId: 'navn', body: { id: ks }, name: 'KS nye' });
    expect(await take(source, 1)).toMatchObject([{ entries: { type: 'BodyRenamed' } }]);
    await source.return?.();
  });

  it('gets a corrected row of the timeline again under its old id, and the id of one that is gone', async () => {
    const source = await house.listen(TIMELINE);
    await recorded(house, 'renameBody', { commandId: 'navn', body: { id: ks }, name: 'KS nye' });
    const [renamed] = (await take(source, 1)) as unknown as readonly [{ timeline: { put: readonly { id: string }[] } }];
    const id = renamed.timeline.put[0]?.id;
    await recorded(house, 'correctEntry', {
      commandId: 'rett',
      entry: `${ks}@1`,
      reason: 'skrivefeil',
      set: [{ path: 'name', value: 'Nye KS' }],
    });
    expect(await take(source, 1)).toMatchObject([{ timeline: { put: [{ id, corrected: true, item: { title: 'Nye KS' } }], removed: [] } }]);
    await recorded(house, 'retractEntry', { commandId: 'trekk', entry: `${ks}@1`, reason: 'skjedde ikke' });
    expect(await take(source, 1)).toMatchObject([{ timeline: { put: [], removed: [id] } }]);
    await source.return?.();
  });

  it('ends at once when it leaves while nothing happens', async () => {
    const source = await house.listen(ENTRIES);
    const pending = source.next();
    await source.return?.();
    expect((await pending).done).toBe(true);
  });

  it('is told when its position is not of this log', async () => {
    const source = await house.listen(ENTRIES, { after: 'tull' });
    await expect(source.next()).rejects.toMatchObject({ code: 'POSITION_UNKNOWN' });
  });
});

describe('A command whose read models lag', () => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse();
    await recorded(house, 'establishBody', { commandId: 'ks', name: 'KS' });
    await house.reads.runner.stop();
  });
  afterEach(() => house.close());

  it('is recorded all the same, with its receipt', async () => {
    const { data, errors } = await house.ask(
      `mutation { establishBody(input: { commandId: "sent", name: "Sent organ" }) { ... on Recorded { revision position replayed receipt { text entry position } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.establishBody).toMatchObject({ revision: 0, replayed: false, receipt: { text: expect.stringContaining('Sent organ') } });
    expect(data.establishBody.position).toBe(await house.store.head());
  });

  it('says in the error of the item that it was recorded, where, and that sending it again is safe', async () => {
    const { data, errors } = await house.ask(
      `mutation { establishBody(input: { commandId: "sent", name: "Sent organ" }) { ... on Recorded { item { id } } } }`,
    );
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      {
        path: ['establishBody', 'item'],
        message: expect.stringContaining('It was recorded as revision 0'),
        extensions: { code: 'PROJECTION_BEHIND', recorded: true, revision: 0, position: await house.store.head() },
      },
    ]);
  });

  it('is refused, and nothing written, when it names an item by reference: the newest may not be known yet', async () => {
    await house.ask(`mutation { establishBody(input: { commandId: "ny", name: "KS" }) { __typename } }`);
    const head = await house.store.head();
    const refused = await command(house, 'renameBody', { commandId: 'navn', body: { reference: 'KS' }, name: 'Nye KS' });
    expect(refused).toMatchObject({ __typename: 'Refused', code: 'PROJECTION_BEHIND', retryAfterMs: 1_000 });
    expect(await house.store.head()).toBe(head);
  });

  it('gives a query for that position a coded error, never old data in silence', async () => {
    await house.ask(`mutation { establishBody(input: { commandId: "ny", name: "Ny" }) { __typename } }`);
    const head = await house.store.head();
    const { errors } = await house.ask(`{ bodies { totalCount } }`, {}, { headers: { 'x-at-least-position': head } });
    expect(errors).toMatchObject([{ extensions: { code: 'PROJECTION_BEHIND' } }]);
  });
});
