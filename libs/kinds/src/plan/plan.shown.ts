import { labels, type Shown } from '@saksgang/kernel';

/** How its state is told field by field; what its events hold by the same name has its words there. */
export const PLAN_SHOWN: Shown = {
  labels: {
    adopted: labels('vedtatt', 'vedteke', 'adopted'),
    inForceSince: labels('i kraft fra', 'i kraft frå', 'in force since'),
    ended: labels('avsluttet', 'avslutta', 'ended'),
  },
  words: {},
  derived: [],
  parts: null,
};
