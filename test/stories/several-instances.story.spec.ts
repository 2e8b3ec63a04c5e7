import { performance } from 'node:perf_hooks';
import { jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '../support/listening.js';
import { rounds } from '../support/not-run.js';
import { describeOnPostgres } from '../support/postgres.js';
import { serve, type Json, type Served } from '../support/serve.js';

const WRITES = rounds('writes through one instance read through another', 10, 300);
const VISIBLE_MS_MAX = 2_000; // ms, of 99 in 100 reads of what another instance has just recorded
const TAKES_OVER_MS_MAX = 10_000; // ms from the end of the one that feeds until another does
const RESTARTS = rounds('rolling restarts while clients write and read', 1, 20);
const TURNS_MAX = 500; // writes while an instance restarts
const SENT_MAX = 5; // times, each of which waits for the read models for two seconds
const PAUSE_MS = 50; // ms between two writes while an instance restarts

jest.setTimeout(900_000);

const feeds = ({ record }: Served): boolean => record.runner.progress().some(({ here }) => here);
describeOnPostgres('Two instances serve one record from one event store and one PostgreSQL:', () => {
  let one: Served;
  let two: Served;
  let body: string;
  let turn = 0;

  /** The position of a note that is recorded through this instance. Sent again, as the answer says, while nobody feeds. */
  const note = async (through: Served): Promise<string> => {
    turn += 1;
    const input = { commandId: `notat-${turn}`, item: { id: body }, text: `Notat ${turn}.` };
    for (let sent = 1; ; sent += 1) {
      try {
        const outcome = await through.mutate('addNote', input);
        expect(outcome).toMatchObject({ __typename: 'Recorded' });
        return outcome.position as string;
      } catch (problem) {
        if (sent === SENT_MAX || !String(problem).includes('PROJECTION_BEHIND')) throw problem;
      }
    }
  };
  /** What the other shows when it is asked for no less. */
  const shown = async (through: Served, position: string): Promise<Json> =>
    (
      await through.read(
        '{ history(last: 1, orderBy: OLDEST_FIRST) { nodes { position } } items(first: 1) { position } }',
        {},
        { headers: { 'x-at-least-position': position } },
      )
    ).history.nodes[0].position;

  beforeAll(async () => {
    one = await serve({ engine: 'kurrent', readModels: 'postgres' });
    two = await serve({ beside: one });
    body = await one.recorded('establishBody', { commandId: 'organ', name: 'Landstinget', occurred: { text: '../2016-06-07' } });
  });
  afterAll(async () => {
    await two.close();
    await one.close();
  });

  it('what is recorded through one is read through the other at once', async () => {
    const took: number[] = [];
    for (let written = 0; written < WRITES; written += 1) {
      const [writer, reader] = written % 2 === 0 ? [one, two] : [two, one];
      const position = await note(writer);
      const began = performance.now();
      expect(await shown(reader, position)).toBe(position);
      took.push(performance.now() - began);
    }
    const p99 = took.toSorted((a, b) => a - b)[Math.ceil(took.length * 0.99) - 1] ?? Infinity;
    expect(p99).toBeLessThan(VISIBLE_MS_MAX);
  });

  it('exactly one of them feeds, and a listener of the other hears every entry, once and in order', async () => {
    expect([feeds(one), feeds(two)].filter(Boolean)).toHaveLength(1);
    const quiet = feeds(one) ? two : one;
    const after = await one.record.store.head();
    const query = 'subscription Entries($after: Position) { entries(after: $after) { position } }';
    const listening = listen('graphql-ws', quiet.url, query, { after }, `Bearer ${quiet.keys.secretariat}`);
    const positions: string[] = [];
    for (const through of [one, two, one, two]) positions.push(await note(through));
    const heard = await listening.take(positions.length);
    expect(heard.map(({ entries }: Json) => entries.position)).toEqual(positions);
    await listening.leave();
  });

  it('a key that one has made is good at the other', async () => {
    const position = await note(one);
    const { secret } = await two.another('Nils Nynorsk', 'secretariat');
    const { data } = await one.ask('{ items { totalCount } }', {}, { key: secret, headers: { 'x-at-least-position': position } });
    expect(data.items.totalCount).toBe(1);
  });

  it('when the one that feeds goes somebody takes over, and nobody who asks the other sees it', async () => {
    for (let restart = 0; restart < RESTARTS; restart += 1) {
      const [going, staying] = feeds(one) ? [one, two] : [two, one];
      let gone = Infinity;
      let tookOver = Infinity;
      let isBack = false;
      const back = going
        .restart(() => {
          gone = performance.now();
        })
        .finally(() => {
          isBack = true;
        });
      for (let asked = 0; !isBack || tookOver === Infinity; asked += 1) {
        if (asked === TURNS_MAX) throw new Error('nobody has taken over');
        // What was recorded before is read all the time; what is recorded meanwhile as soon as somebody feeds.
        await staying.read('{ items(first: 1) { position } }');
        const position = await note(staying);
        // The one that goes may be back before the other has looked.
        if (feeds(staying) || (isBack && feeds(going))) {
          tookOver = Math.min(tookOver, performance.now());
          expect(await shown(staying, position)).toBe(position);
        }
        await sleep(PAUSE_MS);
      }
      await back;
      expect(tookOver - gone).toBeLessThan(TAKES_OVER_MS_MAX);
      const position = await note(going);
      expect([await shown(one, position), await shown(two, position)]).toEqual([position, position]);
    }
  });
});
