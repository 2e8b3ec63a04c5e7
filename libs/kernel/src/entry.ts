import type { Instant } from './instant.js';
import type { PartialDate } from './partial-date.js';
import type { Sealed } from './sealed.js';
import type { Move } from './tracked-kind.js';

/** `<kind>-<uuid>`, e.g. `resolution-5f0c…`. An item's id is the name of its stream: one item, one stream, one word. */
export type StreamName = string;
export type ItemId = StreamName;
/** A UUID, version 5 of (stream, commandId, ordinal). */
export type EntryId = string;
/** `person-<uuid>`. */
export type PersonId = string;
/** Opaque id of who recorded: `actor-<uuid>`, or a system actor's fixed id such as `example-loader`. Never a name. */
export type ActorId = string;
/** Revision within a stream, from 0. NO_STREAM before the first entry. */
export type Revision = number;
export const NO_STREAM: Revision = -1;
/** `<log id>-<20 digits>`: opaque to clients, ordered bytewise within one log. */
export type Position = string;

/** An event as kinds write it: readonly, past tense with its noun, discriminated by `type`; `data` is plain JSON. */
export type DomainEvent = Readonly<{ type: string; data: object }>;

/** A body or a person who says, owns, decides. `body` ties the name to an item; a person's name is sealed. */
export type Party = Readonly<{ body: ItemId | null; name: string | Sealed }>;

/** Where it stands. Every field may be unknown (null); at least one is known. */
export type Source = Readonly<{
  document: ItemId | null;
  title: string | null;
  reference: string | null;
  dated: PartialDate | null;
  locator: string | null;
  url: string | null;
}>;

/** What every entry says beside its event (DOMAIN.md section 4). */
export type Envelope = Readonly<{
  /** A period here means some time within it: what is told of happened once. (A field called `period` means throughout.) */
  occurred: PartialDate;
  assertedBy: Party | null;
  source: Source | null;
  reason: string | null;
}>;

/** One entry of the log, decoded: the leaf's content at the newest version of its event type. */
export type Entry<E extends DomainEvent = DomainEvent> = Envelope &
  Readonly<{
    position: Position;
    id: EntryId;
    stream: StreamName;
    revision: Revision;
    /** The event version as stored, before upcasting. */
    version: number;
    recordedAt: Instant;
    actor: ActorId;
    commandId: string;
    /** SHA-256 over the canonical command input, base64url; of a person's name it tells only that one was given, and by which id. */
    inputDigest: string;
    event: E;
    /** How its fields moved from version to version, for older corrections of it (`EventSpec.moves`). Not stored; absent where none did. */
    moves?: readonly Move[];
  }>;

/** `resolution` of `resolution-5f0c…`: up to the first hyphen. */
export const kindOf = (stream: StreamName): string => stream.slice(0, stream.indexOf('-'));

/** Kinds of streams that tell of the record itself, or of the erasing of a person, and hold no item: read models leave them out, proofs and exports do not. */
export const OWN_STREAM_KINDS: ReadonlySet<string> = new Set(['record', 'person']);
export const isOwnStream = (stream: StreamName): boolean => OWN_STREAM_KINDS.has(kindOf(stream));
