import { type RawBuilder, sql, type SqlBool, words } from '@saksgang/database';
import type { Day, ItemId } from '@saksgang/kernel';
import type { OrderKey } from '../asking/cursor.js';
import { pageOf, windowOf } from '../asking/paging.js';
import { at, within } from '../asking/scope.js';
import { mustTell, positionAt, type Sources } from '../asking/sources.js';
import { standingRows } from '../asking/standing-rows.js';
import { bounded } from '../asking/versions.js';
import { overdueDays } from '../computed/computed.js';
import { containing, sortKey } from '../folding.js';
import { membersOf } from '../items/belonging.query.js';
import type { Page, PageInput, Pin } from '../reading.js';
import type { FollowUpFilter, FollowUpOrder, FollowUpRow } from './follow-up.js';

const NO_DEADLINE: Readonly<Record<'first' | 'last', string>> = { first: '', last: '~' };
const ORDERS: Readonly<Record<FollowUpOrder, Readonly<{ by: RawBuilder<string>; descending: boolean }>>> = {
  DEADLINE: { by: sql<string>`coalesce(a.latest, ${NO_DEADLINE.last})`, descending: false },
  DEADLINE_DESC: { by: sql<string>`coalesce(a.latest, ${NO_DEADLINE.first})`, descending: true },
  DECIDED: { by: sql<string>`i.occurred_key`, descending: false },
  DECIDED_DESC: { by: sql<string>`i.occurred_key`, descending: true },
  STATE: { by: sql<string>`a.state`, descending: false },
};

type Found = Readonly<{
  item: ItemId;
  part: string;
  part_key: string;
  state: string;
  open: number;
  deadline: string | null;
  as_written: string | null;
  closed_as: string | null;
  place: string;
}>;

export const listFollowUps = async (
  sources: Sources,
  filter: FollowUpFilter,
  order: FollowUpOrder,
  page: PageInput,
  asked: Pin,
): Promise<Page<FollowUpRow>> => {
  const window = windowOf(sources.store.logId, [sources.face, 'followUps', filter, order], 3, page, asked, (known) =>
    positionAt(sources, known),
  );
  const { pin, after, before, backward } = window;
  for (const projection of ['items', 'signals']) mustTell(sources, projection, pin);
  const members = filter.project ? await membersOf(sources, filter.project, pin) : null;
  const conditions = conditionsOf(filter, members, pin);
  const asks = await standingRows(sources, 'asks', members, pin);
  const { by, descending } = ORDERS[order];
  const rows = (): RawBuilder<Found> => sql<Found>`select * from (
    select a.item, a.part, a.part_key, a.state, a.open, a.deadline, a.as_written, a.closed_as, ${by} as place
    from ${asks} a join items i on i.item = a.item where ${sql.join(conditions, sql` and `)})`;
  // A list that begins with the latest still tells each document from its first point on.
  const bounds = [...(after ? [behind(after, descending, false)] : []), ...(before ? [behind(before, !descending, true)] : [])];
  const [places, parts] = [descending !== backward ? 'desc' : 'asc', backward ? 'desc' : 'asc'].map((direction) => sql.raw(direction));
  const ordered = sql`place ${places}, item ${parts}, part_key ${parts}`;
  const where = bounds.length === 0 ? sql`` : sql`where ${sql.join(bounds, sql` and `)}`;
  const found = await sql<Found>`${rows()} ${where} order by ${ordered} limit ${window.limit + 1}`.execute(sources.read);
  return pageOf(window, found.rows, {
    keyOf: ({ place, item, part_key }) => [place, item, part_key],
    nodeOf: (row) => followUpRow(row, pin.validAt),
    count: async () => (await sql<{ n: number }>`select count(*) as n from (${rows()})`.execute(sources.read)).rows[0]?.n ?? 0,
  });
};

/** The rows that stand behind a key: places may run down while the parts of one place run up. */
const behind = ([place, item, part]: OrderKey, placesDown: boolean, partsDown: boolean): RawBuilder<SqlBool> =>
  sql<SqlBool>`(place ${sql.raw(placesDown ? '<' : '>')} ${place} or (place = ${place} and (item, part_key) ${sql.raw(partsDown ? '<' : '>')} (${item}, ${part})))`;

const followUpRow = ({ item, part, state, open, deadline, as_written, closed_as }: Found, today: Day): FollowUpRow => {
  const due = deadline === null ? null : { text: deadline, asWritten: as_written };
  return { item, part, state, open: open === 1, deadline: due, closedAs: closed_as, daysOverdue: overdueDays(due, open === 1, today) };
};

const conditionsOf = (filter: FollowUpFilter, members: readonly ItemId[] | null, pin: Pin): readonly RawBuilder<SqlBool>[] => {
  const conditions: RawBuilder<SqlBool>[] = [at('a', pin), at('i', pin), sql<SqlBool>`i.retracted = 0`, within('a.item', members)];
  const among = (column: string, name: string, values: readonly string[] | null | undefined): void => {
    if (values) conditions.push(within(column, bounded(name, values)));
  };
  const either = (wanted: boolean | null | undefined, holds: RawBuilder<SqlBool>): void => {
    if (wanted !== null && wanted !== undefined) conditions.push(wanted ? holds : sql<SqlBool>`not ${holds}`);
  };
  among('i.kind', 'kinds', filter.kinds);
  among('i.body', 'bodies', filter.bodies);
  among('a.owner', 'owners', filter.owners);
  among('a.state', 'states', filter.states);
  either(filter.overdue, sql<SqlBool>`(a.open = 1 and a.latest is not null and a.latest < ${pin.validAt})`);
  either(filter.unassigned, sql<SqlBool>`(a.open = 1 and a.has_owner = 0)`);
  if (filter.dueBefore) conditions.push(sql<SqlBool>`a.latest < ${filter.dueBefore}`);
  const text = sortKey(filter.text ?? '');
  if (text !== '')
    conditions.push(sql<SqlBool>`(${words.like('a.text_key', containing(text))} or ${words.like('i.title_key', containing(text))})`);
  return conditions;
};
