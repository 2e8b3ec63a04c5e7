import { kindOf, type ItemId, type PartialDate, type Party, type Source } from '@saksgang/kernel';
import { parsed } from '../asking/entry-rows.js';
import { mustTell, type Sources } from '../asking/sources.js';
import { itemsById, SHIELDED_STATE } from '../items/item-rows.js';
import { statesAt, type StreamReader } from '../items/state.query.js';
import { ReadProblem, type ItemState, type Pin, type TraceDirection, type TraceEdgeRow, type TraceRow } from '../reading.js';
import { endsAt } from './ends.js';
import { neighboursOf, TRACE_ROWS_MAX } from './neighbours.query.js';
import { createWalk, type Place, type WalkEdge, type Walked } from './walk.js';

export const TRACE_DEPTH_MAX = 12; // steps

/**
 * What an item, or a part of it, comes from and what came of it, ring by ring: one statement for each ring, and a number of
 * statements for the ends that does not grow with the record.
 * @throws ReadProblem BAD_FILTER for a depth out of bounds, UNKNOWN_ITEM where there is no such item or part at the pin
 */
export const traceFrom = async (
  sources: Sources,
  streams: StreamReader,
  from: Place,
  direction: TraceDirection,
  depth: number,
  pin: Pin,
): Promise<TraceRow> => {
  if (!Number.isInteger(depth) || depth < 1 || depth > TRACE_DEPTH_MAX) {
    throw new ReadProblem('BAD_FILTER', `A trace goes from 1 to ${TRACE_DEPTH_MAX} steps; ${depth} were asked for.`, {
      field: 'depth',
      max: TRACE_DEPTH_MAX,
    });
  }
  for (const projection of ['items', 'links', 'signals']) mustTell(sources, projection, pin);
  if (await isVeiled(sources, from, pin)) return alone(from);
  await mustExist(sources, streams, from, pin);
  const walk = createWalk(from, direction === 'BOTH' ? ['FORWARD', 'BACKWARD'] : [direction]);
  // One ring more than asked for is looked at, to know where the trail goes on.
  for (let ring = 0; ring <= depth && walk.frontier().length > 0; ring += 1) {
    const itemsOf = (heading: string): readonly ItemId[] => [
      ...new Set(walk.frontier().flatMap((at) => (at.heading === heading ? [at.item] : []))),
    ];
    const rows = await neighboursOf(sources, { FORWARD: itemsOf('FORWARD'), BACKWARD: itemsOf('BACKWARD') }, pin);
    if (rows.length > TRACE_ROWS_MAX) walk.truncate();
    walk.stepOn(rows.slice(0, TRACE_ROWS_MAX), ring === depth);
  }
  return told(sources, streams, walk.found(), pin);
};

/** Of what is shielded only that it is there is told, so nothing leads to it or from it. */
const isVeiled = async (sources: Sources, { item, part }: Place, pin: Pin): Promise<boolean> =>
  part === null && (await itemsById(sources, [item], pin))[0]?.state === SHIELDED_STATE;
const alone = ({ item, part }: Place): TraceRow => ({
  nodes: [{ id: item, item, part, distance: 0 }],
  edges: [],
  ends: [],
  truncated: false,
});

const mustExist = async (sources: Sources, streams: StreamReader, { item, part }: Place, pin: Pin): Promise<void> => {
  const state = (await statesAt(sources, streams, [item], pin))[0];
  if (!state) throw new ReadProblem('UNKNOWN_ITEM', 'There is no such item at this point of view.', { item });
  if (part !== null && sources.registry.kinds.get(kindOf(item))?.hasPart(state.state, part) !== true)
    throw new ReadProblem('UNKNOWN_ITEM', 'The item has no such part at this point of view.', { item, part });
};

const told = async (sources: Sources, streams: StreamReader, walked: Walked, pin: Pin): Promise<TraceRow> => {
  const ids = [...new Set([...walked.nodes.values()].map(({ item }) => item))];
  const states = new Map<ItemId, ItemState>();
  for (const state of await statesAt(sources, streams, ids, pin)) if (state) states.set(state.row.id, state);
  const edges = withoutEchoes(walked.edges);
  const nodes = [...walked.nodes.values()].filter(({ item }) => states.has(item));
  const near = joined(nodes[0]?.id ?? '', new Set(nodes.map(({ id }) => id)), edges);
  return {
    nodes: nodes.filter(({ id }) => near.has(id)).map(({ id, item, part, distance }) => ({ id, item, part, distance })),
    edges: edges.filter((edge) => near.has(edge.from) && near.has(edge.to)).map(edgeRow),
    ends: nodes.flatMap((node) => {
      const [state, kind] = [states.get(node.item), sources.registry.kinds.get(kindOf(node.item))];
      return state && kind && near.has(node.id) ? endsAt(node, state, kind, walked) : [];
    }),
    truncated: walked.truncated,
  };
};

/** What an item names in itself says nothing more where a link joins the two. */
const withoutEchoes = (edges: readonly WalkEdge[]): readonly WalkEdge[] => {
  const pair = ({ from, to }: WalkEdge): string => [from, to].sort().join(' ');
  const isNamed = ({ row }: WalkEdge): boolean => row?.via === 'PROJECT' || row?.via === 'NAME';
  const linked = new Set(edges.filter((edge) => !isNamed(edge)).map(pair));
  return edges.filter((edge) => !isNamed(edge) || !linked.has(pair(edge)));
};

/** What can be told of hangs together: what was reached only through an item that is not yet in effect is left out with it. */
const joined = (start: string, there: ReadonlySet<string>, edges: readonly WalkEdge[]): ReadonlySet<string> => {
  const beside = new Map<string, string[]>();
  for (const { from, to } of edges) {
    beside.set(from, [...(beside.get(from) ?? []), to]);
    beside.set(to, [...(beside.get(to) ?? []), from]);
  }
  const reached = new Set([start]);
  for (const id of reached) for (const next of beside.get(id) ?? []) if (there.has(next)) reached.add(next);
  return reached;
};

const edgeRow = ({ from, to, relation, row }: WalkEdge): TraceEdgeRow => ({
  from,
  to,
  relation,
  link: row?.ref ?? null,
  recordedIn: row?.ref?.split('@')[0] ?? null,
  assertedBy: parsed<Party>(row?.asserted_by ?? null),
  period: parsed<PartialDate>(row?.period ?? null),
  source: parsed<Source>(row?.provenance ?? null),
});
