import { ordinalOf } from '@saksgang/event-store';
import { registry } from '@saksgang/kinds';
import { rounds } from '../../../../test/support/not-run.js';
import { describeOnPostgres, startPostgres, type PostgresServer } from '../../../../test/support/postgres.js';
import { checksumIn, openInstance } from '../../testing/shared.js';
import { createTelling, sampledStories } from '../../testing/stories.js';
import { openWorld } from '../../testing/world.js';
import { checksum, projectionsOf } from '../index.js';

const KILLS = rounds('PostgreSQL killed while two processes feed read models', 2, 20);
const STORIES = 6;
const WITHIN_MS = 30_000; // ms
const NEEDS_ITS_OWN = true;

describeOnPostgres(
  'read models in a PostgreSQL that is killed again and again',
  () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server.stop());

    it(`are fed on when it is back, and hold what the log says: ${KILLS} times under load`, async () => {
      const world = openWorld(registry);
      const url = server.url('postgres');
      try {
        const side = await world.open();
        const instances = [await openInstance(world, url, 'one'), await openInstance(world, url, 'two')];
        for (let kill = 0; kill < KILLS; kill += 1) {
          const telling = createTelling(world, sampledStories(STORIES, kill));
          const tell = async (): Promise<void> => {
            for (let round = 0; round < telling.rounds; round += 1) {
              await telling.round(round, side);
              // Both are fed meanwhile, or are trying.
              await instances[kill % 2]?.runner.waitFor(ordinalOf(world.store.logId, await world.store.head()) ?? 0, 20);
            }
          };
          const told = tell();
          await server.kill();
          await server.startAgain();
          await told;
        }
        const head = ordinalOf(world.store.logId, await world.store.head()) ?? 0;
        for (const { runner } of instances) expect(await runner.waitFor(head, WITHIN_MS)).toBe(true);
        for (const projection of projectionsOf(registry))
          expect([projection.name, await checksumIn(url, projection)]).toEqual([projection.name, checksum(side.file, projection)]);
        for (const { runner } of instances) await runner.stop();
      } finally {
        await world.close();
      }
    });
  },
  NEEDS_ITS_OWN,
);
