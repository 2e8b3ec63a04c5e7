import { labels, type Shown } from '@saksgang/kernel';
import { LIGHT_LABELS } from './project.view.js';

/** How its state is told field by field; what its events hold by the same name has its words there. */
export const PROJECT_SHOWN: Shown = {
  labels: {
    started: labels('startet', 'starta', 'started'),
    ended: labels('avsluttet', 'avslutta', 'closed'),
    'meetings.*': labels('møte', 'møte', 'meeting'),
    'statusReports.*': labels('statusrapport', 'statusrapport', 'status report'),
  },
  words: {
    'statusReports.*.progress.light': LIGHT_LABELS,
    'statusReports.*.economy.light': LIGHT_LABELS,
    'statusReports.*.quality.light': LIGHT_LABELS,
    'statusReports.*.risk.light': LIGHT_LABELS,
  },
  derived: [],
  parts: null,
};
