import { labels, type Shown } from '@saksgang/kernel';
import { LIGHT_LABELS } from '../project/project.view.js';
import { GOAL_LEVEL_LABELS, GOAL_OUTCOME_LABELS, TARGET_AIM_LABELS } from './result-goal.labels.js';

/** How its state is told field by field; what its events hold by the same name has its words there. */
export const RESULT_GOAL_SHOWN: Shown = {
  labels: {
    'assessments.*': labels('vurdering', 'vurdering', 'assessment'),
    concluded: labels('konkludert', 'konkludert', 'concluded'),
    concludedBy: labels('konkludert av', 'konkludert av', 'concluded by'),
    light: labels('trafikklys', 'trafikklys', 'traffic light'),
    progress: labels('framdrift i prosent', 'framdrift i prosent', 'progress in per cent'),
    'indicators.*': labels('indikator', 'indikator', 'indicator'),
    'indicators.*.measurements': labels('målinger', 'målingar', 'measurements'),
    'indicators.*.measurements.*': labels('måling', 'måling', 'measurement'),
  },
  words: {
    light: LIGHT_LABELS,
    'assessments.*.light': LIGHT_LABELS,
    level: GOAL_LEVEL_LABELS,
    outcome: GOAL_OUTCOME_LABELS,
    'indicators.*.target.aim': TARGET_AIM_LABELS,
  },
  derived: [],
  parts: null,
};
