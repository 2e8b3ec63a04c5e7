// What the reading bench asks. Each: {name, query, variables}; `past` names the question of now that it is measured against.
const ROW = 'id title description occurred { label } recordedAt position type item { id title }';
const LISTED = 'id title reference state stateLabel occurred { label } recordedAt updatedAt revision';
const PAGE = 50;
/** More places than the server keeps answers of: each page is read from the tables. */
const PLACES = 100;

const QUERIES = {
  timeline: `query Page($asOf: AsOf, $after: String) { timeline(asOf: $asOf, first: ${PAGE}, after: $after) {
    nodes { ${ROW} } pageInfo { hasNextPage endCursor } position } }`,
  list: `query List($state: String!, $asOf: AsOf, $after: String) { items(filter: { kinds: [RESOLUTION], states: [$state] }, orderBy: TITLE, asOf: $asOf, first: ${PAGE}, after: $after) {
    nodes { ${LISTED} } pageInfo { hasNextPage endCursor } position } }`,
  board: `query Board($project: ID!) { status(project: { id: $project }) { position
    kinds { kind label total states { state label count } lights { light count } }
    late { due { label } daysLate what item { id title } } next { date { label } what item { id title } } attention { id title attention } } }`,
  diff: `query Diff($from: AsOf!, $project: ID!) { diff(from: $from, project: { id: $project }) { changes(first: 25) {
    nodes { change part item { id title } fields { path label summary } causedBy { id recordedAt type } } } } }`,
  trace: `query Trace($id: ID!) { node(id: $id) { ... on Item { trace(depth: 6) {
    nodes { id distance item { id title } } edges { from to relation relationLabel } ends { node end code label } truncated } } } }`,
  search: `query Search($text: String!) { search(text: $text, first: 25) { edges { snippet node { id title } } pageInfo { hasNextPage } } }`,
  newest: 'query Newest { history(first: 1) { nodes { position } } }',
  state: 'query State($id: ID!) { node(id: $id) { ... on Item { state } } }',
};

const data = async (ask, query, variables = {}) => {
  const { status, text } = await ask(JSON.stringify({ query, variables }));
  const answer = JSON.parse(text);
  if (status !== 200 || answer.errors) throw new Error(`${status} ${text.slice(0, 500)}`);
  return answer.data;
};

/** An item that lies halfway in a record is known, and its project: the questions are about it. `ask` posts a body. */
export const questionsFor = async (ask, items) => {
  const middle = Math.floor(items.length / 2);
  const groupOf = (from) => items.slice(from).find(({ kind, project, next }) => kind === 'resolution' && project !== null && next !== null);
  const resolution = groupOf(middle - (middle % 100) + 50) ?? groupOf(0);
  const { history } = await data(ask, QUERIES.newest);
  const { state } = (await data(ask, QUERIES.state, { id: resolution.id })).node;
  const [, log, number] = /^(.*)-(\d+)$/.exec(history.nodes[0].position);
  const halfway = `${log}-${String(Math.floor(Number(number) / 2)).padStart(number.length, '0')}`;
  const past = { position: halfway, validAt: '2022-06-30' };
  const cursors = [];
  for (let after = null; cursors.length < PLACES;) {
    const { timeline } = await data(ask, QUERIES.timeline, { after });
    after = timeline.pageInfo.endCursor;
    if (!timeline.pageInfo.hasNextPage) break;
    cursors.push(after);
  }
  const one = (name, query, variables = {}, of = null) => ({ name, bodies: [JSON.stringify({ query, variables })], of });
  return [
    one('timeline page', QUERIES.timeline),
    {
      name: `timeline pages, ${PLACES} in turn`,
      bodies: cursors.map((after) => JSON.stringify({ query: QUERIES.timeline, variables: { after } })),
      of: null,
    },
    one('timeline page in the past', QUERIES.timeline, { asOf: past }, 'timeline page'),
    one('filtered list', QUERIES.list, { state }),
    one('filtered list in the past', QUERIES.list, { state, asOf: past }, 'filtered list'),
    one('status board of a project', QUERIES.board, { project: resolution.project }),
    one('diff of a project over a year', QUERIES.diff, { from: { validAt: '2020-01-01' }, project: resolution.project }),
    one('trace, depth 6', QUERIES.trace, { id: resolution.id }),
    one('search', QUERIES.search, { text: 'kulturskole frivillighet' }),
  ];
};
