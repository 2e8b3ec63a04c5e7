import { sql } from '@saksgang/database';
import { labels, type Day, type ItemId, type Labels, type LocalGapRule } from '@saksgang/kernel';
import { at, within } from '../asking/scope.js';
import { standingRows } from '../asking/standing-rows.js';
import { mustTell, type Sources } from '../asking/sources.js';
import { membersOf } from '../items/belonging.query.js';
import type { Pin } from '../reading.js';
import type { GapRow } from './gap.js';
import { GAPS_MAX, type GapQuery } from './gap-query.js';
import { missingDocuments } from './missing-documents.query.js';
import { rings } from './rings.query.js';
import { sameReferences } from './same-references.query.js';

/** What is missing in a project and all that belongs to it, or in the whole record. @throws ReadProblem BAD_FILTER when a project is too large */
export const listGaps = async (sources: Sources, project: ItemId | null, pin: Pin): Promise<readonly GapRow[]> =>
  gapsWithin(sources, project === null ? null : [project, ...(await membersOf(sources, project, pin))], pin);

export const gapsWithin: GapQuery = async (sources, scope, pin) => {
  for (const projection of ['items', 'links', 'signals']) mustTell(sources, projection, pin);
  const found = await Promise.all(RULES.map((rule) => rule(sources, scope, pin)));
  return found.flat().toSorted(byItem);
};

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const byItem = (one: GapRow, other: GapRow): number => compare(one.item, other.item);

/** An unsourced claim is a gap where something rests on it. */
const seenByKinds: GapQuery = async (sources, scope, pin) => {
  type Row = Readonly<{ item: ItemId; rule: LocalGapRule; part: string | null; what: string; closed_by: string }>;
  const { rows } =
    await sql<Row>`select g.item, g.rule, g.part, g.what, g.closed_by from ${await standingRows(sources, 'gaps', scope, pin)} g
    where ${at('g', pin)} and ${within('g.item', scope)} and (g.rule <> 'UNSOURCED' or exists (${restsOn('g.item', pin)}))
    order by g.item, g.slot limit ${GAPS_MAX}`.execute(sources.read);
  return rows.map(({ item, rule, part, what, closed_by }) => ({
    rule,
    item,
    part,
    what: JSON.parse(what) as Labels,
    closedBy: JSON.parse(closed_by) as readonly string[],
  }));
};

/** The links by which something rests on an item: it is evidence for it, or the other is based on it. */
export const restsOn = (item: string, pin: Pin) => sql`select 1 from links l where ${at('l', pin)} and
  ((l.source = ${sql.ref(item)} and l.relation = 'EVIDENCE_FOR') or (l.target = ${sql.ref(item)} and l.relation = 'BASED_ON'))`;

const withoutEvidence: GapQuery = async (sources, scope, pin) => {
  const { rows } = await sql<{ item: ItemId }>`select s.item from ${await standingRows(sources, 'signals', scope, pin)} s
    where ${at('s', pin)} and s.wants_evidence = 1 and ${within('s.item', scope)}
      and not exists (select 1 from links l where l.target = s.item and l.relation = 'EVIDENCE_FOR' and ${at('l', pin)})
    order by s.item limit ${GAPS_MAX}`.execute(sources.read);
  const what = labels(
    'Det er ikke lagt fram noe kunnskapsgrunnlag',
    'Det er ikkje lagt fram noko kunnskapsgrunnlag',
    'No evidence has been given for it',
  );
  return rows.map(({ item }) => ({ rule: 'WITHOUT_EVIDENCE', item, part: null, what, closedBy: [] }));
};

/** A planned date that has passed, when nothing has happened to the item since. */
const pastAndSilent: GapQuery = async (sources, scope, pin) => {
  type Row = Readonly<{ item: ItemId; kind: string; part: string | null; what: string; latest: Day }>;
  const { rows } = await sql<Row>`select d.item, i.kind, d.part, d.what, d.latest from ${await standingRows(sources, 'dues', scope, pin)} d
    join items i on i.item = d.item where ${at('d', pin)} and ${at('i', pin)} and ${within('d.item', scope)}
      and d.nature in ('FORECAST', 'BASELINE') and d.latest < ${pin.validAt} and i.valid_from <= d.latest
    order by d.item, d.slot limit ${GAPS_MAX}`.execute(sources.read);
  return rows.map(({ item, kind, part, what, latest }) => {
    const { nb, nn, en } = JSON.parse(what) as Labels;
    return {
      rule: 'PAST_AND_SILENT',
      item,
      part,
      what: labels(
        `${nb}: datoen (${latest}) er passert, og det er ikke meldt hvordan det gikk`,
        `${nn}: datoen (${latest}) er passert, og det er ikkje meldt korleis det gjekk`,
        `${en}: the date (${latest}) has passed, and nothing has been said of what became of it`,
      ),
      // Whatever is told of it breaks the silence.
      closedBy: commandsOf(sources.registry.kinds.get(kind)?.commands ?? {}),
    };
  });
};

const commandsOf = (commands: Readonly<Record<string, Readonly<{ founding: boolean }>>>): readonly string[] =>
  Object.entries(commands).flatMap(([type, { founding }]) => (founding ? [] : [`${type.charAt(0).toLowerCase()}${type.slice(1)}`]));

const RULES: readonly GapQuery[] = [seenByKinds, withoutEvidence, pastAndSilent, missingDocuments, rings, sameReferences];
