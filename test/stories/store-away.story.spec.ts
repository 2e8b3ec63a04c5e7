import { setTimeout as sleep } from 'node:timers/promises';
import type { KurrentServer } from '../support/kurrent/kurrent-server.js';
import { serve, type Json, type Served } from '../support/serve.js';

const ASKS_MAX = 200; // how often it is asked again until it is well
const PAUSE_MS = 100; // ms between two of them

/** Asks until the answer is as hoped for. Bounded: the last answer is given back, and the test says what was wrong with it. */
const until = async <T>(ask: () => Promise<T>, good: (answer: T) => boolean): Promise<T> => {
  let answer = await ask();
  for (let asked = 1; asked < ASKS_MAX && !good(answer); asked += 1) {
    await sleep(PAUSE_MS);
    answer = await ask();
  }
  return answer;
};

describe('The event store goes away while the record is served:', () => {
  let served: Served;
  let database: KurrentServer;
  let body: string;
  let position: string;
  const items = () => served.ask('{ items(first: 10) { totalCount position } }');
  const note = (commandId: string): Promise<Json> =>
    served.mutate('addNote', { commandId, item: { id: body }, text: 'Ringt til komiteen.' });
  const get = async (path: string): Promise<Readonly<{ status: number; body: Json }>> => {
    const answer = await fetch(served.url.replace('/graphql', path));
    return { status: answer.status, body: await answer.json() };
  };

  beforeAll(async () => {
    served = await serve({ engine: 'kurrent' });
    if (served.database === null) throw new Error('this story is about a server that can go away');
    database = served.database;
    body = await served.recorded('establishBody', { commandId: 'organ', name: 'Landstinget', occurred: { text: '../2016-06-07' } });
    position = (await note('før')).position as string;
    await served.read('{ items { position } }', {}, { headers: { 'x-at-least-position': position } });
    database.proxy.refuse();
  });
  afterAll(async () => {
    database.proxy.heal();
    await served.close();
  });

  it('reading goes on, and says as of which position', async () => {
    const { data, errors, headers } = await items();
    expect(errors).toEqual([]);
    expect(data.items).toEqual({ totalCount: 1, position });
    expect(headers.get('x-record-position')).toBe(position);
  });

  it('recording is refused as not recorded, with when to try again: the first time after the patience of one command, then at once', async () => {
    expect(await note('borte')).toMatchObject({ __typename: 'Refused', code: 'UNAVAILABLE', retryAfterMs: 1_000 });
    const attempts = database.calls.append;
    expect(await Promise.all([note('borte'), note('borte også')])).toMatchObject([{ code: 'UNAVAILABLE' }, { code: 'UNAVAILABLE' }]);
    expect(database.calls.append).toBe(attempts);
  });

  it('it is alive, but not ready, and says why in words without a password', async () => {
    expect(await get('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    const { status, body } = await get('/readyz');
    expect([status, body.ready, body.store.ok]).toEqual([503, false, false]);
    expect(body.store.reason).toMatch(/^the event store does not answer: /);
    expect(served.logged.some((line) => line.includes('the event store is away'))).toBe(true);
  });

  it('when it is back, the same command is recorded once, without a restart, and can be read', async () => {
    database.proxy.heal();
    const outcome = await until(
      () => note('borte'),
      ({ __typename }) => __typename === 'Recorded',
    );
    expect(outcome).toMatchObject({ __typename: 'Recorded', replayed: false, revision: 2 });
    expect(await note('borte')).toMatchObject({ __typename: 'Recorded', replayed: true, revision: 2 });
    expect(
      await until(
        () => get('/readyz'),
        ({ status }) => status === 200,
      ),
    ).toMatchObject({ status: 200, body: { ready: true } });
    const shown = await until(items, ({ data }) => data.items.position === outcome.position);
    expect(shown.data.items).toEqual({ totalCount: 1, position: outcome.position });
  });

  it('a start while it is away waits and says so, and goes on by itself when it comes', async () => {
    const said = served.logged.length;
    const started = served.restart(() => database.proxy.refuse());
    const waiting = () => served.logged.slice(said).some((line) => line.includes('waiting for the event store'));
    expect(await until(async () => waiting(), Boolean)).toBe(true);
    database.proxy.heal();
    await started;
    expect((await items()).data.items.totalCount).toBe(1);
    expect(await note('etter')).toMatchObject({ __typename: 'Recorded', revision: 3 });
  });
});
