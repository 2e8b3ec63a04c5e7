import { RELATIONS, type Relation } from '@saksgang/kernel';

/** Which end of a relation comes first in the course of things; the other follows from it. */
const COMES_FIRST: Readonly<Record<Relation, 'SOURCE' | 'TARGET'>> = {
  DEPENDS_ON: 'TARGET',
  BASED_ON: 'TARGET',
  ANSWERS: 'TARGET',
  IMPLEMENTS: 'TARGET',
  SERVES: 'SOURCE',
  PART_OF: 'TARGET',
  SUPERSEDES: 'TARGET',
  REPEALS: 'TARGET',
  AMENDS: 'TARGET',
  REPLACES: 'TARGET',
  MERGED_INTO: 'SOURCE',
  EVIDENCE_FOR: 'SOURCE',
  REPORTED_IN: 'SOURCE',
  LED_TO: 'SOURCE',
};

export const SOURCE_FIRST = RELATIONS.filter((relation) => COMES_FIRST[relation] === 'SOURCE');
export const TARGET_FIRST = RELATIONS.filter((relation) => COMES_FIRST[relation] === 'TARGET');

/** FORWARD: to what came of it. BACKWARD: to what it comes from. */
export type Heading = 'FORWARD' | 'BACKWARD';
export type End = 'source' | 'target';

/** The end that one stands at when going this way. */
export const nearEnd = (relation: Relation, heading: Heading): End =>
  (COMES_FIRST[relation] === 'SOURCE') === (heading === 'FORWARD') ? 'source' : 'target';
