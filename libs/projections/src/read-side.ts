import { openReadDatabase, type Asked as AskedOf, type FaceOptions } from '@saksgang/database';
import type { Codec, EventStore } from '@saksgang/event-store';
import { osloDay, type Clock, type Lookup, type Registry, type Scheduler } from '@saksgang/kernel';
import type { Sources } from './asking/sources.js';
import { STALE_AFTER_DAYS } from './computed/computed.js';
import { signalsProjection } from './computed/signals.projection.js';
import { createReading } from './create-reading.js';
import type { Face, NarrowFace } from './faces/face.js';
import { ASKING_DAY, viewsInSqlite } from './faces/views.js';
import { foldText } from './folding.js';
import { historyProjection } from './history/history.projection.js';
import { createStreamReader } from './items/state.query.js';
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
import { visibilityProjection } from './visibility/visibility.projection.js';

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
  visibilityProjection,
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
  /** Of all there is. */
  reading: Reading;
  /** Through each face; INTERNAL is `reading`. */
  readings: Readings;
  runner: Runner;
  lookup: Lookup;
  /** Stops the runner and closes the database. */
  close: () => Promise<void>;
}>;

/** One connection for each narrow face, in which nothing else can be seen. */
export const narrowFaces = (clock: Clock): Readonly<Record<NarrowFace, FaceOptions>> => {
  const asked = { [ASKING_DAY]: () => osloDay(clock.now()) };
  return { STEERING: { views: viewsInSqlite('STEERING'), asked }, PUBLIC: { views: viewsInSqlite('PUBLIC'), asked } };
};

export type Readings = Readonly<Record<Face, Reading>>;

/** Opens the read models over their file. Nothing is followed until `runner.start()`. @throws NewerDatabase */
export const openReadSide = ({
  file,
  store,
  codec,
  registry,
  clock,
  scheduler,
  logger,
  staleAfterDays,
  builders,
}: ReadSideParts): ReadSide => {
  const database = openReadDatabase<ReadTables, NarrowFace>({ file, functions: READ_FUNCTIONS, faces: narrowFaces(clock) });
  const runner = createRunner({ database, store, codec, registry, scheduler, logger, projections: projectionsOf(registry), builders });
  return readSideOver(
    { store, registry, clock, ...(staleAfterDays === undefined ? {} : { staleAfterDays }) },
    database,
    runner,
    async () => {
      await runner.stop();
      await database.close();
    },
  );
};

/** What is asked of a database of read models that a runner keeps. `database`: of all there is, and through each narrow face. */
export const readSideOver = (
  { store, registry, clock, staleAfterDays = STALE_AFTER_DAYS }: Pick<ReadSideParts, 'store' | 'registry' | 'clock' | 'staleAfterDays'>,
  database: AskedOf<ReadTables> & Readonly<{ faces: Readonly<Record<NarrowFace, AskedOf<ReadTables>>> }>,
  runner: Runner,
  close: () => Promise<void>,
): ReadSide => {
  const parts = { runner, store, registry, clock, staleAfterDays, whole: database.read };
  const sources: Sources = { ...parts, face: 'INTERNAL', read: database.read, ask: database.ask };
  const streams = createStreamReader(sources);
  const seenBy = (face: NarrowFace): Reading => createReading({ ...parts, face, ...database.faces[face] }, streams);
  const reading = createReading(sources, streams);
  return {
    reading,
    readings: { INTERNAL: reading, STEERING: seenBy('STEERING'), PUBLIC: seenBy('PUBLIC') },
    runner,
    lookup: createLookup(sources),
    close,
  };
};
