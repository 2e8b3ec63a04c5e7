import { serve, type Answer, type Served } from '../support/serve.js';

const say = (query: string): string => JSON.stringify({ query });
const times = (count: number, tell: (at: number) => string): string => Array.from({ length: count }, (_, at) => tell(at)).join(' ');

/** The thirteen things graphql-cop looks for, each asked as it asks. `closed`: a server that shows as little as it can. */
describe('What graphql-cop looks for is not found:', () => {
  let served: Served;
  let closed: Served;
  beforeAll(async () => {
    served = await serve();
    closed = await serve({ introspection: false });
  });
  afterAll(async () => {
    await served.close();
    await closed.close();
  });
  const refused = async (body: string, on: Served = served): Promise<string | undefined> => {
    const { data, errors }: Answer = await on.post(body);
    expect(data ?? null).toBeNull();
    return errors[0]?.extensions.code;
  };
  const get = (query: string): Promise<Response> => fetch(`${served.url}?query=${encodeURIComponent(query)}`);

  it('alias overloading: 101 aliases', async () => {
    expect(await refused(say(`query cop { ${times(101, (at) => `alias${at}: __typename`)} }`))).toBe('TOO_MANY_ALIASES');
  });
  it('batching: ten operations in a list', async () => {
    expect(await refused(JSON.stringify(Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' }))))).toBe('BAD_REQUEST');
  });
  it('directive overloading: ten of them on one field', async () => {
    expect(await refused(say(`query cop { __typename ${times(10, () => '@aa')} }`))).toBe('GRAPHQL_VALIDATION_FAILED');
  });
  it('introspection in a circle', async () => {
    const circle = 'fields { name type { fields { name type { fields { name type { fields { name type { fields { name } } } } } } } } }';
    expect(await refused(say(`query cop { __schema { types { name ${circle} } } }`))).toBe('GRAPHQL_VALIDATION_FAILED');
  });
  it('field duplication: one field 500 times', async () => {
    expect(await refused(say(`query cop { ${times(500, () => '__typename')} }`))).toBe('TOO_MANY_REPEATS');
  });
  it('field suggestions, with introspection off', async () => {
    const { errors } = await closed.post(say('query cop { __schema { directive } itemz { id } }'));
    expect(errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
  });
  it('introspection, when it is off', async () => {
    expect(await refused(say('query cop { __schema { types { name fields { name } } } }'), closed)).toBe('GRAPHQL_VALIDATION_FAILED');
  });
  it('an IDE, when it is off', async () => {
    for (const path of ['/', '/graphiql', '/playground', '/console', '/graphql']) {
      const page = await fetch(closed.url.replace('/graphql', path), { headers: { accept: 'text/html' } });
      expect([path, page.status >= 400, /<html|<script/i.test(await page.text())]).toEqual([path, true, false]);
    }
  });
  it('queries by GET that change anything: GET answers questions, which any cache and any page may ask', async () => {
    expect((await get('query cop { __typename }')).status).toBe(200);
    expect((await get('mutation cop { __typename }')).status).toBe(405);
  });
  it('mutations by GET', async () => {
    const head = await served.record.store.head();
    const response = await get('mutation cop { addNote(input: { commandId: "x", item: { id: "x" }, text: "x" }) { __typename } }');
    expect([response.status, await served.record.store.head()]).toEqual([405, head]);
  });
  it('forms by POST, which a page of another site may send', async () => {
    const body = new URLSearchParams({ query: 'query cop { __typename }' });
    expect((await fetch(served.url, { method: 'POST', body })).status).toBe(415);
    expect((await fetch(`${served.url}/stream`, { method: 'POST', body })).status).toBe(415);
  });
  it('tracing', async () => {
    const response = await fetch(served.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-apollo-tracing': '1' },
      body: say('query cop { __typename }'),
    });
    expect(await response.text()).not.toMatch(/"(extensions|tracing)"/);
  });
  it('errors that tell of the machine', async () => {
    for (const query of ['qwerty cop { abc }', 'query cop { node(id: 1) { id } }', '{ items(after: "\\u0000") { position } }']) {
      const answer = await served.post(say(query));
      expect(JSON.stringify(answer.errors)).not.toMatch(/stack|exception|node_modules|\.js:\d|SQLITE/i);
      expect(answer.errors.every(({ extensions }) => typeof extensions.code === 'string')).toBe(true);
    }
  });
});

describe('Pages of other origins', () => {
  const ask = (served: Served, origin: string, method = 'POST'): Promise<Response> =>
    fetch(served.url, {
      method,
      headers: {
        origin,
        ...(method === 'POST'
          ? { 'content-type': 'application/json' }
          : { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,authorization' }),
      },
      ...(method === 'POST' ? { body: say('{ __typename }') } : {}),
    });

  it('are not let in unless they are named, and then without cookies', async () => {
    const origin = 'https://side.eksempel.no';
    const closed = await serve();
    const open = await serve({ settings: { CORS_ORIGINS: [origin] } });
    const allowed = 'access-control-allow-origin';
    expect((await ask(closed, origin)).headers.get(allowed)).toBeNull();
    expect((await ask(closed, origin, 'OPTIONS')).headers.get(allowed)).toBeNull();
    const preflight = await ask(open, origin, 'OPTIONS');
    expect([preflight.status, preflight.headers.get(allowed)]).toEqual([204, origin]);
    expect((await ask(open, origin)).headers.get(allowed)).toBe(origin);
    expect((await ask(open, origin)).headers.get('access-control-allow-credentials')).toBeNull();
    expect((await ask(open, 'https://evil.example')).headers.get(allowed)).toBeNull();
    await closed.close();
    await open.close();
  });

  it('and browsers are told what an answer may do: nothing', async () => {
    const served = await serve();
    const { headers } = await ask(served, 'https://side.eksempel.no');
    expect(
      Object.fromEntries(
        ['content-security-policy', 'x-content-type-options', 'x-frame-options', 'referrer-policy', 'x-powered-by'].map((name) => [
          name,
          headers.get(name),
        ]),
      ),
    ).toEqual({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'x-powered-by': null,
    });
    await served.close();
  });
});
