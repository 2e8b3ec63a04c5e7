import { ordinalOf, positionOf, type StoredEvent } from '@saksgang/event-store';
import type { Projection } from '../projection.js';
import { portable } from './builder-messages.js';
import { hire, shareOut, type Builders } from './builder-threads.js';
import { createHandler, FOLDED_CHARS_MAX, numberOf, RECENT_ENTRIES_MAX } from './handed.js';
import type { ReadModels } from './read-models.js';
import { finishAll, RebuildStopped, siteOf, takeAll } from './rebuild-lanes.js';
import type { RunnerParts } from './runner.types.js';
import { openShadow, resumeShadow, type Begun, type Shadow } from './shadow.js';

export { RebuildStopped };

export type Rebuild = Readonly<{
  /** Builds all of them in one pass over the log. `swapped` is called when each stands in its place. */
  rebuild: (
    projections: readonly Projection[],
    live: (projection: Projection) => number,
    swapped: (projection: Projection, ordinal: number) => void,
  ) => Promise<void>;
  building: () => readonly string[];
}>;

const BATCH = 500; // entries taken in before the rest of the process has its turn

/** Fills files of their own from the log's beginning, without indexes; makes those last; then puts the files in place. One build at a time. */
export const createRebuild = (
  { store, codec, registry, logger, builders }: RunnerParts,
  models: ReadModels,
  origin: number,
  ended: AbortSignal,
): Rebuild => {
  let turn: Promise<unknown> = Promise.resolve();
  let building: readonly string[] = [];

  /** Hands on what lies behind `from`, until the log's end as it is now. Answers how far that was. */
  const readOn = async (from: number, handOn: (events: readonly StoredEvent[]) => Promise<void>): Promise<number> => {
    const target = ordinalOf(store.logId, await store.head()) ?? from;
    let end = from;
    if (target <= from) return end;
    const enough = new AbortController();
    const signal = AbortSignal.any([enough.signal, ended]);
    for await (const batch of store.follow({ after: positionOf(store.logId, from), signal, batch: BATCH })) {
      await handOn(batch.events);
      end = numberOf(store, batch);
      if (end >= target) enough.abort();
    }
    ended.throwIfAborted();
    return end;
  };

  /** On this thread, from `from` on. */
  const fill = async (shadows: readonly Shadow[], from: number): Promise<number> => {
    const sites = shadows.map(siteOf);
    const keeping = { foldedCharsMax: FOLDED_CHARS_MAX, recentEntriesMax: RECENT_ENTRIES_MAX };
    const hand = createHandler(store, codec, registry, keeping);
    const reached = await readOn(from, (events) => takeAll(sites, hand, events));
    finishAll(sites);
    return reached;
  };

  const fillHere = async (shadows: readonly Shadow[]): Promise<number> => {
    const reached = await fill(shadows, origin);
    for (const shadow of shadows) await shadow.index();
    return reached;
  };

  /** The thread that serves only hands on what it reads of the log. */
  const fillInThreads = async (begun: readonly Begun[], hired: Builders): Promise<number> => {
    const threads = shareOut(begun, hired.threads).map((files) => hire(hired, store, files, ended));
    try {
      const reached = await readOn(origin, async (events) => {
        const parcel = events.map(portable);
        await Promise.all(threads.map((thread) => thread.give(parcel)));
      });
      await Promise.all(threads.map((thread) => thread.built()));
      return reached;
    } finally {
      await Promise.all(threads.map((thread) => thread.end()));
    }
  };

  const length = async (): Promise<number> => (ordinalOf(store.logId, await store.head()) ?? origin) - origin;

  const build: Rebuild['rebuild'] = async (projections, live, swapped) => {
    const begun = projections.map((projection) => models.begin(projection));
    const shadows: Shadow[] = [];
    let isWhole = false;
    const open = (openOne: typeof openShadow): void => begun.forEach(({ path, projection }) => shadows.push(openOne(path, projection)));
    try {
      let reached: number;
      if (builders !== undefined && (await length()) >= builders.from) {
        reached = await fillInThreads(begun, builders);
        open(resumeShadow);
      } else {
        open(openShadow);
        reached = await fillHere(shadows);
      }
      // Readers never go back in time: the shadow must have come as far as the rows it replaces.
      do reached = await fill(shadows, reached);
      while (projections.some((projection) => reached < live(projection)));
      for (const shadow of shadows) shadow.finish(reached);
      isWhole = true;
      models.swap(begun);
      for (const projection of projections) swapped(projection, reached);
    } finally {
      for (const shadow of shadows) shadow.discard();
      if (!isWhole) models.abandon(begun);
    }
  };

  const rebuild: Rebuild['rebuild'] = async (projections, live, swapped) => {
    const names = projections.map(({ name }) => name);
    building = names;
    logger('info', 'building projections anew', { projections: names });
    try {
      await build(projections, live, swapped);
      logger('info', 'built projections anew', { projections: names });
    } finally {
      building = [];
    }
  };

  return {
    rebuild: (projections, live, swapped) => {
      const mine = turn.then(() => rebuild(projections, live, swapped));
      turn = mine.catch(() => undefined);
      return mine;
    },
    building: () => building,
  };
};
