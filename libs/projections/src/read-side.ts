import { openReadDatabase } from '@saksgang/database';
import type { Codec, EventStore } from '@saksgang/event-store';
import type { Clock, Lookup, Registry, Scheduler } from '@saksgang/kernel';
import { STALE_AFTER_DAYS } from './computed/computed.js';
import { signalsProjection } from './computed/signals.projection.js';
import { createReading } from './create-reading.js';
import { foldText } from './folding.js';
import { historyProjection } from './history/history.projection.js';
import { itemsProjection } from './items/items.projection.js';
import { createLookup } from './links/links.query.js';
import { linksProjection } from './links/links.projection.js';
import type { Projection } from './projection.js';
import type { ReadTables } from './read-tables.js';
import type { Reading } from './reading.js';
import type { Builders } from './running/builder-threads.js';
import { createRunner } from './running/runner.js';
import type { Logger, Runner } from './running/runner.types.js';
import { searchProjection } from './search/search.projection.js';
import { timelineProjection } from './timeline/timeline.projection.js';

/** The read models' file in the data directory, with files of its projections beside it: all of them can be deleted, and are then built anew. */
export const READ_MODELS_FILE = 'read-models.db';

/** What queries ask the database to work out by itself. */
export const READ_FUNCTIONS = { fold: foldText };

/** All projections of the house. A new one is one line here. */
export const projectionsOf = ({ shared }: Registry): readonly Projection[] => [
  historyProjection(shared),
  itemsProjection,
  linksProjection,
  timelineProjection,
  searchProjection,
  signalsProjection,
];

export type ReadSideParts = Readonly<{
  /** The read database's file; made when missing, and thrown away and built anew when it belongs to another log. */
  file: string;
  store: EventStore;
  codec: Pick<Codec, 'decode'>;
  registry: Registry;
  clock: Clock;
  scheduler: Scheduler;
  logger: Logger;
  /** Days without an entry after which an item with something open is stale; default STALE_AFTER_DAYS. */
  staleAfterDays?: number;
  /** Long builds are done by threads; without, on the caller's. */
  builders?: Builders | undefined;
}>;

export type ReadSide = Readonly<{
  reading: Reading;
  runner: Runner;
  lookup: Lookup;
  /** Stops the runner and closes the database. */
  close: () => Promise<void>;
}>;

/** Opens the read models over their file. Nothing is followed until `runner.start()`. @throws NewerDatabase */
export const openReadSide = ({
  file,
  store,
  codec,
  registry,
  clock,
  scheduler,
  logger,
  staleAfterDays = STALE_AFTER_DAYS,
  builders,
}: ReadSideParts): ReadSide => {
  const database = openReadDatabase<ReadTables>({ file, functions: READ_FUNCTIONS });
  const runner = createRunner({ database, store, codec, registry, scheduler, logger, projections: projectionsOf(registry), builders });
  const sources = { read: database.read, ask: database.ask, runner, store, registry, clock, staleAfterDays };
  return {
    reading: createReading(sources),
    runner,
    lookup: createLookup(sources),
    close: async () => {
      await runner.stop();
      await database.close();
    },
  };
};
