import { ordinalOf, positionOf } from '@saksgang/event-store';
import type { Projection } from '../projection.js';
import { createHandler, numberOf, type Handed } from './handed.js';
import { laneOf, stoppedAt, type Lane } from './lanes.js';
import type { ReadModels } from './read-models.js';
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

const BATCH = 500; // entries taken in before the rest of the process has its turn
const PORTION = 50; // entries whose steps are held at a time: what dies young costs the garbage collector nothing

/** Fills files of their own from the log's beginning, without indexes; makes those last; then puts the files in place. One build at a time. */
export const createRebuild = (
  { store, codec, registry, logger }: RunnerParts,
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
    for await (const batch of store.follow({ after: positionOf(store.logId, from), signal, batch: BATCH })) {
      for (let first = 0; first < batch.events.length; first += PORTION) {
        const portion = await hand(batch.events.slice(first, first + PORTION));
        for (const lane of lanes) take(lane, portion);
      }
      const end = numberOf(store, batch);
      for (const lane of lanes) lane.ordinal = end;
      if (end >= target) enough.abort();
    }
    ended.throwIfAborted();
  };

  const build: Rebuild['rebuild'] = async (projections, live, swapped) => {
    const shadows = projections.map((projection) => models.shadow(projection));
    try {
      const lanes = shadows.map(({ file, projection }) => laneOf(file, projection, origin));
      await fill(lanes);
      for (const shadow of shadows) await shadow.index();
      // Readers never go back in time: the shadow must have come as far as the rows it replaces.
      do await fill(lanes);
      while (lanes.some((lane) => lane.ordinal < live(lane.projection)));
      const reached = lanes[0]?.ordinal ?? origin;
      for (const shadow of shadows) shadow.finish(reached);
      models.swap(shadows);
      for (const projection of projections) swapped(projection, reached);
    } finally {
      for (const shadow of shadows) shadow.discard();
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

/** @throws RebuildStopped at an entry that cannot be decoded, or that the projection cannot take */
const take = ({ projection, write }: Lane, portion: readonly Handed[]): void => {
  for (const { ordinal, step, failure } of portion) {
    try {
      if (step === null) throw failure;
      write(step);
    } catch (problem) {
      throw new RebuildStopped(projection.name, ordinal, stoppedAt(ordinal, problem).reason);
    }
  }
};
