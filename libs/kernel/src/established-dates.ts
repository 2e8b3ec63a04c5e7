import type { Entry } from './entry.js';
import type { History } from './history.js';
import { narrows, type PartialDate } from './partial-date.js';
import type { DateEstablished, EntryCorrected } from './shared.js';

/** `bounds`: what it stands on and does not lie within. */
export type DateOutside = Readonly<{ entry: Entry; bounds: PartialDate }>;

/**
 * The established dates in effect that do not lie within what they stand on: the date of the entry as written or as the correction in
 * force gives it, then each date established before it. `entries`: of the same stream, at least all that the history knows.
 */
export const datesOutsideTheirBounds = ({ allFacts, fates, asRead }: History, entries: readonly Entry[]): readonly DateOutside[] => {
  const written = new Map(entries.map((entry) => [entry.id, entry.occurred]));
  return allFacts.flatMap(({ entry: id, changedBy }) => {
    const inForce = fates.get(id)?.inForce ?? null;
    const given = inForce === null ? null : (asRead.get(inForce.id)?.event as EntryCorrected).data.occurred;
    // A correction that gives a date takes the place of those established before it.
    const since = given === null ? -1 : (inForce?.revision ?? -1);
    const dates = changedBy.filter((entry) => entry.event.type === 'DateEstablished' && entry.revision > since);
    const known = given ?? written.get(id);
    return known === undefined
      ? []
      : outside(
          dates.map((entry) => ({ entry, date: dateOf(entry, asRead) })),
          known,
        );
  });
};

type Established = Readonly<{ entry: Entry; date: PartialDate }>;

const dateOf = (entry: Entry, asRead: History['asRead']): PartialDate => (asRead.get(entry.id)?.event as DateEstablished).data.date;

const outside = (dates: readonly Established[], known: PartialDate): readonly DateOutside[] =>
  dates.flatMap(({ entry, date }, index) => {
    const bounds = dates[index - 1]?.date ?? known;
    return narrows(date, bounds) ? [] : [{ entry, bounds }];
  });
