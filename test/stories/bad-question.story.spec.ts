import { LETTER, letterInput, recordLetter } from '../support/letter.js';
import { serve, type Answer, type Fields, type Json, type Served } from '../support/serve.js';

const ITEMS = `query($first: Int, $last: Int, $after: String, $before: String, $filter: ItemFilter, $asOf: AsOf) { items(first: $first, last: $last, after: $after, before: $before, filter: $filter, asOf: $asOf) { nodes { id } pageInfo { endCursor } } }`;
const TIMELINE = `query($after: String, $filter: TimelineFilter) { timeline(after: $after, filter: $filter) { nodes { id } pageInfo { endCursor } } }`;
const HISTORY = `query($filter: HistoryFilter) { history(filter: $filter) { nodes { id } } }`;
const NOTE = `mutation($input: AddNoteInput!) { addNote(input: $input) { __typename } }`;
const MIB = 1_048_576;

type Ask = (served: Served, at: Readonly<{ resolution: string; cursor: string; foreign: string }>) => Promise<Answer>;
type Case = readonly [title: string, ask: Ask, code: string, says: RegExp];
const query =
  (text: string, variables: Fields = {}): Ask =>
  (served) =>
    served.ask(text, variables);
const items = (variables: Fields): Ask => query(ITEMS, variables);
const raw =
  (body: string, headers: Readonly<Record<string, string>> = {}): Ask =>
  (served) =>
    served.post(body, headers);
const command =
  (text: string, variables: Fields = {}): Ask =>
  (served) =>
    served.ask(text, variables, { key: served.keys.secretariat });

const REQUESTS: readonly Case[] = [
  ['GraphQL that does not parse', query('{ items {'), 'GRAPHQL_PARSE_FAILED', /Syntax Error/],
  ['an empty document', query(''), 'GRAPHQL_PARSE_FAILED', /\S/],
  ['a field there is not', query('{ items { nodes { tittel } } }'), 'GRAPHQL_VALIDATION_FAILED', /tittel/],
  ['a required argument left out', query('{ node { id } }'), 'GRAPHQL_VALIDATION_FAILED', /"id"/],
  ['a fragment that contains itself', query('{ ...F } fragment F on Query { ...F }'), 'GRAPHQL_VALIDATION_FAILED', /cannot spread/i],
  [
    'an operation there is not',
    (served) => served.post(JSON.stringify({ query: 'query A { __typename }', operationName: 'B' })),
    'UNKNOWN_OPERATION',
    /«B»/,
  ],
  [
    'several operations and no name',
    (served) => served.post(JSON.stringify({ query: 'query A { __typename } query B { __typename }' })),
    'UNKNOWN_OPERATION',
    /operationName/,
  ],
  ['a subscription by POST', query('subscription { entries { id } }'), 'WRONG_TRANSPORT', /\/graphql\/stream/],
  ['a document without end', query(`{ ${'__typename '.repeat(6_000)} }`), 'TOO_MANY_TOKENS', /tokens/],
  ['a body that is no JSON', raw('{"query": '), 'MALFORMED_REQUEST', /JSON/],
  [
    'a body of another type',
    raw('query=%7B__typename%7D', { 'content-type': 'application/x-www-form-urlencoded' }),
    'UNSUPPORTED_MEDIA_TYPE',
    /application\/json/,
  ],
  [
    'a body just above the limit',
    raw(JSON.stringify({ query: '{ __typename }', variables: { x: 'a'.repeat(MIB) } })),
    'BODY_TOO_LARGE',
    /split/,
  ],
  ['a body of 50 MB', raw(JSON.stringify({ query: '{ __typename }', variables: { x: 'a'.repeat(50 * MIB) } })), 'BODY_TOO_LARGE', /split/],
];

const VALUES: readonly Case[] = [
  ['a variable left out', query('query($id: ID!) { node(id: $id) { id } }'), 'BAD_USER_INPUT', /\$id/],
  ['a kind there is not', items({ filter: { kinds: ['SAK'] } }), 'BAD_USER_INPUT', /SAK/],
  ['30 February in a filter', items({ filter: { from: '2018-02-30' } }), 'BAD_USER_INPUT', /YYYY-MM-DD/],
  ['30 February in a document', query('{ items(filter: { from: "2018-02-30" }) { nodes { id } } }'), 'BAD_USER_INPUT', /YYYY-MM-DD/],
  ['30 February at a clock time', items({ asOf: { knownAt: '2018-02-30T10:00:00Z' } }), 'BAD_USER_INPUT', /2018-10-03T10:00:00/],
  ['a day for an instant', items({ asOf: { knownAt: '2018-10-03' } }), 'BAD_USER_INPUT', /2018-10-03T10:00:00/],
  [
    'a meeting held on 30 February',
    command(
      `mutation { holdMeeting(input: { commandId: "m", project: { reference: "Oppspill" }, title: "M", held: "2018-02-30" }) { __typename } }`,
    ),
    'BAD_USER_INPUT',
    /YYYY-MM-DD/,
  ],
  [
    'a number for a text',
    command(NOTE, { input: { commandId: 'n', item: { reference: 'Oppspill' }, text: 7 } }),
    'BAD_USER_INPUT',
    /String/,
  ],
  [
    'a field no command has',
    command(NOTE, { input: { commandId: 'n', item: { reference: 'Oppspill' }, text: 'x', recordedAt: '2018-10-03' } }),
    'BAD_USER_INPUT',
    /recordedAt/,
  ],
  [
    '101 ids at once',
    query('query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array.from({ length: 101 }, () => 'x') }),
    'LIST_TOO_LONG',
    /100/,
  ],
];

const PAGES: readonly Case[] = [
  ...[0, -1, 101, 1_000_000].flatMap((count): readonly Case[] => [
    [`the first ${count} rows`, items({ first: count }), 'BAD_PAGE', /1 to 100/],
    [`the last ${count} rows`, items({ last: count }), 'BAD_PAGE', /1 to 100/],
  ]),
  ['a page of 10,000,000,000', items({ first: 1e10 }), 'BAD_USER_INPUT', /Int/],
  ['first and last at once', items({ first: 1, last: 1 }), 'BAD_PAGE', /not for both/],
  ['a cursor that is none', items({ after: 'neste side' }), 'BAD_CURSOR', /first page/],
  ['an empty cursor', items({ after: '' }), 'BAD_CURSOR', /first page/],
  [
    'a cursor of another filter',
    (served, { cursor }) => served.ask(ITEMS, { after: cursor, filter: { kinds: ['BODY'] } }),
    'BAD_CURSOR',
    /first page/,
  ],
  ['a cursor of another query', (served, { cursor }) => served.ask(TIMELINE, { after: cursor }), 'BAD_CURSOR', /first page/],
  ['a cursor of another log', (served, { foreign }) => served.ask(ITEMS, { after: foreign }), 'POSITION_UNKNOWN', /first page/],
  [
    'a points’ cursor that is none',
    (served, { resolution }) =>
      served.ask(`query($id: ID!) { node(id: $id) { ... on Resolution { points(after: "x") { totalCount } } } }`, { id: resolution }),
    'BAD_CURSOR',
    /pageInfo/,
  ],
];

const NAMES: readonly Case[] = [
  ['a position that is none', items({ asOf: { position: 'i går' } }), 'POSITION_UNKNOWN', /Take one from an answer/],
  ['two points of view at once', items({ asOf: { knownOn: '2026-03-01', knownAt: '2026-03-01T00:00:00Z' } }), 'BAD_AS_OF', /only one/],
  ['a meeting nobody held', items({ asOf: { meeting: 'project-00000000-0000-5000-8000-000000000000@3' } }), 'BAD_AS_OF', /never recorded/],
  ['a project nobody recorded', items({ filter: { project: { reference: 'Nedspill' } } }), 'UNKNOWN_REFERENCE', /skrivefeil/],
  [
    'a reference that fits two items',
    query(TIMELINE, { filter: { items: [{ reference: LETTER.reference }] } }),
    'AMBIGUOUS_REFERENCE',
    /kandidatene/,
  ],
  ['an item named in two ways', query(HISTORY, { filter: { items: [{ id: 'x', reference: 'y' }] } }), 'BAD_USER_INPUT', /exactly one way/],
  ['an id that is none in a filter', query(HISTORY, { filter: { items: [{ id: "x' or 1=1" }] } }), 'UNKNOWN_ITEM', /byReference/],
];

describe('A question that cannot be answered is told why, by a stable code, in words that say what to do:', () => {
  let served: Served;
  let at: Readonly<{ resolution: string; cursor: string; foreign: string }>;

  beforeAll(async () => {
    const other = await serve({ seed: 7 });
    await recordLetter(other);
    const foreign = (await other.read(ITEMS, { first: 1 })).items.pageInfo.endCursor as string;
    await other.close();
    served = await serve();
    const { resolution } = await recordLetter(served);
    await served.recorded('recordResolution', letterInput('standpunkt', { resolutionType: 'STANDPUNKT', title: 'Et standpunkt' }));
    at = { resolution, foreign, cursor: (await served.read(ITEMS, { first: 1 })).items.pageInfo.endCursor as string };
  });
  afterAll(() => served.close());

  it.each([...REQUESTS, ...VALUES, ...PAGES, ...NAMES])('%s', async (_title, ask, code, says) => {
    const head = await served.record.store.head();
    const { errors, data } = await ask(served, at);
    expect(errors.map((error) => error.extensions.code)).toEqual(errors.map(() => code));
    expect(errors.map((error) => error.message).join(' ')).toMatch(says);
    for (const value of Object.values((data ?? {}) as Readonly<Record<string, Json>>)) expect(JSON.stringify(value)).not.toMatch(/"id":/);
    expect(await served.record.store.head()).toBe(head);
  });

  it('an id nobody has is no fault: there is nothing there', async () => {
    const ids = [
      at.resolution,
      'resolution-00000000-0000-5000-8000-000000000000',
      `${at.resolution}/9`,
      `${at.resolution}@99`,
      '',
      '../../etc/passwd',
      '𝕏',
    ];
    const { nodes } = await served.read('query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(nodes).toEqual([{ id: at.resolution }, ...ids.slice(1).map(() => null)]);
  });

  it('a text to look for may hold anything, and is looked for as it stands', async () => {
    for (const text of ['%', '_', '"', "'", '\\', '* OR *', '\u0000', '\ud83d', '«'.repeat(5_000)]) {
      const answer = await served.ask(
        `query($text: String!) { items(filter: { text: $text }) { totalCount } timeline(filter: { text: $text }) { totalCount } byReference(reference: $text) { id } }`,
        { text },
      );
      expect([text.slice(0, 9), answer.errors, answer.data]).toMatchObject([
        text.slice(0, 9),
        [],
        { items: { totalCount: 0 }, byReference: [] },
      ]);
    }
  });

  it('a mutation by GET is refused, and records nothing', async () => {
    const head = await served.record.store.head();
    const document = `mutation { addNote(input: { commandId: "get", item: { id: "${at.resolution}" }, text: "x" }) { __typename } }`;
    const response = await fetch(`${served.url}?query=${encodeURIComponent(document)}`, {
      headers: { authorization: `Bearer ${served.keys.secretariat}` },
    });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await served.record.store.head()).toBe(head);
  });

  it('nothing of all this was logged as a fault of the server', () => {
    expect(served.logged.map((line) => JSON.parse(line)).filter((line) => line.level >= 50)).toEqual([]);
  });
});
