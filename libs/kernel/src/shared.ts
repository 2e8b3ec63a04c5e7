import type { EntryId, ItemId, Party, Source } from './entry.js';
import type { Json } from './json.js';
import type { PartialDate } from './partial-date.js';
import type { Relation } from './relation.js';

/** `path` as in Entry.changes: object keys and list indices joined by dots, «points.0.text». */
export type FieldSet = Readonly<{ path: string; value: Json }>;

export type Linked = Readonly<{
  type: 'Linked';
  data: Readonly<{ relation: Relation; target: ItemId; targetPart: string | null; part: string | null; period: PartialDate | null }>;
}>;
/** `link` is the entry that made it: a Linked entry of the same stream. */
export type Unlinked = Readonly<{ type: 'Unlinked'; data: Readonly<{ link: EntryId }> }>;
/** Null fields and paths not set stay as they were. Names an earlier entry of the same stream, which may itself be shared. */
export type EntryCorrected = Readonly<{
  type: 'EntryCorrected';
  data: Readonly<{
    entry: EntryId;
    occurred: PartialDate | null;
    assertedBy: Party | null;
    source: Source | null;
    set: readonly FieldSet[];
  }>;
}>;
export type EntryRetracted = Readonly<{ type: 'EntryRetracted'; data: Readonly<{ entry: EntryId }> }>;
/** Learning more about a date is no correction: `date` lies within what was known. */
export type DateEstablished = Readonly<{ type: 'DateEstablished'; data: Readonly<{ entry: EntryId; date: PartialDate }> }>;
export type NoteAdded = Readonly<{ type: 'NoteAdded'; data: Readonly<{ text: string; part: string | null }> }>;

/** What every kind can do, written once. */
export type SharedEvent = Linked | Unlinked | EntryCorrected | EntryRetracted | DateEstablished | NoteAdded;
export const SHARED_EVENT_TYPES: readonly SharedEvent['type'][] = [
  'Linked',
  'Unlinked',
  'EntryCorrected',
  'EntryRetracted',
  'DateEstablished',
  'NoteAdded',
];
export const isSharedType = (type: string): type is SharedEvent['type'] => (SHARED_EVENT_TYPES as readonly string[]).includes(type);
