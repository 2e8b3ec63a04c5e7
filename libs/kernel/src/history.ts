import { isAmendment, knownBy, resolveAmendments, type AsRead, type Fate } from './as-read.js';
import type { Fact } from './decider.js';
import type { Entry, EntryId, Position } from './entry.js';
import { osloDay, type Day } from './instant.js';
import { boundsOf, type PartialDate } from './partial-date.js';
import { isKeeping, isSharedType } from './shared.js';
import type { AnyKind } from './tracked-kind.js';

/** Both axes; null = no bound. Below the edge, known-at is always a position. */
export type AsOf = Readonly<{ knownAt: Position | null; validAt: Day | null }>;
export const NOW: AsOf = { knownAt: null, validAt: null };

export type History = Readonly<{
  /** Facts in fold order: the founding one first, then (effective day, position); only those in effect at `validAt`. Corrections, retractions and established dates are not facts: they are already applied; nor is who may see the item. */
  facts: readonly Fact[];
  /** The same without the `validAt` bound. */
  allFacts: readonly Fact[];
  /** Of every known entry, facts or not. */
  fates: ReadonlyMap<EntryId, Fate>;
  /** What every known entry says, corrected and dated; retracted ones and those that are no facts included. */
  asRead: ReadonlyMap<EntryId, AsRead>;
  /** The founding entry has been retracted: the item leaves lists and stands as RETRACTED. */
  retracted: boolean;
}>;

/** The heart of the house: DESIGN.md section 3, rules 2 to 5. `entries` are one stream's, in revision order. O(n log n). */
export const history = (entries: readonly Entry[], { knownAt, validAt }: AsOf): History => {
  const known = knownBy(entries, knownAt);
  const { fates, asRead } = resolveAmendments(known);
  const live = known.filter(({ id, event }) => fates.get(id)?.retractedBy === null && !isAmendment(event) && !isKeeping(event));
  const facts = live.map((entry) => factOf(entry, asRead.get(entry.id) ?? entry, fates.get(entry.id)?.changedBy ?? []));
  const allFacts = inFoldOrder(facts);
  const first = known[0];
  return {
    facts: validAt === null ? allFacts : allFacts.filter((fact) => fact.day <= validAt),
    allFacts,
    fates,
    asRead,
    retracted: first?.revision === 0 && fates.get(first.id)?.retractedBy !== null,
  };
};

/** The earlier of the date's upper bound and the Oslo day it was recorded; without an upper bound, the recorded day. */
export const effectiveDay = (occurred: PartialDate, recordedOn: Day): Day => {
  const { latest } = boundsOf(occurred);
  return latest !== null && latest < recordedOn ? latest : recordedOn;
};

/** An entry that nothing changes is the same fact in every history of its stream: made once, and known by being the same thing. */
const unchanged = new WeakMap<Entry, Fact>();

const factOf = (entry: Entry, read: AsRead, changedBy: readonly Entry[]): Fact => {
  if (read !== entry || changedBy.length > 0) return factAs(entry, read, changedBy);
  const known = unchanged.get(entry);
  if (known !== undefined) return known;
  const fact = factAs(entry, read, changedBy);
  unchanged.set(entry, fact);
  return fact;
};

const factAs = (entry: Entry, read: AsRead, changedBy: readonly Entry[]): Fact => ({
  event: read.event,
  occurred: read.occurred,
  assertedBy: read.assertedBy,
  source: read.source,
  reason: read.reason,
  day: effectiveDay(read.occurred, osloDay(entry.recordedAt)),
  entry: entry.id,
  position: entry.position,
  revision: entry.revision,
  recordedAt: entry.recordedAt,
  actor: entry.actor,
  changedBy,
});

/** `facts` in revision order. What happened to an item proves the item: its founding is in effect no later than the rest. */
const inFoldOrder = (facts: readonly Fact[]): readonly Fact[] => {
  const [first, ...rest] = facts;
  if (first === undefined) return [];
  if (first.revision !== 0) return facts.toSorted(byDayAndPosition);
  const later = rest.sort(byDayAndPosition);
  const earliest = later[0]?.day ?? first.day;
  return [earliest < first.day ? { ...first, day: earliest } : first, ...later];
};

const byDayAndPosition = (a: Fact, b: Fact): number => bytewise(a.day, b.day) || bytewise(a.position, b.position);
const bytewise = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Folds the kind's own facts (shared ones are skipped). */
export const foldState = <S>(kind: AnyKind, facts: readonly Fact[]): S => {
  let state = kind.decider.initial as S;
  for (const fact of facts) if (!isSharedType(fact.event.type)) state = kind.decider.evolve(state, fact) as S;
  return state;
};

/**
 * Facts of `after` that the kind does not permit in their place, though it did in `before`, new facts included. What was
 * already out of place is nobody's fault who writes now. One fold of each.
 */
export const contradictions = (kind: AnyKind, before: History, after: History): readonly Fact[] => {
  const already = new Set(outOfPlace(kind, before.allFacts).map((fact) => fact.entry));
  return outOfPlace(kind, after.allFacts).filter((fact) => !already.has(fact.entry));
};

const outOfPlace = (kind: AnyKind, facts: readonly Fact[]): readonly Fact[] => {
  const found: Fact[] = [];
  let state: unknown = kind.decider.initial;
  for (const fact of facts) {
    if (isSharedType(fact.event.type)) continue;
    if (kind.decider.permits(state, fact) !== null) found.push(fact);
    state = kind.decider.evolve(state, fact);
  }
  return found;
};
