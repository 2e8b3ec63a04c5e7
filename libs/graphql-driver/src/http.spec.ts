import { GraphQLError } from 'graphql';
import { serverAudits } from 'graphql-http';
import { post, startTryout, type Tryout } from '../testing/server.js';

type Answer = { data?: Record<string, unknown> | null; errors?: { message: string; extensions?: { code?: string } }[] };
const read = async (response: Promise<Response>): Promise<Answer> => (await (await response).json()) as Answer;

let tryout: Tryout;
beforeAll(async () => {
  tryout = await startTryout({
    maskError: (error) =>
      error.originalError && !(error.originalError instanceof GraphQLError)
        ? new GraphQLError('masked', { extensions: { code: 'INTERNAL' } })
        : error,
  });
});
afterAll(() => tryout.app.close());

const audits = serverAudits({ url: () => tryout.url });

describe('the public GraphQL-over-HTTP audit', () => {
  it('has 61 checks', () => expect(audits).toHaveLength(61));

  it.each(audits.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_name, audit) => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' });
  });
});

describe('GraphQL over HTTP', () => {
  it('answers a query by POST and by GET', async () => {
    expect(await read(post(tryout.url, { query: '{ greeting }' }))).toEqual({ data: { greeting: 'hei, KS' } });
    expect(await read(fetch(`${tryout.url}?query=${encodeURIComponent('{ greeting(name: "æøå") }')}`))).toEqual({
      data: { greeting: 'hei, æøå' },
    });
  });

  it('writes nothing by GET', async () => {
    const response = await fetch(`${tryout.url}?query=${encodeURIComponent('mutation { write }')}`);
    expect(response.status).toBe(405);
    expect(((await response.json()) as Answer).errors?.[0]?.extensions?.code).toBe('METHOD_NOT_ALLOWED');
    expect(tryout.resolver.written).toBe(0);
  });

  it('runs the operation that was asked for, compiled or not', async () => {
    const query = 'query a { greeting(name: "a") } query b { greeting(name: "b") } mutation m { write }';
    for (let time = 0; time < 8; time += 1) {
      for (const operationName of ['a', 'b']) {
        expect(await read(post(tryout.url, { query, operationName }))).toEqual({ data: { greeting: `hei, ${operationName}` } });
      }
    }
    expect(tryout.resolver.written).toBe(0);
  });

  it.each([
    ['no JSON', '{"query": ', 400, 'MALFORMED_REQUEST'],
    ['an empty body', '', 400, 'MALFORMED_REQUEST'],
    ['a list (no batching)', '[{"query":"{ greeting }"}]', 400, 'BAD_REQUEST'],
    ['no query', '{}', 400, 'BAD_REQUEST'],
    ['a malformed document', { query: '{ greeting' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: '{ farewell }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['a document of too many tokens', { query: `{ ${'greeting '.repeat(6_000)}}` }, 400, 'TOO_MANY_TOKENS'],
    [
      'variables that do not fit',
      { query: 'query($n: Int!) { boxes(inputs: [{height: $n}]) { height } }', variables: { n: 'x' } },
      400,
      'BAD_USER_INPUT',
    ],
    ['an operation that is not there', { query: 'query a { greeting }', operationName: 'b' }, 400, 'UNKNOWN_OPERATION'],
    ['a subscription', { query: 'subscription { count(to: 1) }' }, 400, 'WRONG_TRANSPORT'],
  ])('refuses %s with a code', async (_what, body, status, code) => {
    const response = await post(tryout.url, body);
    const answer = (await response.json()) as Answer;
    expect({ status: response.status, code: answer.errors?.[0]?.extensions?.code }).toEqual({ status, code });
  });

  it('refuses a body of 50 MB as soon as its size is known', async () => {
    const response = await post(tryout.url, `{"query":"${' '.repeat(50_000_000)}"}`).catch(() => null);
    // The server may close the connection while the client is still sending: that is a refusal as well.
    if (response) {
      expect(response.status).toBe(413);
      expect(((await response.json()) as Answer).errors?.[0]?.extensions?.code).toBe('BODY_TOO_LARGE');
    }
    const declared = await post(tryout.url, `{"query":"${' '.repeat(1_100_000)}"}`);
    expect(declared.status).toBe(413);
    expect(((await declared.json()) as Answer).errors?.[0]?.extensions?.code).toBe('BODY_TOO_LARGE');
    expect(await read(post(tryout.url, { query: '{ greeting }' }))).toEqual({ data: { greeting: 'hei, KS' } });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])('refuses the media type %s with a code', async (type) => {
    const response = await post(tryout.url, 'query={greeting}', { 'content-type': type });
    const answer = (await response.json()) as Answer;
    expect([response.status, answer.errors?.[0]?.extensions?.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  it('refuses to answer in what it cannot write, with a code', async () => {
    const response = await post(tryout.url, { query: '{ greeting }' }, { accept: 'text/html' });
    const answer = (await response.json()) as Answer;
    expect([response.status, answer.errors?.[0]?.extensions?.code]).toEqual([406, 'NOT_ACCEPTABLE']);
  });

  it('masks a fault and shows a refusal', async () => {
    for (let time = 0; time < 6; time += 1) {
      const answer = await read(post(tryout.url, { query: '{ fault refusal }' }));
      expect(answer.errors?.map((error) => error.extensions?.code)).toEqual(expect.arrayContaining(['INTERNAL', 'REFUSED']));
      expect(JSON.stringify(answer)).not.toContain('secret');
    }
  });

  it('answers introspection', async () => {
    expect((await read(post(tryout.url, { query: '{ __schema { queryType { name } } }' }))).data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    });
  });
});
