import { effectiveDay, osloDay, sameJson, type Day, type Entry, type EntryId, type Fact } from '@saksgang/kernel';
import { entryAmendedBy } from '../streams/whole-stream.js';
import type { Side } from './side.js';

/** A fact that is read differently from two points of view, and the entries that made it so. */
export type News = Readonly<{ fact: Fact; causes: readonly Entry[] }>;

/** What lies between two points of view: entries by when they were recorded, days by the calendar. */
export type Span = Readonly<{ recorded: (entry: Entry) => boolean; day: (day: Day) => boolean }>;

/**
 * The facts that only one side has, or that the sides read differently. Behind each stand the entries recorded between the two points
 * of view, corrections of corrections included; where none was, the entry came into effect between the two days.
 */
export const newsOf = (entries: readonly Entry[], span: Span, one: Side, other: Side): ReadonlyMap<EntryId, News> => {
  const [was, is] = [factsOf(one), factsOf(other)];
  const amendments = amendmentsByRoot(entries.filter(span.recorded), entries);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const news = new Map<EntryId, News>();
  for (const id of new Set([...was.keys(), ...is.keys()])) {
    const [before, after, entry] = [was.get(id), is.get(id), byId.get(id)];
    const fact = after ?? before;
    if (fact === undefined || entry === undefined || (before && after && readsTheSame(before, after))) continue;
    const amending = amendments.get(id) ?? [];
    // A founding that only moved with a later entry made nothing.
    if (before && after && amending.length === 0) continue;
    const itself = span.recorded(entry) || (!(before && after) && span.day(writtenDay(entry)));
    news.set(id, { fact, causes: [...(itself ? [entry] : []), ...amending] });
  }
  return withCausesOfOthers(news, one ?? other, byId);
};

/**
 * What has no cause of its own came or went with another: the rest of an item with its founding, and a founding that was not yet in
 * effect with the first of the rest, for what happened to an item proves the item.
 */
const withCausesOfOthers = (
  news: ReadonlyMap<EntryId, News>,
  side: Side,
  byId: ReadonlyMap<EntryId, Entry>,
): ReadonlyMap<EntryId, News> => {
  const [founding, next] = (side?.facts ?? []).slice(0, 2).map(({ entry }) => news.get(entry)?.causes ?? []);
  const lent = (id: EntryId): readonly Entry[] => {
    const others = id === side?.facts[0]?.entry ? next : founding;
    return others !== undefined && others.length > 0 ? others : [byId.get(id)].filter((entry) => entry !== undefined);
  };
  return new Map([...news].map(([id, { fact, causes }]) => [id, { fact, causes: causes.length > 0 ? causes : lent(id) }]));
};

const writtenDay = (entry: Entry): Day => effectiveDay(entry.occurred, osloDay(entry.recordedAt));

const factsOf = (side: Side): ReadonlyMap<EntryId, Fact> => new Map((side?.facts ?? []).map((fact) => [fact.entry, fact]));

const readsTheSame = (one: Fact, other: Fact): boolean =>
  one.day === other.day &&
  one.reason === other.reason &&
  sameJson(one.event.data, other.event.data) &&
  sameJson([one.occurred, one.assertedBy, one.source], [other.occurred, other.assertedBy, other.source]);

/** Corrections, retractions and established dates among `amending`, by the entry that they are about in the end. */
const amendmentsByRoot = (amending: readonly Entry[], entries: readonly Entry[]): ReadonlyMap<EntryId, readonly Entry[]> => {
  // Whatever is amended is an earlier entry, so one pass finds every root.
  const roots = new Map<EntryId, EntryId>();
  for (const entry of entries) {
    const amended = entryAmendedBy(entry);
    if (amended !== null) roots.set(entry.id, roots.get(amended) ?? amended);
  }
  const byRoot = new Map<EntryId, Entry[]>();
  for (const entry of amending) {
    const root = roots.get(entry.id);
    if (root !== undefined) byRoot.set(root, [...(byRoot.get(root) ?? []), entry]);
  }
  return byRoot;
};
