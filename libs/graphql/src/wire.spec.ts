import { SaksgangGraphqlDriver } from '@saksgang/graphql-driver';
import { openHouse, recorded, type House } from '../testing/house.js';

type Sent = Readonly<{ query: string; variables?: Readonly<Record<string, unknown>> }>;

describe('The schema over the house’s own driver', () => {
  let house: House;
  let ks: string;
  beforeAll(async () => {
    house = await openHouse(SaksgangGraphqlDriver);
    ks = await recorded(house, 'establishBody', { commandId: 'ks', name: 'KS' });
  });
  afterAll(() => house.close());

  const post = async (sent: Sent, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await house.app.inject({
      method: 'POST',
      url: '/graphql',
      payload: sent,
      headers: { authorization: `Bearer ${house.keys['secretariat']}`, ...headers },
    });
    return { status: answer.statusCode, ...answer.json<Readonly<{ data?: unknown; errors?: unknown }>>() };
  };

  it('answers the same compiled as interpreted: counts, unions, labels and dates', async () => {
    const sent = {
      query: `query($id: ID!, $locale: Locale) { node(id: $id) { __typename ... on Body { name stateLabel(locale: $locale) occurred { label(locale: $locale) latest }
        timeline { totalCount nodes { title(locale: $locale) assertedBy { __typename } item { __typename } } } history { totalCount nodes { actor { role } } } } } }`,
      variables: { id: ks, locale: 'EN' },
    };
    const answers = [];
    for (let time = 0; time < 6; time += 1) answers.push(await post(sent));
    expect(answers[0]).toMatchObject({ data: { node: { __typename: 'Body', stateLabel: 'established', timeline: { totalCount: 1 } } } });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it.each(['nb', 'nn', 'en'])('tells a page the same whether all of it or little of it is asked for, in %s', async (language) => {
    const page = async (more: string) => {
      const query = `{ timeline { nodes { id title description nature type occurred { label } recordedAt position reachedThrough { id } item { id title } point { id } ${more} } } }`;
      const answers = [];
      for (let time = 0; time < 5; time += 1) answers.push(await post({ query }, { 'accept-language': language }));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      return (answers[0]?.data as { timeline: { nodes: Readonly<Record<string, unknown>>[] } }).timeline.nodes;
    };
    const brief = await page('');
    expect(brief.length).toBeGreaterThan(0);
    const whole = await page('source { title } assertedBy { __typename } corrected corrections { id }');
    expect(whole).toEqual(brief.map((row) => ({ ...row, source: null, assertedBy: null, corrected: false, corrections: [] })));
    const told = await page(`whole: title(locale: ${language.toUpperCase()}) en: title(locale: EN)`);
    expect(told.map(({ whole: title }) => title)).toEqual(brief.map(({ title }) => title));
    expect(told.map(({ en }) => en).every((title) => typeof title === 'string' && title.length > 0)).toBe(true);
  });

  it('takes the key from the header, and answers in the language of the header', async () => {
    const sent = {
      query: `mutation { addNote(input: { commandId: "n", item: { id: "${ks}" }, text: "Hei" }) { ... on Recorded { receipt { text } } } }`,
    };
    expect(await post(sent, { authorization: '' })).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    const headers = { authorization: `Bearer ${house.keys['secretariat']}`, 'accept-language': 'en' };
    expect(await post(sent, headers)).toMatchObject({
      data: { addNote: { receipt: { text: expect.stringMatching(/^Recorded 02\.03\.2026/) } } },
    });
  });

  it.each([
    ['a syntax error', { query: '{ items {' }, /^GRAPHQL_PARSE_FAILED$/],
    ['a field that is not', { query: '{ intet }' }, /^GRAPHQL_VALIDATION_FAILED$/],
    [
      'a variable that does not fit',
      { query: 'query($d: Date) { items(asOf: { knownOn: $d }) { totalCount } }', variables: { d: '2018-02-30' } },
      /^BAD_USER_INPUT$/,
    ],
    ['a page of none', { query: '{ items(first: 0) { totalCount } }' }, /^BAD_PAGE$/],
  ])('codes %s', async (_what, sent, code) => {
    expect(await post(sent)).toMatchObject({
      errors: [{ message: expect.any(String), extensions: { code: expect.stringMatching(code) } }],
    });
  });

  it('masks a fault of the machine, and writes it down', async () => {
    const { reading } = house.reads;
    const whole = { ...reading };
    Object.assign(reading, {
      byReference: () => {
        throw new Error('SQLITE_CORRUPT: /var/lib/saksgang/read.db');
      },
    });
    const answer = await post({ query: '{ byReference(reference: "KS") { id } }' });
    Object.assign(reading, whole);
    expect(answer).toMatchObject({
      errors: [{ extensions: { code: 'INTERNAL', requestId: expect.stringMatching(/^[\w-]+$/) } }],
    });
    expect(JSON.stringify(answer)).not.toContain('SQLITE');
    expect(house.faults).toMatchObject([{ error: { message: expect.stringContaining('SQLITE_CORRUPT') }, field: 'byReference' }]);
  });
});
