import { labels, type Shown } from '@saksgang/kernel';

/** How its state is told field by field; what its events hold by the same name has its words there. */
export const CONSULTATION_SHOWN: Shown = {
  labels: {
    opened: labels('åpnet', 'opna', 'opened'),
    closed: labels('lukket', 'lukka', 'closed'),
    'inputs.*': labels('innspill', 'innspel', 'input'),
    'reports.*': labels('rapport', 'rapport', 'report'),
    'feedback.*': labels('tilbakemelding', 'tilbakemelding', 'feedback'),
  },
  words: {},
  derived: [],
  parts: null,
};
