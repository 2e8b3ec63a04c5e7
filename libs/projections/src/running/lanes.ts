import type { SqliteFile } from '@saksgang/database';
import type { Projection } from '../projection.js';
import type { Step } from '../streams/step.js';
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
  readonly write: (step: Step) => void;
  /** Everything up to and including this number is in its tables. */
  ordinal: number;
  stopped: Stopped | null;
};

export const laneOf = (file: SqliteFile, projection: Projection, ordinal: number): Lane => ({
  projection,
  write: projection.writer(file),
  ordinal,
  stopped: null,
});

/** What each lane has come to; put into the lanes only after the transaction has been committed. */
type Outcome = Readonly<{ lane: Lane; ordinal: number; stopped: Stopped | null }>;

/**
 * Feeds a batch to all lanes in one transaction: rows and checkpoints together. What one lane cannot take (an entry that
 * cannot be decoded, or a projection that throws) stops that lane just before it; the others go on.
 * @throws what the database throws when it is full or broken: then nothing of the batch was written, and no lane is to blame.
 */
export const feed = (
  file: SqliteFile,
  lanes: readonly Lane[],
  batch: readonly Handed[],
  end: number,
  save: (outcome: Outcome) => void,
): void => {
  const outcomes = file.transaction(() =>
    lanes
      .filter((lane) => lane.stopped === null && lane.ordinal < end)
      .map((lane) => {
        const outcome = feedOne(file, lane, batch, end);
        save(outcome);
        return outcome;
      }),
  );
  for (const { lane, ordinal, stopped } of outcomes) Object.assign(lane, { ordinal, stopped });
};

const feedOne = (file: SqliteFile, lane: Lane, batch: readonly Handed[], end: number): Outcome => {
  const due = batch.filter(({ ordinal }) => ordinal > lane.ordinal);
  const poison = tryAll(file, lane, due);
  if (poison === null) return { lane, ordinal: end, stopped: null };
  const before = due.filter(({ ordinal }) => ordinal < poison.ordinal);
  // The savepoint took back the whole batch: what stands before the poison is fed again.
  const again = tryAll(file, lane, before);
  const reached = again === null ? (before.at(-1)?.ordinal ?? lane.ordinal) : lane.ordinal;
  return { lane, ordinal: Math.max(reached, lane.ordinal), stopped: again ?? poison };
};

const tryAll = (file: SqliteFile, lane: Lane, due: readonly Handed[]): Stopped | null => {
  file.exec('SAVEPOINT lane');
  for (const handed of due) {
    try {
      if (handed.step === null) throw handed.failure;
      lane.write(handed.step);
    } catch (problem) {
      if (isBrokenMachine(problem)) throw problem;
      file.exec('ROLLBACK TO lane; RELEASE lane');
      return stoppedAt(handed.ordinal, problem);
    }
  }
  file.exec('RELEASE lane');
  return null;
};

/** A full disk or a broken file is not the entry's fault; a broken constraint is the projection's. */
const isBrokenMachine = (problem: unknown): boolean => {
  const code = (problem as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code.startsWith('SQLITE_') && !code.startsWith('SQLITE_CONSTRAINT');
};
