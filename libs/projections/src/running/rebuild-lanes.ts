import type { StoredEvent } from '@saksgang/event-store';
import type { createHandler, Handed } from './handed.js';
import { stoppedAt } from './lanes.js';
import type { Projection } from '../projection.js';
import { build, finishBuilding, type Fault } from '../writing/feeding.js';
import { exchangeWith, sqliteEngine, type SqliteEngine } from '../writing/sqlite-engine.js';
import { createWriting, type Writing } from '../writing/writing.js';
import type { Shadow } from './shadow.js';

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

/** A projection whose tables are being built. */
export type Site = Readonly<{ projection: Projection; writing: Writing; engine: SqliteEngine }>;

export const siteOf = ({ file, projection }: Pick<Shadow, 'file' | 'projection'>): Site => ({
  projection,
  writing: createWriting(projection.writer),
  engine: sqliteEngine(file, { isUndone: false }),
});

const PORTION = 50; // entries whose steps are held at a time: what dies young costs the garbage collector nothing

/** Feeds entries that follow each other to files that are being built. Some rows wait in memory for `finishAll`. @throws RebuildStopped */
export const takeAll = async (
  sites: readonly Site[],
  hand: ReturnType<typeof createHandler>,
  events: readonly StoredEvent[],
): Promise<void> => {
  for (let first = 0; first < events.length; first += PORTION) {
    const portion = await hand(events.slice(first, first + PORTION));
    if (portion.length === 0) continue;
    for (const site of sites) refuse(site, portion, exchangeWith(site.engine, build(site.writing, portion)));
  }
};

/** Everything that was taken is in the files. @throws RebuildStopped */
export const finishAll = (sites: readonly Site[]): void => {
  for (const site of sites) refuse(site, [], exchangeWith(site.engine, finishBuilding(site.writing)));
};

/** At an entry that cannot be decoded, or that the projection cannot take; rows that do not fit are told of by the last one of their portion. */
const refuse = ({ projection }: Site, portion: readonly Handed[], fault: Fault | null): void => {
  if (fault === null) return;
  const culprit = portion[fault.at ?? portion.length - 1];
  throw new RebuildStopped(projection.name, culprit?.ordinal ?? 0, stoppedAt(0, fault.problem).reason);
};
