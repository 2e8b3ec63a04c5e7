import { sql, type RawBuilder, type SqlBool } from '@saksgang/database';
import { kindOf, type ItemId } from '@saksgang/kernel';
import { mustTell, type Sources } from '../asking/sources.js';
import { bounded, inChunks, inEffect, known } from '../asking/versions.js';
import { membersOf } from '../items/belonging.query.js';
import { ReadProblem, type Pin, type TimelineFilter } from '../reading.js';

export const MERGERS_MAX = 5_000; // mergers followed for one question

/** Items reached by following mergers, each with the selected item it was reached through. */
export type ReachedThrough = ReadonlyMap<ItemId, ItemId>;

/** Which items' rows are shown. `reached` are shown too, and marked. */
export type Selection = Readonly<{ condition: RawBuilder<SqlBool> | null; reached: ReachedThrough }>;

type Chosen = Readonly<{ ids: readonly ItemId[] | null; ofSubtype: ((column: string) => RawBuilder<SqlBool>) | null }>;

const among = (column: string, values: readonly string[]): RawBuilder<SqlBool> =>
  values.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`${sql.ref(column)} in (${sql.join([...values])})`;

/** All that is given must fit; a filter that names no items in any way selects none of them: everything is shown. */
export const selectionOf = async (sources: Sources, filter: TimelineFilter, pin: Pin): Promise<Selection> => {
  const chosen = { ids: await idsOf(sources, filter, pin), ofSubtype: subtypeOf(sources, filter, pin) };
  const conditions = conditionsOn(chosen, 'item');
  if (conditions.length === 0) return { condition: null, reached: new Map() };
  const reached = await reachedFrom(sources, chosen, filter.followMergersOf ?? [], pin);
  return { condition: shown(chosen, conditions, [...reached.keys()]), reached };
};

const shown = ({ ids, ofSubtype }: Chosen, conditions: readonly RawBuilder<SqlBool>[], reached: readonly ItemId[]): RawBuilder<SqlBool> => {
  if (ids !== null && ofSubtype === null) return among('item', [...ids, ...reached]);
  const selected = sql<SqlBool>`(${sql.join([...conditions], sql` and `)})`;
  return reached.length === 0 ? selected : sql<SqlBool>`(${selected} or ${among('item', reached)})`;
};

const conditionsOn = ({ ids, ofSubtype }: Chosen, column: string): readonly RawBuilder<SqlBool>[] => [
  ...(ids === null ? [] : [among(column, ids)]),
  ...(ofSubtype === null ? [] : [ofSubtype(column)]),
];

/** A project's timeline is its own and that of all that belongs to it. */
const idsOf = async (sources: Sources, { items, project }: TimelineFilter, pin: Pin): Promise<readonly ItemId[] | null> => {
  const named = items ? bounded('items', items) : null;
  if (!project) return named === null ? null : [...new Set(named)];
  const members = new Set([project, ...(await membersOf(sources, project, pin))]);
  return named === null ? [...members] : [...new Set(named)].filter((item) => members.has(item));
};

const subtypeOf = (sources: Sources, { subtypesOf }: TimelineFilter, pin: Pin): Chosen['ofSubtype'] => {
  if (!subtypesOf) return null;
  mustTell(sources, 'items', pin);
  const { kind, subtypes } = subtypesOf;
  const items = sql`select item from items where kind = ${kind} and ${among('subtype', bounded('subtypes', subtypes))} and ${known(pin)} and ${inEffect(pin)} and retracted = 0`;
  return (column) => sql<SqlBool>`${sql.ref(column)} in (${items})`;
};

/** Breadth first, so that the shortest way counts; what is selected itself is not reached. Rings end. */
const reachedFrom = async (sources: Sources, chosen: Chosen, kinds: readonly string[], pin: Pin): Promise<ReachedThrough> => {
  const reached = new Map<ItemId, ItemId>();
  if (kinds.length === 0) return reached;
  mustTell(sources, 'links', pin);
  let mergers = await mergersOf(sources, conditionsOn(chosen, 'source'), kinds, pin);
  while (mergers.length > 0) {
    const fresh = mergers.filter(({ source, target }) => !reached.has(target) && target !== source);
    for (const { source, target } of fresh) if (!reached.has(target)) reached.set(target, reached.get(source) ?? source);
    if (reached.size > MERGERS_MAX) throw tooMany();
    const targets = [...new Set(fresh.map(({ target }) => target))];
    mergers = await inChunks(targets, (chunk) => mergersOf(sources, [among('source', chunk)], kinds, pin));
  }
  for (const item of await selectedAmong(sources, chosen, [...reached.keys()], pin)) reached.delete(item);
  return reached;
};

const mergersOf = async (
  { read }: Sources,
  conditions: readonly RawBuilder<SqlBool>[],
  kinds: readonly string[],
  pin: Pin,
): Promise<readonly Readonly<{ source: ItemId; target: ItemId }>[]> => {
  let query = read
    .selectFrom('links')
    .select(['source', 'target'])
    .where('relation', '=', 'MERGED_INTO')
    .where(known(pin))
    .where(inEffect(pin))
    .orderBy('made')
    .orderBy('nth')
    .limit(MERGERS_MAX + 1);
  for (const condition of conditions) query = query.where(condition);
  const rows = await query.execute();
  if (rows.length > MERGERS_MAX) throw tooMany();
  return rows.filter(({ source }) => kinds.includes(kindOf(source)));
};

const selectedAmong = async ({ read }: Sources, chosen: Chosen, items: readonly ItemId[], pin: Pin): Promise<readonly ItemId[]> => {
  const { ids, ofSubtype } = chosen;
  const named = ids === null ? items : items.filter((item) => ids.includes(item));
  if (ofSubtype === null) return named;
  const rows = await inChunks(named, (chunk) =>
    read.selectFrom('items').select('item').distinct().where('item', 'in', chunk).where(ofSubtype('item')).where(known(pin)).execute(),
  );
  return rows.map(({ item }) => item);
};

const tooMany = (): ReadProblem =>
  new ReadProblem('BAD_FILTER', `More than ${MERGERS_MAX} mergers would be followed: name fewer items, or do not follow mergers.`, {
    max: MERGERS_MAX,
  });
