import { command, openHouse, recorded, type House } from '../testing/house.js';

/** What a command is does not hang on how its input is written. */
describe('A command sent again, written otherwise', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  type Input = Readonly<Record<string, unknown>>;
  const again = async (mutation: string, input: Input, other: Input) => {
    const first = await command(house, mutation, input);
    const second = await command(house, mutation, other);
    expect(first).toMatchObject({ __typename: 'Recorded', replayed: false });
    expect(second).toEqual({ ...first, replayed: true });
    return first;
  };

  it('is the same with fields left out or given as null, in every founding command', async () => {
    const body = { commandId: 'organ', name: 'Rådet' };
    await again('establishBody', body, { ...body, aliases: null, parent: null, period: null, links: null, occurred: null, reason: null });
    const project = { commandId: 'prosjekt', title: 'Oppspill' };
    await again('startProject', project, { ...project, aliases: null, initiators: null, duration: null, steeringGroup: null, links: null });
    const point = { pointKind: 'MEASURE', text: 'Et tiltak' };
    const resolution = { commandId: 'vedtak', resolutionType: 'VEDTAK', title: 'Kulturløftet på Ås', body: { name: 'Rådet' } };
    const nulls = { caseReference: null, caseOfficer: null, recordedAs: null, projects: null, links: null };
    const bare = { label: null, role: null, addressees: null, openEnded: null, note: null, points: null };
    await again('recordResolution', { ...resolution, points: [point] }, { ...resolution, ...nulls, points: [{ ...point, ...bare }] });
  });

  it('is the same in another form of its letters, its commandId and the commandId that it names', async () => {
    const resolution = { createdBy: 'fors\u00e5k', kind: 'RESOLUTION' };
    const input = (form: 'NFC' | 'NFD') => ({
      commandId: 'fors\u00e5k'.normalize(form),
      resolutionType: 'VEDTAK',
      title: 'På Ås'.normalize(form),
      body: { name: 'Rådet'.normalize(form) },
      caseOfficer: { name: 'Kåre'.normalize(form) },
      points: [{ pointKind: 'MEASURE', text: 'Gå'.normalize(form) }],
    });
    await again('recordResolution', input('NFC'), input('NFD'));
    const note = (createdBy: string) => ({ commandId: 'merknad', item: { ...resolution, createdBy }, text: 'Så' });
    await again('addNote', note('fors\u00e5k'), note('forsa\u030ak'));
    expect(await command(house, 'addNote', { ...note('x'), item: { createdBy: 'forsa\u030ak' } })).toMatchObject({ replayed: true });
  });

  it('is another with another person', async () => {
    const assign = (name: string) => ({
      commandId: 'fordel',
      point: { item: { createdBy: 'vedtak' }, point: '1' },
      owner: { person: { name } },
    });
    await recorded(house, 'assignPoint', assign('Kari'));
    expect(await command(house, 'assignPoint', assign('Ola'))).toMatchObject({ __typename: 'Refused', code: 'COMMAND_ID_REUSED' });
  });
});

describe('A corrected value', () => {
  let house: House;
  let id: string;
  beforeAll(async () => {
    house = await openHouse();
    id = await recorded(house, 'recordResolution', {
      commandId: 'vedtak',
      resolutionType: 'VEDTAK',
      title: 'Vedtaket',
      body: { name: 'Rådet' },
      caseOfficer: { name: 'Feil Person' },
      points: [{ pointKind: 'MEASURE', text: 'Et tiltak', addressees: [{ person: { name: 'Ola' } }] }],
    });
  });
  afterAll(() => house.close());

  const correct = (commandId: string, path: string, value: unknown) =>
    command(house, 'correctEntry', { commandId, entry: `${id}@0`, reason: 'feil ført', set: [{ path, value }] });
  const read = async () => {
    const { data, errors } = await house.ask(
      `query($id: ID!) { node(id: $id) { ... on Resolution { caseOfficer { value } body { ... on Body { id name } } points { nodes {
        addressees { ... on Person { personId personName { value } } } } } } } }`,
      { id },
    );
    expect(errors).toEqual([]);
    const { caseOfficer, body, points } = data.node;
    return { caseOfficer: caseOfficer.value, body, addressees: points.nodes[0].addressees };
  };

  it('may be a person, who is sealed and shown to those who may see', async () => {
    expect(await correct('c1', 'caseOfficer', { person: { name: 'Rett Person' } })).toMatchObject({ __typename: 'Recorded' });
    expect((await read()).caseOfficer).toBe('Rett Person');
    await correct('c2', 'points.0.addressees', [{ person: { name: 'Per' } }]);
    const [per] = (await read()).addressees;
    expect(per.personName.value).toBe('Per');
    await correct('c3', 'points.0.addressees.0', { person: { name: 'Per Persson', id: per.personId } });
    expect(await read()).toMatchObject({
      caseOfficer: 'Rett Person',
      addressees: [{ personId: per.personId, personName: { value: 'Per Persson' } }],
    });
    expect(JSON.stringify(await house.store.readStream(id))).not.toMatch(/Rett|Per\b/);
  });

  it('is shown also where one document reads, corrects and reads again', async () => {
    const corrected = (alias: string) => `${alias}: correctEntry(input: { commandId: "${alias}", entry: "${id}@0", reason: "feil ført",
      set: [{ path: "title", value: "${alias}" }] }) { ... on Recorded { item { ... on Resolution { title caseOfficer { value } } } } }`;
    await correct('c3b', 'caseOfficer', { person: { name: 'Rett Person' } });
    const { data } = await house.ask(`mutation { ${corrected('en')} ${corrected('to')} }`);
    expect([data.en.item, data.to.item]).toEqual(['en', 'to'].map((title) => ({ title, caseOfficer: { value: 'Rett Person' } })));
  });

  it('may be a body by its id, which gives its name', async () => {
    const body = await recorded(house, 'establishBody', { commandId: 'raad', name: 'Det egentlige rådet' });
    expect(await correct('c4', 'body', { body })).toMatchObject({ __typename: 'Recorded' });
    expect((await read()).body).toEqual({ id: body, name: 'Det egentlige rådet' });
    const gone = 'body-00000000-0000-5000-8000-000000000000';
    expect(await correct('c5', 'body', { body: gone })).toMatchObject({ __typename: 'Refused', code: 'UNKNOWN_ITEM' });
  });

  it('is no sealed value, nor a person that is none', async () => {
    const forged = { sealed: 'A'.repeat(43), person: 'person-00000000-0000-4000-8000-000000000001' };
    expect(await correct('c6', 'caseOfficer', forged)).toMatchObject({ __typename: 'Invalid' });
    expect(await correct('c7', 'caseOfficer', { person: { name: 'Kari', title: 'rådgiver' } })).toMatchObject({
      code: 'INVALID_CORRECTION',
    });
    expect(await correct('c8', 'caseOfficer', { person: { name: 'Kari', id: 'Kari' } })).toMatchObject({
      issues: [{ path: ['input', 'set', '0', 'value', 'person'] }],
    });
  });
});

describe('A meeting', () => {
  it('happened on the day it was held, unless more is said', async () => {
    const house = await openHouse();
    const project = { id: await recorded(house, 'startProject', { commandId: 'p', title: 'Oppspill', occurred: { text: '2018' } }) };
    await recorded(house, 'holdMeeting', { commandId: 'm1', project, title: 'Møte 1', held: '2018-10-03' });
    await recorded(house, 'holdMeeting', { commandId: 'm2', project, title: 'Møte 2', held: '2018-11-03', occurred: { text: '2018-11' } });
    const { data } = await house.ask(
      `query($id: ID!) { history(filter: { items: [{ id: $id }] }, orderBy: OLDEST_FIRST) { edges { node { occurred { text } } } } }`,
      project,
    );
    expect(data.history.edges.map((edge: { node: { occurred: { text: string } } }) => edge.node.occurred.text)).toEqual([
      '2018',
      '2018-10-03',
      '2018-11',
    ]);
    await house.close();
  });
});
