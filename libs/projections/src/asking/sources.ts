import type { Ask, Kysely } from '@saksgang/database';
import { positionOf, type EventStore } from '@saksgang/event-store';
import type { Clock, Position, Registry } from '@saksgang/kernel';
import { ReadProblem, type Pin } from '../reading.js';
import type { Face } from '../faces/face.js';
import type { ReadTables } from '../read-tables.js';
import type { Stopped } from '../running/lanes.js';
import type { Runner } from '../running/runner.types.js';

/** What every query is asked of. */
export type Sources = Readonly<{
  /** Through what it is seen: `read` and `ask` show no more. */
  face: Face;
  /** All that there is, for what tells nothing of an item: where an instant lies in the log, and entries that are folded before they are told. */
  whole: Kysely<ReadTables>;
  read: Kysely<ReadTables>;
  /** For the few questions that most requests ask, whose words are fixed. */
  ask: Ask;
  runner: Runner;
  store: Pick<EventStore, 'logId' | 'head'>;
  registry: Registry;
  clock: Clock;
  /** Days without an entry after which an item with something open is stale. */
  staleAfterDays: number;
}>;

/** What an entry is told by, once it is known that the projections have come far enough. */
export type ToldFrom = Pick<Sources, 'face' | 'read' | 'store' | 'registry' | 'clock'>;

export const positionAt = ({ store }: Pick<Sources, 'store'>, ordinal: number): Position => positionOf(store.logId, ordinal);

/** @throws ReadProblem PROJECTION_STOPPED, PROJECTION_BEHIND when the projection cannot tell what was so at the pin, or not yet */
export const mustTell = (sources: Sources, projection: string, pin: Pick<Pin, 'known' | 'position'>): void => {
  const { ordinal, stopped } = sources.runner.standing(projection);
  if (pin.known <= ordinal) return;
  if (stopped !== null) throw stoppedAt(sources, projection, ordinal, stopped);
  throw new ReadProblem('PROJECTION_BEHIND', `"${projection}" is still being built from the record. Ask again in a moment.`, {
    projection,
    position: positionAt(sources, pin.known),
    reached: positionAt(sources, ordinal),
  });
};

/** `position`: the last that can be told; `stoppedAt`: the entry that stopped it; `fault`: its class, and nothing of its content. */
const stoppedAt = (sources: Sources, projection: string, ordinal: number, stopped: Stopped): ReadProblem =>
  new ReadProblem(
    'PROJECTION_STOPPED',
    `"${projection}" stopped at an entry it could not take (${stopped.fault}). Ask as of an earlier position, or tell who runs this service.`,
    { projection, position: positionAt(sources, ordinal), stoppedAt: positionAt(sources, stopped.ordinal), fault: stopped.fault },
  );

/** @throws ReadProblem PROJECTION_STOPPED when no projection is left that could come this far: waiting would be in vain */
export const mustBeReachable = (sources: Sources, wanted: number): void => {
  const { runner } = sources;
  if (runner.reached() >= wanted) return;
  const standings = runner.progress().map(({ projection }) => ({ projection, ...runner.standing(projection) }));
  const [first] = standings.filter(({ ordinal }) => ordinal < wanted).sort((a, b) => a.ordinal - b.ordinal);
  if (first?.stopped && standings.every(({ stopped }) => stopped !== null))
    throw stoppedAt(sources, first.projection, first.ordinal, first.stopped);
};
