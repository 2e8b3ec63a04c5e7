import type { Kysely } from '@saksgang/database';
import { positionOf, type EventStore } from '@saksgang/event-store';
import type { Clock, Position, Registry } from '@saksgang/kernel';
import { ReadProblem, type Pin } from '../reading.js';
import type { ReadTables } from '../read-tables.js';
import type { Runner } from '../running/runner.types.js';

/** What every query is asked of. */
export type Sources = Readonly<{
  read: Kysely<ReadTables>;
  runner: Runner;
  store: Pick<EventStore, 'logId' | 'head'>;
  registry: Registry;
  clock: Clock;
}>;

export const positionAt = ({ store }: Sources, ordinal: number): Position => positionOf(store.logId, ordinal);

/** @throws ReadProblem PROJECTION_STOPPED when the projection cannot tell what was so at the pin */
export const mustTell = (sources: Sources, projection: string, pin: Pin): void => {
  const { ordinal, stopped } = sources.runner.standing(projection);
  if (stopped === null || pin.known <= ordinal) return;
  throw new ReadProblem(
    'PROJECTION_STOPPED',
    `"${projection}" stopped at an entry it could not take. Ask as of an earlier position, or tell who runs this service.`,
    {
      projection,
      position: positionAt(sources, ordinal),
    },
  );
};
