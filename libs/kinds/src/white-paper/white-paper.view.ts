import type { Before, DeclaredLink, Summary } from '@saksgang/kernel';
import { hasReached, paperReferenceOf, planInForce, stageOf, stepsAt } from './white-paper.evolve.js';
import type { WhitePaperEvent } from './white-paper.events.js';
import type { AnnouncedWhitePaper, WhitePaper } from './white-paper.state.js';

const NO_WHITE_PAPER: Summary = { title: '', references: [], state: 'UNKNOWN', subtype: null, open: false, projects: [], body: null };

/** Its own number first, then the recommendation on it. A paper that has no number yet has no reference. */
const referencesOf = (paper: AnnouncedWhitePaper): readonly string[] => {
  const own = stepsAt(paper, 'PRESENTED')
    .map(paperReferenceOf)
    .filter((one) => one !== null);
  const recommended = stepsAt(paper, 'RECOMMENDED').flatMap(({ reference }) => (reference === null ? [] : [reference]));
  return own.length === 0 ? [] : [...new Set([...own, ...recommended])];
};

/** It waits for the Storting, or an order it was to answer has not been judged, however the paper ended. */
const isOpen = (paper: AnnouncedWhitePaper): boolean =>
  (paper.status === 'living' && !hasReached(paper, 'RESOLVED')) ||
  paper.orders.some(({ order }) => !paper.verdicts.some((verdict) => verdict.order === order || verdict.order === null));

/** `body` is the ministry. */
export const summariseWhitePaper = (paper: WhitePaper): Summary =>
  paper.status === 'unknown'
    ? NO_WHITE_PAPER
    : {
        title: paper.name,
        references: referencesOf(paper),
        state: stageOf(paper),
        subtype: paper.whitePaperType,
        open: isOpen(paper),
        projects: paper.projects,
        body: paper.ministry?.body ?? null,
      };

/** An order is a part: it can be linked, noted on and judged by its number. */
export const orderOf = (event: WhitePaperEvent): string | null => ('order' in event.data ? event.data.order : null);

export const linksOfWhitePaper = (event: WhitePaperEvent): readonly DeclaredLink[] => {
  switch (event.type) {
    case 'WhitePaperOrdered': {
      const { answers, order } = event.data;
      return answers === null
        ? []
        : [{ relation: 'ANSWERS', target: answers.item, targetPart: answers.point, part: order, inverse: false }];
    }
    case 'WhitePaperMerged':
      return [{ relation: 'MERGED_INTO', target: event.data.into, targetPart: null, part: null, inverse: false }];
    case 'WhitePaperSuperseded':
      return [{ relation: 'SUPERSEDES', target: event.data.by, targetPart: null, part: null, inverse: true }];
    default:
      return [];
  }
};

/** A plan is compared with the one before it, a ministry that presents with the one that was announced. */
export const beforeWhitePaper = (paper: WhitePaper, event: WhitePaperEvent): Before => {
  if (paper.status === 'unknown') return {};
  switch (event.type) {
    case 'WhitePaperPlanned':
      return { planned: planInForce(paper)?.date ?? null };
    case 'WhitePaperAdvanced':
      return event.data.ministry === null ? {} : { ministry: paper.ministry };
    default:
      return {};
  }
};
