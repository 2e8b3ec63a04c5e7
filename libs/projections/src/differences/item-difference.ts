import { sameJson, type AnyKind, type Entry, type EntryId, type Fact, type Json } from '@saksgang/kernel';
import type { Comparing, Delta } from './compare.js';
import type { ChangeType } from './difference.js';
import { newsOf, type News, type Span } from './news.js';
import { compareSides, compareStep, comparing, foldSteps, type Side } from './side.js';

/** What became of an item, or of a part of it. `causes` in log order. */
export type Difference = Readonly<{
  part: string | null;
  change: ChangeType;
  deltas: readonly Delta[];
}>;

/** An item from two points of view. `entries`: all that are known from either. */
export type TwoSides = Readonly<{ kind: AnyKind; entries: readonly Entry[]; one: Side; other: Side; compared: Comparing }>;

export const twoSides = (kind: AnyKind, entries: readonly Entry[], one: Side, other: Side): TwoSides => {
  const compared = comparing(kind, entries);
  compareSides(compared, kind, one, other);
  return { kind, entries, one, other, compared };
};

/** The item itself first, then its parts in their order. Nothing of what is told alike. `links`: what became of links that it is an end of. */
export const differencesOf = ({ one, other, compared }: TwoSides, links: readonly Delta[]): readonly Difference[] => {
  if (one === null && other === null) return [];
  const byPart = new Map<string | null, Delta[]>([[null, []]]);
  for (const delta of [...compared.deltas, ...links]) byPart.set(delta.part, [...(byPart.get(delta.part) ?? []), delta]);
  const whole = one === null ? 'ADDED' : other === null ? 'RETRACTED' : null;
  return [...byPart].flatMap(([part, deltas]): readonly Difference[] => {
    const change = part === null ? whole : (compared.parts.get(part) ?? null);
    return change === null && deltas.length === 0 ? [] : [{ part, change: change ?? 'CHANGED', deltas }];
  });
};

export const NEWS_TRACED_MAX = 500; // facts of one item that are folded to see what each made; beyond, they are told by their part

/** What each piece of news touched, so that a change can be laid to the entries that made it. */
export type Traced = Readonly<{
  news: readonly News[];
  touched: ReadonlyMap<News, readonly Touched[]> | null;
  partOf: (news: News) => string | null;
}>;
type Touched = Pick<Delta, 'part' | 'path'>;

export const traceNews = ({ kind, entries, one, other, compared }: TwoSides, span: Span): Traced => {
  const news = newsOf(entries, span, one, other);
  const partOf = ({ fact }: News): string | null => (isNote(fact.event) ? fact.event.data.part : kind.partOf(fact.event));
  if (news.size > NEWS_TRACED_MAX) return { news: [...news.values()], touched: null, partOf };
  if (news.size === 0) return { news: [], touched: new Map(), partOf };
  const [was, is] = [one, other].map((side) => (side === null ? new Map<News, Made>() : madeOn(kind, side, compared, news)));
  const touched = new Map([...news.values()].map((each) => [each, touchedBy(was?.get(each), is?.get(each))]));
  return { news: [...news.values()], touched, partOf };
};

/** What one fact makes where it stands: by part and path, each place with what it writes there. */
type Made = ReadonlyMap<string, Touched & Readonly<{ after: Json }>>;

const madeOn = (kind: AnyKind, side: NonNullable<Side>, compared: Comparing, news: ReadonlyMap<EntryId, News>): ReadonlyMap<News, Made> => {
  const made = new Map<News, Made>();
  foldSteps(kind, side, (fact, before, after) => {
    const found = news.get(fact.entry);
    if (found === undefined) return;
    const step: Comparing = { ...compared, deltas: [], parts: new Map() };
    compareStep(step, kind, before, after, fact);
    const places = [...step.deltas, ...[...step.parts.keys()].map((part) => ({ part, path: '', after: true })), ...noteOf(compared, fact)];
    made.set(found, new Map(places.map(({ part, path, after: value }) => [`${part ?? ''} ${path}`, { part, path, after: value }])));
  });
  return made;
};

/** Read from both points of view, a fact touches what it writes differently; a date that was established moves no point. */
const touchedBy = (was: Made | undefined, is: Made | undefined): readonly Touched[] => {
  if (!was || !is) return [...(was ?? is ?? new Map<string, Touched>()).values()];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [one, other] = [was.get(key), is.get(key)];
    const place = other ?? one;
    return place === undefined || (one && other && sameJson(one.after, other.after)) ? [] : [place];
  });
};

const noteOf = (
  { shown }: Comparing,
  { event, revision, occurred, assertedBy, source }: Fact,
): readonly (Touched & Readonly<{ after: Json }>)[] =>
  isNote(event)
    ? [
        {
          part: shown.parts === null ? null : event.data.part,
          path: `notes.@${revision}`,
          after: { said: [event.data, occurred, assertedBy, source] },
        },
      ]
    : [];

const isNote = (event: Readonly<{ type: string }>): event is Readonly<{ type: 'NoteAdded'; data: Readonly<{ part: string | null }> }> =>
  event.type === 'NoteAdded';

/** The entries behind one change; where nothing is seen to have made it, all that speak of the part, or of the item. */
export const causesOf = ({ news, touched, partOf }: Traced, { part, path }: Touched): readonly Entry[] => {
  const made =
    touched === null ? [] : news.filter((each) => touched.get(each)?.some((one) => one.part === part && overlaps(one.path, path)));
  if (made.length > 0) return made.flatMap(({ causes }) => causes);
  const ofPart = news.filter((each) => partOf(each) === part);
  return (ofPart.length > 0 ? ofPart : news).flatMap(({ causes }) => causes);
};

/** The same field, or one within the other: a report that is new, and its text. */
const overlaps = (one: string, other: string): boolean =>
  one === other || one === '' || other === '' || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
