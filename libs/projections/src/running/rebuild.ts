import { ordinalOf, positionOf } from '@saksgang/event-store';
import type { Projection } from '../projection.js';
import { createHandler, numberOf } from './handed.js';
import { feed, laneOf, type Lane } from './lanes.js';
import { SHADOW, type ReadModels } from './read-models.js';
import type { RunnerParts } from './runner.types.js';

/** A poison entry stopped the building of new rows. The old rows go on serving. */
export class RebuildStopped extends Error {
  override readonly name = 'RebuildStopped';
  constructor(
    readonly projection: string,
    readonly ordinal: number,
    reason: string,
  ) {
    super(`building "${projection}" anew stopped at entry ${ordinal}: ${reason}`);
  }
}

export type Rebuild = Readonly<{
  /** Builds all of them in one pass over the log. `swapped` is called when each stands in its place. */
  rebuild: (
    projections: readonly Projection[],
    live: (projection: Projection) => number,
    swapped: (projection: Projection, ordinal: number) => void,
  ) => Promise<void>;
  building: () => readonly string[];
}>;

/** Fills shadow tables from the log's beginning, without indexes; makes those last; then swaps in one transaction. One build at a time. */
export const createRebuild = (
  { file, store, codec, registry, logger }: RunnerParts,
  models: ReadModels,
  origin: number,
  ended: AbortSignal,
): Rebuild => {
  let turn: Promise<unknown> = Promise.resolve();
  let building: readonly string[] = [];

  /** Feeds the lanes from where they stand until the log's end as it is now. */
  const fill = async (lanes: readonly Lane[]): Promise<void> => {
    const from = Math.min(...lanes.map((lane) => lane.ordinal));
    const target = ordinalOf(store.logId, await store.head()) ?? from;
    if (target <= from) return;
    const hand = createHandler(store, codec, registry);
    const enough = new AbortController();
    const signal = AbortSignal.any([enough.signal, ended]);
    for await (const batch of store.follow({ after: positionOf(store.logId, from), signal })) {
      const end = numberOf(store, batch);
      feed(file, lanes, await hand(batch.events), end, ({ stopped, lane }) => {
        if (stopped) throw new RebuildStopped(lane.projection.name, stopped.ordinal, stopped.reason);
      });
      if (end >= target) enough.abort();
    }
    ended.throwIfAborted();
  };

  const build: Rebuild['rebuild'] = async (projections, live, swapped) => {
    for (const projection of projections) models.createShadow(projection);
    const lanes = projections.map((projection) => laneOf(file, projection, SHADOW, origin));
    await fill(lanes);
    for (const projection of projections) models.indexShadow(projection);
    // Readers never go back in time: the shadow must have come as far as the rows it replaces.
    do await fill(lanes);
    while (lanes.some((lane) => lane.ordinal < live(lane.projection)));
    file.transaction(() => lanes.forEach((lane) => models.swap(lane.projection, lane.ordinal)));
    for (const lane of lanes) swapped(lane.projection, lane.ordinal);
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
      for (const projection of projections) models.dropShadow(projection);
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
