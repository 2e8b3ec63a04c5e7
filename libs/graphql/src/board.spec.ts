import type { GapRule } from '@saksgang/projections';
import type { GraphQLEnumType, GraphQLObjectType } from 'graphql';
import { openHouse, recorded, type House } from '../testing/house.js';
import { CLOSED_BY } from './reading/gaps.resolver.js';

const FOLLOW_UPS = `query($filter: FollowUpFilter, $orderBy: FollowUpOrder, $asOf: AsOf) { followUps(filter: $filter, orderBy: $orderBy, asOf: $asOf) {
  totalCount position nodes { point { path text pointState daysOverdue } resolution { title } body { ... on Body { title } ... on NamedParty { name } }
    decided { text } caseReference owner { ... on Body { title } ... on NamedParty { name } } caseOfficer { value sealedState }
    deadline { text } lastReport { text } remark closedAs verdicts { outcome } daysOverdue } } }`;

const STATUS = `query($project: ItemRef, $asOf: AsOf) { status(project: $project, asOf: $asOf) { position project { title }
  kinds { kind label total states { state label count items { totalCount nodes { title } } } lights { light count } computedLights { light count } }
  late { item { title } point { path } what due { text } daysLate owner { ... on NamedParty { name } } }
  next { item { title } point { path } what date { text } } attention { title attention } } }`;

describe('The follow-up list, the board and what is missing', () => {
  let house: House;
  let project: string;
  let resolution: string;

  const point = (path: string) => ({ item: { id: resolution }, point: path });

  beforeAll(async () => {
    house = await openHouse();
    project = await recorded(house, 'startProject', { commandId: 'oppspill', title: 'Oppspill' });
    const ks = await recorded(house, 'establishBody', { commandId: 'ks', name: 'KS' });
    resolution = await recorded(house, 'recordResolution', {
      commandId: 'vedtak',
      occurred: { text: '../2018-10-03' },
      resolutionType: 'VEDTAK',
      title: 'Kultur for framtida',
      body: { item: { id: ks } },
      caseReference: '18/01456-7',
      caseOfficer: { name: 'Ola Saksbehandler' },
      projects: [{ id: project }],
      points: [
        { pointKind: 'PREMISE', text: 'Kultur skaper tilhørighet.' },
        { pointKind: 'COMMITMENT', text: 'Tilsette kulturfaglig kapasitet.', note: 'Lest av brevet.' },
        { pointKind: 'REQUEST', text: 'Legge fram en melding.' },
      ],
    });
    await recorded(house, 'assignPoint', {
      commandId: 'fordel',
      point: point('2'),
      owner: { item: { id: ks } },
      deadline: { text: '2026-02' },
    });
    await recorded(house, 'reportPoint', { commandId: 'rapport', point: point('2'), text: 'Stillingen er lyst ut.' });
    for (const [commandId, outcome, name] of [
      ['ja', 'FULFILLED', 'KS'],
      ['nei', 'NOT_FULFILLED', 'Kulturskolerådet'],
    ])
      await recorded(house, 'judgePoint', {
        commandId,
        point: point('2'),
        outcome,
        assertedBy: { name },
        reason: 'Vår vurdering.',
      });
    await recorded(house, 'addNote', { commandId: 'merknad', item: { id: resolution }, point: '3', text: 'Avventer Stortinget.' });
  });
  afterAll(() => house.close());

  const ask = async (document: string, variables: Readonly<Record<string, unknown>> = {}) => {
    const { data, errors } = await house.ask(document, variables);
    expect(errors).toEqual([]);
    return data;
  };

  it('has one row for each point that asks for something, with all that the list shows', async () => {
    const { followUps } = await ask(FOLLOW_UPS);
    expect(followUps.totalCount).toBe(2);
    expect(followUps.nodes).toEqual([
      {
        point: { path: '2', text: 'Tilsette kulturfaglig kapasitet.', pointState: 'REPORTED', daysOverdue: 2 },
        resolution: { title: 'Kultur for framtida' },
        body: { title: 'KS' },
        decided: { text: '../2018-10-03' },
        caseReference: '18/01456-7',
        owner: { title: 'KS' },
        caseOfficer: { value: 'Ola Saksbehandler', sealedState: 'SHOWN' },
        deadline: { text: '2026-02' },
        lastReport: { text: 'Stillingen er lyst ut.' },
        remark: 'Lest av brevet.',
        closedAs: null,
        verdicts: [{ outcome: 'FULFILLED' }, { outcome: 'NOT_FULFILLED' }],
        daysOverdue: 2,
      },
      expect.objectContaining({ owner: null, deadline: null, lastReport: null, remark: 'Avventer Stortinget.', daysOverdue: null }),
    ]);
  });

  it.each([
    [{ overdue: true }, ['2']],
    [{ unassigned: true }, ['3']],
    [{ states: ['OPEN', 'CLOSED'] }, ['3']],
    [{ bodies: [{ createdBy: 'ks', kind: 'BODY' }] }, ['2', '3']],
    [{ owners: [{ createdBy: 'ks', kind: 'BODY' }] }, ['2']],
    [{ project: { createdBy: 'oppspill', kind: 'PROJECT' }, text: 'melding' }, ['3']],
    [{ dueBefore: '2026-03-01' }, ['2']],
    [{ dueBefore: '2026-02-28' }, []],
  ])('filtered by %j', async (filter, paths) => {
    const { followUps } = await ask(FOLLOW_UPS, { filter });
    expect(followUps.nodes.map((row: { point: { path: string } }) => row.point.path)).toEqual(paths);
  });

  it('is right as of an earlier day: nothing was overdue then', async () => {
    const { followUps } = await ask(FOLLOW_UPS, { asOf: { validAt: '2018-10-03' } });
    expect(followUps.nodes.map((row: { point: { pointState: string }; daysOverdue: unknown }) => [row.point.pointState, row.daysOverdue])).toEqual([
      ['OPEN', null],
      ['OPEN', null],
    ]); // prettier-ignore
  });

  it('refuses a filter on what is not there', async () => {
    const { errors } = await house.ask(FOLLOW_UPS, { filter: { owners: [{ reference: '99/9' }] } });
    expect(errors[0]?.extensions.code).toBe('UNKNOWN_REFERENCE');
  });

  it('shows the board of the project, with the items behind every number', async () => {
    const { status } = await ask(STATUS, { project: { id: project } });
    expect(status).toMatchObject({
      project: { title: 'Oppspill' },
      kinds: [
        {
          kind: 'RESOLUTION',
          label: 'vedtak',
          total: 1,
          states: [{ state: 'IN_FOLLOW_UP', count: 1, items: { totalCount: 1, nodes: [{ title: 'Kultur for framtida' }] } }],
          lights: [{ light: 'NOT_ASSESSED', count: 1 }],
          computedLights: [{ light: 'RED', count: 1 }],
        },
      ],
      late: [
        { item: { title: 'Kultur for framtida' }, point: { path: '2' }, what: 'Frist for punkt 2', due: { text: '2026-02' }, daysLate: 2 },
      ],
      next: [],
      attention: [{ title: 'Kultur for framtida', attention: ['OVERDUE', 'GAP', 'DISPUTED'] }],
    });
    const whole = await ask(STATUS);
    expect(whole.status.project).toBeNull();
    expect(whole.status.kinds.map((one: { kind: string; total: number }) => [one.kind, one.total])).toEqual([
      ['RESOLUTION', 1],
      ['BODY', 1],
      ['PROJECT', 1],
    ]);
    const other = await house.ask(STATUS, { project: { reference: '99/9' } });
    expect(other.errors[0]?.extensions.code).toBe('UNKNOWN_REFERENCE');
  });

  it('names what is missing, in three languages, and by what it is closed', async () => {
    const document = `query($project: ItemRef) { gaps(project: $project) { rule item { title } point { path } closedBy nb: what(locale: NB) nn: what(locale: NN) en: what(locale: EN) } }`;
    const { gaps } = await ask(document, { project: { id: project } });
    expect(gaps.map((gap: { rule: string; point: { path: string } | null; nb: string }) => [gap.rule, gap.point?.path ?? null, gap.nb]).sort()).toEqual([
      ['ASK_WITHOUT_DEADLINE', '3', 'Punkt 3 har ingen frist'],
      ['ASK_WITHOUT_OWNER', '3', 'Punkt 3 har ingen ansvarlig'],
      ['DECISION_WITHOUT_DAY', null, 'Dagen vedtaket ble fattet, er ikke kjent'],
      ['DOCUMENT_NUMBERS_MISSING', null, 'Dokument 1–6 i sak 18/01456 er ikke sett'],
    ]); // prettier-ignore
    const mutations = Object.keys((house.schema.getType('Mutation') as GraphQLObjectType).getFields());
    for (const gap of gaps) {
      expect(gap.closedBy.length).toBeGreaterThan(0);
      expect(mutations).toEqual(expect.arrayContaining(gap.closedBy));
      for (const text of [gap.nb, gap.nn, gap.en]) expect(text).not.toBe('');
    }
    expect(mutations).toEqual(expect.arrayContaining(Object.values(CLOSED_BY).flat()));
    const rules = (house.schema.getType('GapRule') as GraphQLEnumType).getValues().map(({ name }) => name);
    expect(rules).toEqual(expect.arrayContaining(Object.keys(CLOSED_BY) as GapRule[]));
  });

  it('asks nothing of a resolution that no longer stands', async () => {
    const old = await recorded(house, 'recordResolution', {
      commandId: 'gammelt',
      occurred: { text: '2018-01-01' },
      resolutionType: 'VEDTAK',
      title: 'Gammelt vedtak',
      body: { name: 'Styret' },
      points: [{ pointKind: 'MEASURE', text: 'Gjøre noe.' }],
    });
    await recorded(house, 'assignPoint', {
      commandId: 'fordel gammelt',
      point: { item: { id: old }, point: '1' },
      owner: { name: 'Styret' },
      deadline: { text: '2018-02-01' },
    });
    const filter = { text: 'Gjøre noe' };
    const overdue = async () => {
      const { followUps } = await ask(FOLLOW_UPS, { filter });
      return followUps.nodes.map((row: { daysOverdue: unknown; point: { daysOverdue: unknown } }) => [
        row.daysOverdue,
        row.point.daysOverdue,
      ]);
    };
    expect(await overdue()).toEqual([[2951, 2951]]);
    await recorded(house, 'repealResolution', { commandId: 'opphevet', resolution: { id: old }, reason: 'Utdatert.' });
    expect(await overdue()).toEqual([[null, null]]);
  });

  it('asks the read models the same number of questions for few rows and for many', async () => {
    const { reading } = house.reads;
    const asked = { ...reading };
    let questions = 0;
    for (const name of ['item', 'itemsById', 'state', 'statesById', 'followUps', 'status', 'gaps', 'attention', 'items', 'entry'] as const)
      Object.assign(reading, {
        [name]: (...args: readonly unknown[]) => ((questions += 1), (asked[name] as (...a: readonly unknown[]) => unknown)(...args)),
      });
    const count = async (document: string): Promise<number> => {
      questions = 0;
      await ask(document, { project: { id: project } });
      return questions;
    };
    const documents = [
      FOLLOW_UPS,
      `{ items(first: 100) { nodes { attention } } }`,
      `query($project: ItemRef) { status(project: $project) { late { item { title } point { text } owner { ... on Body { title } } } attention { attention } } }`,
      `query($project: ItemRef) { gaps(project: $project) { item { title } point { text } } }`,
    ];
    const few = [];
    for (const document of documents) few.push(await count(document));
    for (let n = 0; n < 20; n += 1) {
      const id = await recorded(house, 'recordResolution', {
        commandId: `nr ${n}`,
        resolutionType: 'VEDTAK',
        title: `Vedtak ${n}`,
        body: { name: 'Styret' },
        projects: [{ id: project }],
        points: [{ pointKind: 'MEASURE', text: `Tiltak ${n}` }],
      });
      await recorded(house, 'assignPoint', {
        commandId: `fordel ${n}`,
        point: { item: { id }, point: '1' },
        owner: { name: 'Styret' },
        deadline: { text: '2026-03-01' },
      });
    }
    const many = [];
    for (const document of documents) many.push(await count(document));
    Object.assign(reading, asked);
    expect(many).toEqual(few);
    expect(Math.max(...many)).toBeLessThanOrEqual(6);
  }, 30_000);
});
