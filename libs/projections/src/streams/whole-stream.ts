import {
  effectiveDay,
  history,
  isSharedType,
  NOW,
  osloDay,
  sameJson,
  type AnyKind,
  type Day,
  type Entry,
  type EntryId,
  type Fact,
} from '@saksgang/kernel';
import { foldReference } from '../folding.js';
import type { Differing, Folded, FoldPoint, WholeStream } from './step.js';

/** Entries of one stream from the founding one on, in order of revision, with their numbers. */
export type KnownEntries = Readonly<{ entries: readonly Entry[]; ordinals: readonly number[] }>;

/** The entry that an amendment names; null for all that speak of the item itself. */
export const entryAmendedBy = ({ event }: Entry): EntryId | null =>
  AMENDMENTS.has(event.type) ? (event.data as Readonly<{ entry: EntryId }>).entry : null;
const AMENDMENTS: ReadonlySet<string> = new Set(['EntryCorrected', 'EntryRetracted', 'DateEstablished']);

/** The entry as a fact of its own, with nothing applied to it. */
export const asWritten = (entry: Entry): Fact => ({
  event: entry.event,
  occurred: entry.occurred,
  assertedBy: entry.assertedBy,
  source: entry.source,
  reason: entry.reason,
  day: effectiveDay(entry.occurred, osloDay(entry.recordedAt)),
  entry: entry.id,
  position: entry.position,
  revision: entry.revision,
  recordedAt: entry.recordedAt,
  actor: entry.actor,
  changedBy: UNCHANGED,
});
const UNCHANGED: Fact['changedBy'] = [];

export const NO_SOURCES: ReadonlySet<string> = new Set();

export const foldPoint = (kind: AnyKind, fact: Fact, before: unknown, sources: ReadonlySet<string>): FoldPoint => ({
  fact,
  before,
  after: isSharedType(fact.event.type) ? before : kind.decider.evolve(before, fact),
  sources: withSource(sources, fact),
});

const withSource = (sources: ReadonlySet<string>, { source }: Fact): ReadonlySet<string> => {
  const folded = source?.reference ? foldReference(source.reference).filter((reference) => !sources.has(reference)) : [];
  return folded.length === 0 ? sources : new Set([...sources, ...folded]);
};

/** A fact that was folded in `earlier` and now meets the same state and sources leaves what it left then: its point is taken as it is. */
export const foldEntries = (kind: AnyKind, entries: readonly Entry[], earlier: Folded | null): Folded => {
  const told = history(entries, NOW);
  const folded = new Map(earlier?.points.map((point, index) => [point.fact.entry, index]));
  const points: FoldPoint[] = [];
  let state: unknown = kind.decider.initial;
  let sources = NO_SOURCES;
  for (const fact of told.allFacts) {
    const index = folded.get(fact.entry) ?? -1;
    const was = earlier?.points[index];
    const isMet = was?.before === state && (earlier?.points[index - 1]?.sources ?? NO_SOURCES) === sources;
    const point = was !== undefined && isMet && sameFact(fact, was.fact) ? was : foldPoint(kind, fact, state, sources);
    points.push(point);
    state = point.after;
    sources = point.sources;
  }
  return { history: told, points };
};

/** Of one entry. What nothing changed is the same thing; of the others it is compared what they say. */
const sameFact = (one: Fact, other: Fact): boolean =>
  one === other ||
  (one.day === other.day &&
    one.changedBy.length === other.changedBy.length &&
    one.changedBy.every((entry, index) => entry === other.changedBy[index]) &&
    sameJson(saidIn(one), saidIn(other)));
const saidIn = ({ event, occurred, assertedBy, source, reason }: Fact) => ({ event, occurred, assertedBy, source, reason });

/** `earlier`: the stream as it was folded last, with all entries but the last or with fewer; null where that is not at hand. */
export const foldWhole = (kind: AnyKind, { entries, ordinals }: KnownEntries, earlier: Folded | null): WholeStream => {
  const first = entries[0];
  if (first === undefined) throw new Error('a stream without entries has no fold');
  const isLast = earlier !== null && earlier.history.fates.size === entries.length - 1;
  const before = isLast ? earlier : foldEntries(kind, entries.slice(0, -1), earlier);
  const folded = foldEntries(kind, entries, before);
  return {
    ...folded,
    founding: folded.points[0] ?? foldPoint(kind, asWritten(first), kind.decider.initial, NO_SOURCES),
    before,
    differing: once(() => differingIn(toldOf(before), toldOf(folded))),
    since: once(() => firstDayIn(toldOf(before), toldOf(folded))),
    entryNamed: (id) => entries.find((entry) => entry.id === id) ?? null,
    ordinals,
    ordinalOf: (revision) => ordinals[revision] ?? 0,
  };
};

/** Nothing of an item whose founding entry was retracted: it has no facts then. */
const toldOf = ({ points, history: { retracted } }: Folded): readonly FoldPoint[] => (retracted ? [] : points);

const differingIn = (was: readonly FoldPoint[], is: readonly FoldPoint[]): Differing => {
  const [earlier, now] = [new Set(was), new Set(is)];
  return { was: was.filter((point) => !now.has(point)), is: is.filter((point) => !earlier.has(point)) };
};

/** The day of the last point before any that differs: of that day more may follow, or less. */
const firstDayIn = (was: readonly FoldPoint[], is: readonly FoldPoint[]): Day | null => {
  const first = is.findIndex((point, index) => point !== was[index]);
  return is[(first === -1 ? is.length : first) - 1]?.fact.day ?? null;
};

export const once = <T>(make: () => T): (() => T) => {
  let made: Readonly<{ value: T }> | null = null;
  return () => (made ??= { value: make() }).value;
};
