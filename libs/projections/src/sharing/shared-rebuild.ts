import type { PostgresWriter } from '@saksgang/database';
import { ordinalOf, positionOf, type StoredEvent } from '@saksgang/event-store';
import type { Projection } from '../projection.js';
import { createHandler, numberOf } from '../running/handed.js';
import { beginNext, removeLeft, swap } from './read-schemas.js';
import { lockOf, schemaOf } from './schemas.js';
import type { Sessions } from './sessions.js';
import type { SharedRunnerParts } from './shared-runner.js';
import { openSite, type Site } from './site.js';

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
const PORTION = 500; // entries whose steps are held at a time: a few hundred rows of a table go at once
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

  /** Each on a connection of its own: while one is written the next is worked out. @throws RebuildStopped */
  const takeAll = async (sites: readonly Site[], events: readonly StoredEvent[], hand: ReturnType<typeof createHandler>): Promise<void> => {
    for (let first = 0; first < events.length; first += PORTION) {
      const portion = await hand(events.slice(first, first + PORTION));
      if (portion.length > 0) for (const site of sites) await site.give(portion);
    }
  };
  const fill = (sites: readonly Site[], from: number, gone: AbortSignal): Promise<number> => {
    const hand = createHandler(store, codec, registry);
    return readOn(from, gone, (events) => takeAll(sites, events, hand));
  };

  const buildAll = async (writer: PostgresWriter, sites: readonly Site[], gone: AbortSignal): Promise<void> => {
    const projections = sites.map(({ projection }) => projection);
    for (const projection of projections) await beginNext(writer, projection, origin);
    let reached = await fill(sites, origin, gone);
    await Promise.all(sites.map((site) => site.index()));
    for (let tried = 0; ; tried += 1) {
      reached = await fill(sites, reached, gone);
      for (const site of sites) await site.finish();
      if (await swapNow(writer, projections, reached)) break;
      if (tried === SWAPS_MAX) throw new Error('what was built could not be put in the place of what serves: it is never at rest');
      await scheduler.sleep(SWAP_PAUSE_MS, ended);
    }
    for (const projection of projections) await removeLeft(writer, projection);
    await Promise.all(sites.map((site) => site.tidy()));
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
    const sites = projections.map((projection) => openSite(projection, database.writer()));
    building = projections.map(({ name }) => name);
    logger('info', 'building projections anew', { projections: building });
    try {
      if (!taken.every(Boolean)) throw new BuiltElsewhere(projections.filter((_, index) => !taken[index]));
      await buildAll(writer, sites, session.ended);
      logger('info', 'built projections anew', { projections: building });
    } finally {
      building = [];
      for (const one of [writer, ...sites]) await one.close();
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
