import { openHouse, recorded, type House } from '../testing/house.js';

describe('A question', () => {
  let house: House;
  let resolution: string;

  beforeAll(async () => {
    house = await openHouse();
    for (const number of [1, 2, 3, 4, 5]) await recorded(house, 'establishBody', { commandId: `organ-${number}`, name: `Organ ${number}` });
    resolution = await recorded(house, 'recordResolution', {
      commandId: 'vedtak',
      resolutionType: 'UTTALELSE',
      title: 'Uttalelsen',
      body: { name: 'Landsting' },
      caseReference: '18/01456-7',
      points: [1, 2, 3, 4, 5].map((number) => ({ pointKind: number === 1 ? 'PREMISE' : 'REQUEST', text: `punkt ${number}` })),
    });
  });
  afterAll(() => house.close());

  const codes = async (document: string, variables: Readonly<Record<string, unknown>> = {}, headers = {}): Promise<readonly string[]> =>
    (await house.ask(document, variables, { headers })).errors.map((error) => error.extensions.code);

  it.each([
    ['a page of none', '{ items(first: 0) { totalCount } }', 'BAD_PAGE'],
    ['a page of less than none', '{ items(first: -1) { totalCount } }', 'BAD_PAGE'],
    ['a page of a million', '{ items(first: 1000000) { totalCount } }', 'BAD_PAGE'],
    ['a page from both ends', '{ items(first: 1, last: 1) { totalCount } }', 'BAD_PAGE'],
    ['a malformed cursor', '{ items(after: "tull") { totalCount } }', 'BAD_CURSOR'],
    ['a page of no points', '{ node(id: $id) { ... on Resolution { points(first: 0) { totalCount } } } }', 'BAD_PAGE'],
    ['a page of a million points', '{ node(id: $id) { ... on Resolution { points(first: 1000000) { totalCount } } } }', 'BAD_PAGE'],
    ['a malformed cursor of points', '{ node(id: $id) { ... on Resolution { points(after: "tull") { totalCount } } } }', 'BAD_CURSOR'],
    ['two bounds of one axis', '{ items(asOf: { knownOn: "2026-01-01", position: "x" }) { totalCount } }', 'BAD_AS_OF'],
    ['a position of another log', '{ items(asOf: { position: "x-00000000000000000001" }) { totalCount } }', 'POSITION_UNKNOWN'],
    ['a meeting that is none', '{ items(asOf: { meeting: "tull" }) { totalCount } }', 'BAD_AS_OF'],
    ['an impossible day', '{ items(asOf: { knownOn: "2018-02-30" }) { totalCount } }', undefined],
    ['a filter on an unknown project', '{ items(filter: { project: { reference: "99/9" } }) { totalCount } }', 'UNKNOWN_REFERENCE'],
    ['a filter that names an item badly', '{ timeline(filter: { items: [{}] }) { totalCount } }', 'BAD_USER_INPUT'],
    ['too many ids at once', `{ nodes(ids: ${JSON.stringify(Array.from({ length: 101 }, () => 'x'))}) { id } }`, 'BAD_USER_INPUT'],
  ])('with %s is answered with a coded error', async (_what, document, code) => {
    const full = document.includes('$id') ? `query($id: ID!) ${document}` : document;
    const found = await codes(full, document.includes('$id') ? { id: resolution } : {});
    expect(found).toEqual([code ?? expect.stringMatching(/^BAD_/)]);
    expect(house.faults).toEqual([]);
  });

  it('for a cursor of another list is answered BAD_CURSOR', async () => {
    const cursor = (await house.ask(`{ bodies(first: 1) { pageInfo { endCursor } } }`)).data.bodies.pageInfo.endCursor;
    expect(await codes(`query($after: String) { timeline(after: $after) { totalCount } }`, { after: cursor })).toEqual(['BAD_CURSOR']);
    const points = `query($id: ID!, $after: String, $filter: PointFilter) { node(id: $id) { ... on Resolution { points(first: 2, after: $after, filter: $filter) { pageInfo { endCursor } } } } }`;
    const { endCursor } = (await house.ask(points, { id: resolution })).data.node.points.pageInfo;
    expect(await codes(points, { id: resolution, after: endCursor, filter: { overdue: true } })).toEqual(['BAD_CURSOR']);
    expect(await codes(points, { id: resolution, after: cursor })).toEqual(['BAD_CURSOR']);
  });

  it('for an id that names nothing is answered null, in the order asked', async () => {
    const ids = [
      'tull',
      '',
      resolution,
      `${resolution}/9`,
      `${resolution}@99`,
      `${resolution}/2`,
      `${resolution}@0`,
      '../etc/passwd',
      'x/',
    ];
    const { data, errors } = await house.ask(`query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }`, { ids });
    expect(errors).toEqual([]);
    expect(data.nodes).toEqual([
      null,
      null,
      { __typename: 'Resolution', id: resolution },
      null,
      null,
      { __typename: 'Point', id: `${resolution}/2` },
      { __typename: 'Entry', id: `${resolution}@0` },
      null,
      null,
    ]);
  });

  it('finds by reference in any spelling', async () => {
    for (const reference of ['18/01456-7', '18/1456-7', '2018/1456-7']) {
      const { data } = await house.ask(`query($reference: String!) { byReference(reference: $reference) { id reference } }`, { reference });
      expect(data.byReference).toEqual([{ id: resolution, reference: '18/01456-7' }]);
    }
  });

  it('pages through a list both ways without losing or doubling a row', async () => {
    const page = async (args: string) =>
      (
        await house.ask(
          `{ bodies(orderBy: TITLE, ${args}) { totalCount nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
        )
      ).data.bodies;
    const first = await page('first: 2');
    expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const second = await page(`first: 2, after: "${first.pageInfo.endCursor}"`);
    const third = await page(`first: 2, after: "${second.pageInfo.endCursor}"`);
    const titles = [first, second, third].flatMap((one) => one.nodes.map((node: { title: string }) => node.title));
    expect(titles).toEqual(['Organ 1', 'Organ 2', 'Organ 3', 'Organ 4', 'Organ 5']);
    expect(third.pageInfo.hasNextPage).toBe(false);
    const back = await page(`last: 2, before: "${third.pageInfo.startCursor}"`);
    expect(back.nodes).toEqual(second.nodes);
  });

  it('pages through points, and a page does not tear when a point changes meanwhile', async () => {
    const document = `query($id: ID!, $after: String, $filter: PointFilter) { node(id: $id) { ... on Resolution { points(first: 2, after: $after, filter: $filter) { totalCount position nodes { path pointState } pageInfo { hasNextPage hasPreviousPage endCursor } } } } }`;
    const filter = { states: ['OPEN'] };
    const first = (await house.ask(document, { id: resolution, filter })).data.node.points;
    expect(first).toMatchObject({
      totalCount: 4,
      nodes: [{ path: '2' }, { path: '3' }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    await recorded(house, 'assignPoint', {
      commandId: 'fordel',
      point: { item: { id: resolution }, point: '4' },
      owner: { name: 'Sekretariatet' },
    });
    const second = (await house.ask(document, { id: resolution, filter, after: first.pageInfo.endCursor })).data.node.points;
    expect(second).toMatchObject({
      position: first.position,
      nodes: [{ path: '4', pointState: 'OPEN' }, { path: '5' }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
    expect((await house.ask(document, { id: resolution, filter })).data.node.points.totalCount).toBe(3);
  });

  it('may narrow a list of one kind, and finds nothing when it asks it for another', async () => {
    const { data } = await house.ask(`{
      all: items { totalCount }  none: bodies(filter: { kinds: [PROJECT] }) { totalCount nodes { id } }
      texts: resolutions(filter: { text: "uttal", subtypes: ["UTTALELSE"], states: ["ADOPTED", "IN_FOLLOW_UP"] }) { nodes { title } } }`);
    expect(data.all.totalCount).toBe(6);
    expect(data.none).toEqual({ totalCount: 0, nodes: [] });
    expect(data.texts.nodes).toEqual([{ title: 'Uttalelsen' }]);
  });

  it('with x-at-least-position sees that position, and one that is not of this log is refused', async () => {
    const head = await house.store.head();
    const { data } = await house.ask(`{ items { position } }`, {}, { as: null, headers: { 'x-at-least-position': head } });
    expect(data.items.position).toBe(head);
    expect(await codes(`{ items { position } }`, {}, { 'x-at-least-position': 'tull' })).toEqual(['POSITION_UNKNOWN']);
  });

  it('filters the raw record by actor, kind and type', async () => {
    const document = `query($filter: HistoryFilter) { history(filter: $filter, orderBy: OLDEST_FIRST) { totalCount nodes { type actor { id actorKind name { sealedState } } item { kind } } } }`;
    const all = (await house.ask(document)).data.history;
    expect(all.nodes[0]).toMatchObject({
      type: 'BodyEstablished',
      actor: { actorKind: 'PERSON', name: { sealedState: 'SHOWN' } },
      item: { kind: 'BODY' },
    });
    const actor = all.nodes[0].actor.id;
    expect((await house.ask(document, { filter: { actors: [actor], kinds: ['RESOLUTION'] } })).data.history.totalCount).toBe(2);
    expect((await house.ask(document, { filter: { types: ['PointAssigned'] } })).data.history.totalCount).toBe(1);
    expect((await house.ask(document, { filter: { actors: ['actor-ukjent'] } })).data.history.nodes).toEqual([]);
  });
});
