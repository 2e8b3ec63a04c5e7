import { openHouse, recorded, type House } from '../testing/house.js';

const DIFF = `query($from: AsOf!, $to: AsOf, $subject: ItemRef, $project: ItemRef, $first: Int, $after: String) {
  diff(from: $from, to: $to, subject: $subject, project: $project) { from { position validAt } to { position validAt }
    changes(first: $first, after: $after) { totalCount position pageInfo { hasNextPage endCursor } nodes {
      item { kind title state } part point { path text } change
      fields { path label summary before after words { diffType text } }
      causedBy { id type title reason recordedAt actor { name { value sealedState } } assertedBy { ... on NamedParty { name } } } } } } }`;

describe('A difference, through the schema,', () => {
  let house: House;
  let project: string;
  let resolution: string;
  let before: string;

  const ask = async (variables: Readonly<Record<string, unknown>>, document = DIFF) => {
    const { data, errors } = await house.ask(document, variables);
    expect(errors).toEqual([]);
    return data.diff;
  };
  const head = async () => (await house.ask(`{ items(first: 1) { position } }`)).data.items.position as string;

  beforeAll(async () => {
    house = await openHouse();
    project = await recorded(house, 'startProject', { commandId: 'oppspill', title: 'Oppspill' });
    resolution = await recorded(house, 'recordResolution', {
      commandId: 'vedtak',
      occurred: { text: '../2018-10-03' },
      resolutionType: 'VEDTAK',
      title: 'Kultur for framtida',
      body: { name: 'Hovedstyret' },
      caseOfficer: { name: 'Ola Saksbehandler' },
      projects: [{ id: project }],
      points: [
        { pointKind: 'MEASURE', text: 'Kommunen skal tilsette en kulturfaglig rådgiver i hel stilling.' },
        { pointKind: 'REQUEST', text: 'Legge fram en melding.' },
      ],
    });
    before = await head();
    house.at('2026-03-09T10:00:00.000Z');
    const amendment = await recorded(house, 'recordResolution', {
      commandId: 'endring',
      resolutionType: 'VEDTAK',
      title: 'Endring',
      body: { name: 'Hovedstyret' },
      points: [{ pointKind: 'MEASURE', text: 'Endre.' }],
    });
    await recorded(house, 'amendResolution', {
      commandId: 'endre',
      resolution: { id: resolution },
      by: { id: amendment },
      reason: 'Behandlet på nytt',
      changes: [
        { change: 'REWORDED', point: '1', text: 'Kommunen skal tilsette en kulturfaglig leder i hel stilling.' },
        { change: 'ADDED', added: { pointKind: 'MEASURE', text: 'Dele erfaringer.' } },
        { change: 'STRUCK', point: '2' },
      ],
    });
    await recorded(house, 'assignPoint', {
      commandId: 'fordel',
      point: { item: { id: resolution }, point: '1' },
      owner: { name: 'Kommunen' },
      deadline: { text: '2026-06' },
    });
  });
  afterAll(() => house.close());

  it('tells of points by their paths: reworded word by word, added, struck', async () => {
    const { changes, from } = await ask({ from: { position: before }, subject: { id: resolution } });
    expect(from.position).toBe(before);
    const of = (part: string | null) => changes.nodes.find((node: { part: string | null }) => node.part === part);
    expect(changes.nodes.map(({ part, change }: Record<string, unknown>) => [part, change])).toEqual([
      [null, 'CHANGED'],
      ['1', 'CHANGED'],
      ['2', 'RETRACTED'],
      ['3', 'ADDED'],
    ]);
    const text = of('1').fields.find(({ path }: { path: string }) => path === 'text');
    expect(text).toMatchObject({ label: 'tekst', summary: 'Tekst: «rådgiver» → «leder»' });
    expect(text.words).toEqual([
      { diffType: 'SAME', text: 'Kommunen skal tilsette en kulturfaglig ' },
      { diffType: 'REMOVED', text: 'rådgiver' },
      { diffType: 'ADDED', text: 'leder' },
      { diffType: 'SAME', text: ' i hel stilling.' },
    ]);
    expect(of('1').causedBy.map(({ type }: { type: string }) => type)).toEqual(['ResolutionAmended', 'PointAssigned']);
    expect(of('3').point).toEqual({ path: '3', text: 'Dele erfaringer.' });
    expect(of('2').point).toEqual({ path: '2', text: 'Legge fram en melding.' });
    expect(of('2').causedBy).toMatchObject([
      { type: 'ResolutionAmended', reason: 'Behandlet på nytt', actor: { name: { value: 'Kari Sekretær' } } },
    ]);
    expect(of('1').fields.map(({ summary }: { summary: string }) => summary)).toEqual(
      expect.arrayContaining(['Tilstand: åpent → fordelt', 'Ansvarlig: Kommunen', 'Frist: juni 2026']),
    );
    const [link] = of(null).fields.filter(({ path }: { path: string }) => path.startsWith('links.'));
    expect(link.summary).toBe('Lenke: «Endring» endrer dette');
  });

  it('holds no opened name: a person shows as the commitment that stands in the record', async () => {
    const { changes } = await ask({ from: { position: house.store.origin }, to: { position: before }, project: { id: project } });
    const text = JSON.stringify(changes.nodes.map(({ fields }: { fields: unknown }) => fields));
    expect(text).not.toContain('Ola');
    const officer = changes.nodes
      .flatMap(({ fields }: { fields: readonly { path: string }[] }) => fields)
      .find(({ path }: { path: string }) => path === 'caseOfficer');
    expect(officer).toMatchObject({ after: { sealed: expect.any(String) }, summary: 'Saksbehandler: en navngitt person' });
    const { data } = await house.ask(DIFF, { from: { position: house.store.origin }, to: { position: before } }, { as: null });
    expect(JSON.stringify(data)).not.toMatch(/Ola Saksbehandler|Kari Sekretær/u);
  });

  it('is paged from the first page’s points of view', async () => {
    const first = await ask({ from: { position: before }, project: { id: project }, first: 2 });
    expect(first.changes).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } });
    await recorded(house, 'addNote', { commandId: 'ny', item: { id: resolution }, text: 'Etterpå.' });
    const after = first.changes.pageInfo.endCursor;
    const second = await ask({ from: { position: before }, project: { id: project }, first: 10, after });
    expect(second.changes).toMatchObject({ totalCount: 4, position: first.changes.position, pageInfo: { hasNextPage: false } });
    expect(second.changes.nodes.map(({ part }: { part: string }) => part)).toEqual(['2', '3']);
  });

  it('runs between days as well, and says what is wrong with a question', async () => {
    const { changes } = await ask({ from: { validAt: '2018-01-01' }, to: { validAt: '2018-12-31' } });
    expect(changes.nodes.map(({ part, change }: Record<string, unknown>) => [part, change])).toEqual([
      [null, 'ADDED'],
      ['1', 'ADDED'],
      ['2', 'ADDED'],
    ]);
    const { errors } = await house.ask(DIFF, { from: { position: before, knownOn: '2026-03-01' } });
    expect(errors[0]?.extensions.code).toBe('BAD_AS_OF');
    const none = await house.ask(DIFF, { from: { position: before }, project: { reference: 'finnes ikke' } });
    expect(none.errors[0]?.extensions.code).toBe('UNKNOWN_REFERENCE');
  });
});
