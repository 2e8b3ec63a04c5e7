import { kindOf, NOTHING_SHOWN, type Entry, type ItemId, type Registry } from '@saksgang/kernel';
import { ordinalOf } from '@saksgang/event-store';
import { pageOf, windowOf } from '../asking/paging.js';
import { positionAt, type Sources } from '../asking/sources.js';
import { inChunks } from '../asking/versions.js';
import { entryRows } from '../history/history.query.js';
import { itemsById } from '../items/item-rows.js';
import type { StreamReader } from '../items/state.query.js';
import type { LinksTable } from '../links/links.table.js';
import { ReadProblem, type EntryRow, type Page, type PageInput, type Pin } from '../reading.js';
import { between, spanOf, type Between } from './between.js';
import type { Delta } from './compare.js';
import type { ChangeRow, DiffQuestion } from './difference.js';
import { causesOf, differencesOf, traceNews, twoSides, type Difference, type TwoSides } from './item-difference.js';
import { linkDeltas, type LinkDelta } from './link-deltas.js';
import { sideAt, type Side } from './side.js';
import { naming, tellingOf, type Telling } from '../visibility/told.js';
import { shownAmong } from '../visibility/visibility.query.js';
import { touchedBetween, type Touched, type Touching } from './touched.query.js';
import { fieldChangeOf, itemsNamedIn, type Titles } from './wording.js';

export const CAUSES_MAX = 100; // entries told behind one change
const ITEMS_AT_ONCE = 100; // items whose entries are read and folded together

type Place = Touched & Readonly<{ place: number }>;
/** One change, and what it takes to tell of it. */
type Found = Readonly<{ at: Place; difference: Difference; sides: TwoSides; links: readonly LinkDelta[] }>;
type Asked = Readonly<{ sources: Sources; streams: StreamReader; question: DiffQuestion; span: Between; touching: Touching }>;

/** Items in the order in which the log first says something new of them, each with its parts. Both points of view stay as the first page had them. */
export const listDifferences = async (
  sources: Sources,
  streams: StreamReader,
  asked: DiffQuestion,
  page: Pick<PageInput, 'first' | 'after'>,
): Promise<Page<ChangeRow>> => {
  const about = [sources.face, 'diff', asked.asked, asked.subject, asked.project];
  const window = windowOf(sources.store.logId, about, 5, page, { ...asked.to, now: true }, (known) => positionAt(sources, known));
  const question = { ...asked, from: fromOf(sources, asked, window.after), to: window.pin };
  const span = between(question.from, question.to);
  const all: Asked = { sources, streams, question, span, touching: await touchedBetween(sources, question, span) };
  const found = await foundAfter(all, placeOf(window.after), window.limit + 1);
  const rows = await changeRows(all, found.slice(0, window.limit));
  return pageOf(
    window,
    found.map((one, index) => ({ at: one.at, row: rows[index] as ChangeRow })),
    {
      keyOf: ({ at }) => [question.from.known, question.from.validAt, at.first, at.item, at.place],
      nodeOf: ({ row }) => row,
      count: () => countAll(all),
    },
  );
};

/** A cursor brings its own first point of view too. */
const fromOf = (sources: Sources, { from, to }: DiffQuestion, key: readonly (string | number)[] | null): Pin => {
  if (key === null) return from;
  const [known, validAt] = key;
  if (typeof known !== 'number' || typeof validAt !== 'string' || known > Math.max(from.known, to.known))
    throw new ReadProblem('BAD_CURSOR', 'This cursor is not of this question. Start from the first page.');
  return { ...from, known, validAt, position: positionAt(sources, known) };
};

const placeOf = (key: readonly (string | number)[] | null): Place | null =>
  key === null ? null : { first: Number(key[2]), item: String(key[3]), place: Number(key[4]) };

const isBehind = (one: Place, other: Place): boolean =>
  one.first !== other.first ? one.first > other.first : one.item !== other.item ? one.item > other.item : one.place > other.place;

/** Many items may have changed and changed back: they are looked at, some at a time, until enough differ. */
const foundAfter = async (asked: Asked, after: Place | null, enough: number): Promise<readonly Found[]> => {
  const found: Found[] = [];
  for await (const some of allFound(asked, after)) {
    found.push(...some);
    if (found.length >= enough) break;
  }
  return found.slice(0, enough);
};

const countAll = async (asked: Asked): Promise<number> => {
  let count = 0;
  for await (const some of allFound(asked, null)) count += some.length;
  return count;
};

async function* allFound(asked: Asked, after: Place | null): AsyncGenerator<readonly Found[]> {
  const { items, links } = asked.touching;
  const waiting = after === null ? items : items.filter((one) => isBehind({ ...one, place: Infinity }, after));
  const linksOf = byEnd(links);
  for (let from = 0; from < waiting.length; from += ITEMS_AT_ONCE) {
    const some = waiting.slice(from, from + ITEMS_AT_ONCE);
    const entries = await entriesOf(asked, some);
    const telling = await tellingOf(
      asked.sources,
      some.map(({ item }) => item),
    );
    const found = some.flatMap((touched, index) =>
      foundOf(asked, touched, entries[index] ?? [], linksOf.get(touched.item) ?? [], telling(touched.item)),
    );
    yield after === null ? found : found.filter(({ at }) => isBehind(at, after));
  }
}

const byEnd = (links: readonly LinksTable[]): ReadonlyMap<ItemId, readonly LinksTable[]> => {
  const ends = new Map<ItemId, LinksTable[]>();
  for (const link of links)
    for (const end of new Set([link.source, link.target])) {
      const its = ends.get(end);
      if (its) its.push(link);
      else ends.set(end, [link]);
    }
  return ends;
};

const foundOf = (
  { sources, question, span }: Asked,
  touched: Touched,
  entries: readonly Entry[],
  rows: readonly LinksTable[],
  { knownFrom, tell }: Telling,
): readonly Found[] => {
  const kind = sources.registry.kinds.get(kindOf(touched.item));
  if (kind === undefined) return [];
  const seenAt = ({ known, position, validAt }: Pin): Side => {
    const side = known < knownFrom ? null : sideAt(kind, entries, { knownAt: position, validAt });
    return side === null ? null : tell(side);
  };
  const sides = twoSides(kind, entries, seenAt(question.from), seenAt(question.to));
  const links = linkDeltas(touched.item, kind.shown ?? NOTHING_SHOWN, rows, question, span);
  return differencesOf(sides, links).map((difference, place) => ({ at: { ...touched, place }, difference, sides, links }));
};

/** Of each item, all entries known from either point of view. */
const entriesOf = async ({ sources, streams, span }: Asked, touched: readonly Touched[]): Promise<readonly (readonly Entry[])[]> => {
  const ids = touched.map(({ item }) => item);
  const rows = await sources.read
    .selectFrom('items')
    .select(['item', 'revision'])
    .where('item', 'in', ids)
    .where('recorded_from', '<=', span.knownTo)
    .where((e) => e.or([e('recorded_to', 'is', null), e('recorded_to', '>', span.knownTo)]))
    .where('valid_to', 'is', null)
    .execute();
  const revisions = new Map(rows.map(({ item, revision }) => [item, revision ?? 0]));
  const wanted = ids.filter((id) => revisions.has(id)).map((id) => ({ id, revision: revisions.get(id) ?? 0 }));
  const read = new Map((await streams(wanted)).map((entries, index) => [wanted[index]?.id, entries]));
  return ids.map((id) => read.get(id) ?? []);
};

type Behind = Readonly<{ numbers: readonly number[]; established: boolean }>;

/** The page in words: with titles of what is named, and the entries behind each change. */
const changeRows = async (asked: Asked, found: readonly Found[]): Promise<readonly ChangeRow[]> => {
  const { sources, question, span } = asked;
  const named = itemsNamedIn(found.flatMap(({ difference }) => difference.deltas));
  const titles = await titlesOf(asked, named);
  const shown = sources.face === 'INTERNAL' ? null : await shownAmong(sources, named);
  const traces = new Map([...new Set(found.map(({ sides }) => sides))].map((sides) => [sides, traceNews(sides, spanOf(span))]));
  const behind = found.map((one) => causesBehind(sources, one, traces.get(one.sides)));
  const entries = await entriesAt(asked, [...new Set(behind.flatMap((causes) => causes.all))]);
  return found.map((one, index): ChangeRow => {
    const { difference, sides, at } = one;
    const causes = behind[index];
    return {
      item: at.item,
      part: difference.part,
      change: difference.change,
      fields: difference.deltas.map((delta, place) =>
        fieldChangeOf(
          sides.kind,
          sources.registry.shared,
          toldOf(delta, shown, sources.registry),
          titles,
          causes?.each[place]?.established ?? false,
        ),
      ),
      causes: (causes?.all ?? []).slice(-CAUSES_MAX).flatMap((number) => entries.get(number) ?? []),
      at: sides.other === null || difference.change === 'RETRACTED' ? placeToRead(question, sides) : question.to,
    };
  });
};

/** `shown` null: everything is. */
const toldOf = (delta: Delta, shown: ReadonlySet<ItemId> | null, registry: Registry): Delta =>
  shown === null ? delta : { ...delta, before: naming(delta.before, shown, registry), after: naming(delta.after, shown, registry) };

/** What was retracted is still shown where it is known; what is not yet known or in effect is shown from the other point of view. */
const placeToRead = ({ from, to }: DiffQuestion, { one }: TwoSides): Pin => (one === null ? to : from);

const causesBehind = (
  sources: Sources,
  { difference, links }: Found,
  traced: ReturnType<typeof traceNews> | undefined,
): Readonly<{ each: readonly Behind[]; all: readonly number[] }> => {
  const causes = new Map<Delta, number>(links.map((link) => [link, link.cause]));
  const numbersOf = (entries: readonly Entry[]): number[] =>
    [...new Set(entries.map(({ position }) => ordinalOf(sources.store.logId, position) ?? 0))].sort((a, b) => a - b);
  const each = difference.deltas.map((delta): Behind => {
    const link = causes.get(delta);
    if (link !== undefined) return { numbers: [link], established: false };
    const entries = traced === undefined ? [] : causesOf(traced, delta);
    return {
      numbers: numbersOf(entries),
      established: entries.length > 0 && entries.every(({ event }) => event.type === 'DateEstablished'),
    };
  });
  const whole =
    difference.deltas.length > 0 || traced === undefined ? [] : numbersOf(causesOf(traced, { part: difference.part, path: '' }));
  return { each, all: [...new Set([...whole, ...each.flatMap(({ numbers }) => numbers)])].sort((a, b) => a - b) };
};

const titlesOf = async ({ sources, question }: Asked, ids: readonly ItemId[]): Promise<Titles> => {
  const seen = await itemsById(sources, ids, question.to);
  const unseen = ids.filter((_, index) => !seen[index]);
  const before = unseen.length === 0 ? [] : await itemsById(sources, unseen, question.from);
  return new Map([...before, ...seen].flatMap((row) => (row === null ? [] : [[row.id, row.title]])));
};

const entriesAt = async ({ sources, span }: Asked, numbers: readonly number[]): Promise<ReadonlyMap<number, EntryRow>> => {
  const rows = await inChunks(numbers, (chunk) => sources.read.selectFrom('entries').selectAll().where('ordinal', 'in', chunk).execute());
  const told = await entryRows(sources, rows, { known: span.knownTo });
  return new Map(rows.flatMap((row, index) => (told[index] ? [[row.ordinal, told[index]]] : [])));
};
