import type { DomainEvent, Entry, ItemId, Source } from './entry.js';
import type { Refusal } from './decision.js';
import type { Decider, Fact } from './decider.js';
import type { Day, Instant } from './instant.js';
import type { Facets } from './facets.js';
import type { Json } from './json.js';
import type { Labels } from './labels.js';
import type { Parser } from './parser.js';
import type { PersonSpecs } from './persons.js';
import type { Relation } from './relation.js';
import type { Shown } from './shown.js';
import type { FieldSet, SharedEvent } from './shared.js';

export type Role = 'public' | 'steering' | 'secretariat' | 'auditor' | 'admin';

/** A command as kinds see it: imperative, discriminated by `type` (PascalCase of the mutation name). */
export type KindCommand = Readonly<{ type: string }>;

/** An item, or a part of it, that a command names and that must exist. `kinds` null = any kind. */
export type TargetRef = Readonly<{ item: ItemId; part: string | null; kinds: readonly string[] | null; path: readonly string[] }>;

export type CommandSpec<C extends KindCommand = KindCommand> = Readonly<{
  /** Makes a new item (revision 0). */
  founding: boolean;
  roles: readonly Role[];
  parse: Parser<C>;
  targets: (command: C) => readonly TargetRef[];
}>;

export type EventSpec = Readonly<{
  /** The current version, from 1. */
  version: number;
  /** Parses `data` of the current version. */
  parse: Parser<object>;
  /** `upcasters[i]` turns data of version i + 1 into data of version i + 2; its length is version − 1. */
  upcasters: readonly ((data: Json) => Json)[];
  /** What an event of this type points at, by path: no correction sets it or anything in it. It is retracted and recorded anew. */
  fixed?: readonly string[];
  /**
   * Where `upcasters[i]` took each field, for corrections that were made at version i + 1: the same field in data of version i + 2
   * (its path, and its value in the new form), or null where it is gone. One for each upcaster, or left out: every field stayed where it was.
   */
  moves?: readonly Move[];
}>;

/** A corrected field one version later. */
export type Move = (set: FieldSet) => FieldSet | null;

/** What lists, boards and status show of a state. Columns, not the state. Sealed names never enter it. */
export type Summary = Readonly<{
  title: string;
  /** The first is shown; all are found by `byReference`. As printed, NFC. */
  references: readonly string[];
  /** SCREAMING_SNAKE. */
  state: string;
  /** Sub-type, e.g. the resolution type; null where the kind has none. */
  subtype: string | null;
  /** Something is still to be done. */
  open: boolean;
  /** The items this item names as its project(s). */
  projects: readonly ItemId[];
  /** The body that decided, owns or asserts, for filters; null where none. */
  body: ItemId | null;
}>;

/** A link that an event makes by itself (a merger, a supersession). `inverse`: the link runs from the target to this item. */
export type DeclaredLink = Readonly<{
  relation: Relation;
  target: ItemId;
  targetPart: string | null;
  part: string | null;
  inverse: boolean;
}>;

/** What was there before, by path of the event's data; a path left out was nothing (null). */
export type Before = Readonly<Record<string, Json>>;

/** A text, and the part it stands in. */
export type PartText = Readonly<{ part: string | null; text: string }>;

/** What a source says of a document beside its id: captured when an entry is recorded that rests on it. */
export type Cited = Pick<Source, 'title' | 'reference' | 'dated'>;

export type Described = Readonly<{ title: Labels; description: Labels }>;

/** A kind is one value. Generic rooms know only this type and never say a kind's name. */
export interface TrackedKind<C extends KindCommand = KindCommand, S = unknown, E extends DomainEvent = DomainEvent> {
  /** camelCase without a hyphen: the stream's prefix. */
  readonly name: string;
  readonly label: Labels;
  readonly decider: Decider<C, S, E>;
  readonly commands: Readonly<Record<C['type'], CommandSpec<C>>>;
  readonly events: Readonly<Record<E['type'], EventSpec>>;
  /** Every state of the state table with its label; a test walks it. `final`: no command leaves it (but corrections). */
  readonly states: Readonly<Record<string, Readonly<{ label: Labels; final: boolean }>>>;
  /**
   * Title and description for timeline and history. Names of persons are not in it.
   * `state`: the one in effect just before the fact, where the caller has it; the text then says what a part is about.
   */
  describe(fact: Fact<E>, state?: S): Described;
  /** Labels of data paths for FieldChange; a path not named here shows itself. Indices are written `*` («points.*.text»). */
  readonly fields: Readonly<Record<string, Labels>>;
  summarise(state: S): Summary;
  /** What computed values, follow-up, status and gaps follow from. */
  facets(state: S): Facets;
  /** The part that an event is about (a point's path), or null. */
  partOf(event: E): string | null;
  /**
   * What an event says that somebody may search for, part by part; never a sealed name. Left out: every text of its data, in the part
   * it is about. Needed where one event tells of several parts.
   */
  texts?(event: E): readonly PartText[];
  hasPart(state: S, path: string): boolean;
  /**
   * The state as it is told to who may not see this part, nor what lies in it: the part is there, and says nothing. Whatever else could
   * quote it says nothing either. Left out: parts of this kind are not shielded one by one, only the whole item is.
   */
  withoutPart?(state: S, path: string): S;
  links(event: E): readonly DeclaredLink[];
  before(state: S, event: E): Before;
  /**
   * Why a correction may not make this of an event, though its fields are well formed and may be set: what others point at would
   * become something else. `before`: as read now; `after`: as it would be read; `paths`: those that are set; `entries`: all of the item,
   * retracted ones too: what has once been named is not named again. Left out: nothing is fixed.
   */
  fixed?(before: E, after: E, paths: readonly string[], entries: readonly Entry[]): Refusal | null;
  /** How its state is told field by field, in differences. Left out: its fields are labelled as those of its events. */
  readonly shown?: Shown;
  /** Should this event stand on the timeline? Notes and technical entries do not. */
  onTimeline(event: E): boolean;
  /** What a group had been shown: `AsOf.meeting` takes such an entry. Left out, or null: this is no meeting. `shownAt` null: as known just before the entry. */
  meeting?(event: E): Readonly<{ held: Day; shownAt: Instant | null; title: string }> | null;
  /** How entries that rest on it name it; null for one that is not there. Left out: items of this kind are no sources. */
  cite?(state: S): Cited | null;
  /** Other items belong to this one (GATHERS), or belong through it to what it belongs to (PASSES_ON): API.md section 2. Left out: neither. */
  readonly belonging?: 'GATHERS' | 'PASSES_ON';
}

/** A kind with its types erased, as registries hold it. The one place where `any` is allowed beside the codec. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a registry of kinds is invariant in every parameter
export type AnyKind = TrackedKind<any, any, any>;
export type Kinds = ReadonlyMap<string, AnyKind>;

/** The commands every kind understands (DESIGN.md section 3). */
export type SharedCommandType =
  'Link' | 'Unlink' | 'CorrectEntry' | 'RetractEntry' | 'EstablishDate' | 'AddNote' | 'Publish' | 'Unpublish' | 'Shield' | 'Release';

/** How shared commands and events are parsed and told: built once in `kinds`, beside the kinds. */
export type SharedSpecs = Readonly<{
  commands: Readonly<Record<SharedCommandType, CommandSpec>>;
  events: Readonly<Record<SharedEvent['type'], EventSpec>>;
  describe(fact: Fact<SharedEvent>): Described;
  fields: Readonly<Record<string, Labels>>;
}>;

/** THE registration, as apps inject it into codec, commanding, projections and graphql. */
export type Registry = Readonly<{ kinds: Kinds; shared: SharedSpecs; persons: PersonSpecs }>;
