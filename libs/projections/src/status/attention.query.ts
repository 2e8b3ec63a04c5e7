import { sql } from '@saksgang/database';
import { endOfOsloDay, type ItemId } from '@saksgang/kernel';
import { at, within, type Scope } from '../asking/scope.js';
import { mustTell, type Sources } from '../asking/sources.js';
import { standingRows } from '../asking/standing-rows.js';
import { ATTENTIONS, daysBefore, type Attention } from '../computed/computed.js';
import { gapsWithin } from '../gaps/gaps.query.js';
import { standingWithin } from '../items/standing.query.js';
import type { Pin } from '../reading.js';

export const ATTENTION_ITEMS_MAX = 5_000; // items told to need attention for one reason

/** Why somebody should look at which items, in a bounded number of statements, however many there are. */
export const attentionWithin = async (sources: Sources, scope: Scope, pin: Pin): Promise<ReadonlyMap<ItemId, readonly Attention[]>> => {
  for (const projection of ['items', 'links', 'signals']) mustTell(sources, projection, pin);
  const [own, disputed, gaps] = await Promise.all([
    ownReasons(sources, scope, pin),
    restingOnDisputed(sources, scope, pin),
    gapsWithin(sources, scope, pin),
  ]);
  const reasons = new Map<ItemId, Set<Attention>>();
  const tell = (item: ItemId, attention: Attention): void => void reasons.set(item, (reasons.get(item) ?? new Set()).add(attention));
  for (const [item, attention] of [...own, ...disputed]) tell(item, attention);
  for (const { item } of gaps) tell(item, 'GAP');
  return new Map([...reasons].map(([item, told]) => [item, ATTENTIONS.filter((attention) => told.has(attention))]));
};

type Told = readonly (readonly [ItemId, Attention])[];
type Own = Readonly<{ item: ItemId; overdue: number; slipped: number; opposed: number; stale: number }>;

/** What an item's own state and last entry tell. */
const ownReasons = async (sources: Sources, scope: Scope, pin: Pin): Promise<Told> => {
  const staleSince = endOfOsloDay(daysBefore(pin.validAt, sources.staleAfterDays));
  // Only an item's last rectangle says when its last entry was recorded.
  const { rows } = await sql<Own>`select * from (
    select i.item, coalesce(s.slipped, 0) as slipped, coalesce(s.opposed, 0) as opposed,
      case when exists (select 1 from dues d where d.item = i.item and ${at('d', pin)} and d.latest < ${pin.validAt}) then 1 else 0 end as overdue,
      case when i.open = 1 and coalesce(i.updated_at, (select l.updated_at from items l where l.item = i.item and l.valid_to is null
        and l.recorded_from <= ${pin.known} and (l.recorded_to is null or l.recorded_to > ${pin.known}))) <= ${staleSince} then 1 else 0 end as stale
    from ${await standingWithin(sources, scope, pin)} i left join signals s on s.item = i.item and ${at('s', pin)} where i.retracted = 0) t
    where overdue = 1 or slipped = 1 or opposed = 1 or stale = 1 order by item limit ${ATTENTION_ITEMS_MAX}`.execute(sources.read);
  return rows.flatMap(({ item, overdue, slipped, opposed, stale }) => {
    const told: [ItemId, Attention][] = [];
    if (overdue === 1) told.push([item, 'OVERDUE']);
    if (slipped === 1) told.push([item, 'SLIPPED']);
    if (stale === 1) told.push([item, 'STALE']);
    if (opposed === 1) told.push([item, 'DISPUTED']);
    return told;
  });
};

/** Contested evidence that something rests on, and what rests on it. */
const restingOnDisputed = async (sources: Sources, scope: Scope, pin: Pin): Promise<Told> => {
  const { rows } = await sql<{ item: ItemId }>`with contested as (
      select l.source, l.target from links l join ${await standingRows(sources, 'signals', scope, pin)} s on s.contested = 1 and ${at('s', pin)} and ${at('l', pin)}
        and ((l.relation = 'EVIDENCE_FOR' and l.source = s.item) or (l.relation = 'BASED_ON' and l.target = s.item)))
    select distinct item from (select source as item from contested union all select target as item from contested) t
    where ${within('item', scope)} order by item limit ${ATTENTION_ITEMS_MAX}`.execute(sources.read);
  return rows.map(({ item }) => [item, 'DISPUTED'] as const);
};

/** In the order asked for. */
export const attentionOfItems = async (
  sources: Sources,
  items: readonly ItemId[],
  pin: Pin,
): Promise<readonly (readonly Attention[])[]> => {
  const found = await attentionWithin(sources, [...new Set(items)], pin);
  return items.map((item) => found.get(item) ?? []);
};
