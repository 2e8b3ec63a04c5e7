import type { StoredEvent } from '@saksgang/event-store';
import type { createHandler, Handed } from './handed.js';
import { stoppedAt, type Lane } from './lanes.js';

/** A poison entry stopped the building of new rows. The old rows go on serving. */
export class RebuildStopped extends Error {
  override readonly name = 'RebuildStopped';
  constructor(
    readonly projection: string,
    readonly ordinal: number,
    readonly reason: string,
  ) {
    super(`building "${projection}" anew stopped at entry ${ordinal}: ${reason}`);
  }
}

const PORTION = 50; // entries whose steps are held at a time: what dies young costs the garbage collector nothing

/** Feeds entries that follow each other to files that are being built. @throws RebuildStopped */
export const takeAll = async (
  lanes: readonly Lane[],
  hand: ReturnType<typeof createHandler>,
  events: readonly StoredEvent[],
): Promise<void> => {
  for (let first = 0; first < events.length; first += PORTION) {
    const portion = await hand(events.slice(first, first + PORTION));
    for (const lane of lanes) take(lane, portion);
  }
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
