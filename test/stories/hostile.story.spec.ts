import { listen } from '../support/listening.js';
import { connect } from 'node:net';
import { once } from 'node:events';
import { type Attack, bytes, operations, type Told } from '../support/hostile.js';
import { SHAPES } from '../support/hostile-shapes.js';
import { serve, type Served } from '../support/serve.js';

describe('Hostile traffic is refused, each shape with its status and code, and the next reader is answered:', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve({
      tuned: {
        door: { requestMs: 600, headMs: 400, lookEveryMs: 50 },
        driver: { sockets: { initMs: 400, operations: 10, subscriptions: 50 } },
      },
    });
  });
  afterAll(() => served.close());

  it('there are at least 60 shapes, each another', () => {
    expect(new Set(SHAPES.map(([of, [title]]) => `${of}: ${title}`)).size).toBe(SHAPES.length);
    expect(SHAPES.length).toBeGreaterThanOrEqual(60);
  });

  it.each(SHAPES.map(([of, [title, attack, status, code]]) => [`${of}: ${title}`, attack, status, code] as const))(
    '%s',
    async (_title, attack, status, code) => {
      const head = await served.record.store.head();
      const told: Told = await attack(served);
      expect(told).toEqual({ status, code });
      expect((await served.read('{ __typename }')).__typename).toBe('Query');
      expect(await served.record.store.head()).toBe(head);
      expect(({} as Readonly<Record<string, unknown>>)['polluted']).toBeUndefined();
    },
  );

  it('subscriptions of one reader are counted over all connections and transports, and given back', async () => {
    const streams = [];
    for (let at = 0; at < 50; at += 1) {
      const leave = new AbortController();
      const response = await fetch(`${served.url}/stream?query=${encodeURIComponent('subscription { entries { id } }')}`, {
        headers: { accept: 'text/event-stream' },
        signal: leave.signal,
      });
      streams.push({ leave, response });
    }
    const one: Attack = operations('subscription { entries { id } }', 1);
    expect(await one(served)).toEqual({ status: 200, code: 'TOO_MANY_SUBSCRIPTIONS' });
    for (const { leave, response } of streams) {
      leave.abort();
      await response.text().catch(() => undefined);
    }
  });

  it('nothing of all this was logged as a fault of the server', () => {
    expect(served.logged.map((line) => JSON.parse(line)).filter((line) => line.level >= 50)).toEqual([]);
  });
});

describe('A server that is late with everything', () => {
  it('turns work away instead of queueing it, is still told of, and takes work again when it is not late any more', async () => {
    const served = await serve({ tuned: { door: { loopDelayMs: 100 } } });
    const ask = (): Promise<Response> => fetch(`${served.url}?query=${encodeURIComponent('{ __typename }')}`);
    for (let at = 0; at < 8; at += 1) {
      const until = performance.now() + 400;
      while (performance.now() < until);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const [late, watched] = await Promise.all([ask(), fetch(served.url.replace('/graphql', '/healthz'))]);
    expect([late.status, late.headers.get('retry-after'), await late.json()]).toMatchObject([
      503,
      '1',
      { errors: [{ extensions: { code: 'OVERLOADED', limitMs: 100, foundMs: expect.any(Number) } }] },
    ]);
    expect(watched.status).toBe(200);
    let well = await ask();
    for (let asked = 0; asked < 5_000 && well.status !== 200; asked += 1) well = await ask();
    expect(well.status).toBe(200);
    await served.close();
  });
});

describe('A reader who asks too often, or on too many lines,', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve({ settings: { RATE_PER_MINUTE: 5, CONNECTIONS_PER_ADDRESS: 8 }, tuned: { door: { inFlight: 2 } } });
  });
  afterAll(() => served.close());

  it('waits for as long as is said; whoever has a key is counted apart, and a key that is none buys nothing', async () => {
    const { url } = served;
    const askOnce = (headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
      fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: '{"query":"{ __typename }"}' });
    const statuses = [];
    for (let at = 0; at < 7; at += 1)
      statuses.push((await askOnce(at % 2 === 0 ? {} : { authorization: `Bearer sk_${String(at).padStart(43, 'x')}` })).status);
    expect(statuses).toEqual([200, 401, 200, 401, 200, 429, 429]);
    const late = await askOnce();
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await late.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED', limit: 5 } }] });
    expect((await askOnce({ authorization: `Bearer ${served.keys.auditor}` })).status).toBe(200);
    expect((await fetch(url.replace('/graphql', '/healthz'))).status).toBe(200);
  });

  it('asks as often on a WebSocket as without one: both count together', async () => {
    const { url, keys } = served;
    const authorization = `Bearer ${keys.secretariat}`;
    const ask = async (): Promise<string> => {
      const asking = listen('graphql-ws', url, '{ __typename }', {}, authorization);
      const answer = await asking.take(1).then(
        () => 'answered',
        (refused: unknown) => (refused as readonly Readonly<{ extensions: Readonly<{ code: string }> }>[])[0]?.extensions.code ?? 'unknown',
      );
      await asking.leave();
      return answer;
    };
    const answers = [];
    for (let at = 0; at < 6; at += 1) answers.push(await ask());
    expect(answers).toEqual([...Array.from({ length: 5 }, () => 'answered'), 'RATE_LIMITED']);
    const late = await fetch(`${url}?query={__typename}`, { headers: { authorization } });
    expect(late.status).toBe(429);
  });

  it('is turned away beyond so many connections', async () => {
    const port = Number(new URL(served.url).port);
    const open = Array.from({ length: 8 }, () => connect(port, '127.0.0.1'));
    await Promise.all(open.map((one) => once(one, 'connect')));
    expect(await bytes('')(served)).toEqual({ status: 429, code: 'TOO_MANY_CONNECTIONS' });
    for (const one of open) one.destroy();
  });
});
