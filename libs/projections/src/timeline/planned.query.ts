import { type RawBuilder, sql, words } from '@saksgang/database';
import { labels, type DueNature, type Labels } from '@saksgang/kernel';
import type { Pin } from '../reading.js';
import type { TimelineTable } from './timeline.table.js';

/** A row of the timeline; `slot` tells apart what one entry plans for one day. What happened has none. */
export type ToldRow = TimelineTable & { slot?: string | undefined };

export const PLANNED_AS: Readonly<Record<DueNature, Labels>> = {
  DEADLINE: labels('Frist', 'Frist', 'Deadline'),
  FORECAST: labels('Prognose', 'Prognose', 'Forecast'),
  BASELINE: labels('Opprinnelig plan', 'Opphavleg plan', 'Original plan'),
  PLANNED: labels('Planlagt', 'Planlagt', 'Planned'),
};

/**
 * What is waited for on the pin's day, as rows of the timeline: on the last day it may be, else on the first; what has neither has no
 * place there. Told of the entry that said so first: a later one that only ended it does not count.
 */
export const plannedTable = ({ validAt }: Pick<Pin, 'validAt'>) => {
  const saidBy = sql`(select min(f.recorded_from) from dues f
    where f.item = d.item and f.slot = d.slot and f.valid_from = d.valid_from and f.date = d.date)`;
  const planned: RawBuilder<ToldRow> = sql`(
    select coalesce(d.latest, d.earliest) as day, e.ordinal as ordinal, d.slot as slot, d.recorded_from as recorded_from,
      d.recorded_to as recorded_to, d.item as item, d.item || '#' || replace(trim(d.slot), ' ', '/') as ref, e.kind as kind, d.part as part,
      'PLANNED' as nature, d.nature as type, ${words.inJson('d.what', 'nb')} as title_nb, ${words.inJson('d.what', 'nn')} as title_nn,
      ${words.inJson('d.what', 'en')} as title_en, ${described('nb')} as description_nb, ${described('nn')} as description_nn,
      ${described('en')} as description_en, d.date as occurred, d.as_written as as_written, e.recorded_at as recorded_at,
      e.asserted_by as asserted_by, e.source as source, '[]' as corrections
    from dues d join entries e on e.ordinal = ${saidBy}
    where coalesce(d.latest, d.earliest) is not null and d.valid_from <= ${validAt} and (d.valid_to is null or d.valid_to > ${validAt}))`;
  return planned.as('planned');
};

const described = (locale: keyof Labels) =>
  sql`case d.nature ${sql.join(
    Object.entries(PLANNED_AS).map(([nature, told]) => sql`when ${sql.lit(nature)} then ${sql.lit(told[locale])}`),
    sql` `,
  )} else '' end`;
