import { sql, type RawBuilder } from '@saksgang/database';
import type { ItemId, Relation } from '@saksgang/kernel';
import type { Sources } from '../asking/sources.js';
import { inEffect, known } from '../asking/versions.js';
import type { Pin } from '../reading.js';
import { SOURCE_FIRST, TARGET_FIRST, type Heading } from './meaning.js';

export const TRACE_ROWS_MAX = 5_000; // relations read for one level

/** A step that can be taken from the frontier. `via` LINK; PROJECT and NAME: named by the item itself; ASK: a part that asks for something. */
export type Neighbour = Readonly<{
  heading: Heading;
  via: 'LINK' | 'PROJECT' | 'NAME' | 'ASK';
  ref: string | null;
  relation: Relation;
  source: ItemId;
  part: string | null;
  target: ItemId;
  target_part: string | null;
  asserted_by: string | null;
  period: string | null;
  provenance: string | null;
}>;

/** Everything that can be reached from these items in one step: one statement, whatever their number. */
export const neighboursOf = async (
  { read }: Sources,
  frontier: Readonly<Record<Heading, readonly ItemId[]>>,
  pin: Pin,
): Promise<readonly Neighbour[]> => {
  const steps = [...stepsFrom('FORWARD', frontier.FORWARD, pin), ...stepsFrom('BACKWARD', frontier.BACKWARD, pin)];
  const { rows } = await sql<Neighbour>`select * from (${sql.join(steps, sql` union all `)}) as steps
    order by via, made, nth, place, source, target, heading limit ${TRACE_ROWS_MAX + 1}`.execute(read);
  return rows;
};

const stepsFrom = (heading: Heading, items: readonly ItemId[], pin: Pin): readonly RawBuilder<unknown>[] => {
  if (items.length === 0) return [];
  const these = sql.join([...items]);
  const [earlier, later] = heading === 'FORWARD' ? (['source', 'target'] as const) : (['target', 'source'] as const);
  const links = (end: 'source' | 'target', relations: readonly Relation[]) =>
    sql`select ${heading} as heading, 'LINK' as via, ref, relation, source, part, target, target_part, asserted_by, period, provenance, made, nth, '' as place
      from links where ${sql.ref(end)} in (${these}) and relation in (${sql.join([...relations])}) and ${known(pin)} and ${inEffect(pin)}`;
  const named = sql`select ${heading} as heading, facet as via, null as ref, case facet when 'PROJECT' then 'PART_OF' else 'BASED_ON' end as relation,
      item as source, null as part, value as target, null as target_part, null as asserted_by, null as period, null as provenance, 0 as made, 0 as nth, '' as place
      from item_facets where facet in ('PROJECT', 'NAME') and ${sql.ref(heading === 'FORWARD' ? 'value' : 'item')} in (${these}) and ${known(pin)} and ${inEffect(pin)}`;
  const asked = sql`select ${heading} as heading, 'ASK' as via, null as ref, 'PART_OF' as relation, item as source, part, item as target, null as target_part,
      null as asserted_by, null as period, null as provenance, 0 as made, 0 as nth, part_key as place
      from asks where item in (${these}) and ${known(pin)} and ${inEffect(pin)}`;
  return [links(earlier, SOURCE_FIRST), links(later, TARGET_FIRST), named, ...(heading === 'FORWARD' ? [asked] : [])];
};
