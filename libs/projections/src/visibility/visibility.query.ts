import { sql, words } from '@saksgang/database';
import { KEEPING_TYPES, osloDay, type ItemId } from '@saksgang/kernel';
import { mustTell, positionAt, type Sources } from '../asking/sources.js';
import { inChunks } from '../asking/versions.js';
import type { Visibility } from '../reading.js';

/** Changes when who may see what may have changed: with any entry, and with the day. */
export const judgedBy = ({ face, runner, clock }: Sources): string =>
  face === 'INTERNAL' ? '' : `${runner.standing('visibility').ordinal}|${osloDay(clock.now())}`;

/** Has anyone said since then who may see what, or has the day turned? Asked often, and answered from the log only when it went on. */
export const judgementOf = (sources: Sources): (() => Promise<boolean>) => {
  const { runner, clock, whole } = sources;
  let asked = judgedBy(sources);
  let ordinal = runner.standing('visibility').ordinal;
  const day = osloDay(clock.now());
  return async () => {
    const now = judgedBy(sources);
    if (now === asked) return false;
    asked = now;
    if (osloDay(clock.now()) !== day) return true;
    const acts = whole
      .selectFrom('entries')
      .select('ordinal')
      .where('type', 'in', [...KEEPING_TYPES]);
    const act = await acts.where('ordinal', '>', ordinal).limit(1).executeTakeFirst();
    ordinal = runner.standing('visibility').ordinal;
    return act !== undefined;
  };
};

export const visibilityOf = async (sources: Sources, ids: readonly ItemId[]): Promise<readonly Visibility[]> => {
  const reached = sources.runner.reached();
  mustTell(sources, 'visibility', { known: reached, position: positionAt(sources, reached) });
  const rows = await inChunks([...new Set(ids)], (chunk) =>
    sources.read.selectFrom('visibility').selectAll().where('item', 'in', chunk).where('published', '=', 1).execute(),
  );
  const shields = await shieldsOf(sources, ids);
  const published = new Map(rows.map((row) => [row.item, row]));
  return ids.map((id) => {
    const row = published.get(id);
    return {
      publication: row === undefined ? null : { withHistory: row.with_history === 1, at: row.published_at ?? '' },
      shields: shields.get(id) ?? [],
    };
  });
};

/** Those that hold today, the whole item's first. */
export const shieldsOf = async (
  { read, clock }: Pick<Sources, 'read' | 'clock'>,
  ids: readonly ItemId[],
): Promise<ReadonlyMap<ItemId, Visibility['shields']>> => {
  const today = osloDay(clock.now());
  const rows = await inChunks([...new Set(ids)], (chunk) =>
    read
      .selectFrom('shields')
      .selectAll()
      .where('item', 'in', chunk)
      .where((e) => e.or([e('until', 'is', null), e('until', '>=', today)]))
      .orderBy('item')
      .orderBy('part')
      .execute(),
  );
  const shields = new Map<ItemId, Visibility['shields']>();
  for (const { item, part, legal_basis: legalBasis, until, shielded_at: at } of rows)
    shields.set(item, [...(shields.get(item) ?? []), { part: part === '' ? null : part, legalBasis, until, at }]);
  return shields;
};

/** Of these items, those that this face shows at all, whenever they were known. */
export const shownAmong = async ({ read }: Pick<Sources, 'read'>, ids: readonly ItemId[]): Promise<ReadonlySet<ItemId>> => {
  const rows = await inChunks([...new Set(ids)], async (chunk) => {
    return (await sql<{ item: ItemId }>`select distinct item from items where ${words.among('item', chunk)}`.execute(read)).rows;
  });
  return new Set(rows.map(({ item }) => item));
};
