import { labels, type Labels } from '@saksgang/kernel';
import { joined } from '../shared/wording.js';
import type { GoalLevel, GoalOutcome, TargetAim } from './result-goal.events.js';

export const RESULT_GOAL_LABEL = labels('mål', 'mål', 'goal');

/** The state table. Final: no command leaves it, but corrections do. */
export const RESULT_GOAL_STATES = {
  SET: { label: labels('satt', 'sett', 'set'), final: false },
  ASSESSED: { label: labels('vurdert', 'vurdert', 'assessed'), final: false },
  ACHIEVED: { label: labels('nådd', 'nådd', 'achieved'), final: true },
  PARTLY_ACHIEVED: { label: labels('delvis nådd', 'delvis nådd', 'partly achieved'), final: true },
  NOT_ACHIEVED: { label: labels('ikke nådd', 'ikkje nådd', 'not achieved'), final: true },
  DROPPED: { label: labels('frafalt', 'fråfalle', 'dropped'), final: true },
} as const satisfies Record<string, Readonly<{ label: Labels; final: boolean }>>;
export type ResultGoalStateName = keyof typeof RESULT_GOAL_STATES;

export const GOAL_LEVEL_LABELS: Readonly<Record<GoalLevel, Labels>> = {
  OVERALL: labels('overordnet mål', 'overordna mål', 'overall goal'),
  RESULT: labels('resultatmål', 'resultatmål', 'result goal'),
  EFFECT: labels('effektmål', 'effektmål', 'effect goal'),
};

export const GOAL_OUTCOME_LABELS: Readonly<Record<GoalOutcome, Labels>> = {
  ACHIEVED: RESULT_GOAL_STATES.ACHIEVED.label,
  PARTLY_ACHIEVED: RESULT_GOAL_STATES.PARTLY_ACHIEVED.label,
  NOT_ACHIEVED: RESULT_GOAL_STATES.NOT_ACHIEVED.label,
  DROPPED: RESULT_GOAL_STATES.DROPPED.label,
};

export const TARGET_AIM_LABELS: Readonly<Record<TargetAim, Labels>> = {
  AT_LEAST: labels('minst', 'minst', 'at least'),
  AT_MOST: labels('høyst', 'høgst', 'at most'),
};

const AS_WRITTEN = labels('slik kilden skriver det', 'slik kjelda skriv det', 'as written in the source');
const DATE_AS_WRITTEN = labels('dato slik kilden skriver den', 'dato slik kjelda skriv han', 'date as written in the source');
const BASELINE = labels('utgangspunkt', 'utgangspunkt', 'baseline');
const TARGET = labels('målverdi', 'målverdi', 'target');
const PROJECT = labels('prosjekt', 'prosjekt', 'project');
const TIME = labels('tidspunkt', 'tidspunkt', 'time');
const DEADLINE = labels('frist', 'frist', 'deadline');
const of = (whole: Labels, part: Labels): Labels => joined([whole, part], ', ');

export const RESULT_GOAL_FIELDS: Readonly<Record<string, Labels>> = {
  code: labels('bokstav eller nummer', 'bokstav eller nummer', 'code'),
  text: labels('tekst', 'tekst', 'text'),
  level: labels('målnivå', 'målnivå', 'level'),
  project: PROJECT,
  'project.item': PROJECT,
  'project.title': of(PROJECT, labels('tittel', 'tittel', 'title')),
  light: labels('trafikklys', 'trafikklys', 'traffic light'),
  progress: labels('framdrift i prosent', 'framdrift i prosent', 'progress in percent'),
  indicator: labels('indikator', 'indikator', 'indicator'),
  name: labels('navn på indikatoren', 'namn på indikatoren', 'name of the indicator'),
  unit: labels('måleenhet', 'måleeining', 'unit'),
  baseline: BASELINE,
  'baseline.value': BASELINE,
  'baseline.asWritten': of(BASELINE, AS_WRITTEN),
  'baseline.at': of(BASELINE, TIME),
  'baseline.at.text': of(BASELINE, TIME),
  'baseline.at.asWritten': of(BASELINE, DATE_AS_WRITTEN),
  target: TARGET,
  'target.value': TARGET,
  'target.asWritten': of(TARGET, AS_WRITTEN),
  'target.aim': of(TARGET, labels('minst eller høyst', 'minst eller høgst', 'at least or at most')),
  'target.by': of(TARGET, DEADLINE),
  'target.by.text': of(TARGET, DEADLINE),
  'target.by.asWritten': of(TARGET, DATE_AS_WRITTEN),
  value: labels('målt verdi', 'målt verdi', 'measured value'),
  asWritten: labels('målt verdi slik kilden skriver den', 'målt verdi slik kjelda skriv han', 'measured value as written in the source'),
  at: TIME,
  'at.text': TIME,
  'at.asWritten': of(TIME, AS_WRITTEN),
  outcome: labels('resultat', 'resultat', 'outcome'),
};
