import { boundsOf, labels, NO_FACETS, type Due, type Facets } from '@saksgang/kernel';
import type { KnownMilestone, Milestone } from './milestone.state.js';

/** The date it deviates with: the actual one, and until it is reached the forecast. */
const against = (milestone: KnownMilestone) => (milestone.status === 'reached' ? milestone.actual : milestone.forecast);

/** What follows from a milestone's dates: what is waited for, and how far it has moved from the plan. */
export const facetsOfMilestone = (milestone: Milestone): Facets => {
  if (milestone.status === 'unknown') return NO_FACETS;
  const { baseline, light } = milestone;
  const expected = against(milestone);
  return {
    ...NO_FACETS,
    dues: dueOf(milestone),
    light,
    deviation: baseline === null || expected === null || milestone.status === 'cancelled' ? null : { baseline, against: expected },
  };
};

/**
 * The plan date in force: the forecast, else the baseline. A missed milestone is still waited for, and late, until it is reached,
 * given a new date or cancelled: nothing disappears by being called missed.
 */
const dueOf = (milestone: KnownMilestone): readonly Due[] => {
  const { title, owner, baseline, forecast, status } = milestone;
  const date = forecast ?? baseline;
  // Postponed with no new date, nobody waits for a day.
  if (date === null || boundsOf(date).precision === 'UNKNOWN') return [];
  return [
    {
      part: null,
      nature: forecast === null ? 'BASELINE' : 'FORECAST',
      date,
      owner,
      what: labels(`Milepæl: ${title}`, `Milepæl: ${title}`, `Milestone: ${title}`),
      met: status === 'reached' || status === 'cancelled',
    },
  ];
};
