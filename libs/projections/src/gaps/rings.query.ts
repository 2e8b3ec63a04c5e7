import { sql } from '@saksgang/database';
import { ACYCLIC_RELATIONS, labels, RELATION_LABELS, type ItemId, type Labels, type Locale, type Relation } from '@saksgang/kernel';
import { at, within } from '../asking/scope.js';
import type { Sources } from '../asking/sources.js';
import { standingRows } from '../asking/standing-rows.js';
import { itemsById } from '../items/item-rows.js';
import type { Pin } from '../reading.js';
import type { GapRow } from './gap.js';
import { GAPS_MAX, type GapQuery } from './gap-query.js';

export const RING_LINKS_MAX = 20_000; // links looked at for rings
const TITLES_SHOWN_MAX = 5; // items of a ring that a text names

/** Two commands at the same moment may close a ring that each of them alone would not. */
export const rings: GapQuery = async (sources, scope, pin) => {
  if (scope !== null && !(await mayBeOfRings(sources, scope, pin))) return [];
  const wanted = scope === null ? null : new Set(scope);
  const found: GapRow[] = [];
  for (const { relation, items } of await allRings(sources, pin)) {
    const inScope = items.filter((item) => wanted === null || wanted.has(item));
    if (inScope.length === 0) continue;
    const what = await ringText(sources, relation, items, pin);
    for (const item of inScope) found.push({ rule: 'CYCLE', item, part: null, what, closedBy: [] });
  }
  return found.slice(0, GAPS_MAX);
};

type Ring = Readonly<{ relation: Relation; items: readonly ItemId[] }>;

/** Follows the links of these items, and of what they lead to, until one comes back or nothing is left: most lead nowhere. */
const mayBeOfRings = async ({ read }: Sources, scope: readonly ItemId[], pin: Pin): Promise<boolean> => {
  const { rows } = await sql<{ closes: number | null; seen: number }>`with recursive reach(start, relation, item) as (
      select l.source, l.relation, l.target from links l
        where ${within('l.source', scope)} and l.relation in (${sql.join([...ACYCLIC_RELATIONS])}) and ${at('l', pin)}
      union select r.start, r.relation, l.target from reach r join links l on l.source = r.item and l.relation = r.relation and ${at('l', pin)})
    select max(case when start = item then 1 else 0 end) as closes, count(*) as seen from (select * from reach limit ${RING_LINKS_MAX}) r`.execute(
    read,
  );
  return rows[0] !== undefined && (rows[0].closes === 1 || rows[0].seen >= RING_LINKS_MAX);
};

/** Only links that one can arrive at and go on from can be of a ring. */
const allRings = async (sources: Sources, pin: Pin): Promise<readonly Ring[]> => {
  type Row = Readonly<{ relation: Relation; source: ItemId; target: ItemId }>;
  const { rows } = await sql<Row>`select l.relation, l.source, l.target from ${await standingRows(sources, 'links', null, pin)} l
    where l.relation in (${sql.join([...ACYCLIC_RELATIONS])}) and ${at('l', pin)}
      and exists (select 1 from links b where b.target = l.source and b.relation = l.relation and ${at('b', pin)})
      and exists (select 1 from links n where n.source = l.target and n.relation = l.relation and ${at('n', pin)})
    order by l.relation, l.source, l.target limit ${RING_LINKS_MAX}`.execute(sources.read);
  return ACYCLIC_RELATIONS.flatMap((relation) =>
    ringsOf(rows.filter((row) => row.relation === relation)).map((items) => ({ relation, items })),
  );
};

type Arrow = Readonly<{ source: ItemId; target: ItemId }>;

/** What is left when everything that leads nowhere, or that nothing leads to, has been taken away, parted into what hangs together. */
const ringsOf = (arrows: readonly Arrow[]): readonly (readonly ItemId[])[] => {
  let left = arrows;
  for (let before = Infinity; left.length < before;) {
    before = left.length;
    const [sources, targets] = [new Set(left.map(({ source }) => source)), new Set(left.map(({ target }) => target))];
    left = left.filter(({ source, target }) => targets.has(source) && sources.has(target));
  }
  const next = new Map<ItemId, ItemId[]>();
  for (const { source, target } of left) next.set(source, [...(next.get(source) ?? []), target]);
  const told = new Set<ItemId>();
  return [...next.keys()].flatMap((start) => {
    if (told.has(start)) return [];
    const way = wayBack(start, next);
    for (const item of way) told.add(item);
    return way.length === 0 ? [] : [way];
  });
};

/** The shortest way from an item back to itself; empty where there is none. */
const wayBack = (start: ItemId, next: ReadonlyMap<ItemId, readonly ItemId[]>): readonly ItemId[] => {
  const cameFrom = new Map<ItemId, ItemId>();
  const edge: ItemId[] = [start];
  for (let item = edge.shift(); item !== undefined; item = edge.shift()) {
    for (const target of next.get(item) ?? []) {
      if (target === start) return traced(item, start, cameFrom);
      if (cameFrom.has(target)) continue;
      cameFrom.set(target, item);
      edge.push(target);
    }
  }
  return [];
};

const traced = (last: ItemId, start: ItemId, cameFrom: ReadonlyMap<ItemId, ItemId>): readonly ItemId[] => {
  const way = [last];
  for (let item = last; item !== start;) {
    item = cameFrom.get(item) ?? start;
    way.unshift(item);
  }
  return way;
};

const ringText = async (sources: Sources, relation: Relation, items: readonly ItemId[], pin: Pin): Promise<Labels> => {
  const rows = await itemsById(sources, items.slice(0, TITLES_SHOWN_MAX), pin);
  const titles = rows.map((row) => `«${row?.title ?? '…'}»`);
  const inWords = (locale: Locale): string => {
    const steps = titles.map((title) => `${title} ${RELATION_LABELS[relation][locale]} `).join('');
    return `${steps}${items.length > titles.length ? '… ' : ''}${titles[0] ?? ''}`;
  };
  return labels(`Går i ring: ${inWords('nb')}`, `Går i ring: ${inWords('nn')}`, `Runs in a circle: ${inWords('en')}`);
};
