import type { Actor, Entry, Issue, ItemId, Party, PartialDate, Position, Refusal, Revision, Source, Unsealed } from '@saksgang/kernel';

/** A party as it arrives: by item (its name is taken from that item), by name, or a person (to be sealed). */
export type PartyGiven = Readonly<{ item: ItemId }> | Readonly<{ name: string }> | Readonly<{ person: Unsealed }>;

/** One command as the edge hands it over. References are already resolved to ids; names of persons are still Unsealed. */
export type Submission = Readonly<{
  actor: Actor;
  /** camelCase kind for its own and founding commands; for shared commands it is read off the item. */
  kind: string;
  /** PascalCase: `RecordResolution`, `CorrectEntry`. */
  type: string;
  /** Null for a founding command: the id is UUIDv5(kind, commandId). */
  item: ItemId | null;
  commandId: string;
  expectedRevision: Revision | null;
  /** Null: no later than the source's own date, else no later than today. */
  occurred: PartialDate | null;
  assertedBy: PartyGiven | null;
  source: Source | null;
  reason: string | null;
  /** The command's own fields, plain JSON but for Unsealed and PartyGiven values anywhere inside. */
  data: Readonly<Record<string, unknown>>;
}>;

export type SubmitOutcome =
  | Readonly<{ outcome: 'recorded'; item: ItemId; revision: Revision; position: Position; entries: readonly Entry[]; replayed: boolean }>
  | Readonly<{ outcome: 'refused'; refusal: Refusal; item: ItemId | null; state: string | null; retryAfterMs: number | null }>
  | Readonly<{ outcome: 'conflict'; item: ItemId; expected: Revision; actual: Revision; since: readonly Entry[] }>
  | Readonly<{ outcome: 'invalid'; issues: readonly Issue[] }>;
