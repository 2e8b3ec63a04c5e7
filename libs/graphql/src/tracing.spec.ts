import { command, openHouse, recorded, type House } from '../testing/house.js';

const TRACE = `nodes { id distance item { __typename title } point { path text } }
  edges { from to relation relationLabel assertedBy { ... on NamedParty { name } } source { title } period { text } }
  ends { node end code label item { id } point { path } assertedBy { ... on NamedParty { name } } }
  truncated`;

describe('A trace', () => {
  let house: House;
  let resolution: string;

  beforeAll(async () => {
    house = await openHouse();
    resolution = await recorded(house, 'recordResolution', {
      commandId: 'vedtak',
      resolutionType: 'VEDTAK',
      title: 'Kultur for framtida',
      body: { name: 'Hovedstyret' },
      caseReference: '18/01456-7',
      points: [
        { pointKind: 'PREMISE', text: 'Kultur spiller en sentral rolle.' },
        { pointKind: 'REQUEST', text: 'Ansvaret for kulturskolene avklares.' },
        { pointKind: 'MEASURE', text: 'KS vil tilsette kulturfaglig kapasitet i kommunene.' },
      ],
    });
    const project = await recorded(house, 'startProject', { commandId: 'prosjekt', title: 'Oppspill', initiators: [{ name: 'KS' }] });
    const linked = await command(house, 'link', {
      commandId: 'lenke',
      from: { item: { id: project } },
      to: { item: { id: resolution } },
      relation: 'LED_TO',
      assertedBy: { name: 'KS' },
      source: { title: 'Brevet' },
    });
    expect(linked.__typename).toBe('Recorded');
  });
  afterAll(() => house.close());

  const point3 = async (asOf: object | null = null) => {
    const { data, errors } = await house.ask(
      `query($asOf: AsOf) { trace(from: { item: { reference: "2018/1456", kind: RESOLUTION }, point: "3" }, asOf: $asOf) { ${TRACE} } }`,
      { asOf },
      {},
    );
    expect(errors).toEqual([]);
    return data.trace;
  };
  const endsAtPoint3 = (trace: Awaited<ReturnType<typeof point3>>) =>
    trace.ends
      .filter((end: { node: string }) => end.node === `${resolution}/3`)
      .map((end: { end: string; code: string; label: string }) => [end.end, end.code, end.label]);

  it('of a point nobody has seen to shows its origin, and ends in an honest gap', async () => {
    const trace = await point3();
    expect(
      trace.nodes.map((node: { distance: number; item: object; point: object | null }) => [node.distance, node.item, node.point]),
    ).toEqual([
      [
        0,
        { __typename: 'Resolution', title: 'Kultur for framtida' },
        { path: '3', text: 'KS vil tilsette kulturfaglig kapasitet i kommunene.' },
      ],
      [1, { __typename: 'Resolution', title: 'Kultur for framtida' }, null],
      [2, { __typename: 'Project', title: 'Oppspill' }, null],
    ]);
    expect(trace.edges.map((edge: object) => edge)).toContainEqual(
      expect.objectContaining({
        to: resolution,
        relation: 'LED_TO',
        relationLabel: 'førte til',
        assertedBy: { name: 'KS' },
        source: { title: 'Brevet' },
      }),
    );
    expect(endsAtPoint3(trace)).toEqual([['GAP', 'ASK_WITHOUT_OUTCOME', 'ingen ansvarlig, ingen rapport']]);
    expect(trace.truncated).toBe(false);
  });

  it('of a point that was assigned, reported and judged ends in the verdicts, side by side; and as it was before, as of then', async () => {
    const before = (await house.ask('{ items { position } }')).data.items.position;
    const point = { item: { id: resolution }, point: '3' };
    const say = async (name: string, input: object) =>
      expect((await command(house, name, { commandId: name + JSON.stringify(input).length, point, ...input })).__typename).toBe('Recorded');
    await say('assignPoint', { owner: { name: 'Sekretariatet' }, deadline: { text: '2019-06-30' } });
    expect(endsAtPoint3(await point3())).toEqual([['GAP', 'ASK_WITHOUT_OUTCOME', 'ingen rapport']]);
    await say('reportPoint', { text: 'To rådgivere er tilsatt.' });
    expect(endsAtPoint3(await point3())).toEqual([['GAP', 'ASK_WITHOUT_OUTCOME', 'ikke avsluttet']]);
    await say('judgePoint', { outcome: 'FULFILLED', assertedBy: { name: 'KS' }, reason: 'Tilsatt.' });
    await say('judgePoint', { outcome: 'PARTLY', assertedBy: { name: 'Norsk kulturskoleråd' }, reason: 'Bare to av fem.' });
    await say('closePoint', { closedAs: 'CARRIED_OUT' });
    const trace = await point3();
    expect(endsAtPoint3(trace)).toEqual([
      ['VERDICT', 'FULFILLED', 'oppfylt'],
      ['VERDICT', 'PARTLY', 'delvis oppfylt'],
      ['OUTCOME', 'CARRIED_OUT', 'utført'],
    ]);
    expect(trace.ends.map((end: { assertedBy: object | null }) => end.assertedBy)).toContainEqual({ name: 'Norsk kulturskoleråd' });
    expect(endsAtPoint3(await point3({ position: before }))).toEqual([['GAP', 'ASK_WITHOUT_OUTCOME', 'ingen ansvarlig, ingen rapport']]);
  });

  it('is asked of an item and of a point alike, one way or both', async () => {
    const { data, errors } = await house.ask(
      `query($id: ID!) { node(id: $id) { ... on Resolution {
        trace(direction: FORWARD, depth: 1) { nodes { id } }
        whole: trace(point: "3", direction: BACKWARD) { nodes { id } }
        point(path: "3") { trace(direction: BACKWARD) { nodes { id } } } } } }`,
      { id: resolution },
    );
    expect(errors).toEqual([]);
    expect(data.node.trace.nodes.map(({ id }: { id: string }) => id)).toEqual([resolution, `${resolution}/2`, `${resolution}/3`]);
    expect(data.node.point.trace).toEqual(data.node.whole);
    expect(data.node.whole.nodes).toHaveLength(3);
  });

  it.each([
    ['a depth of none', '{ trace(from: { item: { reference: "2018/1456" } }, depth: 0) { truncated } }', 'BAD_FILTER'],
    ['a depth of 13', '{ trace(from: { item: { reference: "2018/1456" } }, depth: 13) { truncated } }', 'BAD_FILTER'],
    ['a point that is not there', '{ trace(from: { item: { reference: "2018/1456" }, point: "9" }) { truncated } }', 'UNKNOWN_ITEM'],
    ['an unknown reference', '{ trace(from: { item: { reference: "99/9" } }) { truncated } }', 'UNKNOWN_REFERENCE'],
    ['an empty search', '{ search(text: " ") { totalCount } }', 'BAD_FILTER'],
    ['control characters in a search', '{ search(text: "a\\u0007") { totalCount } }', 'BAD_FILTER'],
    ['too long a search', `{ search(text: "${'a'.repeat(201)}") { totalCount } }`, 'BAD_FILTER'],
    ['a cursor of another search', '{ search(text: "a", after: "tull") { totalCount } }', 'BAD_CURSOR'],
  ])('or a search with %s is answered with a coded error', async (_what, document, code) => {
    const { errors } = await house.ask(document, {}, {});
    expect(errors.map((error) => error.extensions.code)).toEqual([code]);
    expect(house.faults).toEqual([]);
  });

  it('and a search finds points by what they say, in any inflection', async () => {
    const { data, errors } = await house.ask(
      `{ search(text: "kulturskole ansvar") { totalCount position pageInfo { hasNextPage } nodes { title } edges { snippet node { id } point { path } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.search).toMatchObject({ totalCount: 1, pageInfo: { hasNextPage: false }, nodes: [{ title: 'Kultur for framtida' }] });
    expect(data.search.edges).toEqual([
      { snippet: 'Ansvaret for kulturskolene avklares.', node: { id: resolution }, point: { path: '2' } },
    ]);
  });
});
