import { labels, type Shown } from '@saksgang/kernel';
import { VERDICT_OUTCOME_LABELS } from '../resolution/resolution.labels.js';
import { STAGE_LABELS, WHITE_PAPER_TYPE_LABELS } from './white-paper.labels.js';

/** How its state is told field by field; what its events hold by the same name has its words there. */
export const WHITE_PAPER_SHOWN: Shown = {
  labels: {
    ended: labels('avsluttet', 'avslutta', 'ended'),
    'orders.*': labels('oppdrag', 'oppdrag', 'order'),
    'plans.*': labels('plan', 'plan', 'plan'),
    'steps.*': labels('steg', 'steg', 'step'),
    'verdicts.*': labels('vurdering', 'vurdering', 'verdict'),
  },
  words: { whitePaperType: WHITE_PAPER_TYPE_LABELS, 'steps.*.stage': STAGE_LABELS, 'verdicts.*.outcome': VERDICT_OUTCOME_LABELS },
  derived: [],
  parts: null,
};
