import { sql, type RawBuilder, type SqlBool } from '@saksgang/database';
import type { ItemId, LiveLink, Lookup, PartialDate, Party, Relation, Source } from '@saksgang/kernel';
import { parsed } from '../asking/entry-rows.js';
import { pageOf, windowOf } from '../asking/paging.js';
import { mustTell, positionAt, type Sources } from '../asking/sources.js';
import { beyond, bounded, inEffect, known } from '../asking/versions.js';
import type { LinkRow, Page, PageInput, Pin } from '../reading.js';
import type { LinksTable } from './links.table.js';

export type LinkOptions = Readonly<{ part?: string | null; direction?: 'OUT' | 'IN' | 'BOTH'; relations?: readonly Relation[] | null }>;

/** In the order in which they were recorded. A link of an item to itself is shown once, outwards. */
export const listLinks = async (
  sources: Sources,
  item: ItemId,
  options: LinkOptions,
  page: PageInput,
  asked: Pin,
): Promise<Page<LinkRow>> => {
  const window = windowOf(sources.store.logId, [sources.face, 'links', item, options], 2, page, asked, (ordinal) =>
    positionAt(sources, ordinal),
  );
  const { pin, after, before, backward } = window;
  mustTell(sources, 'links', pin);
  const conditions = [endsAt(item, options), known(pin), inEffect(pin)];
  if (options.relations) {
    conditions.push(
      options.relations.length === 0
        ? sql<SqlBool>`1 = 0`
        : sql<SqlBool>`relation in (${sql.join(bounded('relations', options.relations))})`,
    );
  }
  const order = ['made', 'nth'] as const;
  const direction = backward ? 'desc' : 'asc';
  let query = sources.read
    .selectFrom('links')
    .selectAll()
    .orderBy('made', direction)
    .orderBy('nth', direction)
    .limit(window.limit + 1);
  for (const condition of conditions) query = query.where(condition);
  if (after) query = query.where(beyond(order, '>', after));
  if (before) query = query.where(beyond(order, '<', before));
  return pageOf(window, await query.execute(), {
    keyOf: (row) => [row.made, row.nth],
    nodeOf: (row) => linkRow(row, item),
    count: async () => {
      let counting = sources.read.selectFrom('links').select((e) => e.fn.countAll<number>().as('n'));
      for (const condition of conditions) counting = counting.where(condition);
      return (await counting.executeTakeFirstOrThrow()).n;
    },
  });
};

/** `part` undefined: the whole item with all its parts; null: the item itself only. */
const endsAt = (item: ItemId, { part, direction = 'BOTH' }: LinkOptions): RawBuilder<SqlBool> => {
  const ofPart = (column: string) =>
    part === undefined
      ? sql<SqlBool>`1 = 1`
      : part === null
        ? sql<SqlBool>`${sql.ref(column)} is null`
        : sql<SqlBool>`${sql.ref(column)} = ${part}`;
  const out = sql<SqlBool>`(source = ${item} and ${ofPart('part')})`;
  const into = sql<SqlBool>`(target = ${item} and ${ofPart('target_part')})`;
  if (direction === 'OUT') return out;
  return direction === 'IN' ? into : sql<SqlBool>`(${out} or ${into})`;
};

const linkRow = (row: LinksTable, from: ItemId): LinkRow => ({
  ...liveLink(row),
  id: row.ref,
  direction: row.source === from ? 'OUT' : 'IN',
});

const liveLink = (row: LinksTable): LiveLink => ({
  entry: row.entry,
  relation: row.relation as Relation,
  source: row.source,
  part: row.part,
  target: row.target,
  targetPart: row.target_part,
  period: parsed<PartialDate>(row.period),
  assertedBy: parsed<Party>(row.asserted_by),
  provenance: parsed<Source>(row.provenance),
  day: row.valid_from,
  declared: row.declared === 1,
});

export const REACH_ITEMS_MAX = 5_000; // items looked at for one question
const REACH_CHUNK = 200; // items per statement

/**
 * Best effort, as links stand now: what is being written at the same moment is not seen, and a search that grows beyond
 * REACH_ITEMS_MAX items answers false. `gaps` finds the rings that slip through.
 */
export const createLookup = ({ read }: Pick<Sources, 'read'>): Lookup => ({
  reaches: async (from, to, relation) => {
    const seen = new Set([from]);
    let edge: readonly ItemId[] = [from];
    while (edge.length > 0 && seen.size <= REACH_ITEMS_MAX) {
      const now = edge.slice(0, REACH_CHUNK);
      const rows = await read
        .selectFrom('links')
        .select('target')
        .distinct()
        .where('source', 'in', [...now])
        .where('relation', '=', relation)
        .where('recorded_to', 'is', null)
        .where('valid_to', 'is', null)
        .limit(REACH_ITEMS_MAX)
        .execute();
      if (rows.some(({ target }) => target === to)) return true;
      const fresh = rows.map(({ target }) => target).filter((target) => !seen.has(target));
      for (const target of fresh) seen.add(target);
      edge = [...edge.slice(REACH_CHUNK), ...fresh];
    }
    return false;
  },
});
