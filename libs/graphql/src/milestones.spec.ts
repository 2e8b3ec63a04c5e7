import { command, openHouse, recorded, type House } from '../testing/house.js';

describe('Milestones and plans, through the schema', () => {
  let house: House;
  let project: string;
  beforeAll(async () => {
    house = await openHouse();
    project = await recorded(house, 'startProject', { commandId: 'oppspill', title: 'Kulturprosjektet Oppspill' });
  });
  afterAll(() => house.close());

  const read = async (id: string, fields: string, asOf: object | null = null) => {
    const { data, errors } = await house.ask(`query($id: ID!, $asOf: AsOf) { node(id: $id, asOf: $asOf) { ${fields} } }`, { id, asOf });
    expect(errors).toEqual([]);
    return data.node;
  };
  const plan = (commandId: string, over: object = {}) =>
    recorded(house, 'planMilestone', {
      commandId,
      title: `Milepæl ${commandId}`,
      project: { id: project },
      occurred: { text: '2026-01-05' },
      baseline: { text: '2026-02-01' },
      ...over,
    });
  const DATES = `... on Milestone { state baseline { text } forecast { text } actual { text } deviationDays light computedLight
    baselineHistory { date { text } } forecastHistory { date { text } assertedBy { ... on NamedParty { name } } reason entry { type } }
    actualHistory { date { text } entry { type } } }`;

  it('of a milestone: planned, forecast, planned anew, and reached late, each date with its history', async () => {
    const id = await plan('rapport', { owner: { name: 'Sekretariatet' } });
    const milestone = { id };
    expect(
      await read(id, '... on Milestone { owner { ... on NamedParty { name } } project { id } projects { id } computedLight }'),
    ).toEqual({
      owner: { name: 'Sekretariatet' },
      project: { id: project },
      projects: [{ id: project }],
      computedLight: 'RED',
    });
    await recorded(house, 'forecastMilestone', {
      commandId: 'rapport-prognose',
      milestone,
      occurred: { text: '2026-01-20' },
      assertedBy: { name: 'Prosjektlederen' },
      reason: 'Få svar',
      forecast: { text: '2026-02' },
      light: 'YELLOW',
    });
    await recorded(house, 'rebaselineMilestone', {
      commandId: 'rapport-ny-plan',
      milestone,
      occurred: { text: '2026-01-25' },
      baseline: { text: '2026-02-10' },
    });
    expect(await read(id, DATES)).toEqual({
      state: 'FORECAST',
      baseline: { text: '2026-02-10' },
      forecast: { text: '2026-02' },
      actual: null,
      deviationDays: 18,
      light: 'YELLOW',
      computedLight: 'RED',
      baselineHistory: [{ date: { text: '2026-02-01' } }, { date: { text: '2026-02-10' } }],
      forecastHistory: [
        { date: { text: '2026-02' }, assertedBy: { name: 'Prosjektlederen' }, reason: 'Få svar', entry: { type: 'MilestoneForecasted' } },
      ],
      actualHistory: [],
    });
    await recorded(house, 'missMilestone', { commandId: 'rapport-ikke-nådd', milestone, occurred: { text: '2026-02-28' } });
    expect(await read(id, '... on Item { state stateLabel }')).toEqual({ state: 'MISSED', stateLabel: 'ikke nådd' });
    await recorded(house, 'reachMilestone', { commandId: 'rapport-nådd', milestone, occurred: { text: '2026-03-01/2026-03-02' } });
    await recorded(house, 'establishDate', { commandId: 'rapport-dag', item: milestone, entry: `${id}@4`, date: { text: '2026-03-01' } });
    expect(await read(id, DATES)).toMatchObject({
      state: 'REACHED',
      actual: { text: '2026-03-01' },
      deviationDays: 19,
      computedLight: 'GREEN',
      actualHistory: [
        { date: { text: '2026-03-01/2026-03-02' }, entry: { type: 'MilestoneReached' } },
        { date: { text: '2026-03-01' }, entry: { type: 'DateEstablished' } },
      ],
    });
    expect(await read(id, DATES, { validAt: '2026-01-22' })).toMatchObject({
      state: 'FORECAST',
      baseline: { text: '2026-02-01' },
      actual: null,
    });
  });

  it('of a milestone reached and then given a forecast of an earlier time: it stays reached', async () => {
    const id = await plan('sent');
    await recorded(house, 'reachMilestone', { commandId: 'sent-nådd', milestone: { id }, occurred: { text: '2026-02-20' } });
    await recorded(house, 'forecastMilestone', {
      commandId: 'sent-prognose',
      milestone: { id },
      occurred: { text: '2026-01-15' },
      forecast: { text: '2026-02-15' },
    });
    expect(await read(id, DATES)).toMatchObject({
      state: 'REACHED',
      forecastHistory: [{ date: { text: '2026-02-15' } }],
      deviationDays: 19,
    });
    const refused = await command(house, 'forecastMilestone', {
      commandId: 'sent-for-sent',
      milestone: { id },
      forecast: { text: '2026-04' },
    });
    expect(refused).toMatchObject({ __typename: 'Refused', code: 'ALREADY_REACHED', state: 'REACHED' });
  });

  it('of a milestone without a plan: no deviation, not 0, and no light that is a guess', async () => {
    const id = await plan('uten-plan', { baseline: null });
    await recorded(house, 'reachMilestone', { commandId: 'uten-plan-nådd', milestone: { id }, occurred: { text: '../2026-02-20' } });
    expect(await read(id, DATES)).toMatchObject({
      state: 'REACHED',
      baseline: null,
      actual: { text: '../2026-02-20' },
      deviationDays: null,
      light: 'NOT_ASSESSED',
      computedLight: 'NOT_ASSESSED',
    });
  });

  it('lets a milestone depend on others from its start, and closes no ring', async () => {
    const first = await plan('først');
    const then = await plan('deretter', { links: [{ relation: 'DEPENDS_ON', to: { item: { id: first } } }] });
    const last = await plan('sist', { links: [{ relation: 'DEPENDS_ON', to: { item: { id: then } } }] });
    await recorded(house, 'link', {
      commandId: 'sist-først',
      from: { item: { id: last } },
      relation: 'DEPENDS_ON',
      to: { item: { id: first } },
    });
    const dependsOn = '... on Milestone { dependsOn { id title } }';
    expect(await read(last, dependsOn)).toEqual({
      dependsOn: [
        { id: then, title: 'Milepæl deretter' },
        { id: first, title: 'Milepæl først' },
      ],
    });
    expect(await read(first, dependsOn)).toEqual({ dependsOn: [] });
    const ring = await command(house, 'link', {
      commandId: 'ring',
      from: { item: { id: first } },
      relation: 'DEPENDS_ON',
      to: { item: { id: last } },
    });
    expect(ring).toMatchObject({ __typename: 'Refused', code: 'CYCLE' });
  });

  it('cancels with a reason only, and lists milestones by state', async () => {
    const id = await plan('utgår');
    const refused = await command(house, 'cancelMilestone', { commandId: 'utgår-1', milestone: { id } });
    expect(refused).toMatchObject({ code: 'REASON_REQUIRED' });
    await recorded(house, 'cancelMilestone', { commandId: 'utgår-2', milestone: { id }, reason: 'Prosjektet er lagt om' });
    const { data, errors } = await house.ask(
      '{ milestones(filter: { states: ["CANCELLED"] }) { totalCount nodes { id stateLabel(locale: NN) } } }',
    );
    expect(errors).toEqual([]);
    expect(data.milestones).toEqual({ totalCount: 1, nodes: [{ id, stateLabel: 'utgått' }] });
  });

  it('of a plan: adopted with its goals in order, in force, and succeeded by another', async () => {
    const adopt = (commandId: string, title: string, period: string) =>
      recorded(house, 'adoptPlan', {
        commandId,
        title,
        owner: { name: 'KS' },
        occurred: { text: '../2026-01-01' },
        period: { text: period },
        goals: [{ text: 'Inkluderende folkestyre' }, { label: 'B', text: 'Sunn kommuneøkonomi' }],
      });
    const id = await adopt('plan-1', 'Langtidsplan 2016–2019', '2016/2019');
    const next = await adopt('plan-2', 'Langtidsplan 2020–2023', '2020/2023');
    await recorded(house, 'bringPlanIntoForce', { commandId: 'plan-1-gjelder', plan: { id }, occurred: { text: '2026-01-10' } });
    await recorded(house, 'link', {
      commandId: 'milepæl-mål',
      from: { item: { id: await plan('tjener') } },
      relation: 'SERVES',
      to: { item: { id }, point: '2' },
    });
    const missing = await command(house, 'link', {
      commandId: 'mål-3',
      from: { item: { id: project } },
      relation: 'SERVES',
      to: { item: { id }, point: '3' },
    });
    expect(missing.__typename).toBe('Refused');
    await recorded(house, 'endPlan', { commandId: 'plan-1-slutt', plan: { id }, by: { id: next }, occurred: { text: '2026-02-01' } });
    const read1 = await read(
      id,
      `... on Plan { state owner { ... on NamedParty { name } } period { text label } planGoals { key label text } inForceSince { text } ended { text }
       succeededBy { id } links { nodes { relation direction declared toPart other { id } } } }`,
    );
    expect(read1).toMatchObject({
      state: 'ENDED',
      owner: { name: 'KS' },
      period: { text: '2016/2019', label: '2016–2019' },
      planGoals: [
        { key: '1', label: null, text: 'Inkluderende folkestyre' },
        { key: '2', label: 'B', text: 'Sunn kommuneøkonomi' },
      ],
      inForceSince: { text: '2026-01-10' },
      ended: { text: '2026-02-01' },
      succeededBy: { id: next },
    });
    expect(read1.links.nodes).toEqual(
      expect.arrayContaining([
        { relation: 'SUPERSEDES', direction: 'IN', declared: true, toPart: null, other: { id: next } },
        expect.objectContaining({ relation: 'SERVES', direction: 'IN', toPart: '2' }),
      ]),
    );
    const { data } = await house.ask('{ plans(orderBy: TITLE) { nodes { title state } } }');
    expect(data.plans.nodes).toEqual([
      { title: 'Langtidsplan 2016–2019', state: 'ENDED' },
      { title: 'Langtidsplan 2020–2023', state: 'ADOPTED' },
    ]);
  });
});
