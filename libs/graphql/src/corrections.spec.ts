import { command, openHouse, recorded, type House } from '../testing/house.js';

describe('Corrections, through the schema', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  const read = async (id: string, fields: string) => {
    const { data, errors } = await house.ask(`query($id: ID!) { node(id: $id) { ${fields} } }`, { id });
    expect(errors).toEqual([]);
    return data.node;
  };
  const resolve = (commandId: string, over: object = {}) =>
    recorded(house, 'recordResolution', {
      commandId,
      resolutionType: 'VEDTAK',
      title: 'Kultur for framtdia',
      body: { name: 'Hovedstyret' },
      caseOfficer: { name: 'Kari Saksbehandler' },
      points: [
        { pointKind: 'MEASURE', text: 'en' },
        { pointKind: 'MEASURE', text: 'to' },
      ],
      ...over,
    });

  it('hold together: the second does not bring back what the first took away', async () => {
    const id = await resolve('to-rettelser');
    const reason = 'Feil i registreringen';
    await recorded(house, 'correctEntry', { commandId: 'r1', entry: `${id}@0`, reason, set: [{ path: 'caseOfficer', value: null }] });
    await recorded(house, 'correctEntry', {
      commandId: 'r2',
      entry: `${id}@0`,
      reason,
      set: [{ path: 'title', value: 'Kultur for framtida' }],
    });
    expect(await read(id, '... on Resolution { title caseOfficer { value } }')).toEqual({
      title: 'Kultur for framtida',
      caseOfficer: null,
    });
    const { changes } = await read(`${id}@2`, '... on Entry { changes { path } }');
    expect(changes).toEqual([{ path: 'title' }]);
  });

  it('replace a reason, and clear who asserted and on what source', async () => {
    const id = await resolve('konvolutt', { reason: 'Galt', assertedBy: { name: 'Fylket' }, source: { title: 'Feil brev' } });
    const entry = `${id}@0`;
    await recorded(house, 'correctEntry', { commandId: 'k1', entry, reason: 'x', entryReason: 'Rett', clear: ['ASSERTED_BY', 'SOURCE'] });
    const node = await read(
      id,
      '... on Resolution { history { nodes { id reason assertedBy { __typename } changes { path } } } timeline { nodes { assertedBy { __typename } source { title } } } }',
    );
    expect(node.timeline.nodes).toEqual([{ assertedBy: null, source: null }]);
    const correction = node.history.nodes.find((one: { id: string }) => one.id === `${id}@1`);
    expect(correction.changes.map(({ path }: { path: string }) => path).sort()).toEqual(['assertedBy', 'reason', 'source']);
    const both = await command(house, 'correctEntry', { commandId: 'k2', entry, reason: 'x', entryReason: 'y', clear: ['REASON'] });
    expect(both).toMatchObject({ __typename: 'Refused', code: 'INVALID_CORRECTION' });
  });

  it('never shift points: what is assigned stays with its point', async () => {
    const id = await resolve('punkter');
    await recorded(house, 'assignPoint', { commandId: 'p1', point: { item: { id }, point: '2' }, owner: { name: 'Kommunen' } });
    const point = (text: string) => ({
      label: null,
      pointKind: 'MEASURE',
      text,
      role: null,
      addressees: [],
      openEnded: false,
      note: null,
      points: [],
    });
    const between = [point('en'), point('glemt'), point('to')];
    const refused = await command(house, 'correctEntry', {
      commandId: 'p2',
      entry: `${id}@0`,
      reason: 'x',
      set: [{ path: 'points', value: between }],
    });
    expect(refused).toMatchObject({ __typename: 'Refused', code: 'POINTS_WOULD_SHIFT', allowed: ['correctEntry', 'amendResolution'] });
    const added = { change: 'ADDED', added: { pointKind: 'MEASURE', text: 'glemt' } };
    await recorded(house, 'amendResolution', { commandId: 'p3', resolution: { id }, changes: [added], occurred: { text: '2016' } });
    const { points } = await read(id, '... on Resolution { points { nodes { path text owner { ... on NamedParty { name } } } } }');
    expect(points.nodes).toEqual([
      { path: '1', text: 'en', owner: null },
      { path: '2', text: 'to', owner: { name: 'Kommunen' } },
      { path: '3', text: 'glemt', owner: null },
    ]);
  });

  it('need not know whether a vote was unanimous', async () => {
    const id = await resolve('votering');
    await recorded(house, 'recordVote', { commandId: 'v1', resolution: { id }, inFavour: 12 });
    expect((await read(id, '... on Resolution { votes { unanimous inFavour } }')).votes).toEqual([{ unanimous: null, inFavour: 12 }]);
  });
});
