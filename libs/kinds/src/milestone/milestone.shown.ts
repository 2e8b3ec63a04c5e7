import { labels, type Shown } from '@saksgang/kernel';
import { LIGHT_LABELS } from '../project/project.view.js';

/** How its state is told field by field; what its events hold by the same name has its words there. */
export const MILESTONE_SHOWN: Shown = {
  labels: {
    'baselines.*': labels('plan som er ført', 'plan som er ført', 'recorded plan'),
    'forecasts.*': labels('prognose som er ført', 'prognose som er ført', 'recorded forecast'),
    missed: labels('ikke nådd', 'ikkje nådd', 'missed'),
    actual: labels('nådd', 'nådd', 'reached'),
    cancelled: labels('utgått', 'utgått', 'cancelled'),
  },
  words: { light: LIGHT_LABELS, 'forecasts.*.light': LIGHT_LABELS },
  derived: ['reachedBy'],
  parts: null,
};
