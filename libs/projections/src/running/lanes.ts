import type { SqliteFile } from '@saksgang/database';
import type { Projection } from '../projection.js';
import type { Exchange } from '../writing/exchange.js';
import { feedAll } from '../writing/feeding.js';
import { exchangeWith, type SqliteEngine } from '../writing/sqlite-engine.js';
import { createWriting, type Writing } from '../writing/writing.js';
import type { Handed } from './handed.js';

/** `fault`: the class of what went wrong, which says nothing of the entry's content; `reason` may quote it and is for the log alone. */
export type Stopped = Readonly<{ ordinal: number; reason: string; fault: string }>;

export const stoppedAt = (ordinal: number, problem: unknown): Stopped => ({
  ordinal,
  reason: problem instanceof Error ? problem.message : String(problem),
  fault: problem instanceof Error ? problem.name : typeof problem,
});

/** One projection being fed: where it stands, and whether a poison entry has stopped it. */
export type Lane = {
  readonly projection: Projection;
  readonly writing: Writing;
  /** Everything up to and including this number is in its tables. */
  ordinal: number;
  stopped: Stopped | null;
};

export const laneOf = (projection: Projection, ordinal: number): Lane => ({
  projection,
  writing: createWriting(projection.writer),
  ordinal,
  stopped: null,
});

/** What a lane has come to; put into the lane only when it is certain that the rows are kept. */
export type Outcome = Readonly<{ lane: Lane; ordinal: number; stopped: Stopped | null }>;

/**
 * Feeds a batch to all lanes in one transaction: rows and checkpoints together. What one lane cannot take stops that lane just before it;
 * the others go on.
 * @throws what the database throws when it is full or broken: then nothing of the batch was written, and no lane is to blame.
 */
export const feed = (
  file: SqliteFile,
  engine: SqliteEngine,
  lanes: readonly Lane[],
  batch: readonly Handed[],
  end: number,
  save: (outcome: Outcome) => void,
): void => {
  const fed = lanes.filter((lane) => lane.stopped === null && lane.ordinal < end);
  try {
    const outcomes = file.transaction(() =>
      fed.map((lane) => {
        const outcome = exchangeWith(engine, feedLane(lane, batch, end));
        save(outcome);
        return outcome;
      }),
    );
    for (const { lane, ordinal, stopped } of outcomes) Object.assign(lane, { ordinal, stopped });
  } catch (problem) {
    // What they hold for written was taken back.
    for (const { writing } of fed) writing.forget();
    throw problem;
  }
};

/**
 * Feeds a batch that ends at `end` to one lane. An entry that cannot be decoded, or that the projection cannot take, stops the lane just
 * before it: what stands before it is fed, and nothing of it or of what comes after.
 */
export function* feedLane(lane: Lane, batch: readonly Handed[], end: number): Exchange<Outcome> {
  const due = batch.filter(({ ordinal }) => ordinal > lane.ordinal);
  const fault = yield* feedAll(lane.writing, due);
  if (fault === null) return { lane, ordinal: end, stopped: null };
  const before = fault.at === null ? null : due.slice(0, fault.at);
  const isBeforeFed = before !== null && (before.length === 0 || (yield* feedAll(lane.writing, before)) === null);
  return isBeforeFed ? stoppedIn(lane, due, before.length, fault.problem) : yield* feedSingly(lane, due, end);
}

/** Rows that do not fit show which entry they are of only when it is fed alone. */
function* feedSingly(lane: Lane, due: readonly Handed[], end: number): Exchange<Outcome> {
  for (const [index, handed] of due.entries()) {
    const fault = yield* feedAll(lane.writing, [handed]);
    if (fault !== null) return stoppedIn(lane, due, index, fault.problem);
  }
  return { lane, ordinal: end, stopped: null };
}

const stoppedIn = (lane: Lane, due: readonly Handed[], index: number, problem: unknown): Outcome => ({
  lane,
  ordinal: due[index - 1]?.ordinal ?? lane.ordinal,
  stopped: stoppedAt(due[index]?.ordinal ?? lane.ordinal, problem),
});
