import { type Json, serve, type Served } from '../support/serve.js';

const OPPSPILL = { reference: 'Oppspill', kind: 'PROJECT' };
const PREPARE = `query Prepare($project: ItemRef!, $asOf: AsOf) {
  projects(filter: { text: "Oppspill" }, asOf: $asOf) { nodes { id title durationLabel steeringGroup { ... on Body { name } } lastMeeting { id title held position } } }
  resolutions(filter: { project: $project }, asOf: $asOf) { totalCount nodes { id title state stateLabel projects { title }
    points(filter: { unassigned: true }) { nodes { path pointStateLabel } } } }
  items(filter: { project: $project }, orderBy: TITLE, asOf: $asOf) { nodes { kind title } }
}`;

describe('A member of the steering group of Oppspill, before a meeting,', () => {
  let served: Served;
  let ask: (asOf?: Json) => Promise<Json>;
  let board: Json;
  let meeting: string;

  beforeAll(async () => {
    served = await serve();
    await served.recordExample();
    ask = (asOf = null) => served.read(PREPARE, { project: OPPSPILL, asOf }, { key: served.keys.steering });
    board = (await ask()).resolutions.nodes.find((one: Json) => one.title === 'Kultur for framtida');
  });
  afterAll(() => served.close());

  it('reads what was resolved for the project', async () => {
    const { projects, resolutions, items } = await ask();
    expect(projects.nodes).toMatchObject([
      {
        title: 'Kulturprosjektet Oppspill',
        durationLabel: '2 år',
        steeringGroup: { name: 'Styringsgruppen for Oppspill' },
        lastMeeting: null,
      },
    ]);
    expect(resolutions.nodes.map((one: Json) => one.title).sort()).toEqual(['Kultur for framtida', 'Uttalelser fra KS’ Landsting 2016']);
    expect(board).toMatchObject({ state: 'ADOPTED', stateLabel: 'vedtatt', projects: [{ title: 'Kulturprosjektet Oppspill' }] });
    expect(items.nodes).toEqual(
      expect.arrayContaining([
        { kind: 'BODY', title: 'Styringsgruppen for Oppspill' },
        { kind: 'RESOLUTION', title: 'Uttalelser fra KS’ Landsting 2016' },
        { kind: 'RESOLUTION', title: 'Kultur for framtida' },
      ]),
    );
  });

  it('sees which points nobody has yet; premises and lead-ins are not among them', () => {
    expect(board.points.nodes.map((point: Json) => point.path)).toEqual(['2.1', '2.2', '2.3.1', '2.3.2', '3', '3.1']);
    expect(new Set(board.points.nodes.map((point: Json) => point.pointStateLabel))).toEqual(new Set(['åpent']));
  });

  it('after the meeting finds again what the group had been shown, whatever is recorded later', async () => {
    const shown = await ask();
    served.at('2026-03-09T12:00:00.000Z');
    const held = await served.mutate('holdMeeting', {
      commandId: 'mote-1',
      project: OPPSPILL,
      title: 'Styringsgruppemøte 1/2026',
      held: '2026-03-09',
      occurred: { text: '2026-03-09' },
    });
    expect(held).toMatchObject({ __typename: 'Recorded', entries: [{ type: 'MeetingHeld' }] });
    served.at('2026-03-16T09:00:00.000Z');
    await served.recorded('assignPoint', {
      commandId: 'fordel-3',
      point: { item: { id: board.id }, point: '3' },
      owner: { name: 'Områdedirektør for interessepolitikk' },
      deadline: { text: '2026-06-30' },
    });
    const now = await ask();
    const { lastMeeting } = now.projects.nodes[0];
    expect(lastMeeting).toMatchObject({ title: 'Styringsgruppemøte 1/2026', held: '2026-03-09' });
    meeting = lastMeeting.id;
    expect(await ask({ meeting })).toEqual(shown);
    const unassigned = (answer: Json): readonly string[] =>
      answer.resolutions.nodes.find((one: Json) => one.id === board.id).points.nodes.map((point: Json) => point.path);
    expect(unassigned(now)).toEqual(['2.1', '2.2', '2.3.1', '2.3.2', '3.1']);
    expect(unassigned(await ask({ position: lastMeeting.position }))).toContain('3');
  });

  it('reads in the raw record what was recorded since the meeting', async () => {
    const { history } = await served.read(
      `{ history(filter: { recordedFrom: "2026-03-09T12:00:00.001Z" }, orderBy: OLDEST_FIRST) { nodes { type title item { title } } } }`,
    );
    expect(history.nodes).toMatchObject([{ type: 'PointAssigned', item: { title: 'Kultur for framtida' } }]);
    expect(history.nodes[0].title).toMatch(/punkt 3/i);
  });

  it('is shown a status report with each light, its reason and what is done about it', async () => {
    await served.recorded('reportProjectStatus', {
      commandId: 'status-1',
      project: OPPSPILL,
      progress: { light: 'YELLOW', reason: 'Tilsettingen er utsatt.', action: 'Ny utlysning i august.' },
      economy: { light: 'GREEN' },
      summary: 'I rute, med ett forbehold.',
    });
    const { node } = await served.read(
      `query($id: ID!) { node(id: $id) { ... on Project { statusReports { summary progress { light reason action } economy { light } quality { light } } } } }`,
      { id: (await ask()).projects.nodes[0].id },
    );
    expect(node.statusReports).toEqual([
      {
        summary: 'I rute, med ett forbehold.',
        progress: { light: 'YELLOW', reason: 'Tilsettingen er utsatt.', action: 'Ny utlysning i august.' },
        economy: { light: 'GREEN' },
        quality: { light: 'NOT_ASSESSED' },
      },
    ]);
  });

  it('is refused a meeting that is none, and two points of view at once', async () => {
    const none = await served.ask(PREPARE, { project: OPPSPILL, asOf: { meeting: `${board.id}@0` } });
    const two = await served.ask(PREPARE, { project: OPPSPILL, asOf: { meeting, knownOn: '2026-03-09' } });
    for (const { errors } of [none, two]) expect(new Set(errors.map((error) => error.extensions.code))).toEqual(new Set(['BAD_AS_OF']));
  });
});
