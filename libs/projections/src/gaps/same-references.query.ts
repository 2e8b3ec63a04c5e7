import { sql } from '@saksgang/database';
import { labels, type ItemId } from '@saksgang/kernel';
import { at } from '../asking/scope.js';
import { standingWithin } from '../items/standing.query.js';
import { GAPS_MAX, type GapQuery } from './gap-query.js';

type Row = Readonly<{ item: ItemId; reference: string; others: number }>;

/**
 * Two items of one kind and sub-type that carry the same reference, in the same project where they name one: «A» may be a goal
 * of every project. References need not be unique; it is told so that somebody looks.
 */
export const sameReferences: GapQuery = async (sources, scope, pin) => {
  const { rows } = await sql<Row>`with shown as (
      select i.item, i.kind, i.subtype, i.reference, i.reference_key,
        coalesce((select min(f.value) from item_facets f where f.item = i.item and f.facet = 'PROJECT' and ${at('f', pin)}), '') as project
      from ${await standingWithin(sources, scope, pin)} i where i.retracted = 0 and i.reference is not null)
    select item, reference, others from (
      select item, reference, count(*) over (partition by kind, subtype, reference_key, project) - 1 as others from shown) counted
    where others > 0 order by item limit ${GAPS_MAX}`.execute(sources.read);
  return rows.map(({ item, reference, others }) => ({
    rule: 'DUPLICATE_REFERENCE',
    item,
    part: null,
    what: labels(
      `${others === 1 ? 'En annen sak' : `${others} andre saker`} har også referansen «${reference}»`,
      `${others === 1 ? 'Ei anna sak' : `${others} andre saker`} har òg referansen «${reference}»`,
      `${others === 1 ? 'Another item carries' : `${others} other items carry`} the reference “${reference}” too`,
    ),
    closedBy: [],
  }));
};
