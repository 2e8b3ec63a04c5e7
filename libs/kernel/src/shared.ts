import type { EntryId, ItemId, Party, Source } from './entry.js';
import type { Day } from './instant.js';
import type { Json } from './json.js';
import type { PartialDate } from './partial-date.js';
import type { Relation } from './relation.js';

/** `path` as in Entry.changes: object keys and list indices joined by dots, «points.0.text». */
export type FieldSet = Readonly<{ path: string; value: Json }>;

/** `period`: the link holds throughout it; null: not said for how long. */
export type Linked = Readonly<{
  type: 'Linked';
  data: Readonly<{ relation: Relation; target: ItemId; targetPart: string | null; part: string | null; period: PartialDate | null }>;
}>;
/** `link` is the entry that made it: a Linked entry of the same stream. */
export type Unlinked = Readonly<{ type: 'Unlinked'; data: Readonly<{ link: EntryId }> }>;
/** What a correction may leave empty: nobody asserted it, it has no source, no reason was given. */
export const CLEARABLE = ['assertedBy', 'source', 'reason'] as const;
export type Clearable = (typeof CLEARABLE)[number];
/**
 * Names an earlier entry of the same stream, which may itself be shared. Null fields and paths not set stay as first written: the
 * last live correction of an entry replaces those before it, so the decider writes all that is to hold into each (it is self-contained).
 */
export type EntryCorrected = Readonly<{
  type: 'EntryCorrected';
  data: Readonly<{
    entry: EntryId;
    /** The current version of the corrected event when this was decided: the paths of `set` are those of that version. */
    version: number;
    occurred: PartialDate | null;
    assertedBy: Party | null;
    source: Source | null;
    /** The reason the corrected entry should have given. Why it is corrected stands in this entry's own envelope. */
    entryReason: string | null;
    /** What the corrected entry should not have said at all. What is cleared is not given. */
    cleared: readonly Clearable[];
    set: readonly FieldSet[];
  }>;
}>;
export type EntryRetracted = Readonly<{ type: 'EntryRetracted'; data: Readonly<{ entry: EntryId }> }>;
/** Learning more about a date is no correction: `date` lies within what was known. */
export type DateEstablished = Readonly<{ type: 'DateEstablished'; data: Readonly<{ entry: EntryId; date: PartialDate }> }>;
export type NoteAdded = Readonly<{ type: 'NoteAdded'; data: Readonly<{ text: string; part: string | null }> }>;

/** Anyone may read the item from now on. `withHistory`: also how it came to be what it is, from its first entry on. */
export type Published = Readonly<{ type: 'Published'; data: Readonly<{ withHistory: boolean }> }>;
export type Unpublished = Readonly<{ type: 'Unpublished'; data: Readonly<Record<string, never>> }>;
/** That it is there may be seen, what it is may not. `part` null: the whole item. `until`: the last day on which it holds; null: until it is released. */
export type Shielded = Readonly<{ type: 'Shielded'; data: Readonly<{ part: string | null; legalBasis: string; until: Day | null }> }>;
export type Released = Readonly<{ type: 'Released'; data: Readonly<{ part: string | null }> }>;

/**
 * Acts of who keeps the record: they say who may see the item, nothing of what it is. They are no facts, and stand as they were done:
 * each is undone by its opposite, never corrected or retracted, so that who could see what, and when, can always be told.
 */
export type KeepingEvent = Published | Unpublished | Shielded | Released;
export const KEEPING_TYPES: readonly KeepingEvent['type'][] = ['Published', 'Unpublished', 'Shielded', 'Released'];
export const isKeeping = (event: Readonly<{ type: string }>): event is KeepingEvent =>
  (KEEPING_TYPES as readonly string[]).includes(event.type);

/** What every kind can do, written once. */
export type SharedEvent = Linked | Unlinked | EntryCorrected | EntryRetracted | DateEstablished | NoteAdded | KeepingEvent;
export const SHARED_EVENT_TYPES: readonly SharedEvent['type'][] = [
  'Linked',
  'Unlinked',
  'EntryCorrected',
  'EntryRetracted',
  'DateEstablished',
  'NoteAdded',
  'Published',
  'Unpublished',
  'Shielded',
  'Released',
];
export const isSharedType = (type: string): type is SharedEvent['type'] => (SHARED_EVENT_TYPES as readonly string[]).includes(type);
