import { labels, type Shown } from '@saksgang/kernel';
import { DISPUTE_OUTCOME_LABELS } from './evidence.labels.js';

/** How its state is told field by field; what its events hold by the same name has its words there. */
export const EVIDENCE_SHOWN: Shown = {
  labels: {
    'corrections.*': labels('rettelse', 'retting', 'correction'),
    'disputes.*': labels('innvending', 'innvending', 'dispute'),
  },
  words: { 'disputes.*.settlement.outcome': DISPUTE_OUTCOME_LABELS },
  derived: [],
  parts: null,
};
