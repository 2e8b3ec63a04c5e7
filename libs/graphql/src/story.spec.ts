import { command, openHouse, recorded, type House } from '../testing/house.js';

const LETTER = {
  title: 'Rapport fra medlemsdialogen «Kultur for framtida»',
  reference: '18/01456-7',
  dated: { text: '2018-10-03', asWritten: '03.10.2018' },
  locator: 'vedtaket',
};
const POINTS = [
  { label: '1', pointKind: 'PREMISE', text: 'Hovedstyret tar rapporten til etterretning.' },
  {
    label: '2',
    pointKind: 'LEAD_IN',
    text: 'Som interessepolitisk aktør vil KS:',
    points: [{ pointKind: 'COMMITMENT', text: 'arbeide for økt innsats' }],
  },
  {
    label: '3',
    pointKind: 'MEASURE',
    text: 'KS vil tilsette kulturfaglig kapasitet',
    addressees: [{ name: 'KS’ administrasjon' }],
    openEnded: true,
  },
];

describe('The secretariat records a resolution and follows it', () => {
  let house: House;
  let ks: string;
  let resolution: string;

  beforeAll(async () => {
    house = await openHouse();
    ks = await recorded(house, 'establishBody', { commandId: 'ks', name: 'KS', aliases: ['Kommunesektorens organisasjon'] });
    await recorded(house, 'startProject', {
      commandId: 'oppspill',
      title: 'Kulturprosjektet Oppspill',
      aliases: ['Oppspill'],
      duration: 'P2Y',
      initiators: [{ item: { reference: 'KS', kind: 'BODY' } }, { name: 'Norsk kulturskoleråd Nord-Trøndelag' }],
    });
    resolution = await recorded(house, 'recordResolution', {
      commandId: 'vedtak',
      occurred: { text: '../2018-10-03' },
      source: LETTER,
      assertedBy: { item: { createdBy: 'ks' } },
      resolutionType: 'VEDTAK',
      title: 'Kultur for framtida',
      body: { item: { createdBy: 'ks', kind: 'BODY' } },
      caseOfficer: { name: 'Åse Ødegård' },
      projects: [{ reference: 'Oppspill' }],
      points: POINTS,
      links: [{ relation: 'BASED_ON', to: { item: { createdBy: 'ks', kind: 'BODY' } } }],
    });
  });
  afterAll(() => house.close());

  it('and reads it again as it was written, in the reader’s language', async () => {
    const { data, errors } = await house.ask(
      `query($id: ID!) { node(id: $id) { id ... on Item { kind kindLabel stateLabel stateLabel_nn: stateLabel(locale: NN) title } ... on Resolution {
        resolutionType resolutionTypeLabel(locale: EN) decided { text label label_en: label(locale: EN) earliest latest precision }
        body { __typename ... on Body { id name parentBody { id } } }
        projects { title duration durationLabel initiators { __typename ... on Body { name } ... on NamedParty { name } } }
        points { totalCount nodes { path label depth parent pointKind role text pointState pointStateLabel openEnded addressees { ... on NamedParty { name } } } }
        point(path: "2.1") { id resolution { id } role }
        links { nodes { relation relationLabel direction declared to { title } entry { type } } } } } }`,
      { id: resolution },
    );
    expect(errors).toEqual([]);
    expect(data.node).toMatchObject({
      id: resolution,
      kind: 'RESOLUTION',
      stateLabel: 'vedtatt',
      stateLabel_nn: 'vedteke',
      title: 'Kultur for framtida',
      resolutionType: 'VEDTAK',
      resolutionTypeLabel: 'resolution',
      decided: {
        text: '../2018-10-03',
        label: 'senest 3. oktober 2018',
        label_en: 'no later than 3 October 2018',
        earliest: null,
        latest: '2018-10-03',
      },
      body: { __typename: 'Body', id: ks, name: 'KS', parentBody: null },
      projects: [
        {
          title: 'Kulturprosjektet Oppspill',
          duration: 'P2Y',
          durationLabel: '2 år',
          initiators: [{ name: 'KS' }, { name: 'Norsk kulturskoleråd Nord-Trøndelag' }],
        },
      ],
      point: { id: `${resolution}/2.1`, resolution: { id: resolution } },
    });
    expect(data.node.points.totalCount).toBe(4);
    expect(data.node.points.nodes.map((point: { path: string; text: string }) => [point.path, point.text])).toEqual([
      ['1', 'Hovedstyret tar rapporten til etterretning.'],
      ['2', 'Som interessepolitisk aktør vil KS:'],
      ['2.1', 'arbeide for økt innsats'],
      ['3', 'KS vil tilsette kulturfaglig kapasitet'],
    ]);
    expect(data.node.points.nodes[3]).toMatchObject({
      label: '3',
      openEnded: true,
      pointStateLabel: 'åpent',
      addressees: [{ name: 'KS’ administrasjon' }],
    });
    expect(data.node.links.nodes).toContainEqual({
      relation: 'BASED_ON',
      relationLabel: 'bygger på',
      direction: 'OUT',
      declared: false,
      to: { title: 'KS' },
      entry: { type: 'Linked' },
    });
  });

  it('shows the case officer to holders of a key and withholds the name from the public', async () => {
    const document = `query($id: ID!) { node(id: $id) { ... on Resolution { caseOfficer { value sealedState } } } }`;
    const inside = await house.ask(document, { id: resolution }, { as: 'steering' });
    expect(inside.data.node.caseOfficer).toEqual({ value: 'Åse Ødegård', sealedState: 'SHOWN' });
    expect(await command(house, 'publish', { commandId: 'offentlig', item: { id: resolution } })).toMatchObject({ __typename: 'Recorded' });
    const outside = await house.ask(document, { id: resolution }, { as: null });
    expect(outside.data.node.caseOfficer).toEqual({ value: null, sealedState: 'WITHHELD' });
    expect(JSON.stringify(outside)).not.toContain('Ødegård');
  });

  it('assigns, reports and closes a point, and the point tells its life', async () => {
    const point = { item: { id: resolution }, point: '3' };
    const assigned = await command(house, 'assignPoint', {
      commandId: 'fordel-3',
      point,
      owner: { person: { name: 'Kåre Ansvarlig' } },
      deadline: { text: '2026-01-15' },
    });
    expect(assigned).toMatchObject({
      __typename: 'Recorded',
      replayed: false,
      entries: [{ type: 'PointAssigned' }],
      item: { state: 'IN_FOLLOW_UP' },
    });
    expect(assigned.receipt.text).toMatch(
      /^Ført 02\.03\.2026 kl\. 11\.00: .+, nr\. \d+ \(resolution-[0-9a-f-]+@\d+\), kontrollsum [A-Za-z0-9+/]{43}=$/,
    );
    await recorded(house, 'reportPoint', { commandId: 'rapport-3', point, text: 'Stillingen er lyst ut.' });
    await recorded(house, 'judgePoint', {
      commandId: 'vurder-3',
      point,
      outcome: 'PARTLY',
      reason: 'Bare halve stillingen',
      assertedBy: { item: { reference: 'KS' } },
    });
    const { data, errors } = await house.ask(
      `query($id: ID!) { node(id: $id) { ... on Point { pointState daysOverdue deadline { label }
        owner { __typename ... on Person { personId personName { value sealedState } } }
        reports { text entry { type actor { name { value } role actorKind } } occurred { text } }
        verdicts { outcome outcomeLabel reason assertedBy { ... on Body { name } } entry { id } id } } } }`,
      { id: `${resolution}/3` },
    );
    expect(errors).toEqual([]);
    expect(data.node).toMatchObject({
      pointState: 'REPORTED',
      daysOverdue: 46,
      deadline: { label: '15. januar 2026' },
      owner: { __typename: 'Person', personName: { value: 'Kåre Ansvarlig', sealedState: 'SHOWN' } },
      reports: [
        {
          text: 'Stillingen er lyst ut.',
          entry: { actor: { name: { value: 'Kari Sekretær' }, role: 'SECRETARIAT', actorKind: 'PERSON' } },
        },
      ],
      verdicts: [{ outcome: 'PARTLY', outcomeLabel: 'delvis oppfylt', reason: 'Bare halve stillingen', assertedBy: { name: 'KS' } }],
    });
    expect(data.node.verdicts[0].id).toBe(data.node.verdicts[0].entry.id);
  });

  it('tells it on one timeline, and in a history that nothing leaves', async () => {
    const { data, errors } = await house.ask(
      `query($id: ID!) {
        timeline(filter: { items: [{ id: $id }] }) { totalCount nodes { id type title item { id } point { path } occurred { text } assertedBy { ... on Body { name } } source { title dated { asWritten } } corrected } }
        node(id: $id) { ... on Item { revision timeline(first: 2) { nodes { type } pageInfo { hasNextPage endCursor } }
          history { nodes { id type title actor { id } changes { path label after summary } commandId item { id } } } } } }`,
      { id: resolution },
    );
    expect(errors).toEqual([]);
    expect(data.timeline.nodes[0]).toMatchObject({
      type: 'ResolutionRecorded',
      item: { id: resolution },
      point: null,
      occurred: { text: '../2018-10-03' },
      assertedBy: { name: 'KS' },
      source: { title: LETTER.title, dated: { asWritten: '03.10.2018' } },
      corrected: false,
    });
    expect(data.timeline.nodes.map((row: { type: string }) => row.type)).toEqual(
      expect.arrayContaining(['PointAssigned', 'PointReported', 'PointJudged']),
    );
    expect(data.timeline.nodes.find((row: { type: string }) => row.type === 'PointAssigned').point).toEqual({ path: '3' });
    expect(data.node.timeline.pageInfo.hasNextPage).toBe(true);
    expect(data.node.history.nodes[0]).toMatchObject({ id: `${resolution}@0`, type: 'ResolutionRecorded', commandId: 'vedtak' });
    expect(data.node.history.nodes).toHaveLength(data.node.revision + 1);
  });

  it('establishes the date later, corrects and retracts, and what was known before is still known as of then', async () => {
    const before = (await house.ask(`{ resolutions { position } }`)).data.resolutions.position;
    house.at('2026-03-03T10:00:00.000Z');
    const established = await command(house, 'establishDate', {
      commandId: 'dato',
      item: { id: resolution },
      date: { text: '2018-09-12' },
      reason: 'Protokollen',
    });
    expect(established.__typename).toBe('Recorded');
    const outside = await command(house, 'establishDate', { commandId: 'dato-2', item: { id: resolution }, date: { text: '2019-01-01' } });
    expect(outside).toMatchObject({ __typename: 'Refused', allowed: ['correctEntry'] });
    const corrected = await command(house, 'correctEntry', {
      commandId: 'rett',
      entry: `${resolution}@0`,
      reason: 'Skrivefeil',
      set: [{ path: 'title', value: 'Kultur for framtida – oppfølging' }],
    });
    expect(corrected.__typename).toBe('Recorded');
    const document = `query($id: ID!, $asOf: AsOf) { node(id: $id, asOf: $asOf) { ... on Resolution { title decided { text } timeline { nodes { type corrected corrections { type reason } } } } } }`;
    const now = (await house.ask(document, { id: resolution })).data.node;
    expect(now).toMatchObject({ title: 'Kultur for framtida – oppfølging', decided: { text: '2018-09-12' } });
    expect(now.timeline.nodes[0]).toMatchObject({ type: 'ResolutionRecorded', corrected: true });
    expect(now.timeline.nodes[0].corrections.map((one: { type: string }) => one.type)).toEqual(['DateEstablished', 'EntryCorrected']);
    for (const asOf of [{ position: before }, { knownOn: '2026-03-02' }, { knownAt: '2026-03-02T23:00:00Z' }]) {
      const then = (await house.ask(document, { id: resolution, asOf })).data.node;
      expect(then).toMatchObject({ title: 'Kultur for framtida', decided: { text: '../2018-10-03' } });
      expect(then.timeline.nodes[0].corrected).toBe(false);
    }
    const entry = (
      await house.ask(`query($id: ID!) { node(id: $id) { ... on Entry { type correctedBy { type corrects { id } } } } }`, {
        id: `${resolution}@0`,
      })
    ).data.node;
    expect(entry.correctedBy).toContainEqual({ type: 'EntryCorrected', corrects: { id: `${resolution}@0` } });
  });

  it('is shown what a body that was recorded by mistake looked like, once it is retracted', async () => {
    const mistake = await recorded(house, 'establishBody', { commandId: 'feil', name: 'Feilført organ', aliases: ['FO'] });
    await recorded(house, 'retractEntry', { commandId: 'trekk', entry: `${mistake}@0`, reason: 'Finnes ikke' });
    const { data, errors } = await house.ask(
      `query($id: ID!) { node(id: $id) { ... on Body { state stateLabel name aliases } } bodies { nodes { id } } byReference(reference: "FO") { id } }`,
      { id: mistake },
    );
    expect(errors).toEqual([]);
    expect(data.node).toEqual({ state: 'RETRACTED', stateLabel: 'trukket tilbake', name: 'Feilført organ', aliases: ['FO'] });
    expect(data.bodies.nodes).not.toContainEqual({ id: mistake });
    expect(data.byReference).toEqual([]);
  });
});
