import fc from 'fast-check';
import { letterInput, recordBodies } from '../support/letter.js';
import { listen, TRANSPORTS } from '../support/listening.js';
import { serve, type Json, type Served } from '../support/serve.js';

const SEED = 20_181_003;
const WRITES = 120;
/** How many values a client takes before its connection breaks, again and again. */
const BREAKS: readonly number[] = fc.sample(fc.integer({ min: 1, max: 17 }), { seed: SEED, numRuns: WRITES });

const SOURCES: Readonly<
  Record<string, Readonly<{ query: string; positionOf: (data: Json) => string; idsOf: (data: Json) => readonly string[] }>>
> = {
  entries: {
    query: `subscription($after: Position) { entries(after: $after) { id position } }`,
    positionOf: ({ entries }) => entries.position,
    idsOf: ({ entries }) => [entries.id],
  },
  timeline: {
    query: `subscription($after: Position) { timeline(after: $after) { position put { id } removed } }`,
    positionOf: ({ timeline }) => timeline.position,
    idsOf: ({ timeline }) => timeline.put.map(({ id }: Json) => id),
  },
};

describe.each(TRANSPORTS)('A client whose connection breaks again and again, over %s,', (transport) => {
  let served: Served;
  beforeAll(async () => {
    served = await serve();
    await recordBodies(served);
  });
  afterAll(() => served.close());

  it.each(Object.keys(SOURCES))(
    `resumes %s each time where it was: nothing missed, nothing twice, while a writer goes on (seed ${SEED})`,
    async (name) => {
      const { query, positionOf, idsOf } = SOURCES[name] as (typeof SOURCES)[string];
      const resolution = await served.recorded('recordResolution', letterInput(`vedtak-${name}`));
      let after = await served.record.store.head();
      const write = async (): Promise<void> => {
        for (let number = 0; number < WRITES; number += 1)
        await served.recorded('reportPoint', { commandId: `${name}-${number}`, point: { item: { id: resolution }, point: '3' }, text: `Rapport ${number}` }); // prettier-ignore
      };
      const read = async (): Promise<readonly string[]> => {
        const seen: string[] = [];
        for (let turn = 0; seen.length < WRITES; turn += 1) {
          const listening = listen(transport, served.url, query, { after }, `Bearer ${served.keys.secretariat}`);
          const taken = await listening.take(Math.min(BREAKS[turn] ?? 1, WRITES - seen.length));
          await listening.leave();
          seen.push(...taken.flatMap(idsOf));
          after = positionOf(taken.at(-1));
        }
        return seen;
      };
      const [seen] = await Promise.all([read(), write()]);
      expect(seen).toEqual(Array.from({ length: WRITES }, (_, number) => `${resolution}@${number + 1}`));
    },
  );
});
