import { sql, type RawBuilder, type SqlBool } from '@saksgang/database';
import type { ItemId } from '@saksgang/kernel';
import { mustTell, type Sources } from '../asking/sources.js';
import { at, within, type Scope } from '../asking/scope.js';
import { membersOf } from '../items/belonging.query.js';
import type { LinksTable } from '../links/links.table.js';
import { ReadProblem } from '../reading.js';
import type { Between } from './between.js';
import type { DiffQuestion } from './difference.js';

export const ROWS_LOOKED_AT_MAX = 200_000; // versions of items that one difference over the whole record looks at
export const LINKS_COMPARED_MAX = 20_000; // versions of links

/** Something may have become of it; `first`: the number of the first entry that says so. */
export type Touched = Readonly<{ item: ItemId; first: number }>;
export type Touching = Readonly<{ items: readonly Touched[]; links: readonly LinksTable[] }>;

/**
 * The items that may differ between the two points of view, in the order of the log: those with entries or effective days between
 * them, and those at either end of a link that only one of them knows. Nothing else is read.
 * @throws ReadProblem BAD_FILTER when more lies between than one question may look at
 */
export const touchedBetween = async (sources: Sources, question: DiffQuestion, span: Between): Promise<Touching> => {
  for (const pin of [question.from, question.to])
    for (const projection of ['items', 'history', 'links']) mustTell(sources, projection, pin);
  const scope = await scopeOf(sources, question);
  const own = await withVersions(sources, scope, span);
  const links = await linksThatDiffer(sources, question, scope ?? own.map(({ item }) => item), scope === null);
  const first = new Map(own.map((touched) => [touched.item, touched.first]));
  const inScope = scope === null ? null : new Set(scope);
  for (const link of links) {
    for (const end of [link.source, link.target]) {
      const since = saidAt(link, span);
      if (inScope === null || inScope.has(end)) first.set(end, Math.min(first.get(end) ?? since, since));
    }
  }
  const items = [...first].map(([item, since]) => ({ item, first: since }));
  return { items: items.sort((a, b) => a.first - b.first || (a.item < b.item ? -1 : 1)), links };
};

/** A project's difference is its own and that of all that belonged to it from either point of view. */
const scopeOf = async (sources: Sources, { from, to, subject, project }: DiffQuestion): Promise<Scope> => {
  if (project === null) return subject === null ? null : [subject];
  const members = new Set([project, ...(await membersOf(sources, project, from)), ...(await membersOf(sources, project, to))]);
  if (subject === null) return [...members];
  return members.has(subject) ? [subject] : [];
};

/** Every entry opens a version of its item, and so does every effective day. */
const withVersions = async (sources: Sources, scope: Scope, span: Between): Promise<readonly Touched[]> => {
  const { knownFrom, knownTo, dayFrom, dayTo } = span;
  // Versions of what is published later come with the entry that publishes it, and no index knows that.
  const spoken =
    sources.face === 'PUBLIC' ? sql`item in (select item from entries where ordinal > ${knownFrom} and ordinal <= ${knownTo}) and` : sql``;
  const recorded = sql<SqlBool>`${spoken} recorded_from > ${knownFrom} and recorded_from <= ${knownTo}`;
  const inEffect = sql<SqlBool>`recorded_from <= ${knownFrom} and (recorded_to is null or recorded_to > ${knownTo})
    and valid_from > ${dayFrom} and valid_from <= ${dayTo}`;
  if (scope === null && dayFrom !== dayTo) await mustBeFew(sources, sql<SqlBool>`recorded_from <= ${knownFrom}`);
  const found = [
    ...(await versionsWhere(sources, scope, recorded)),
    ...(dayFrom === dayTo ? [] : await versionsWhere(sources, scope, inEffect)),
  ];
  const first = new Map<ItemId, number>();
  for (const row of found) first.set(row.item, Math.min(first.get(row.item) ?? row.first, row.first));
  return [...first].map(([item, since]) => ({ item, first: since }));
};

const versionsWhere = async ({ read }: Sources, scope: Scope, condition: RawBuilder<SqlBool>): Promise<readonly Touched[]> => {
  const versions = read.selectFrom('items').select(['item', 'recorded_from']).where(condition).where(within('item', scope));
  const looked = scope === null ? versions.orderBy('recorded_from').limit(ROWS_LOOKED_AT_MAX + 1) : versions;
  const rows = await read
    .selectFrom(looked.as('v'))
    .select(['item', (e) => e.fn.min<number>('recorded_from').as('first'), (e) => e.fn.countAll<number>().as('versions')])
    .groupBy('item')
    .execute();
  if (scope === null && rows.reduce((sum, { versions: n }) => sum + n, 0) > ROWS_LOOKED_AT_MAX) throw tooMuch();
  return rows;
};

const mustBeFew = async ({ read }: Sources, condition: RawBuilder<SqlBool>): Promise<void> => {
  const beyond = await read.selectFrom('items').select('item').where(condition).limit(1).offset(ROWS_LOOKED_AT_MAX).execute();
  if (beyond.length > 0) throw tooMuch();
};

const tooMuch = (): ReadProblem =>
  new ReadProblem(
    'BAD_FILTER',
    `More than ${ROWS_LOOKED_AT_MAX} versions lie between: name a project or an item, or move the two closer.`,
    {
      max: ROWS_LOOKED_AT_MAX,
    },
  );

/** The versions of links that are there from one point of view only. `recorded`: links that these items record; else those at either end of them. */
const linksThatDiffer = async (
  sources: Sources,
  { from, to }: DiffQuestion,
  items: readonly ItemId[],
  recorded: boolean,
): Promise<readonly LinksTable[]> => {
  const versions = async (column: string): Promise<readonly LinksTable[]> => {
    const rows = await sources.read
      .selectFrom('links as l')
      .selectAll()
      .where(within(column, items))
      .where(sql<SqlBool>`${at('l', from)} <> ${at('l', to)}`)
      .limit(LINKS_COMPARED_MAX + 1)
      .execute();
    if (rows.length > LINKS_COMPARED_MAX)
      throw new ReadProblem(
        'BAD_FILTER',
        `More than ${LINKS_COMPARED_MAX} links differ: name a smaller project or an item, or move the two closer.`,
        {
          max: LINKS_COMPARED_MAX,
        },
      );
    return rows;
  };
  if (recorded) return versions('l.item');
  const out = await versions('l.source');
  const known = new Set(out.map(versionOf));
  return [...out, ...(await versions('l.target')).filter((row) => !known.has(versionOf(row)))];
};

const versionOf = ({ item, made, nth, recorded_from, valid_from }: LinksTable): string =>
  [item, made, nth, recorded_from, valid_from].join('|');

/** The number of the entry by which this version of a link came or went; of the one that made it where only the day has come. */
export const saidAt = ({ made, recorded_from, recorded_to }: LinksTable, { knownFrom, knownTo }: Between): number => {
  if (recorded_from > knownFrom && recorded_from <= knownTo) return recorded_from;
  return recorded_to !== null && recorded_to > knownFrom && recorded_to <= knownTo ? recorded_to : made;
};
