import { effectiveDay, osloDay, sameJson, type Day, type Entry, type EntryId, type Fact } from '@saksgang/kernel';
import { entryAmendedBy } from '../streams/stream-fold.js';
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
  for (const [id, { fact, causes }] of news)
    if (causes.length === 0)
      news.set(id, { fact, causes: provedBy(one ?? other, news) ?? [byId.get(id)].filter((entry) => entry !== undefined) });
  return news;
};

/** What happened to an item proves the item: a founding that was not yet in effect came into effect with the first of the rest. */
const provedBy = (side: Side, news: ReadonlyMap<EntryId, News>): readonly Entry[] | null => {
  const first = side?.facts[1];
  const causes = first === undefined ? [] : (news.get(first.entry)?.causes ?? []);
  return causes.length === 0 ? null : causes;
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
