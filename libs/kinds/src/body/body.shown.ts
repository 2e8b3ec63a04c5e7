import { labels, type Shown } from '@saksgang/kernel';

/** How its state is told field by field; what its events hold by the same name has its words there. */
export const BODY_SHOWN: Shown = {
  labels: {
    'names.*': labels('navn', 'namn', 'name'),
    'names.*.since': labels('i bruk fra', 'i bruk frå', 'in use since'),
    'claims.*': labels('påstand', 'påstand', 'claim'),
    ended: labels('opphørt', 'opphøyrt', 'ended'),
    established: labels('opprettet', 'oppretta', 'established'),
  },
  words: {},
  derived: [],
  parts: null,
};
