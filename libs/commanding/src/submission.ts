import type { Actor, Entry, Issue, ItemId, PartialDate, Position, Refusal, Revision, Source, Unsealed } from '@saksgang/kernel';

/** A party as it arrives: by item (its name is taken from that item), by name, or a person (to be sealed). Exactly one key. */
export type PartyGiven = Readonly<{ item: ItemId }> | Readonly<{ name: string }> | Readonly<{ person: Unsealed }>;

/** One command as the edge hands it over. References are already resolved to ids; names of persons are still Unsealed. */
export type Submission = Readonly<{
  actor: Actor;
  /** camelCase kind for its own and founding commands; for shared commands it is read off the item and this is not looked at. */
  kind: string;
  /** PascalCase: `RecordResolution`, `CorrectEntry`. */
  type: string;
  /** Null for a founding command: the id is UUIDv5(kind, commandId). */
  item: ItemId | null;
  /** The idempotency key, 1 to COMMAND_ID_CHARS_MAX characters in NFC (to which it is brought), no control characters. */
  commandId: string;
  /** Revision the client decided on (NO_STREAM for «not there yet»); null: decide on the newest. A condition, not part of the input's digest. */
  expectedRevision: Revision | null;
  /** Null: no later than the source's own date, else no later than today. For `CorrectEntry` the new date is in `data`, and this is null. */
  occurred: PartialDate | null;
  assertedBy: PartyGiven | null;
  source: Source | null;
  reason: string | null;
  /**
   * The command's own fields without `type`, plain JSON but for Unsealed and PartyGiven values anywhere inside. A nested
   * object whose only key is `item`, `name` or `person` is a party. Keys that are undefined are taken as left out. A
   * founding command may carry `links`: the data of `Link` commands without `type`.
   */
  data: Readonly<Record<string, unknown>>;
}>;

/** Issue paths start with `input` and follow the flat input of API.md section 3: `['input', 'source', 'dated']`, `['input', 'points', '0', 'text']`. */
export type SubmitOutcome =
  /** `entries` are what this command made, in order; none when it was already true. `position` and `revision` are of the last of them. */
  | Readonly<{ outcome: 'recorded'; item: ItemId; revision: Revision; position: Position; entries: readonly Entry[]; replayed: boolean }>
  /** `state` is the item's as `summarise` names it; `retryAfterMs` is set where trying again unchanged may help. */
  | Readonly<{ outcome: 'refused'; refusal: Refusal; item: ItemId | null; state: string | null; retryAfterMs: number | null }>
  | Readonly<{ outcome: 'conflict'; item: ItemId; expected: Revision; actual: Revision; since: readonly Entry[] }>
  | Readonly<{ outcome: 'invalid'; issues: readonly Issue[] }>;

/**
 * Decides one command and records what it makes (DESIGN.md law 4). Refusals are values; it throws only for a bug or a
 * broken machine. When it answers `recorded`, the entries are durable. It may be called again with the same submission
 * at any time: the second call answers the first one's entries.
 */
export type Submit = (submission: Submission) => Promise<SubmitOutcome>;
