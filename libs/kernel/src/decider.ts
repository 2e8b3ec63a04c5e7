import type { DomainEvent, Envelope, ItemId, Position, Revision, EntryId, ActorId, Entry } from './entry.js';
import type { Decision, Refusal } from './decision.js';
import type { Day, Instant } from './instant.js';
import type { Relation } from './relation.js';

/**
 * An entry as a reader at some as-of sees it: corrected, its date established, with its effective day.
 * Deciders fold facts, never raw entries.
 */
export type Fact<E extends DomainEvent = DomainEvent> = Envelope &
  Readonly<{
    event: E;
    /** The effective day (DESIGN.md section 3, rule 3; a founding entry: rule 4). */
    day: Day;
    entry: EntryId;
    position: Position;
    revision: Revision;
    recordedAt: Instant;
    actor: ActorId;
    /** The live entries that changed it: corrections and established dates, in log order. */
    changedBy: readonly Entry[];
  }>;

/** What the decider may know of the fact it is about to make: it has no position, id or recording time yet. */
export type Proposed<E extends DomainEvent> = Envelope & Readonly<{ event: E; day: Day }>;

/** An item another command names: read and folded through the port before deciding. */
export type Target = Readonly<{ item: ItemId; kind: string; title: string; state: string; hasPart: (path: string) => boolean }>;

export type DecisionContext = Envelope &
  Readonly<{
    item: ItemId;
    /** Effective day of the command. */
    day: Day;
    /** The day it is being recorded, Europe/Oslo. */
    today: Day;
    /** All entries of the item, in revision order, retracted ones too: what has once been named is not named again. */
    entries: readonly Entry[];
    /** The items this command names, by id: all exist, else the command was refused before deciding. */
    targets: ReadonlyMap<ItemId, Target>;
  }>;

/** Pure: events in, command in, events out. No clock, no ids, no I/O, no framework. */
export interface Decider<C, S, E extends DomainEvent> {
  readonly initial: S;
  /** Total: accepts facts in any order, and leaves the state as it is where a fact does not apply. */
  evolve(state: S, fact: Fact<E> | Proposed<E>): S;
  /** Legality is judged on `then` (in effect at the command's effective day, as known now); identity and finality on `now`. */
  decide(command: C, states: Readonly<{ then: S; now: S }>, context: DecisionContext): Decision<E>;
  /**
   * May this fact stand directly after `state`? `decide` asks it of what it makes; `submit` asks it of every later
   * fact again, so that a late entry cannot make a later one illegal (CONTRADICTS_LATER).
   */
  permits(state: S, fact: Fact<E> | Proposed<E>): Refusal | null;
}

/** Best-effort questions about other items, answered from the read model; `gaps` finds what slipped through a race. */
export interface Lookup {
  /** Is `to` reachable from `from` by links of this relation? Bounded. */
  reaches(from: ItemId, to: ItemId, relation: Relation): Promise<boolean>;
}
