import { recordLetter } from '../support/letter.js';
import { serve, type Fields, type Json, type Served } from '../support/serve.js';

/** The whole story of a point in one question: how it stands, what it comes from, what came of it, and where the trail ends. */
const STORY = `query Story($from: PartRef!, $asOf: AsOf) { trace(from: $from, asOf: $asOf) {
  nodes { id distance item { kind title stateLabel } point { path text pointState pointStateLabel closedAs
    owner { ... on Body { name } ... on NamedParty { name } } deadline { label }
    reports { text source { title document { title } } }
    verdicts { outcomeLabel reason assertedBy { ... on Body { name } ... on NamedParty { name } } source { title } } } }
  edges { from to relation relationLabel source { title } }
  ends { node end code label item { title } point { path } } truncated } }`;

/** Made up for this story: nobody has seen such a report. */
const MADE_UP = 'Oppdiktet kilde, laget for denne prøven: årsrapport om kulturfeltet';

describe('The story of point 3, «tilsette kulturfaglig kapasitet»,', () => {
  let served: Served;
  beforeEach(async () => {
    served = await serve();
  });
  afterEach(() => served.close());
  const story = async (from: Fields, asOf: Fields | null = null): Promise<Json> => (await served.read(STORY, { from, asOf })).trace;
  const ended = ({ ends }: Json): readonly Json[] => ends.map((one: Json) => [one.point?.path ?? one.item.title, one.end, one.label]);

  it('on the example record ends where the sources end: it is open, and nobody has it', async () => {
    await served.recordExample();
    const trace = await story({ item: { createdBy: 'example:kultur-for-framtida', kind: 'RESOLUTION' }, point: '3' });
    expect(trace.nodes[0]).toMatchObject({
      distance: 0,
      item: { kind: 'RESOLUTION', title: 'Kultur for framtida' },
      point: {
        path: '3',
        text: 'KS styrker organisasjonen på kulturfeltet ved å tilsette kulturfaglig kapasitet i organisasjonen.',
        pointState: 'OPEN',
        pointStateLabel: 'åpent',
        owner: null,
        deadline: null,
        reports: [],
        verdicts: [],
      },
    });
    expect(ended(trace)).toContainEqual(['3', 'GAP', 'ingen ansvarlig, ingen rapport']);
    expect(ended(trace)).toContainEqual(['3.1', 'GAP', 'ingen ansvarlig, ingen rapport']);
    expect(trace.ends.filter((one: Json) => one.point !== null && one.end !== 'GAP')).toEqual([]);
    // And back to where it comes from: the dialogue that led to the decision, the project, and the statements of 2016.
    const places = trace.nodes.map(({ item, point }: Json) => [item.kind, item.title, point?.path ?? null]);
    expect(places).toEqual(
      expect.arrayContaining([
        ['RESOLUTION', 'Kultur for framtida', '3.1'],
        ['CONSULTATION', 'Kultur for framtida', null],
        ['PROJECT', 'Kulturprosjektet Oppspill', null],
        ['RESOLUTION', 'Uttalelser fra KS’ Landsting 2016', '1'],
        ['RESOLUTION', 'Uttalelser fra KS’ Landsting 2016', '2'],
      ]),
    );
    expect(new Set(trace.edges.map((edge: Json) => edge.relation))).toEqual(new Set(['PART_OF', 'LED_TO']));
    expect(trace.truncated).toBe(false);
  });

  it('on a record of its own goes on to an owner, a report and a verdict, from a source that is made up and says so', async () => {
    const { resolution } = await recordLetter(served);
    const three = { item: { id: resolution }, point: '3' };
    expect(ended(await story(three))).toEqual([['3', 'GAP', 'ingen ansvarlig, ingen rapport']]);

    await served.recorded('registerDocument', {
      commandId: 'aarsrapport',
      title: MADE_UP,
      documentType: 'REPORT',
      occurred: { text: '2019-12' },
    });
    const source = { document: { createdBy: 'aarsrapport', kind: 'DOCUMENT' }, locator: 'oppdiktet side 1' };
    const tell = (command: string, input: Fields): Promise<string> =>
      served.recorded(command, { commandId: `oppdiktet-${command}`, point: three, source, ...input });
    const owner = { name: 'Områdedirektør for interessepolitikk' };
    await tell('assignPoint', { occurred: { text: '2018-11-01' }, owner, deadline: { text: '2019-06-30' } });
    expect(ended(await story(three))).toEqual([['3', 'GAP', 'ingen rapport']]);

    await tell('reportPoint', { occurred: { text: '2019-06-15' }, text: 'En rådgiver for kultur er tilsatt.' });
    const beforeTheVerdict = await served.record.store.head();
    expect(ended(await story(three))).toEqual([['3', 'GAP', 'ikke avsluttet']]);
    await tell('judgePoint', {
      occurred: { text: '2019-12-01' },
      outcome: 'PARTLY',
      reason: 'Stillingen er midlertidig.',
      assertedBy: { item: { createdBy: 'ks', kind: 'BODY' } },
    });
    await tell('closePoint', { occurred: { text: '2019-12-15' }, closedAs: 'CARRIED_OUT' });
    await served.recorded('link', {
      commandId: 'oppdiktet-rapportert-i',
      occurred: { text: '2019-12' },
      source,
      from: three,
      relation: 'REPORTED_IN',
      to: { item: { createdBy: 'aarsrapport', kind: 'DOCUMENT' } },
    });

    const trace = await story(three);
    expect(trace.nodes[0].point).toEqual({
      path: '3',
      text: expect.stringContaining('tilsette kulturfaglig kapasitet') as string,
      pointState: 'CLOSED',
      pointStateLabel: 'avsluttet',
      closedAs: 'CARRIED_OUT',
      owner,
      deadline: { label: '30. juni 2019' },
      reports: [{ text: 'En rådgiver for kultur er tilsatt.', source: { title: MADE_UP, document: { title: MADE_UP } } }],
      verdicts: [
        { outcomeLabel: 'delvis oppfylt', reason: 'Stillingen er midlertidig.', assertedBy: { name: 'KS' }, source: { title: MADE_UP } },
      ],
    });
    expect(ended(trace)).toEqual([
      ['3', 'VERDICT', 'delvis oppfylt'],
      ['3', 'OUTCOME', 'utført'],
    ]);
    const reported = trace.nodes.find(({ item }: Json) => item.kind === 'DOCUMENT');
    expect(reported).toMatchObject({ distance: 1, item: { title: MADE_UP } });
    expect(trace.edges).toContainEqual({
      from: trace.nodes[0].id,
      to: reported.id,
      relation: 'REPORTED_IN',
      relationLabel: expect.stringMatching(/rapportert/) as string,
      source: { title: MADE_UP },
    });

    // What was known before the verdict is known still, and so is what had happened by the spring of 2019.
    expect(ended(await story(three, { position: beforeTheVerdict }))).toEqual([['3', 'GAP', 'ikke avsluttet']]);
    expect(ended(await story(three, { validAt: '2019-03-01' }))).toEqual([['3', 'GAP', 'ingen rapport']]);
  });
});
