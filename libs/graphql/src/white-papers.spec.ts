import type { ExecutionResult } from 'graphql';
import { command, openHouse, recorded, type House } from '../testing/house.js';

const SOURCE = { title: 'Referat fra Stortinget', dated: { text: '2019-05-16' } };

describe('A white paper, through the schema', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  const announce = (commandId: string, over: object = {}) =>
    recorded(house, 'announceWhitePaper', { commandId, whitePaperType: 'KULTURMELDING', name: `Melding ${commandId}`, ...over });
  const read = async (id: string, fields: string, variables: object = {}, asked: object = {}) => {
    const { data, errors } = await house.ask(`query($id: ID!, $asOf: AsOf) { node(id: $id, asOf: $asOf) { ... on WhitePaper { ${fields} } } }`, { id, ...variables }, asked); // prettier-ignore
    expect(errors).toEqual([]);
    return data.node;
  };

  it('goes from its announcement to its follow-up, with plans, stages, references and people', async () => {
    const ministry = await recorded(house, 'establishBody', { commandId: 'kud', name: 'Kulturdepartementet' });
    const id = await announce('livet', { planned: { text: '2018-06', asWritten: 'juni 2018' }, occurred: { text: '2017-03-01' } });
    const whitePaper = { id };
    const advance = (commandId: string, occurred: string, step: object) =>
      recorded(house, 'advanceWhitePaper', { commandId, whitePaper, occurred: { text: occurred }, source: SOURCE, step });
    await recorded(house, 'planWhitePaper', {
      commandId: 'utsatt',
      whitePaper,
      planned: { text: '2018-11' },
      occurred: { text: '2018-05-01' },
      reason: 'Mer innspill',
    });
    await advance('innspill', '2017-06-12', { input: { text: 'Oppstartsmøte' } });
    await advance('fram', '2018-11-23', {
      presented: { number: 8, session: '2018-2019', title: 'Kulturens kraft', ministry: { item: { id: ministry } } },
    });
    await advance('komite', '2018-12-01', {
      inCommittee: {
        committee: { name: 'familie- og kulturkomiteen' },
        rapporteurs: [{ person: { name: 'Saga Saksordfører' }, party: 'Ap' }, { person: { name: 'Ola Ordfører' } }],
      },
    });
    await advance('innstilling', '2019-05-07', { recommendation: { reference: 'Innst. 258 S (2018–2019)' } });
    await advance('debatt', '2019-05-14', { debated: {} });
    expect(
      await read(
        id,
        `reference title name whitePaperType whitePaperTypeLabel stage state stateLabel ministry ministryParty { ... on Body { id } } number session
         printedTitle slipDays planned { text } planHistory { date { text asWritten } reason occurred { text } entry { type } } presented { text } recommendation debated { text }
         mergedInto { id } supersededByPaper { id } orders { order } answers { id } verdicts { outcome }
         stages { stage stageLabel reference occurred { text } source { title } entry { type } presentedBy { ... on Body { name } }
           committee { ... on NamedParty { name } } rapporteurs { person { value sealedState } party } text }`,
      ),
    ).toEqual({
      reference: 'Meld. St. 8 (2018–2019)',
      title: 'Melding livet',
      name: 'Melding livet',
      whitePaperType: 'KULTURMELDING',
      whitePaperTypeLabel: 'kulturmelding',
      stage: 'DEBATED',
      state: 'DEBATED',
      stateLabel: 'debattert',
      ministry: 'Kulturdepartementet',
      ministryParty: { id: ministry },
      number: 8,
      session: '2018–2019',
      printedTitle: 'Kulturens kraft',
      // From the last day of June to the last of November.
      slipDays: 153,
      planned: { text: '2018-11' },
      planHistory: [
        {
          date: { text: '2018-06', asWritten: 'juni 2018' },
          reason: null,
          occurred: { text: '2017-03-01' },
          entry: { type: 'WhitePaperAnnounced' },
        },
        {
          date: { text: '2018-11', asWritten: null },
          reason: 'Mer innspill',
          occurred: { text: '2018-05-01' },
          entry: { type: 'WhitePaperPlanned' },
        },
      ],
      presented: { text: '2018-11-23' },
      recommendation: 'Innst. 258 S (2018–2019)',
      debated: { text: '2019-05-14' },
      mergedInto: null,
      supersededByPaper: null,
      orders: [],
      answers: [],
      verdicts: [],
      stages: [
        stageRow('EXPECTED', 'varslet', '2017-03-01', { source: null, entry: { type: 'WhitePaperAnnounced' } }),
        stageRow('INPUT', 'innspill', '2017-06-12', { text: 'Oppstartsmøte' }),
        stageRow('PRESENTED', 'lagt fram (godkjent i statsråd)', '2018-11-23', {
          reference: 'Meld. St. 8 (2018–2019)',
          presentedBy: { name: 'Kulturdepartementet' },
        }),
        stageRow('IN_COMMITTEE', 'til komitébehandling', '2018-12-01', {
          committee: { name: 'familie- og kulturkomiteen' },
          rapporteurs: [
            { person: { value: 'Saga Saksordfører', sealedState: 'SHOWN' }, party: 'Ap' },
            { person: { value: 'Ola Ordfører', sealedState: 'SHOWN' }, party: null },
          ],
        }),
        stageRow('RECOMMENDED', 'innstilling avgitt', '2019-05-07', { reference: 'Innst. 258 S (2018–2019)' }),
        stageRow('DEBATED', 'debattert', '2019-05-14'),
      ],
    });
    await command(house, 'publish', { commandId: 'offentlig', item: { id } });
    expect(await read(id, 'stages { rapporteurs { person { value sealedState } party } }', {}, { as: null })).toMatchObject({
      stages: { 3: { rapporteurs: { 0: { person: { value: null, sealedState: 'WITHHELD' }, party: 'Ap' } } } },
    });
    expect(await read(id, 'stage presented { text } planned { text } slipDays', { asOf: { validAt: '2018-04-30' } })).toEqual({
      stage: 'INPUT',
      presented: null,
      planned: { text: '2018-06' },
      slipDays: 0,
    });
    for (const reference of ['Meld. St. 8 (2018–2019)', 'Innst. 258 S (2018–2019)']) {
      const { data } = await house.ask('query($r: String!) { byReference(reference: $r) { id } }', { r: reference });
      expect(data.byReference).toEqual([{ id }]);
    }
  });

  it('answers an order that stands to be judged by several, though it came as part of another paper', async () => {
    const order = await recorded(house, 'recordResolution', {
      commandId: 'vedtak-897',
      resolutionType: 'VEDTAK',
      title: 'Vedtak 897',
      body: { name: 'Stortinget' },
      points: [{ pointKind: 'REQUEST', text: 'Stortinget ber regjeringen legge fram en egen stortingsmelding.' }],
    });
    const [id, into] = [await announce('kulturskole', { whitePaperType: 'KULTURSKOLEMELDING' }), await announce('barnekultur')];
    const whitePaper = { id };
    await recorded(house, 'recordOrder', {
      commandId: 'bestilling',
      whitePaper,
      text: 'legge fram en egen stortingsmelding',
      orderedBy: { name: 'Stortinget' },
      reference: 'vedtak 897',
      answers: { item: { id: order }, point: '1' },
    });
    await recorded(house, 'mergeWhitePaper', { commandId: 'slått sammen', whitePaper, into: { id: into } });
    const judge = (commandId: string, name: string, outcome: string) =>
      recorded(house, 'judgeWhitePaper', { commandId, whitePaper, order: '1', outcome, assertedBy: { name }, reason: 'Vår vurdering' });
    await judge('en', 'Kulturdepartementet', 'FULFILLED');
    await judge('to', 'Norsk kulturskoleråd', 'NOT_FULFILLED');
    const found = await read(
      id,
      `state mergedInto { id } answers { relation fromPart toPart declared to { id } toPoint { text } }
       orders { order text reference orderedBy { ... on NamedParty { name } } givenBy { id } verdicts { outcome } entry { type } }
       verdicts { outcome outcomeLabel reason assertedBy { ... on NamedParty { name } } }`,
    );
    expect(found).toMatchObject({
      state: 'MERGED',
      mergedInto: { id: into },
      answers: [{ relation: 'ANSWERS', fromPart: '1', toPart: '1', declared: true, to: { id: order }, toPoint: { text: expect.any(String) as string } }],
      orders: [
        {
          order: '1',
          reference: 'vedtak 897',
          orderedBy: { name: 'Stortinget' },
          givenBy: { id: order },
          verdicts: [{ outcome: 'FULFILLED' }, { outcome: 'NOT_FULFILLED' }],
          entry: { type: 'WhitePaperOrdered' },
        },
      ],
      verdicts: [
        { outcomeLabel: 'oppfylt', assertedBy: { name: 'Kulturdepartementet' } },
        { outcomeLabel: 'ikke oppfylt', assertedBy: { name: 'Norsk kulturskoleråd' } },
      ],
    }); // prettier-ignore
  });

  it('refuses what it cannot know, in the reader’s words, and names the stage in one way', async () => {
    const [id, other] = [await announce('avvist'), await announce('annen')];
    const advance = (commandId: string, step: object, over: object = {}) =>
      command(house, 'advanceWhitePaper', { commandId, whitePaper: { id }, step, source: SOURCE, ...over });
    expect(await advance('uten', { debated: {} }, { source: null })).toMatchObject({ __typename: 'Refused', code: 'SOURCE_REQUIRED' });
    for (const step of [{}, { debated: {}, resolved: {} }]) {
      expect(await advance('flere', step)).toMatchObject({
        __typename: 'Invalid',
        issues: [{ path: ['input', 'step'], code: 'EXACTLY_ONE' }],
      });
    }
    expect(await advance('sesjon', { presented: { number: 8, session: '18–19' } })).toMatchObject({
      __typename: 'Invalid',
      issues: [{ path: ['input', 'session'], code: 'BAD_SESSION' }],
    });
    await recorded(house, 'withdrawWhitePaper', { commandId: 'trukket', whitePaper: { id } });
    expect(await command(house, 'supersedeWhitePaper', { commandId: 'for sent', whitePaper: { id }, by: { id: other } })).toMatchObject({
      __typename: 'Refused',
      code: 'FINAL',
      state: 'WITHDRAWN',
    });
    await recorded(house, 'supersedeWhitePaper', { commandId: 'avløst', whitePaper: { id: other }, by: { id } });
    expect(await read(other, 'state supersededByPaper { id }')).toEqual({ state: 'SUPERSEDED', supersededByPaper: { id } });
  });
});

const stageRow = (stage: string, stageLabel: string, occurred: string, over: object = {}) => ({
  stage,
  stageLabel,
  occurred: { text: occurred },
  reference: null,
  source: { title: SOURCE.title },
  entry: { type: 'WhitePaperAdvanced' },
  presentedBy: null,
  committee: null,
  rapporteurs: [],
  text: null,
  ...over,
});

describe('The timeline of white papers', () => {
  let house: House;
  let papers: Record<'school' | 'culture' | 'children', string>;
  beforeEach(async () => {
    house = await openHouse();
    const announce = (commandId: string, whitePaperType: string) =>
      recorded(house, 'announceWhitePaper', { commandId, whitePaperType, name: commandId, occurred: { text: '2017-01-01' } });
    papers = {
      school: await announce('kulturskole', 'KULTURSKOLEMELDING'),
      culture: await announce('kultur', 'KULTURMELDING'),
      children: await announce('barnekultur', 'OTHER'),
    };
    await recorded(house, 'advanceWhitePaper', {
      commandId: 'fram',
      whitePaper: { id: papers.children },
      occurred: { text: '2021-03-19' },
      source: SOURCE,
      step: { presented: { number: 18 } },
    });
  });
  afterEach(() => house.close());

  const merge = () =>
    recorded(house, 'mergeWhitePaper', {
      commandId: 'slått sammen',
      whitePaper: { id: papers.school },
      into: { id: papers.children },
      occurred: { text: '2021-03-01' },
    });
  const ROWS = 'nodes { type item { id } reachedThrough { id } }';
  const told = async (filter: object) => {
    const { data, errors } = await house.ask(`query($filter: TimelineFilter) { timeline(filter: $filter) { ${ROWS} } }`, { filter });
    expect(errors).toEqual([]);
    return rows(data.timeline);
  };
  const rows = (timeline: { nodes: readonly { type: string; item: { id: string }; reachedThrough: { id: string } | null }[] }) =>
    timeline.nodes.map(
      ({ type, item, reachedThrough }) => `${nameOf(item.id)} ${type}${reachedThrough ? ` via ${nameOf(reachedThrough.id)}` : ''}`,
    );
  const nameOf = (id: string) => Object.entries(papers).find(([, paper]) => paper === id)?.[0];

  it('is asked by type, and follows mergers unless told not to', async () => {
    await merge();
    const following = [
      'school WhitePaperAnnounced',
      'children WhitePaperAnnounced via school',
      'school WhitePaperMerged',
      'children WhitePaperAdvanced via school',
    ];
    expect(await told({ whitePaperTypes: ['KULTURSKOLEMELDING'] })).toEqual(following);
    expect(await told({ items: [{ id: papers.school }] })).toEqual(following);
    expect(await told({ whitePaperTypes: ['KULTURSKOLEMELDING'], followMergers: false })).toEqual([
      'school WhitePaperAnnounced',
      'school WhitePaperMerged',
    ]);
    expect(await told({ whitePaperTypes: ['KULTURMELDING'] })).toEqual(['culture WhitePaperAnnounced']);
    expect(await told({ kinds: ['WHITE_PAPER'] })).toHaveLength(5);
    const { data } = await house.ask(`query($id: ID!) { node(id: $id) { ... on Item { timeline { ${ROWS} } } } }`, { id: papers.school });
    expect(rows(data.node.timeline)).toEqual(following);
  });

  it('hears, live, of what the merger brings along', async () => {
    const source = await house.listen(
      `subscription($filter: TimelineFilter) { timeline(filter: $filter) { put { type item { id } reachedThrough { id } } removed } }`,
      { filter: { whitePaperTypes: ['KULTURSKOLEMELDING'] } },
    );
    const next = async () => {
      const { value } = (await source.next()) as IteratorResult<ExecutionResult<{ timeline: { put: never[] } }>>;
      if (value.errors) throw new Error(JSON.stringify(value.errors));
      return rows({ nodes: value.data.timeline.put });
    };
    await merge();
    // In one: whoever resumes at a position has heard all that happened at it.
    expect(await next()).toEqual([
      'school WhitePaperMerged',
      'children WhitePaperAnnounced via school',
      'children WhitePaperAdvanced via school',
    ]);
    await source.return?.();
  });
});
