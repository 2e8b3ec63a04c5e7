import type { Correction } from './as-read.js';
import type { Refusal } from './decision.js';
import type { Entry } from './entry.js';
import type { History } from './history.js';
import { isSharedType, type EntryCorrected } from './shared.js';
import type { AnyKind } from './tracked-kind.js';

/**
 * The live correction of an entry as read, to build a further one on. A date established after it has narrowed its date: what is
 * carried over is the date as read, since a later correction that gives a date counts for more than an earlier established one.
 */
export const correctionInForce = (target: Entry, now: History): Correction | null => {
  const inForce = now.fates.get(target.id)?.inForce ?? null;
  const read = inForce === null ? undefined : now.asRead.get(inForce.id);
  if (read === undefined) return null;
  const correction = (read.event as EntryCorrected).data;
  const known = now.asRead.get(target.id)?.occurred ?? null;
  return correction.occurred === null || target.event.type === 'EntryCorrected' ? correction : { ...correction, occurred: known };
};

/** The kind's own say on what becomes of a fact, whether it is corrected itself or its correction is. `given`: the paths that are set. */
export const whatOthersPointAtStays = (
  target: Entry,
  given: readonly string[],
  after: History,
  { kind, entries, now }: Readonly<{ kind: AnyKind; entries: readonly Entry[]; now: History }>,
): Refusal | null => {
  let [fact, paths] = [target, given];
  // Each turn goes to an earlier entry of the stream, so it ends.
  while (fact.event.type === 'EntryCorrected') {
    const read = after.asRead.get(fact.id)?.event as EntryCorrected;
    const before = entries.find(({ id }) => id === read.data.entry);
    if (before === undefined || before.revision >= fact.revision) return null;
    [fact, paths] = [before, read.data.set.map(({ path }) => path)];
  }
  const [was, is] = [now.asRead.get(fact.id), after.asRead.get(fact.id)];
  if (was === undefined || is === undefined || isSharedType(fact.event.type)) return null;
  return kind.fixed?.(was.event, is.event, paths, entries) ?? null;
};
