const DRAFT_POINT = 'path label pointKind text';
/** A pasted letter beside a resolution on record. */
export const DRAFT = `query($text: String!, $id: ID!) {
  draftPoints(text: $text) { points { ${DRAFT_POINT} points { ${DRAFT_POINT} points { ${DRAFT_POINT} } } } doubts { path } }
  node(id: $id) { ... on Resolution { points(first: 100) { nodes { path label pointKind text } } } } }`;

/** Where the project stands, what is to be followed up and what is missing, at one point of view. */
export const MEETING = `query Meeting($project: ItemRef!, $asOf: AsOf) {
  status(project: $project, asOf: $asOf) { project { title } kinds { kind total states { state label count items { nodes { title } } }
  lights { light count } computedLights { light count } }
  late { what daysLate owner { ... on NamedParty { name } } point { path } } next { what date { label } } attention { title attention } }
  followUps(filter: { project: $project }, first: 100, asOf: $asOf) { totalCount nodes { resolution { title } point { path pointState } daysOverdue } }
  gaps(project: $project, asOf: $asOf) { rule item { title } point { path } closedBy } }`;

/** One timeline, four rows at a time, and its going on. */
export const PAGE = `query Page($filter: TimelineFilter, $after: String) { timeline(filter: $filter, first: 4, after: $after) {
  position totalCount pageInfo { hasNextPage endCursor } nodes { id title reachedThrough { title } } } }`;
export const LIVE = `subscription Live($after: Position, $filter: TimelineFilter) {
  timeline(after: $after, filter: $filter) { removed put { id title } } }`;

/** Every goal with every entry ever made on it. */
export const GOALS = `{ resultGoals(orderBy: REFERENCE) { nodes { id code status light revision
  history(first: 100) { totalCount nodes { id type reason actor { role actorKind } corrects { id } correctedBy { reason } } } } } }`;
