import type { ItemId, Relation } from '@saksgang/kernel';
import type { NaiveRecord } from './naive.js';

/** Relations whose source comes first in the course of things; of the others the target does. */
const SOURCE_FIRST: readonly Relation[] = ['SERVES', 'MERGED_INTO', 'EVIDENCE_FOR', 'REPORTED_IN', 'LED_TO'];

/** From what came first to what came of it. `named`: told by an item itself and not by a link. */
type Arrow = Readonly<{ first: ItemId; then: ItemId; edge: string; named: boolean }>;

const arrowsOf = ({ links, items }: NaiveRecord): readonly Arrow[] => [
  ...links
    .filter(({ source, target }) => source !== target)
    .map(({ source, target, relation }) => {
      const edge = `${source} ${relation} ${target}`;
      return SOURCE_FIRST.includes(relation)
        ? { first: source, then: target, edge, named: false }
        : { first: target, then: source, edge, named: false };
    }),
  ...items.flatMap(({ id, summary, facets }) => [
    ...summary.projects.map((project) => ({ first: project, then: id, edge: `${id} PART_OF ${project}`, named: true })),
    ...facets.names.filter((name) => name !== id).map((name) => ({ first: name, then: id, edge: `${id} BASED_ON ${name}`, named: true })),
  ]),
];

/** In effect; or founded by mistake and retracted, which is where a trail may end. */
const isTold = ({ byId, retracted, today }: NaiveRecord, item: ItemId): boolean => byId.has(item) || (retracted.get(item) ?? '~') <= today;

/**
 * What comes of an item in so many steps (or what it comes from), whole items alone: `<item> <distance>` and `<source> <relation> <target>`.
 * What is not in effect is passed through and not told, and neither is what hangs together with the start through it alone.
 */
export const traceOf = (record: NaiveRecord, start: ItemId, heading: 'FORWARD' | 'BACKWARD', depth: number) => {
  const arrows = arrowsOf(record).map((arrow) => (heading === 'FORWARD' ? arrow : { ...arrow, first: arrow.then, then: arrow.first }));
  const distances = new Map([[start, 0]]);
  for (const [item, distance] of distances)
    for (const { first, then } of arrows) if (first === item && distance < depth && !distances.has(then)) distances.set(then, distance + 1);
  const passed = arrows.filter(({ first, then }) => distances.has(first) && distances.has(then));
  const joining = (named: boolean): ReadonlySet<string> =>
    new Set(passed.filter((arrow) => arrow.named === named).map(({ first, then }) => [first, then].sort().join(' ')));
  const linked = joining(false);
  const told = passed.filter(({ first, then, named }) => !named || !linked.has([first, then].sort().join(' ')));
  const near = new Set([start]);
  for (const item of near)
    for (const { first, then } of told)
      for (const [one, other] of [
        [first, then],
        [then, first],
      ] as const)
        // prettier-ignore
        if (one === item && isTold(record, other)) near.add(other);
  return {
    nodes: [...near].map((item) => `${item} ${distances.get(item)}`).sort(),
    edges: [...new Set(told.filter(({ first, then }) => near.has(first) && near.has(then)).map(({ edge }) => edge))].sort(),
  };
};
