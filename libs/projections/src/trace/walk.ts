import type { ItemId, Relation } from '@saksgang/kernel';
import { nearEnd, type Heading } from './meaning.js';
import type { Neighbour } from './neighbours.query.js';

export const TRACE_NODES_MAX = 500; // nodes of one answer

export type Place = Readonly<{ item: ItemId; part: string | null }>;
export type WalkNode = Place & Readonly<{ id: string; distance: number }>;
/** Reads as the relation does, from source to target. `row` null: a part and what it is a part of. */
export type WalkEdge = Readonly<{ from: string; to: string; relation: Relation; row: Neighbour | null }>;

export const idOfPlace = ({ item, part }: Place): string => (part === null ? item : `${item}/${part}`);

/** A node being walked on from, one way. One that was come to from its own part does not lead down to the other parts. */
type Standing = WalkNode & Readonly<{ heading: Heading; fromPart: boolean }>;

/**
 * Goes out from one place in widening rings: forward only to what follows, backward only to what went before, so that what else
 * came of the same origin is not drawn in. Each place is passed once each way, so that rings end.
 */
export const createWalk = (start: Place, headings: readonly Heading[]) => {
  const first: WalkNode = { ...start, id: idOfPlace(start), distance: 0 };
  const nodes = new Map<string, WalkNode>([[first.id, first]]);
  const edges = new Map<string, WalkEdge>();
  const passed = new Set(headings.map((heading) => `${heading} ${first.id}`));
  /** Places that something leads on from, by heading and id. */
  const onward = new Set<string>();
  /** Places that something unseen leads on from. */
  const beyond = new Set<string>();
  let frontier: readonly Standing[] = headings.map((heading) => ({ ...first, heading, fromPart: false }));
  let truncated = false;

  const stepOn = (rows: readonly Neighbour[], last: boolean): void => {
    const next: Standing[] = [];
    const go = (at: Standing, to: Place, edge: Omit<WalkEdge, 'from' | 'to'>, outwards: boolean): void => {
      const id = idOfPlace(to);
      if (id === at.id) return;
      // A point's own sub-points are part of what is asked, not an answer to it: its gap stays its own.
      if (edge.row !== null || at.part === null || to.part === null) onward.add(`${at.heading} ${at.id}`);
      if (!nodes.has(id)) {
        if (last) return void beyond.add(at.id);
        if (nodes.size >= TRACE_NODES_MAX) return void (truncated = true);
        nodes.set(id, { ...to, id, distance: at.distance + 1 });
      }
      const [from, target] = outwards ? [at.id, id] : [id, at.id];
      edges.set(`${from} ${edge.relation} ${target} ${edge.row?.ref ?? edge.row?.via ?? ''}`, { ...edge, from, to: target });
      if (last || passed.has(`${at.heading} ${id}`)) return;
      passed.add(`${at.heading} ${id}`);
      const fromPart = at.item === to.item && at.part !== null && to.part === null;
      next.push({ ...to, id, distance: at.distance + 1, heading: at.heading, fromPart });
    };

    const standing = new Map(frontier.map((at) => [`${at.heading} ${at.id}`, at]));
    for (const at of frontier) {
      if (at.heading === 'BACKWARD' && at.part !== null) go(at, { item: at.item, part: null }, { relation: 'PART_OF', row: null }, true);
    }
    for (const row of rows) {
      const near = row.via === 'ASK' ? 'source' : nearEnd(row.relation, row.heading);
      const ends = { source: { item: row.source, part: row.part }, target: { item: row.target, part: row.target_part } };
      const at = row.via === 'ASK' ? undefined : standing.get(`${row.heading} ${idOfPlace(ends[near])}`);
      if (at) {
        go(at, near === 'source' ? ends.target : ends.source, { relation: row.relation, row }, near === 'source');
        continue;
      }
      // It is a part of where one stands that leads on: first to the part.
      const above = nearestAbove(standing, row.heading, ends[near]);
      if (above) go(above, ends[near], { relation: 'PART_OF', row: null }, false);
    }
    frontier = next;
  };

  return {
    frontier: (): readonly Standing[] => frontier,
    stepOn,
    truncate: () => void (truncated = true),
    found: () => ({ nodes, edges: [...edges.values()], onward, passed, beyond, truncated }),
  };
};
export type Walked = ReturnType<ReturnType<typeof createWalk>['found']>;

/** The whole item, or the nearest part above, if one stands there and may go down from it. */
const nearestAbove = (standing: ReadonlyMap<string, Standing>, heading: Heading, { item, part }: Place): Standing | null => {
  for (let above = part; above !== null;) {
    const dot = above.lastIndexOf('.');
    above = dot < 0 ? null : above.slice(0, dot);
    const at = standing.get(`${heading} ${idOfPlace({ item, part: above })}`);
    if (at) return at.fromPart ? null : at;
  }
  return null;
};
