import type {
  ActorId,
  Day,
  Entry,
  EntryId,
  Fact,
  Instant,
  ItemId,
  Json,
  Labels,
  LiveLink,
  Locale,
  PartialDate,
  Party,
  Position,
  Relation,
  Revision,
  Source,
} from '@saksgang/kernel';
import type { Attention } from './computed/computed.js';
import type { ChangeRow, DiffQuestion } from './differences/difference.js';
import type { FollowUpFilter, FollowUpOrder, FollowUpRow } from './follow-ups/follow-up.js';
import type { GapRow } from './gaps/gap.js';
import type { StatusRows } from './status/status.js';

/** A request's one point of view, taken at its start; every resolver reads at it (DESIGN.md section 4). */
export type Pin = Readonly<{
  /** The number in `position`. */
  known: number;
  position: Position;
  validAt: Day;
  /** The day in Oslo at which the request was made: what «today» means for computed values is `validAt`. */
  today: Day;
  /** No bound was asked for on either axis: «now» may be answered from partial indexes. */
  now: boolean;
  /** Axes that were asked for no further than to where they stand now: there a cursor's own point of view holds. Absent: none, or with `now` both. */
  open?: Readonly<{ known: boolean; validAt: boolean }>;
}>;

/** `AsOf` of API.md section 2; the first four exclude each other. */
export type AsOfInput = Readonly<{
  knownAt?: Instant | null;
  knownOn?: Day | null;
  position?: Position | null;
  meeting?: EntryRef | null;
  validAt?: Day | null;
}>;

/** `<item>@<revision>`: the global id of an entry; it says where it lies. */
export type EntryRef = string;

/** Who may see an item, as it is when somebody asks, whatever point of view they ask for. `part` null: the whole item. */
export type Visibility = Readonly<{
  publication: Readonly<{ withHistory: boolean; at: Instant }> | null;
  shields: readonly Readonly<{ part: string | null; legalBasis: string; until: Day | null; at: Instant }>[];
}>;

/** Faults of reading, thrown by `Reading` and turned into GraphQL errors with this `code` at the edge. */
export class ReadProblem extends Error {
  override readonly name = 'ReadProblem';
  constructor(
    readonly code:
      | 'POSITION_UNKNOWN'
      | 'PROJECTION_BEHIND'
      | 'PROJECTION_STOPPED'
      | 'BAD_CURSOR'
      | 'BAD_PAGE'
      | 'BAD_AS_OF'
      | 'UNKNOWN_ITEM'
      | 'BAD_FILTER',
    message: string,
    readonly details: Readonly<Record<string, Json>> = {},
  ) {
    super(message);
  }
}

/** Relay arguments. Exactly one direction; default first 25; 1..PAGE_SIZE_MAX. */
export type PageInput = Readonly<{ first?: number | null; after?: string | null; last?: number | null; before?: string | null }>;
export type Page<T> = Readonly<{
  nodes: readonly T[];
  /** The cursor of the node at this place; written only when asked for. */
  cursorAt: (place: number) => string;
  /** Nodes with their cursors, written when asked for. */
  edges: readonly Readonly<{ cursor: string; node: T }>[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** Rows of the whole filter at the page's pin. A function: counted only when asked. */
  totalCount: () => Promise<number>;
  /** The pin's position: where the answer stands, what a subscription resumes from. */
  position: Position;
  /** Where the page was read when that is not the pin that was asked with (a cursor brings its own); children are read there. */
  pin?: Pin;
}>;

/** A row of a list: columns, not the state. */
export type ItemRow = Readonly<{
  id: ItemId;
  kind: string;
  reference: string | null;
  title: string;
  /** `RETRACTED` for an item whose founding entry was retracted (only `item` answers those). */
  state: string;
  subtype: string | null;
  open: boolean;
  occurred: PartialDate;
  revision: Revision;
  recordedAt: Instant;
  updatedAt: Instant;
}>;

/** An item found by a reference: its own, or that of a source it was recorded from. */
export type FoundItem = ItemRow & Readonly<{ foundBy: 'REFERENCE' | 'SOURCE' }>;

export type ItemFilter = Readonly<{
  kinds?: readonly string[] | null;
  states?: readonly string[] | null;
  subtypes?: readonly string[] | null;
  project?: ItemId | null;
  body?: ItemId | null;
  open?: boolean | null;
  text?: string | null;
  from?: Day | null;
  to?: Day | null;
  /** Only what is told whole: not what is shielded, of which a face knows no more than that it is there. */
  toldWhole?: boolean;
}>;
export type ItemOrder = 'OCCURRED' | 'OCCURRED_DESC' | 'TITLE' | 'RECORDED' | 'RECORDED_DESC' | 'REFERENCE';

/** An item's full state at a pin, folded from its entries. */
export type ItemState<S = unknown> = Readonly<{
  row: ItemRow;
  state: S;
  facts: readonly Fact[];
  links: readonly LiveLink[];
  retracted: boolean;
}>;

export type LinkRow = LiveLink & Readonly<{ id: EntryRef; direction: 'OUT' | 'IN' }>;

export type TimelineRow = Readonly<{
  /** The entry's global id: stable, also after a correction. What is planned has one of its own, and no entry is found by it. */
  id: string;
  item: ItemId;
  kind: string;
  part: string | null;
  nature: 'HAPPENED' | 'PLANNED';
  type: string;
  title: Labels;
  description: Labels;
  occurred: PartialDate;
  day: Day;
  recordedAt: Instant;
  position: Position;
  assertedBy: Party | null;
  source: Source | null;
  corrected: boolean;
  corrections: readonly EntryRef[];
  /** The item that was asked for, where the row is of one it was merged into. */
  reachedThrough: ItemId | null;
}>;
export type TimelineFilter = Readonly<{
  kinds?: readonly string[] | null;
  items?: readonly ItemId[] | null;
  project?: ItemId | null;
  /** Only items of this kind that are now of one of these sub-types. */
  subtypesOf?: Readonly<{ kind: string; subtypes: readonly string[] }> | null;
  /** Kinds whose items, where any are asked for by item, project or sub-type, bring along what they were merged into. */
  followMergersOf?: readonly string[] | null;
  from?: Day | null;
  to?: Day | null;
  types?: readonly string[] | null;
  text?: string | null;
  /** What happened, what is planned, or both; left out: what happened. */
  show?: readonly TimelineRow['nature'][] | null;
}>;
export type TimelineOrder = 'OLDEST_FIRST' | 'NEWEST_FIRST';

export type FieldChangeRow = Readonly<{ path: string; label: Labels; before: Json; after: Json; summary: Labels }>;
export type EntryRow = Readonly<{
  ref: EntryRef;
  entry: Entry;
  kind: string;
  changes: readonly FieldChangeRow[];
  title: Labels;
  /** The entry this one corrects, retracts or dates. */
  corrects: EntryRef | null;
  /** As known when the page was pinned. */
  correctedBy: readonly EntryRef[];
  /** Something in it is withheld from this face: nor does it see the entry as it was stored. */
  withheld: boolean;
  /** Told live alone: the entries that this one took out of the reader's sight. */
  removed?: readonly EntryRef[];
}>;
export type HistoryFilter = Readonly<{
  items?: readonly ItemId[] | null;
  kinds?: readonly string[] | null;
  types?: readonly string[] | null;
  actors?: readonly ActorId[] | null;
  fields?: readonly string[] | null;
  assertedBy?: ItemId | null;
  recordedFrom?: Instant | null;
  recordedTo?: Instant | null;
  corrections?: boolean | null;
}>;
export type HistoryOrder = 'NEWEST_FIRST' | 'OLDEST_FIRST';

/** An item that says what was searched for, and where it says it best. */
export type SearchHit = Readonly<{ item: ItemRow; part: string | null; snippet: string }>;
export type SearchPageInput = Pick<PageInput, 'first' | 'after'>;

export type { ChangeRow, ChangeType, DiffQuestion } from './differences/difference.js';
export type { Attention, Light } from './computed/computed.js';
export type { FollowUpFilter, FollowUpOrder, FollowUpRow } from './follow-ups/follow-up.js';
export type { GapRow, GapRule } from './gaps/gap.js';
export type { Counted, DueRow, StatusRows } from './status/status.js';

/** FORWARD: what came of it; BACKWARD: what it comes from. */
export type TraceDirection = 'FORWARD' | 'BACKWARD' | 'BOTH';
/** `id`: `<item>` or `<item>/<part>`. `distance`: steps from where the trace began. */
export type TraceNodeRow = Readonly<{ id: string; item: ItemId; part: string | null; distance: number }>;
/** Between nodes, as the relation reads. `link` null: a part and its whole, or what an item names in itself. */
export type TraceEdgeRow = Readonly<{
  from: string;
  to: string;
  relation: Relation;
  link: EntryRef | null;
  /** The item whose stream holds the link, and with it any sealed name. */
  recordedIn: ItemId | null;
  assertedBy: Party | null;
  period: PartialDate | null;
  source: Source | null;
}>;
/**
 * Where the trail ends. `code`: the state or closure of an OUTCOME, the outcome of a VERDICT, the rule of a GAP, null for DEPTH.
 * `what` null: the code says it.
 */
export type TraceEndRow = Readonly<{
  node: string;
  end: 'OUTCOME' | 'VERDICT' | 'GAP' | 'DEPTH';
  code: string | null;
  what: Labels | null;
  assertedBy: Party | null;
}>;
/** `truncated`: there was more than one answer may hold; nearer nodes went first. */
export type TraceRow = Readonly<{
  nodes: readonly TraceNodeRow[];
  edges: readonly TraceEdgeRow[];
  ends: readonly TraceEndRow[];
  truncated: boolean;
}>;

/** What clients may ask of the read models. One implementation over the database; GraphQL knows only this. */
export interface Reading {
  /**
   * Takes the request's point of view: the position every projection has reached (but those yet to be built for the first time:
   * asking for them throws PROJECTION_BEHIND), at least `atLeast` (waits up to AWAIT_MS_MAX, then PROJECTION_BEHIND). @throws ReadProblem
   */
  pin(asOf: AsOfInput | null, atLeast: Position | null): Promise<Pin>;

  item(id: ItemId, pin: Pin): Promise<ItemRow | null>;
  /** In the order asked for; null where there is none. One statement. */
  itemsById(ids: readonly ItemId[], pin: Pin): Promise<readonly (ItemRow | null)[]>;
  /** The same without waiting, where it was read before at this pin; null says nothing. */
  itemAtHand(id: ItemId, pin: Pin): ItemRow | null;
  items(filter: ItemFilter, order: ItemOrder, page: PageInput, pin: Pin): Promise<Page<ItemRow>>;
  /**
   * By any reference, folded for spelling (case, spaces, leading zeros of a case year): several items may answer. Those whose
   * own reference it is come first, then those recorded from a source of that reference; at most LIST_MAX.
   */
  byReference(reference: string, kind: string | null, pin: Pin): Promise<readonly FoundItem[]>;
  /**
   * By words, in any inflection of Norwegian and any form of letters, or by a reference in any spelling; the best first. Names of
   * persons are never found. @throws ReadProblem BAD_FILTER for a text that is empty, too long or holds control characters
   */
  search(text: string, kinds: readonly string[] | null, page: SearchPageInput, pin: Pin): Promise<Page<SearchHit>>;
  state(id: ItemId, pin: Pin): Promise<ItemState | null>;
  /** In the order asked for; null where there is none. A bounded number of statements, however many. */
  statesById(ids: readonly ItemId[], pin: Pin): Promise<readonly (ItemState | null)[]>;
  /** Belonging to a project (API.md section 2). */
  projectsOf(id: ItemId, pin: Pin): Promise<readonly ItemId[]>;

  links(
    item: ItemId,
    options: Readonly<{ part?: string | null; direction?: 'OUT' | 'IN' | 'BOTH'; relations?: readonly Relation[] | null }>,
    page: PageInput,
    pin: Pin,
  ): Promise<Page<LinkRow>>;
  /** Depth 1..12. @throws ReadProblem UNKNOWN_ITEM, BAD_FILTER */
  trace(from: Readonly<{ item: ItemId; part: string | null }>, direction: TraceDirection, depth: number, pin: Pin): Promise<TraceRow>;
  /**
   * `brief`: titles and descriptions are shown in this language alone, and neither sources, corrections nor who asserts it: what is not
   * shown need not be read, and may be left out.
   */
  timeline(filter: TimelineFilter, order: TimelineOrder, page: PageInput, pin: Pin, brief?: Locale | null): Promise<Page<TimelineRow>>;
  /** `pin` only bounds what is known; the raw record is filtered by `filter`. */
  history(filter: HistoryFilter, order: HistoryOrder, page: PageInput, pin: Pin): Promise<Page<EntryRow>>;
  entry(ref: EntryRef, pin: Pin): Promise<EntryRow | null>;
  /**
   * What became of every item, and of every part of one, between two points of view, on whichever axes they differ: only what is told
   * differently, with the entries behind it. @throws ReadProblem BAD_FILTER when more lies between than one question may look at
   */
  differences(question: DiffQuestion, page: Pick<PageInput, 'first' | 'after'>): Promise<Page<ChangeRow>>;
  /**
   * The entry behind something that is shown: where the entry itself is not (an item published without its history), that it stands
   * there and when, and nothing of what it says. Null where its item is not shown.
   */
  entryBehind(ref: EntryRef, pin: Pin): Promise<EntryRow | null>;
  entriesById(item: ItemId, ids: readonly EntryId[], pin: Pin): Promise<readonly EntryRow[]>;
  /** Of the entries that lie here, those that may be read as they are stored. */
  leaves(positions: readonly Position[], pin: Pin): Promise<ReadonlySet<Position>>;

  /** Live, resumable, at least once, in order; sent once the projection has it. `after` null = from now. */
  entriesAfter(after: Position | null, filter: HistoryFilter, signal: AbortSignal): AsyncIterable<EntryRow>;
  timelineAfter(
    after: Position | null,
    filter: TimelineFilter,
    signal: AbortSignal,
  ): AsyncIterable<Readonly<{ position: Position; put: readonly TimelineRow[]; removed: readonly string[] }>>;

  /** The follow-up list: one row for each part that asks for something. */
  followUps(filter: FollowUpFilter, order: FollowUpOrder, page: PageInput, pin: Pin): Promise<Page<FollowUpRow>>;
  /** The board of a project, or of the whole record (null). */
  status(project: ItemId | null, pin: Pin): Promise<StatusRows>;
  /** What is missing in a project and all that belongs to it, or in the whole record (null). */
  gaps(project: ItemId | null, pin: Pin): Promise<readonly GapRow[]>;
  /** Why somebody should look at each of these, in the order asked for. */
  attention(ids: readonly ItemId[], pin: Pin): Promise<readonly (readonly Attention[])[]>;

  /** Who may see each of these now, in the order asked for; shieldings that hold today. */
  visibility(ids: readonly ItemId[]): Promise<readonly Visibility[]>;

  /** For readiness and the status of `/readyz`. */
  progress(): Promise<
    readonly Readonly<{
      projection: string;
      version: number;
      position: Position;
      lag: number;
      stopped: Readonly<{ position: Position; reason: string }> | null;
    }>[]
  >;
}
