import { recordLetter } from '../support/letter.js';
import { serve, type Fields, type Json, type Served } from '../support/serve.js';

const POINT = `query Point($id: ID!, $item: ID!, $asOf: AsOf) {
  node(id: $id, asOf: $asOf) { ... on Point { path text pointState pointStateLabel closedAs closedAsLabel daysOverdue deadline { text label }
    owner { ... on NamedParty { name } } reports { text } verdicts { outcome outcomeLabel reason assertedBy { ... on Body { name } ... on NamedParty { name } } } } }
  item: node(id: $item, asOf: $asOf) { ... on Item { state stateLabel } }
}`;

describe('Point 3, «tilsette kulturfaglig kapasitet», followed from the decision to the verdict:', () => {
  let served: Served;
  let resolution: string;
  let three: Json;
  const positions: Record<string, string> = {};

  const point = async (asOf: Json = null): Promise<Json> => {
    const { node, item } = await served.read(POINT, { id: `${resolution}/3`, item: resolution, asOf });
    return { ...node, item };
  };
  const step = async (instant: string, command: string, input: Fields): Promise<Json> => {
    served.at(instant);
    const outcome = await served.mutate(command, { commandId: `${command}-${instant}`, point: three, ...input });
    expect([command, outcome]).toMatchObject([command, { __typename: 'Recorded', replayed: false }]);
    positions[command] = outcome.position;
    return point();
  };

  beforeAll(async () => {
    served = await serve();
    ({ resolution } = await recordLetter(served));
    three = { item: { id: resolution }, point: '3' };
  });
  afterAll(() => served.close());

  it('nobody has it yet', async () => {
    expect(await point()).toMatchObject({ pointState: 'OPEN', pointStateLabel: 'åpent', owner: null, item: { state: 'ADOPTED' } });
  });

  it('it is assigned with a deadline, and the resolution is in follow-up', async () => {
    const owner = { name: 'Områdedirektør for interessepolitikk' };
    expect(await step('2026-03-03T09:00:00.000Z', 'assignPoint', { owner, deadline: { text: '2026-04-30' } })).toMatchObject({
      pointState: 'ASSIGNED',
      pointStateLabel: 'fordelt',
      owner,
      deadline: { label: '30. april 2026' },
      daysOverdue: null,
      item: { state: 'IN_FOLLOW_UP' },
    });
  });

  it('work begins', async () => {
    expect(await step('2026-03-20T09:00:00.000Z', 'startPoint', { text: 'Stillingen er lyst ut.' })).toMatchObject({
      pointState: 'IN_PROGRESS',
      pointStateLabel: 'under arbeid',
    });
  });

  it('it is overdue the day after its deadline, and by how many days', async () => {
    served.at('2026-04-30T12:00:00.000Z');
    expect(await point()).toMatchObject({ daysOverdue: null });
    served.at('2026-05-04T12:00:00.000Z');
    expect(await point()).toMatchObject({ daysOverdue: 4 });
  });

  it('it is reported back, and stays overdue until it is closed', async () => {
    expect(await step('2026-05-05T09:00:00.000Z', 'reportPoint', { text: 'Rådgiver er tilsatt fra 1. august.' })).toMatchObject({
      pointState: 'REPORTED',
      pointStateLabel: 'rapportert',
      reports: [{ text: 'Rådgiver er tilsatt fra 1. august.' }],
      daysOverdue: 5,
    });
  });

  it('it is closed as carried out, with the recorder’s verdict', async () => {
    const closing = {
      closedAs: 'CARRIED_OUT',
      verdict: 'FULFILLED',
      reason: 'Rådgiver er på plass.',
      assertedBy: { name: 'Sekretariatet' },
    };
    expect(await step('2026-08-03T09:00:00.000Z', 'closePoint', closing)).toMatchObject({
      pointState: 'CLOSED',
      closedAs: 'CARRIED_OUT',
      closedAsLabel: 'utført',
      daysOverdue: null,
      verdicts: [{ outcome: 'FULFILLED', outcomeLabel: 'oppfylt', assertedBy: { name: 'Sekretariatet' } }],
    });
  });

  it('a closed point takes no report before it is taken up again, with a reason', async () => {
    const refused = await served.mutate('reportPoint', { commandId: 'for-sent', point: three, text: 'Enda en rapport.' });
    expect(refused).toMatchObject({ __typename: 'Refused', code: 'POINT_CLOSED', allowed: ['reopenPoint'] });
    const unreasoned = await served.mutate('reopenPoint', { commandId: 'gjenaapne', point: three });
    expect([unreasoned.__typename, /grunn/.test(unreasoned.message + unreasoned.whatToDo)]).toEqual(['Refused', true]);
    const reopened = await step('2026-09-01T09:00:00.000Z', 'reopenPoint', { reason: 'Rådgiveren sluttet i prøvetiden.' });
    expect(reopened.pointState).not.toBe('CLOSED');
    expect(reopened).toMatchObject({ closedAs: null, daysOverdue: 124 });
  });

  it('another party judges it otherwise: both verdicts stand, side by side', async () => {
    const judged = await step('2026-09-02T09:00:00.000Z', 'judgePoint', {
      outcome: 'PARTLY',
      reason: 'Tilsatt, men bare for en kort tid.',
      assertedBy: { item: { createdBy: 'ks', kind: 'BODY' } },
    });
    expect(judged.verdicts).toMatchObject([
      { outcome: 'FULFILLED', assertedBy: { name: 'Sekretariatet' } },
      { outcome: 'PARTLY', outcomeLabel: 'delvis oppfylt', assertedBy: { name: 'KS' }, reason: 'Tilsatt, men bare for en kort tid.' },
    ]);
  });

  it('every step stands on the timeline and in the history, in order', async () => {
    const steps = ['PointAssigned', 'PointStarted', 'PointReported', 'PointClosed', 'PointReopened', 'PointJudged'];
    const { timeline, node } = await served.read(
      `query($id: ID!) { timeline(filter: { items: [{ id: $id }] }) { nodes { type title point { path } } }
        node(id: $id) { ... on Item { history { nodes { type } } } } }`,
      { id: resolution },
    );
    expect(timeline.nodes.map((row: Json) => row.type)).toEqual(['ResolutionRecorded', ...steps]);
    expect(timeline.nodes.slice(1).map((row: Json) => row.point?.path)).toEqual(steps.map(() => '3'));
    for (const row of timeline.nodes.slice(1)) expect(row.title).toMatch(/punkt 3/i);
    expect(node.history.nodes.map((entry: Json) => entry.type)).toEqual(['ResolutionRecorded', ...steps]);
  });

  it('and what was known after each step is known still', async () => {
    const seen: Record<string, string> = {};
    for (const [command, position] of Object.entries(positions)) seen[command] = (await point({ position })).pointState;
    expect(seen).toMatchObject({ assignPoint: 'ASSIGNED', startPoint: 'IN_PROGRESS', reportPoint: 'REPORTED', closePoint: 'CLOSED' });
    expect(await point({ validAt: '2026-03-10' })).toMatchObject({ pointState: 'ASSIGNED', reports: [], daysOverdue: null });
  });

  it.each([
    ['1', 'premiss'],
    ['2', 'innledning'],
  ])('point %s is a %s: there is nothing to assign', async (path, word) => {
    const owner = { name: 'Områdedirektør for interessepolitikk' };
    const outcome = await served.mutate('assignPoint', { commandId: `fordel-${path}`, point: { ...three, point: path }, owner });
    expect(outcome).toMatchObject({ __typename: 'Refused', code: 'NOTHING_TO_FOLLOW_UP' });
    expect(outcome.message).toContain(word);
    expect(outcome.whatToDo).not.toBe('');
  });
});
