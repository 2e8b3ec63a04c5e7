import type { PostgresWriter } from '@saksgang/database';
import { ordinalOf, positionOf, type StoredEvent } from '@saksgang/event-store';
import type { Projection } from '../projection.js';
import { createHandler, numberOf, type Handed } from '../running/handed.js';
import { stoppedAt } from '../running/lanes.js';
import { RebuildStopped } from '../running/rebuild.js';
import { build, finishBuilding, type Fault } from '../writing/feeding.js';
import type { Exchange } from '../writing/exchange.js';
import { createWriting, type Writing } from '../writing/writing.js';
import { exchangeWith, postgresEngine } from './feeding.js';
import { beginNext, indexNext, removeLeft, swap } from './read-schemas.js';
import { lockOf, nextOf, schemaOf } from './schemas.js';
import type { Sessions } from './sessions.js';
import type { SharedRunnerParts } from './shared-runner.js';

export type SharedRebuild = Readonly<{
  /** Builds all of them in one pass over the log, beside what serves, and puts them in its place. @throws RebuildStopped, BuiltElsewhere */
  rebuild: (projections: readonly Projection[]) => Promise<void>;
  building: () => readonly string[];
}>;

/** Another process is building the same. */
export class BuiltElsewhere extends Error {
  override readonly name = 'BuiltElsewhere';
  constructor(projections: readonly Projection[]) {
    super(`another process is building ${projections.map(({ name }) => name).join(', ')} anew`);
  }
}

const BATCH = 1_000; // entries of one transaction
const PORTION = 50; // entries whose steps are held at a time
const SWAPS_MAX = 100; // tries to find nobody reading for a moment, and what serves no further than what was built
const SWAP_PAUSE_MS = 100; // ms between two tries

export const createSharedRebuild = (
  { store, codec, registry, logger, database, scheduler }: SharedRunnerParts,
  sessions: Sessions,
  origin: number,
  ended: AbortSignal,
): SharedRebuild => {
  let turn: Promise<unknown> = Promise.resolve();
  let building: readonly string[] = [];

  /** Hands on what lies behind `from`, until the log's end as it is now. Answers how far that was. */
  const readOn = async (from: number, gone: AbortSignal, handOn: (events: readonly StoredEvent[]) => Promise<void>): Promise<number> => {
    const target = ordinalOf(store.logId, await store.head()) ?? from;
    let end = from;
    if (target <= from) return end;
    const enough = new AbortController();
    const signal = AbortSignal.any([enough.signal, ended, gone]);
    for await (const batch of store.follow({ after: positionOf(store.logId, from), signal, batch: BATCH })) {
      await handOn(batch.events);
      end = numberOf(store, batch);
      if (end >= target) enough.abort();
    }
    ended.throwIfAborted();
    gone.throwIfAborted();
    return end;
  };

  type Begun = Readonly<{ projection: Projection; writing: Writing }>;
  /** @throws RebuildStopped at an entry that cannot be decoded, or that the projection cannot take */
  const into = async (
    writer: PostgresWriter,
    { projection }: Begun,
    portion: readonly Handed[],
    exchange: Exchange<Fault | null>,
  ): Promise<void> => {
    const schema = nextOf(schemaOf(projection));
    const fault = await writer.transaction((tx) => exchangeWith(postgresEngine(tx, schema), exchange));
    if (fault === null) return;
    const ordinal = portion[fault.at ?? 0]?.ordinal ?? origin;
    throw new RebuildStopped(projection.name, ordinal, stoppedAt(ordinal, fault.problem).reason);
  };
  const fill = (writer: PostgresWriter, begun: readonly Begun[], from: number, gone: AbortSignal): Promise<number> => {
    const hand = createHandler(store, codec, registry);
    return readOn(from, gone, async (events) => {
      for (let first = 0; first < events.length; first += PORTION) {
        const portion = await hand(events.slice(first, first + PORTION));
        for (const one of begun) await into(writer, one, portion, build(one.writing, portion));
      }
    });
  };
  const finish = async (writer: PostgresWriter, begun: readonly Begun[]): Promise<void> => {
    for (const one of begun) await into(writer, one, [], finishBuilding(one.writing));
  };

  const buildAll = async (writer: PostgresWriter, projections: readonly Projection[], gone: AbortSignal): Promise<void> => {
    for (const projection of projections) await beginNext(writer, projection, origin);
    const begun = projections.map((projection) => ({ projection, writing: createWriting(projection.writer) }));
    let reached = await fill(writer, begun, origin, gone);
    await finish(writer, begun);
    for (const projection of projections) await indexNext(writer, projection);
    for (let tried = 0; ; tried += 1) {
      reached = await fill(writer, begun, reached, gone);
      await finish(writer, begun);
      if (await swapNow(writer, projections, reached)) break;
      if (tried === SWAPS_MAX) throw new Error('what was built could not be put in the place of what serves: it is never at rest');
      await scheduler.sleep(SWAP_PAUSE_MS, ended);
    }
    for (const projection of projections) await removeLeft(writer, projection);
    // Where rows lie that nobody sees any more, and which pages all see: what reading an index alone depends on.
    for (const projection of projections)
      for (const { name } of projection.tables) await writer.alone(`VACUUM (ANALYZE) ${schemaOf(projection)}.${name}`);
  };
  /** Readers have the right of way: a table that is not free at once is asked for again. */
  const swapNow = (writer: PostgresWriter, projections: readonly Projection[], reached: number): Promise<boolean> =>
    swap(
      writer,
      projections.map((projection) => ({ projection, ordinal: reached })),
    ).catch((problem: unknown) => {
      if ((problem as { code?: unknown }).code === LOCK_NOT_AVAILABLE) return false;
      throw problem;
    });

  const rebuild = async (projections: readonly Projection[]): Promise<void> => {
    const session = sessions.now();
    if (session === null) throw new Error('PostgreSQL is away');
    const locks = projections.map((projection) => lockOf('build', schemaOf(projection)));
    const taken = await Promise.all(locks.map((lock) => session.tryLock(lock)));
    const writer = database.writer();
    building = projections.map(({ name }) => name);
    logger('info', 'building projections anew', { projections: building });
    try {
      if (!taken.every(Boolean)) throw new BuiltElsewhere(projections.filter((_, index) => !taken[index]));
      await buildAll(writer, projections, session.ended);
      logger('info', 'built projections anew', { projections: building });
    } finally {
      building = [];
      await writer.close();
      for (const [index, lock] of locks.entries()) if (taken[index]) await session.unlock(lock).catch(() => undefined);
    }
  };
  return {
    rebuild: (projections) => {
      const mine = turn.then(() => rebuild(projections));
      turn = mine.catch(() => undefined);
      return mine;
    },
    building: () => building,
  };
};

const LOCK_NOT_AVAILABLE = '55P03';
