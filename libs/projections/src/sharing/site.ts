import type { PostgresWriter } from '@saksgang/database';
import type { Projection } from '../projection.js';
import type { Handed } from '../running/handed.js';
import { stoppedAt } from '../running/lanes.js';
import { RebuildStopped } from '../running/rebuild-lanes.js';
import type { Exchange } from '../writing/exchange.js';
import { build, finishBuilding, type Fault } from '../writing/feeding.js';
import { createWriting } from '../writing/writing.js';
import { buildingEngine, exchangeWith } from './feeding.js';
import { indexNext } from './read-schemas.js';
import { nextOf, schemaOf } from './schemas.js';

/** A projection whose next tables are being built, on a connection of its own. */
export type Site = Readonly<{
  projection: Projection;
  /** Resolves when not too much waits to be taken. @throws RebuildStopped at an entry of this portion or an earlier one, or what broke */
  give: (portion: readonly Handed[]) => Promise<void>;
  /** All that was given is in the tables. @throws like `give` */
  finish: () => Promise<void>;
  /** And found by reading. */
  index: () => Promise<void>;
  /** When they serve: where rows lie that nobody sees any more, and which pages all see, which reading an index alone depends on. */
  tidy: () => Promise<void>;
  close: () => Promise<void>;
}>;

const AHEAD_MAX = 3; // portions that wait for the one before to be written

export const openSite = (projection: Projection, writer: PostgresWriter): Site => {
  const schema = schemaOf(projection);
  const writing = createWriting(projection.writer);
  const answer = buildingEngine(writer, nextOf(schema));
  const waiting: Promise<void>[] = [];
  let last: Promise<void> = Promise.resolve();

  const run = async (portion: readonly Handed[], exchange: Exchange<Fault | null>): Promise<void> => {
    const fault = await exchangeWith(answer, exchange);
    if (fault === null) return;
    // Rows that do not fit are told of by the last entry of their portion.
    const culprit = portion[fault.at ?? portion.length - 1]?.ordinal ?? 0;
    throw new RebuildStopped(projection.name, culprit, stoppedAt(culprit, fault.problem).reason);
  };
  const behind = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work);
    last.catch(() => undefined); // told to whoever gives or finishes next
    return last;
  };
  const finish = async (): Promise<void> => {
    waiting.length = 0;
    await behind(() => run([], finishBuilding(writing)));
  };
  return {
    projection,
    give: async (portion) => {
      waiting.push(behind(() => run(portion, build(writing, portion))));
      if (waiting.length > AHEAD_MAX) await waiting.shift();
    },
    finish,
    index: async () => {
      await finish();
      await indexNext(writer, projection);
    },
    tidy: async () => {
      for (const { name } of projection.tables) await writer.each((on) => on.exec(`VACUUM (ANALYZE) ${schema}.${name}`));
    },
    close: () => writer.close(),
  };
};
