import { boundsOf, labels, NO_FACETS, type Due, type Facets, type LocalGap } from '@saksgang/kernel';
import { hasReached, planInForce } from './white-paper.evolve.js';
import type { AnnouncedWhitePaper, WhitePaper } from './white-paper.state.js';

/** What follows from a white paper: the presentation somebody waits for, how its plan has slipped, and what was judged. */
export const facetsOfWhitePaper = (paper: WhitePaper): Facets => {
  if (paper.status === 'unknown') return NO_FACETS;
  const [first, current] = [paper.plans[0], planInForce(paper)];
  return {
    ...NO_FACETS,
    dues: presentationOf(paper),
    verdicts: paper.verdicts.map(({ order, outcome, assertedBy }) => ({ part: order, outcome, assertedBy })),
    gaps: paper.orders.filter(({ source }) => source === null).map(({ order }) => unsourced(order)),
    slip: first === undefined || current === null ? null : { first: first.date, current: current.date },
  };
};

/** Postponed with no new date, nobody waits for a day. */
const presentationOf = (paper: AnnouncedWhitePaper): readonly Due[] => {
  const plan = planInForce(paper);
  if (plan === null || boundsOf(plan.date).precision === 'UNKNOWN') return [];
  return [
    {
      part: null,
      nature: 'PLANNED',
      date: plan.date,
      owner: paper.ministry,
      what: labels(`«${paper.name}» legges fram`, `«${paper.name}» blir lagd fram`, `“${paper.name}” is presented`),
      met: hasReached(paper, 'PRESENTED') || paper.status !== 'living',
    },
  ];
};

/** What the paper is to answer rests on it. */
const unsourced = (order: string): LocalGap => ({
  rule: 'UNSOURCED',
  part: order,
  what: labels(`Bestilling ${order} har ingen kilde`, `Bestilling ${order} har inga kjelde`, `Order ${order} has no source`),
  closedBy: ['correctEntry'],
});
