/**
 * What reading takes beside the one point of every field, by «Type.field» or «*.field» of any type: questions that look widely through
 * the record, or fold an item's whole life. In the driver's points: about as many fields could be answered in the same time.
 */
export const COSTS: Readonly<Record<string, number>> = {
  'Query.status': 1_000,
  'Query.gaps': 2_000,
  'Query.diff': 20_000,
  'Query.trace': 500,
  'Query.search': 500,
  'Query.followUps': 500,
  'Query.draftPoints': 1_000,
  'Query.record': 100,
  '*.trace': 500,
  '*.history': 20,
  '*.changes': 5,
  '*.proof': 20,
};
