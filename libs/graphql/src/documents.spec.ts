import { command, openHouse, recorded, type House } from '../testing/house.js';

describe('Documents, through the schema', () => {
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
  const organ = (name: string) => recorded(house, 'establishBody', { commandId: name, name });
  const letter = (commandId: string, more: object = {}) =>
    recorded(house, 'registerDocument', {
      commandId,
      title: 'Rapport fra medlemsdialogen «Kultur for framtida»',
      documentType: 'LETTER',
      dated: { text: '2018-10-03', asWritten: '03.10.2018' },
      ...more,
    });

  it('keep a letter as it stands: its own reference, a code of 0, a blank field, who signed', async () => {
    const ks = await organ('KS');
    const id = await letter('brev', {
      caseReference: '18/01456-7',
      archiveCode: '0',
      sender: { item: { id: ks } },
      recipients: [{ name: 'Fylkesstyret' }, { name: 'Rådmannsutvalg' }],
      openEnded: true,
      caseOfficer: { name: 'Kari Saksbehandler' },
      blankFields: ['THEIR_REFERENCE'],
      signatories: [
        { person: { name: 'Per Direktør' }, role: 'Områdedirektør', body: { name: 'KS' }, mark: '(s)' },
        { person: { name: 'Ola Avdeling' } },
        { role: 'Rådgiver' },
      ],
      attachments: [{ title: 'Rapporten' }],
      citations: [{ text: 'Takk til alle', locator: 'siste avsnitt' }],
    });
    const fields = `... on Document { title reference state stateLabel documentType documentTypeLabel occurred { text } dated { text asWritten } caseReference archiveCode
      documentNumber theirReference blankFields openEnded recipientsAsWritten fileHash sender { ... on Body { name } } recipients { ... on NamedParty { name } }
      caseOfficer { value } signatories { role mark person { value sealedState } body { ... on NamedParty { name } } }
      attachments { key title document { id } entry { type } } citations { key text locator entry { id } } }`;
    expect(await read(id, fields)).toEqual({
      title: 'Rapport fra medlemsdialogen «Kultur for framtida»',
      reference: '18/01456-7',
      state: 'REGISTERED',
      stateLabel: 'registrert',
      documentType: 'LETTER',
      documentTypeLabel: 'brev',
      occurred: { text: '2018-10-03' },
      dated: { text: '2018-10-03', asWritten: '03.10.2018' },
      caseReference: '18/01456-7',
      archiveCode: '0',
      documentNumber: null,
      theirReference: null,
      blankFields: ['THEIR_REFERENCE'],
      openEnded: true,
      recipientsAsWritten: null,
      fileHash: null,
      sender: { name: 'KS' },
      recipients: [{ name: 'Fylkesstyret' }, { name: 'Rådmannsutvalg' }],
      caseOfficer: { value: 'Kari Saksbehandler' },
      signatories: [
        { role: 'Områdedirektør', mark: '(s)', person: { value: 'Per Direktør', sealedState: 'SHOWN' }, body: { name: 'KS' } },
        { role: null, mark: null, person: { value: 'Ola Avdeling', sealedState: 'SHOWN' }, body: null },
        { role: 'Rådgiver', mark: null, person: null, body: null },
      ],
      attachments: [{ key: '1', title: 'Rapporten', document: null, entry: { type: 'DocumentRegistered' } }],
      citations: [{ key: '1', text: 'Takk til alle', locator: 'siste avsnitt', entry: { id: `${id}@0` } }],
    });
  });

  it('are found by their reference and their case, before what was recorded from them', async () => {
    const document = { reference: '18/01456-7', kind: 'DOCUMENT' };
    const project = await recorded(house, 'startProject', {
      commandId: 'oppspill',
      title: 'Oppspill',
      source: { document, locator: 'første avsnitt' },
    });
    const found = async (reference: string) => {
      const { data } = await house.ask('query($reference: String!) { byReference(reference: $reference) { id kind } }', { reference });
      return data.byReference.map((item: { kind: string }) => item.kind);
    };
    expect(await found('18/01456-7')).toEqual(['DOCUMENT', 'PROJECT']);
    expect(await found('2018/1456')).toEqual(['DOCUMENT', 'PROJECT']);
    expect(
      await read(
        project,
        `... on Project { occurred { text } history { nodes { source { title reference locator dated { asWritten } document { archiveCode } } } } }`,
      ),
    ).toEqual({
      occurred: { text: '../2018-10-03' },
      history: {
        nodes: [
          {
            source: {
              title: 'Rapport fra medlemsdialogen «Kultur for framtida»',
              reference: '18/01456-7',
              locator: 'første avsnitt',
              dated: { asWritten: '03.10.2018' },
              document: { archiveCode: '0' },
            },
          },
        ],
      },
    });
    const { data } = await house.ask(`{ timeline(filter: { items: [{ id: "${project}" }] }) { nodes { source { document { title } } } } }`);
    expect(data.timeline.nodes[0].source.document.title).toContain('Rapport fra medlemsdialogen');
    const missing = await command(house, 'addNote', {
      commandId: 'n',
      item: { id: project },
      text: 'x',
      source: { document: { reference: '99/1-1' } },
    });
    expect(missing).toMatchObject({ __typename: 'Refused', code: 'UNKNOWN_REFERENCE' });
  });

  it('grow by citations, attachments and their file, and show that they were corrected', async () => {
    const report = await letter('rapporten', { documentType: 'REPORT', documentNumber: 'NOU 2013:4' });
    const id = await letter('oversendelse', { attachments: [{ title: 'Rapporten' }] });
    const document = { id };
    await recorded(house, 'addCitation', { commandId: 'sitat', document, text: 'Vi vet', locator: 's. 304' });
    await recorded(house, 'registerAttachment', { commandId: 'vedlegg', document, attachment: '1', item: { reference: 'nou 2013: 4' } });
    await recorded(house, 'registerDocumentFile', { commandId: 'fil', document, fileHash: 'ab'.repeat(32) });
    const fields = `... on Document { state fileHash citations { key text } attachments { title document { id } entry { type } } links { nodes { relation fromPart toPart other { id } } } }`;
    expect(await read(id, fields)).toEqual({
      state: 'REGISTERED',
      fileHash: 'ab'.repeat(32),
      citations: [{ key: '1', text: 'Vi vet' }],
      attachments: [{ title: 'Rapporten', document: { id: report }, entry: { type: 'AttachmentRegistered' } }],
      links: { nodes: [{ relation: 'PART_OF', fromPart: null, toPart: 'attachments.1', other: { id: report } }] },
    });
    await recorded(house, 'correctEntry', {
      commandId: 'rett',
      entry: `${id}@0`,
      reason: 'Lest feil',
      set: [{ path: 'archiveCode', value: '033' }],
    });
    expect(await read(id, '... on Document { state stateLabel archiveCode }')).toEqual({
      state: 'CORRECTED',
      stateLabel: 'rettet',
      archiveCode: '033',
    });
    expect(
      await command(house, 'registerAttachment', { commandId: 'feil', document, title: 'Kart', item: { createdBy: 'KS', kind: 'BODY' } }),
    ).toMatchObject({
      __typename: 'Invalid',
      issues: [{ path: ['input', 'item'] }],
    });
  });
});
