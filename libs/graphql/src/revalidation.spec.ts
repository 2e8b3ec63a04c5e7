import { SaksgangGraphqlDriver } from '@saksgang/graphql-driver';
import { jest } from '@jest/globals';
import { stateOf } from './context.js';
import { openHouse, recorded, type House } from '../testing/house.js';

const TITLES =
  'query Titles($asOf: AsOf) { timeline(asOf: $asOf, first: 5) { position nodes { title } } } query Other { items { totalCount } }';
const NAMES = '{ history(first: 1) { nodes { actor { name { value } } } } }';

describe('An answer by GET', () => {
  let house: House;
  let ks: string;
  beforeAll(async () => {
    house = await openHouse(SaksgangGraphqlDriver);
    ks = await recorded(house, 'establishBody', { commandId: 'ks', name: 'KS' });
  });
  afterAll(() => house.close());

  type Headers = Readonly<Record<string, string>>;
  const get = async (query: string, headers: Headers = {}, more: Headers = {}) => {
    const answer = await house.app.inject({
      method: 'GET',
      url: `/graphql?${new URLSearchParams({ query, ...more }).toString()}`,
      headers,
    });
    return { status: answer.statusCode, body: answer.body, headers: answer.headers, tag: answer.headers.etag };
  };
  const titles = (headers: Headers = {}, variables: object = {}) =>
    get(TITLES, headers, { operationName: 'Titles', variables: JSON.stringify(variables) });
  const note = (commandId: string) => recorded(house, 'addNote', { commandId, item: { id: ks }, text: 'Hei' });

  it('carries a tag, for the reader alone, and is not made again for who holds it', async () => {
    const first = await titles();
    expect(first).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'private, no-cache', vary: expect.stringMatching(/accept-language/) },
    });
    expect(first.tag).toMatch(/^W\/"[\w-]{43}"$/);
    const read = jest.spyOn(house.reads.readings.PUBLIC, 'timeline');
    const held = await titles({ 'if-none-match': `"another", ${first.tag}` });
    expect(held).toMatchObject({ status: 304, body: '', tag: first.tag, headers: { 'cache-control': 'private, no-cache' } });
    expect(held.headers['content-type']).toBeUndefined();
    expect(read).not.toHaveBeenCalled();
    expect((await titles({ 'if-none-match': '"another"' })).status).toBe(200);
    expect(read).toHaveBeenCalledTimes(1);
    read.mockRestore();
  });

  it('is made again when something was recorded, and when the day in Oslo changed', async () => {
    const before = await titles();
    await note('n1');
    const after = await titles({ 'if-none-match': before.tag ?? '' });
    expect([after.status, after.tag === before.tag]).toEqual([200, false]);
    house.at('2026-03-02T22:59:59.000Z');
    expect((await titles({ 'if-none-match': after.tag ?? '' })).status).toBe(304);
    house.at('2026-03-02T23:00:00.000Z');
    expect((await titles({ 'if-none-match': after.tag ?? '' })).status).toBe(200);
  });

  it('has a tag of its own for each reader, language, media type, operation and point of view', async () => {
    const as = (role: string): Headers => ({ authorization: `Bearer ${house.keys[role]}` });
    const answers = await Promise.all([
      titles(),
      titles(as('secretariat')),
      titles(as('steering')),
      titles({ 'accept-language': 'en' }),
      titles({ accept: 'application/graphql-response+json' }),
      titles({}, { asOf: { knownOn: '2026-03-01' } }),
      titles({}, { asOf: { validAt: '2026-03-01' } }),
      get(TITLES, {}, { operationName: 'Other' }),
      get(`${TITLES} `, {}, { operationName: 'Titles' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ tag }) => tag)).size).toBe(answers.length);
    // Each is told apart also by who asks with it: nobody is answered 304 for what somebody else holds.
    const held = answers[1]?.tag ?? '';
    expect([
      (await titles({ 'if-none-match': held })).status,
      (await titles({ ...as('secretariat'), 'if-none-match': held })).status,
    ]).toEqual([200, 304]);
  });

  it('of the past is still what it was, and is asked about again all the same', async () => {
    const { position } = (await house.context().then(({ pin }) => pin())) as { position: string };
    const past = { asOf: { position } };
    const before = await titles({}, past);
    expect((await titles({ 'if-none-match': before.tag ?? '' }, past)).status).toBe(304);
    await note('n2');
    const after = await titles({ 'if-none-match': before.tag ?? '' }, past);
    expect([after.status, after.body]).toEqual([200, before.body]);
  });

  it('that holds a person’s name is kept by nobody', async () => {
    const key = { authorization: `Bearer ${house.keys['secretariat']}` };
    const opened = await get(NAMES, key);
    expect(JSON.parse(opened.body)).toMatchObject({ data: { history: { nodes: [{ actor: { name: { value: 'Kari Sekretær' } } }] } } });
    expect([opened.tag, opened.headers['cache-control']]).toEqual([undefined, 'private, no-store']);
    const withheld = await get(NAMES);
    expect(withheld.tag).toBeDefined();
    expect((await get(NAMES, { ...key, 'if-none-match': withheld.tag ?? '' })).status).toBe(200);
  });

  it('that holds an error has no tag', async () => {
    const answer = await get('{ items(first: 0) { totalCount } }');
    expect([answer.tag, answer.headers['cache-control']]).toEqual([undefined, 'private, no-store']);
  });

  it('is of queries alone: a mutation is refused, and what is posted is always made', async () => {
    const { tag = '' } = await titles();
    const mutation = await get('mutation { addNote(input: { commandId: "g", item: { id: "x" }, text: "Hei" }) { __typename } }', {
      'if-none-match': '*',
    });
    expect([mutation.status, mutation.tag]).toEqual([405, undefined]);
    const payload = { query: TITLES, operationName: 'Titles', variables: {} };
    const posted = await house.app.inject({ method: 'POST', url: '/graphql', payload, headers: { 'if-none-match': tag } });
    expect([posted.statusCode, posted.headers['etag']]).toEqual([200, undefined]);
  });

  it('is of one start of the program: the next may tell it otherwise', async () => {
    const context = await house.context();
    expect(await stateOf(context, 'one')).not.toBe(await stateOf(context, 'other'));
    context.notToBeKept();
    expect(await stateOf(context, 'one')).toBeNull();
  });
});
