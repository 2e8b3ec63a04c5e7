import type { AnyKind } from './tracked-kind.js';
import type { Fact } from './decider.js';
import type { Entry, EntryId, Position, ItemId } from './entry.js';
import type { Day } from './instant.js';
import type { PartialDate } from './partial-date.js';
import type { Party, Source } from './entry.js';
import type { Relation } from './relation.js';

/** Both axes; null = no bound. Below the edge, known-at is always a position. */
export type AsOf = Readonly<{ knownAt: Position | null; validAt: Day | null }>;

/** What became of one entry by `knownAt`. */
export type Fate = Readonly<{
  /** The live retraction, or null. */
  retractedBy: Entry | null;
  /** Live corrections and established dates that name it, in log order (a replaced correction is still listed; `inForce` is the one that counts). */
  changedBy: readonly Entry[];
  inForce: Entry | null;
}>;

export type History = Readonly<{
  /** Facts in fold order: the founding one first, then (effective day, position); only those in effect at `validAt`. Corrections, retractions and established dates are not facts: they are already applied. */
  facts: readonly Fact[];
  /** The same without the `validAt` bound. */
  allFacts: readonly Fact[];
  fates: ReadonlyMap<EntryId, Fate>;
  /** The founding entry has been retracted: the item leaves lists and stands as RETRACTED. */
  retracted: boolean;
}>;

/** The heart of the house: DESIGN.md section 3, rules 2 to 5. `entries` are one stream's, in revision order. */
export declare const history: (entries: readonly Entry[], asOf: AsOf) => History;

/** Folds the kind's own facts (shared ones are skipped). */
export declare const foldState: <S>(kind: AnyKind, facts: readonly Fact[]) => S;

export type LiveLink = Readonly<{
  /** The entry that made it. */
  entry: EntryId;
  relation: Relation;
  source: ItemId;
  part: string | null;
  target: ItemId;
  targetPart: string | null;
  period: PartialDate | null;
  assertedBy: Party | null;
  provenance: Source | null;
  day: Day;
  /** Made by the kind's own event (a merger …), not by `link`. */
  declared: boolean;
}>;
/** The links in effect after these facts, declared ones included. An inverse declared link has source and target swapped. */
export declare const foldLinks: (kind: AnyKind, item: ItemId, facts: readonly Fact[]) => readonly LiveLink[];

/** Sets values by dotted path in plain JSON, copying; a path that leads nowhere answers null. */
export declare const setByPath: (data: object, path: string, value: unknown) => object | null;
export declare const getByPath: (data: object, path: string) => unknown;
