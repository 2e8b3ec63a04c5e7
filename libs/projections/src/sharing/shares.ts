import type { Projection } from '../projection.js';
import type { Lane, Stopped } from '../running/lanes.js';
import type { Reached } from './read-schemas.js';

/**
 * What this process does for a projection. It FOLLOWS where another one feeds it; it holds the projection's lock and is yet to find out what
 * there is to do, FEEDS it, or BUILDS it; or it has GIVEN_UP at an entry that it cannot take, for one that can.
 */
export type Part = 'FOLLOWS' | 'HOLDS' | 'FEEDS' | 'BUILDS' | 'HAS_GIVEN_UP';

/** One projection as this process sees it. */
export type Share = {
  readonly projection: Projection;
  part: Part;
  /** Everything up to and including this number is in its tables. */
  ordinal: number;
  generation: number;
  stopped: Stopped | null;
  /** While it is fed here. */
  lane: Lane | null;
  /** Built apart and for the first time: it has nothing to show yet, and holds none of the others back. */
  yetToServe: boolean;
};

export type Shares = Readonly<{
  all: readonly Share[];
  named: (projection: string) => Share;
  /** The number that every running projection has reached. */
  reached: () => number;
  /** How often other tables were seen in the place of those before. */
  builds: () => number;
  /** What the database says, or another process tells. Never back in time, unless the tables are others. */
  heard: (projection: string, reached: Reached) => void;
  /** Those that have come as far as the others hold them back from now on. */
  letServe: (isShort: boolean) => void;
}>;

export const createShares = (projections: readonly Projection[], origin: number): Shares => {
  const all = projections.map((projection): Share => ({
    projection,
    part: 'FOLLOWS',
    ordinal: origin,
    generation: -1,
    stopped: null,
    lane: null,
    yetToServe: projection.apart === true,
  }));
  let builds = 0;
  const reached = (): number => {
    const running = all.filter(({ stopped, yetToServe }) => stopped === null && !yetToServe);
    return Math.min(...(running.length > 0 ? running : all).map(({ ordinal }) => ordinal));
  };
  const named = (name: string): Share => {
    const found = all.find(({ projection }) => projection.name === name);
    if (found === undefined) throw new RangeError(`there is no projection "${name}"`);
    return found;
  };
  return {
    all,
    named,
    reached,
    builds: () => builds,
    heard: (name, { ordinal, generation, stopped }) => {
      const share = named(name);
      if (generation < share.generation || (generation === share.generation && ordinal < share.ordinal)) return;
      if (generation > share.generation) {
        if (share.generation >= 0) builds += 1;
        share.yetToServe = share.projection.apart === true && ordinal === origin;
      }
      const isPast = ordinal > share.ordinal;
      // What is at hand of the rows is of tables that stood elsewhere.
      if (isPast || generation > share.generation) share.lane = null;
      share.ordinal = ordinal;
      share.generation = generation;
      // What it was given up at here has been taken elsewhere.
      if (share.part === 'HAS_GIVEN_UP' && isPast && stopped === null) share.part = 'FOLLOWS';
      if (share.part === 'FOLLOWS' || share.part === 'HAS_GIVEN_UP') share.stopped = stopped;
    },
    letServe: (isShort) => {
      for (const share of all)
        if (share.yetToServe && share.ordinal >= reached() && (share.ordinal > origin || isShort)) share.yetToServe = false;
    },
  };
};
