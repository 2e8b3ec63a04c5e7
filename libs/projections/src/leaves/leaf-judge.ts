import { ordinalOf, type EventStore } from '@saksgang/event-store';
import { AWAIT_MS_MAX, type Clock, type Registry, type Scheduler } from '@saksgang/kernel';
import type { ToldFrom } from '../asking/sources.js';
import type { NarrowFace } from '../faces/face.js';
import { leavesToldTo } from '../history/leaves.query.js';
import type { Projection } from '../projection.js';

/** Says which entries a face may read as they are stored, by read models that somebody else keeps. */
export type LeafJudge = Readonly<{
  /** Of the entries with these numbers, as it stands when it is asked. */
  told: (ordinals: readonly number[]) => Promise<ReadonlySet<number>>;
  close: () => Promise<void>;
}>;

export type LeafJudgeParts = Readonly<{
  face: NarrowFace;
  log: Pick<EventStore, 'logId' | 'origin' | 'head'>;
  registry: Registry;
  clock: Clock;
  scheduler: Scheduler;
}>;

/** The projections that a judgement is made by. */
const JUDGED_BY: ReadonlySet<string> = new Set(['history', 'items', 'visibility']);
export const judgedBy = (projections: readonly Projection[]): readonly Projection[] =>
  projections.filter(({ name }) => JUDGED_BY.has(name));

/** Read models as they were found. `ordinals`: how far each of the projections has come; `logId`: the log they are of. */
export type Found = Readonly<{
  read: ToldFrom['read'];
  logId: string | null;
  ordinals: readonly number[];
  close: () => Promise<void>;
}>;

/** The read models cannot say who may see what, or not yet: whoever asks is told nothing, instead of too much. */
export class CannotJudge extends Error {
  override readonly name = 'CannotJudge';
}

const LOOK_AGAIN_MS = 50; // ms
const LOOKS_MAX = AWAIT_MS_MAX / LOOK_AGAIN_MS;

/**
 * Opens read models once they have come as far as the log is long now, for a later entry may shield what an earlier one says. `look`:
 * opens them; or says, in words that follow «the read models …», why they cannot be used as they are. Waits for them AWAIT_MS_MAX.
 * @throws CannotJudge
 */
export const judgeWhenReady = async (
  { face, log, registry, clock, scheduler }: LeafJudgeParts,
  look: () => Promise<Found | string>,
): Promise<LeafJudge> => {
  const origin = ordinalOf(log.logId, log.origin) ?? 0;
  const known = ordinalOf(log.logId, await log.head()) ?? origin;
  let why = '';
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    if (looks > 0) await scheduler.sleep(LOOK_AGAIN_MS);
    const found = await look();
    const lacking = typeof found === 'string' ? found : lackingIn(found, log.logId, known);
    if (typeof found === 'string' || lacking !== null) {
      why = lacking ?? '';
      if (typeof found !== 'string') await found.close();
      continue;
    }
    const sources: ToldFrom = { face, read: found.read, store: log, registry, clock };
    return { told: (ordinals) => leavesToldTo(sources, ordinals, { known }), close: found.close };
  }
  throw new CannotJudge(`The read models ${why}.`);
};

const lackingIn = ({ logId, ordinals }: Found, wanted: string, known: number): string | null => {
  if (logId !== wanted) return 'are of another log';
  const least = Math.min(...ordinals);
  return least < known ? `have come to number ${least} of a log that ends at ${known}` : null;
};
