import { sql, type RawBuilder } from '@saksgang/database';
import type { Day, ItemId, Labels, Party } from '@saksgang/kernel';
import { parsed } from '../asking/entry-rows.js';
import { at, within, type Scope } from '../asking/scope.js';
import { mustTell, type Sources } from '../asking/sources.js';
import { standingRows } from '../asking/standing-rows.js';
import { overdueDays, type Light } from '../computed/computed.js';
import { membersOf } from '../items/belonging.query.js';
import { standingWithin } from '../items/standing.query.js';
import type { Pin } from '../reading.js';
import { attentionWithin } from './attention.query.js';
import type { Counted, DueRow, StatusRows } from './status.js';

export const BOARD_ROWS_MAX = 100; // late dates, dates to come and items that need attention, each

/** The board of a project: of all that belongs to it. Null: of the whole record. @throws ReadProblem BAD_FILTER when a project is too large */
export const statusOf = async (sources: Sources, project: ItemId | null, pin: Pin): Promise<StatusRows> => {
  for (const projection of ['items', 'links', 'signals']) mustTell(sources, projection, pin);
  const scope = project === null ? null : await membersOf(sources, project, pin);
  // Of the project itself no numbers are shown, but what is late or missing with it is.
  const around = scope === null || project === null ? null : [project, ...scope];
  const [counts, late, next, attention] = await Promise.all([
    countsOf(sources, scope, pin),
    lateDues(sources, around, pin),
    nextDues(sources, around, pin),
    attentionWithin(sources, around, pin),
  ]);
  return { counts, late, next, attention: worstFirst([...attention]).slice(0, BOARD_ROWS_MAX) };
};

const worstFirst = (found: readonly (readonly [ItemId, readonly unknown[]])[]): readonly ItemId[] =>
  found.toSorted(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1)).map(([item]) => item);

/** `lightOn` in the words of the database. */
const computedLight = (today: Day): RawBuilder<Light> => sql<Light>`case when s.red_after < ${today} then 'RED'
  when s.yellow_on <= ${today} then 'YELLOW' else coalesce(s.base, 'NOT_ASSESSED') end`;

const countsOf = async (sources: Sources, scope: Scope, pin: Pin): Promise<readonly Counted[]> => {
  const { rows } = await sql<Counted>`select kind, state, light, "computedLight", count(*) as count from (
      select i.kind, i.state, coalesce(s.light, 'NOT_ASSESSED') as light, ${computedLight(pin.validAt)} as "computedLight"
      from ${await standingWithin(sources, scope, pin)} i left join signals s on s.item = i.item and ${at('s', pin)} where i.retracted = 0) t
    group by kind, state, light, "computedLight" order by kind, state, light, "computedLight"`.execute(sources.read);
  return rows;
};

type Due = Readonly<{ item: ItemId; part: string | null; date: string; as_written: string | null; owner: string | null; what: string }>;

const lateDues = async (sources: Sources, scope: Scope, pin: Pin): Promise<readonly DueRow[]> => {
  const { rows } =
    await sql<Due>`select d.item, d.part, d.date, d.as_written, d.owner, d.what from ${await standingRows(sources, 'dues', scope, pin)} d
    where ${at('d', pin)} and ${within('d.item', scope)} and d.latest < ${pin.validAt}
    order by d.latest, d.item, d.slot limit ${BOARD_ROWS_MAX}`.execute(sources.read);
  return rows.map((row) => dueRow(row, pin.validAt));
};

/** What nobody can date is not among what comes. */
const nextDues = async (sources: Sources, scope: Scope, pin: Pin): Promise<readonly DueRow[]> => {
  const { rows } =
    await sql<Due>`select d.item, d.part, d.date, d.as_written, d.owner, d.what from ${await standingRows(sources, 'dues', scope, pin)} d
    where ${at('d', pin)} and ${within('d.item', scope)} and (d.latest >= ${pin.validAt} or (d.latest is null and d.earliest is not null))
    order by coalesce(d.latest, d.earliest), d.item, d.slot limit ${BOARD_ROWS_MAX}`.execute(sources.read);
  return rows.map((row) => dueRow(row, pin.validAt));
};

const dueRow = ({ item, part, date, as_written, owner, what }: Due, today: Day): DueRow => {
  const due = { text: date, asWritten: as_written };
  return { item, part, date: due, owner: parsed<Party>(owner), what: JSON.parse(what) as Labels, daysLate: overdueDays(due, true, today) };
};
