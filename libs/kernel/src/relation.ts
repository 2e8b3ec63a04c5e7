import { labels, type Labels } from './labels.js';

/** Every relation between items is one of these (DOMAIN.md section 2). */
export const RELATIONS = [
  'DEPENDS_ON',
  'BASED_ON',
  'ANSWERS',
  'IMPLEMENTS',
  'SERVES',
  'PART_OF',
  'SUPERSEDES',
  'REPEALS',
  'AMENDS',
  'REPLACES',
  'MERGED_INTO',
  'EVIDENCE_FOR',
  'REPORTED_IN',
  'LED_TO',
] as const;
export type Relation = (typeof RELATIONS)[number];

export const RELATION_LABELS: Record<Relation, Labels> = {
  DEPENDS_ON: labels('avhenger av', 'er avhengig av', 'depends on'),
  BASED_ON: labels('bygger på', 'byggjer på', 'is based on'),
  ANSWERS: labels('svarer på', 'svarar på', 'answers'),
  IMPLEMENTS: labels('gjennomfører', 'gjennomfører', 'implements'),
  SERVES: labels('tjener', 'tener', 'serves'),
  PART_OF: labels('er del av', 'er del av', 'is part of'),
  SUPERSEDES: labels('avløser', 'avløyser', 'supersedes'),
  REPEALS: labels('opphever', 'opphevar', 'repeals'),
  AMENDS: labels('endrer', 'endrar', 'amends'),
  REPLACES: labels('erstatter', 'erstattar', 'replaces'),
  MERGED_INTO: labels('er slått sammen med', 'er slått saman med', 'is merged into'),
  EVIDENCE_FOR: labels('er kunnskapsgrunnlag for', 'er kunnskapsgrunnlag for', 'is evidence for'),
  REPORTED_IN: labels('er rapportert i', 'er rapportert i', 'is reported in'),
  LED_TO: labels('førte til', 'førte til', 'led to'),
};

/** Relations in which a ring would be nonsense: nothing depends on, is part of or replaces itself. */
export const ACYCLIC_RELATIONS: readonly Relation[] = [
  'DEPENDS_ON',
  'BASED_ON',
  'IMPLEMENTS',
  'PART_OF',
  'SUPERSEDES',
  'REPEALS',
  'REPLACES',
  'MERGED_INTO',
];
