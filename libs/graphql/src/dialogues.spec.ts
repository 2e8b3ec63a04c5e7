import { command, openHouse, recorded, type House } from '../testing/house.js';

describe('Consultations and agreements, through the schema', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  const read = async (id: string, fields: string, asked: Parameters<House['ask']>[2] = {}) => {
    const { data, errors } = await house.ask(`query($id: ID!) { node(id: $id) { ${fields} } }`, { id }, asked);
    expect(errors).toEqual([]);
    return data.node;
  };
  beforeAll(async () => {
    await recorded(house, 'establishBody', { commandId: 'KS', name: 'KS' });
    await recorded(house, 'startProject', { commandId: 'oppspill', title: 'Oppspill' });
    const title = 'Rapport fra medlemsdialogen «Kultur for framtida»';
    await recorded(house, 'registerDocument', { commandId: 'rapporten', title, documentNumber: 'NOU 2013:4' });
  });

  it('keep of a consultation who was asked and who answered, what was said, reported and told', async () => {
    const id = await recorded(house, 'openConsultation', {
      commandId: 'dialog',
      title: 'Kultur for framtida',
      purpose: 'få innspill',
      questions: [{ text: 'Hvilke områder?' }],
      invited: [{ name: 'Fylkesstyret' }, { name: 'Rådmannsutvalg' }],
      openEnded: true,
      deadline: { text: '2018-06-15' },
      projects: [{ createdBy: 'oppspill', kind: 'PROJECT' }],
      occurred: { text: '2018-03-01' },
    });
    const consultation = { id };
    const say = (commandId: string, more: object) =>
      recorded(house, 'recordConsultationInput', { commandId, consultation, occurred: { text: '2018-04-01' }, ...more });
    await say('innspill-1', { from: { name: 'Fylkesstyret' }, theme: 'Kulturskolen', text: 'Den er viktig.', question: '1' });
    await say('innspill-2', { from: { person: { name: 'Ida Innbygger' } }, text: 'Mer sang.' });
    await say('innspill-3', { text: 'Uten navn.' });
    await recorded(house, 'setConsultationDeadline', {
      commandId: 'frist',
      consultation,
      deadline: { text: '2018-08-31' },
      occurred: { text: '2018-05-01' },
    });
    await recorded(house, 'closeConsultation', { commandId: 'slutt', consultation, occurred: { text: '2018-09-01' } });
    await say('innspill-4', { text: 'For sent.', occurred: { text: '2018-09-02' } });
    await recorded(house, 'reportConsultation', {
      commandId: 'rapport',
      consultation,
      document: { createdBy: 'rapporten', kind: 'DOCUMENT' },
    });
    await recorded(house, 'giveFeedback', {
      commandId: 'takk',
      consultation,
      to: [{ name: 'Fylkesstyret' }],
      openEnded: true,
      text: 'Takk!',
    });
    const node = await read(
      id,
      `... on Consultation { state purpose openEnded deadline { text } opened { text } closed { text } inputCount projects { title } questions { key text }
       invited { ... on NamedParty { name } } coverage { answered invited others unknown groups { inputs party { ... on NamedParty { name } } } }
       inputs { afterClosing theme text question { key text } from { ... on NamedParty { name } ... on Person { personName { value } } } occurred { text } entry { type } }
       latest: inputs(last: 1) { text } consultationReports { title text document { documentNumber } entry { type } } feedback { text openEnded to { ... on NamedParty { name } } }
       links { nodes { relation other { kind } } } }`,
    );
    expect(node).toMatchObject({
      state: 'REPORTED',
      purpose: 'få innspill',
      deadline: { text: '2018-08-31' },
      opened: { text: '2018-03-01' },
      closed: { text: '2018-09-01' },
      inputCount: 4,
      questions: [{ key: '1', text: 'Hvilke områder?' }],
      invited: [{ name: 'Fylkesstyret' }, { name: 'Rådmannsutvalg' }],
      coverage: {
        answered: 1,
        invited: 2,
        others: 1,
        unknown: 2,
        groups: [
          { inputs: 1, party: { name: 'Fylkesstyret' } },
          { inputs: 0, party: { name: 'Rådmannsutvalg' } },
        ],
      },
      inputs: [
        { theme: 'Kulturskolen', question: { key: '1' }, from: { name: 'Fylkesstyret' }, entry: { type: 'ConsultationInputRecorded' } },
        { theme: null, question: null, from: { personName: { value: 'Ida Innbygger' } } },
        { text: 'Uten navn.', from: null, afterClosing: false },
        { text: 'For sent.', from: null, afterClosing: true },
      ],
      latest: [{ text: 'For sent.' }],
      consultationReports: [
        { title: 'Rapport fra medlemsdialogen «Kultur for framtida»', text: null, document: { documentNumber: 'NOU 2013:4' } },
      ],
      feedback: [{ text: 'Takk!', openEnded: true, to: [{ name: 'Fylkesstyret' }] }],
      links: { nodes: [{ relation: 'REPORTED_IN', other: { kind: 'DOCUMENT' } }] },
    });
    expect(node.projects.map(({ title }: { title: string }) => title)).toEqual(['Oppspill']);
    expect(await command(house, 'recordConsultationInput', { commandId: 'x', consultation, text: 'x', question: '2' })).toMatchObject({
      __typename: 'Refused',
      code: 'UNKNOWN_QUESTION',
    });
    const { errors } = await house.ask(`{ consultations { nodes { inputs(last: 0) { text } } } }`);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_PAGE' });
  });

  it('keep of an agreement its parties, its versions and who joined', async () => {
    const id = await recorded(house, 'signAgreement', {
      commandId: 'erklæring',
      agreementType: 'DECLARATION',
      title: 'Fritidserklæringen',
      parties: [{ name: 'Regjeringen' }, { item: { reference: 'KS', kind: 'BODY' } }],
      openEnded: true,
      signatures: [{ party: { name: 'Regjeringen' }, person: { name: 'Siri Statsråd' }, role: 'statsråd' }, { party: { name: 'KS' } }],
      goals: [{ text: 'alle barn' }],
      buildsOn: 'FNs barnekonvensjon',
      occurred: { text: '2016-06-07', asWritten: '7.juni 2016' },
    });
    const agreement = { id };
    await recorded(house, 'bringAgreementIntoForce', {
      commandId: 'kraft',
      agreement,
      period: { text: '2016/2020' },
      occurred: { text: '2016-07-01' },
    });
    await recorded(house, 'accedeToAgreement', {
      commandId: 'ny part',
      agreement,
      party: { name: 'Frivillighet Norge' },
      occurred: { text: '2017-01-01' },
    });
    await recorded(house, 'reviseAgreement', {
      commandId: 'ny utgave',
      agreement,
      version: '2022',
      period: { text: '2022/2025' },
      occurred: { text: '2022' },
    });
    const fields = `... on Agreement { state agreementType agreementTypeLabel openEnded purpose buildsOn signed { asWritten } inForceSince { text } period { text } ended { text }
      parties { ... on NamedParty { name } ... on Body { name } } signatures { role person { value } party { ... on NamedParty { name } } } agreementGoals { key text }
      versions { version text period { text } entry { type } } accessions { party { ... on NamedParty { name } } occurred { text } } }`;
    expect(await read(id, fields)).toEqual({
      state: 'REVISED',
      agreementType: 'DECLARATION',
      agreementTypeLabel: 'erklæring',
      openEnded: true,
      purpose: null,
      buildsOn: 'FNs barnekonvensjon',
      signed: { asWritten: '7.juni 2016' },
      inForceSince: { text: '2016-07-01' },
      period: { text: '2022/2025' },
      ended: null,
      parties: [{ name: 'Regjeringen' }, { name: 'KS' }, { name: 'Frivillighet Norge' }],
      signatures: [
        { role: 'statsråd', person: { value: 'Siri Statsråd' }, party: { name: 'Regjeringen' } },
        { role: null, person: null, party: { name: 'KS' } },
      ],
      agreementGoals: [{ key: '1', text: 'alle barn' }],
      versions: [
        { version: null, text: null, period: { text: '2016/2020' }, entry: { type: 'AgreementSigned' } },
        { version: '2022', text: null, period: { text: '2022/2025' }, entry: { type: 'AgreementRevised' } },
      ],
      accessions: [{ party: { name: 'Frivillighet Norge' }, occurred: { text: '2017-01-01' } }],
    });
    await recorded(house, 'endAgreement', { commandId: 'ut', agreement, occurred: { text: '2025-12-31' } });
    const { data } = await house.ask('{ agreements { nodes { state reference } } byReference(reference: "fritidserklæringen") { id } }');
    expect(data).toEqual({ agreements: { nodes: [{ state: 'EXPIRED', reference: 'Fritidserklæringen' }] }, byReference: [{ id }] });
  });
});
