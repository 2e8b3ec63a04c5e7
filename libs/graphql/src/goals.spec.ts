import { command, openHouse, recorded, type House } from '../testing/house.js';

describe('Goals and what they rest on, through the schema', () => {
  let house: House;
  let project: string;
  beforeAll(async () => {
    house = await openHouse();
    project = await recorded(house, 'startProject', { commandId: 'oppspill', title: 'Kulturprosjektet Oppspill', aliases: ['Oppspill'] });
  });
  afterAll(() => house.close());

  const read = async (id: string, fields: string, asOf: object | null = null) => {
    const { data, errors } = await house.ask(`query($id: ID!, $asOf: AsOf) { node(id: $id, asOf: $asOf) { ${fields} } }`, { id, asOf });
    expect(errors).toEqual([]);
    return data.node;
  };
  const goal = (code: string, over: object = {}) =>
    recorded(house, 'setResultGoal', {
      commandId: `mål-${code}`,
      code,
      text: `Mål ${code}, ordrett.`,
      level: 'RESULT',
      project: { reference: 'Oppspill' },
      ...over,
    });
  const ks = { assertedBy: { name: 'KS' } };

  it('keep state, progress and light apart, and compute a light of their own from deadlines alone', async () => {
    const id = await goal('A');
    const fields = `... on ResultGoal { state stateLabel status progress light computedLight levelLabel project { title } projects { id }
      assessments { light progress text assertedBy { ... on NamedParty { name } } entry { type } } }`;
    expect(await read(id, fields)).toEqual({
      state: 'SET',
      stateLabel: 'satt',
      status: 'SET',
      progress: null,
      light: 'NOT_ASSESSED',
      computedLight: 'NOT_ASSESSED',
      levelLabel: 'resultatmål',
      project: { title: 'Kulturprosjektet Oppspill' },
      projects: [{ id: project }],
      assessments: [],
    });
    const resultGoal = { id };
    await recorded(house, 'assessResultGoal', { commandId: 'vurder-1', resultGoal, light: 'YELLOW', progress: 40, ...ks });
    await recorded(house, 'assessResultGoal', { commandId: 'vurder-2', resultGoal, text: 'I rute igjen.', ...ks });
    await recorded(house, 'setIndicator', {
      commandId: 'indikator',
      resultGoal,
      name: 'Kommuner med plan',
      target: { value: '80', by: { text: '2026-02' } },
    });
    expect(await read(id, fields)).toMatchObject({
      state: 'ASSESSED',
      status: 'ASSESSED',
      progress: 40,
      light: 'YELLOW',
      computedLight: 'RED',
      assessments: [
        { light: 'YELLOW', progress: 40, assertedBy: { name: 'KS' }, entry: { type: 'ResultGoalAssessed' } },
        { light: null, progress: null, text: 'I rute igjen.' },
      ],
    });
    expect(await read(id, '... on ResultGoal { computedLight }', { validAt: '2026-01-15' })).toBeNull();
    expect(await command(house, 'assessResultGoal', { commandId: 'vurder-3', resultGoal, progress: 101, ...ks })).toMatchObject({
      __typename: 'Invalid',
      issues: [{ path: ['input', 'progress'] }],
    });
  });

  it('are measured by indicators, whose deadline falls away when the target is reached', async () => {
    const id = await goal('B');
    const resultGoal = { id };
    const set = {
      resultGoal,
      name: 'Andel rusfrie',
      unit: 'prosent',
      baseline: { value: '58', asWritten: '58 %', at: { text: '1998' } },
      target: { value: '90', by: { text: '2026-02-28' } },
    };
    await recorded(house, 'setIndicator', { commandId: 'b-indikator', ...set });
    expect(await command(house, 'setIndicator', { commandId: 'b-indikator', ...set })).toMatchObject({ replayed: true });
    expect(await command(house, 'setIndicator', { commandId: 'b-igjen', ...set, unit: '%' })).toMatchObject({ code: 'INDICATOR_EXISTS' });
    const measure = { resultGoal, indicator: '1' };
    await recorded(house, 'measureIndicator', { commandId: 'b-målt', ...measure, value: '95', at: { text: '2016' }, text: 'I dag.' });
    expect(await command(house, 'measureIndicator', { commandId: 'b-feil', ...measure, indicator: '2', value: '1' })).toMatchObject({
      code: 'UNKNOWN_INDICATOR',
    });
    const measurement = { value: '95', at: { label: '2016' }, text: 'I dag.', entry: { type: 'IndicatorMeasured' } };
    expect(
      await read(
        id,
        `... on ResultGoal { computedLight indicators { key name unit reached baseline { value asWritten at { text } } target { value aim by { text } }
          measurements { value at { label } text entry { type } } latest { value } } }`,
      ),
    ).toEqual({
      computedLight: 'GREEN',
      indicators: [
        {
          key: '1',
          name: 'Andel rusfrie',
          unit: 'prosent',
          reached: true,
          baseline: { value: '58', asWritten: '58 %', at: { text: '1998' } },
          target: { value: '90', aim: null, by: { text: '2026-02-28' } },
          measurements: [measurement],
          latest: { value: '95' },
        },
      ],
    });
    await recorded(house, 'concludeResultGoal', { commandId: 'b-slutt', resultGoal, outcome: 'PARTLY_ACHIEVED', ...ks });
    expect(await read(id, '... on ResultGoal { status stateLabel(locale: NN) }')).toEqual({
      status: 'PARTLY_ACHIEVED',
      stateLabel: 'delvis nådd',
    });
    expect(await command(house, 'concludeResultGoal', { commandId: 'b-om', resultGoal, outcome: 'DROPPED', ...ks })).toMatchObject({
      code: 'GOAL_CONCLUDED',
      allowed: expect.arrayContaining(['measureIndicator', 'assessResultGoal']),
    });
    const otherwise = {
      commandId: 'b-likevel',
      resultGoal,
      light: 'RED',
      text: 'Målet er ikke nådd.',
      assertedBy: { name: 'Ungdomsrådet' },
    };
    await recorded(house, 'assessResultGoal', otherwise);
    expect(
      await read(id, '... on ResultGoal { status light assessments { light text assertedBy { ... on NamedParty { name } } } }'),
    ).toMatchObject({
      status: 'PARTLY_ACHIEVED',
      light: 'NOT_ASSESSED',
      assessments: [{ light: 'RED', text: 'Målet er ikke nådd.', assertedBy: { name: 'Ungdomsrådet' } }],
    });
  });

  it('rest on claims with figures and a chain of sources, and know when one is disputed', async () => {
    const id = await goal('C');
    const claim = await recorded(house, 'stateEvidence', {
      commandId: 'påstand',
      claim: 'I 1998 hadde 42% … I dag er andelen 5%.',
      caption: 'Ungdom og rus',
      values: [{ value: '42', asWritten: '42%', unit: '%', population: '15- og 16-åringer', year: { text: '1998', asWritten: 'I 1998' } }],
      chain: [{ by: { name: 'The Independent' } }, { by: { person: { name: 'Rita Redaktør' } }, url: 'www.narkotikapolitikk.no' }],
      projects: [{ id: project }],
      links: [{ relation: 'EVIDENCE_FOR', to: { item: { id } } }],
      source: { title: 'Lysark', locator: 'Resultatmål forts (3)' },
    });
    const evidence = { id: claim };
    const report = await recorded(house, 'registerDocument', { commandId: 'rapport', title: 'Ungt fólk', documentType: 'REPORT' });
    await recorded(house, 'sourceEvidence', {
      commandId: 'kilde',
      evidence,
      before: '1',
      sources: [{ document: { id: report }, dated: { text: '1998' } }],
    });
    const disputed = await command(house, 'disputeEvidence', {
      commandId: 'bestrid',
      evidence,
      value: '1',
      text: 'Gjelder Island.',
      assertedBy: { name: 'SSB' },
    });
    expect(disputed).toMatchObject({ __typename: 'Recorded', item: { state: 'DISPUTED' } });
    const fields = `... on Evidence { title claim caption evidenceStatus evidenceStatusLabel state projects { id }
      values { key value asWritten jurisdiction year { asWritten } label }
      chain { key title url document { id } by { ... on NamedParty { name } ... on Person { personName { value } } } }
      disputes { id text value assertedBy { ... on NamedParty { name } } settlement { outcome outcomeLabel } }
      corrections { claim } evidenceFor { id } supersededByEvidence { id } }`;
    const dispute = disputed.entries[0].id;
    expect(await read(claim, fields)).toEqual({
      title: 'I 1998 hadde 42% … I dag er andelen 5%.',
      claim: 'I 1998 hadde 42% … I dag er andelen 5%.',
      caption: 'Ungdom og rus',
      evidenceStatus: 'DISPUTED',
      evidenceStatusLabel: 'omstridt',
      state: 'DISPUTED',
      projects: [{ id: project }],
      values: [
        {
          key: '1',
          value: '42',
          asWritten: '42%',
          jurisdiction: null,
          year: { asWritten: 'I 1998' },
          label: '42% av 15- og 16-åringer (1998)',
        },
      ],
      chain: [
        { key: '3', title: 'Ungt fólk', url: null, document: { id: report }, by: null },
        { key: '1', title: null, url: null, document: null, by: { name: 'The Independent' } },
        { key: '2', title: null, url: 'www.narkotikapolitikk.no', document: null, by: { personName: { value: 'Rita Redaktør' } } },
      ],
      disputes: [{ id: dispute, text: 'Gjelder Island.', value: '1', assertedBy: { name: 'SSB' }, settlement: null }],
      corrections: [],
      evidenceFor: [{ id }],
      supersededByEvidence: null,
    });
    expect((await read(id, '... on ResultGoal { evidence { id evidenceStatus } }')).evidence).toEqual([
      { id: claim, evidenceStatus: 'DISPUTED' },
    ]);
    await recorded(house, 'correctEvidence', {
      commandId: 'rett',
      evidence,
      values: [{ key: '1', value: '42', asWritten: '42%', jurisdiction: 'Island' }],
      text: 'Presisert.',
    });
    await recorded(house, 'settleEvidenceDispute', { commandId: 'avgjør', dispute, outcome: 'CLAIM_CORRECTED' });
    expect(
      await read(claim, '... on Evidence { state evidenceStatus disputes { settlement { outcomeLabel } } corrections { claim } }'),
    ).toEqual({
      state: 'CORRECTED',
      evidenceStatus: 'SOURCED',
      disputes: [{ settlement: { outcomeLabel: 'påstanden er rettet' } }],
      corrections: [{ claim: null }],
    });
    const other = await recorded(house, 'stateEvidence', { commandId: 'nyere', claim: 'En nyere undersøkelse' });
    await recorded(house, 'supersedeEvidence', { commandId: 'avløs', evidence, by: { id: other } });
    expect(
      await read(claim, '... on Evidence { state supersededByEvidence { id } links(relations: [SUPERSEDES]) { nodes { declared } } }'),
    ).toEqual({
      state: 'SUPERSEDED',
      supersededByEvidence: { id: other },
      links: { nodes: [{ declared: true }] },
    });
  });

  it('are listed by kind and found by letter, and a dispute is settled by its own id alone', async () => {
    const { data, errors } = await house.ask(
      `{ resultGoals(orderBy: REFERENCE) { nodes { code kind } totalCount } evidences { totalCount } byReference(reference: "A", kind: RESULT_GOAL) { title } }`,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      resultGoals: { nodes: ['A', 'B', 'C'].map((code) => ({ code, kind: 'RESULT_GOAL' })), totalCount: 3 },
      evidences: { totalCount: 2 },
      byReference: [{ title: 'A: Mål A, ordrett.' }],
    });
    const outcome = await command(house, 'settleEvidenceDispute', {
      commandId: 'feil',
      dispute: `${project}@0`,
      outcome: 'DISPUTE_WITHDRAWN',
    });
    expect(outcome.__typename).not.toBe('Recorded');
  });
});
