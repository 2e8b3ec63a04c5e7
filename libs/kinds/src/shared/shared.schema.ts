import {
  CLEARABLE,
  RELATIONS,
  type CommandSpec,
  type EventSpec,
  type Json,
  type Role,
  type SharedCommand,
  type SharedCommandType,
  type SharedEvent,
  type TargetRef,
} from '@saksgang/kernel';
import { z } from 'zod';
import {
  commandOf,
  day,
  entryId,
  firstVersion,
  found,
  itemId,
  line,
  listOf,
  optional,
  parserOf,
  partialDate,
  party,
  SECRETARIAT,
  source,
  text,
} from '../schema/index.js';

const PART_BYTES_MAX = 200; // UTF-8 bytes of the path of a part
const LEGAL_BASIS_BYTES_MAX = 300; // UTF-8 bytes
const FIELD_PATH_BYTES_MAX = 300; // UTF-8 bytes
const JSON_DEPTH_MAX = 40; // levels of lists and objects in a corrected value: a point tree of POINT_DEPTH_MAX takes two a level

/** A part of an item, in its kind's own words («2.3.1»). That it exists is asked of the item. */
const part = line(PART_BYTES_MAX);

/** «offl. § 13», «forvaltningsloven § 13 første ledd nr. 2»: the law as it is cited. */
const legalBasis = line(LEGAL_BASIS_BYTES_MAX);

/** «points.0.text»: names and indices joined by dots. */
const fieldPath = line(FIELD_PATH_BYTES_MAX).refine((path) => /^[^.\s]+(\.[^.\s]+)*$/.test(path), {
  error: 'is not a path: names and indices joined by dots, as «points.0.text»',
  params: { code: 'BAD_PATH' },
});

type Wrong = Readonly<{ code: string; message: string }>;

/** Plain JSON as a leaf can hold it: whole numbers, whole characters, texts in NFC, no bottomless nesting. */
const whatIsWrong = (value: unknown, depth: number): Wrong | null => {
  if (depth > JSON_DEPTH_MAX) return { code: 'TOO_DEEP', message: `is nested deeper than ${JSON_DEPTH_MAX} levels` };
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? null : { code: 'BAD_NUMBER', message: 'holds a number that is not whole: write decimals as text' };
  if (typeof value === 'string')
    return /\p{Surrogate}/u.test(value) ? { code: 'LONE_SURROGATE', message: 'holds half of a character pair (a lone surrogate)' } : null;
  if (typeof value !== 'object') return { code: 'BAD_VALUE', message: 'is not JSON' };
  for (const inner of Array.isArray(value) ? value : Object.entries(value).flat()) {
    const wrong = whatIsWrong(inner, depth + 1);
    if (wrong !== null) return wrong;
  }
  return null;
};

const inNfc = (value: Json): Json => {
  if (typeof value === 'string') return value.normalize('NFC');
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(inNfc);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.normalize('NFC'), inNfc(inner)]));
};

const json = z.unknown().transform((value, context): Json => {
  const wrong = whatIsWrong(value, 0);
  if (wrong === null) return inNfc(value as Json);
  context.addIssue(found(wrong.code, wrong.message));
  return z.NEVER;
});
const sets = listOf(z.strictObject({ path: fieldPath, value: json }));

/** Each at most once, in one order, so that the same clearing is the same bytes. */
const cleared = listOf(z.enum(CLEARABLE)).transform((given) => CLEARABLE.filter((field) => given.includes(field)));

const link = { relation: z.enum(RELATIONS), target: itemId() };

const COMMAND_SCHEMAS = {
  Link: commandOf('Link', { ...link, targetPart: optional(part), part: optional(part), period: optional(partialDate) }),
  Unlink: commandOf('Unlink', { link: entryId }),
  CorrectEntry: commandOf('CorrectEntry', {
    entry: entryId,
    occurred: optional(partialDate),
    assertedBy: optional(party),
    source: optional(source),
    entryReason: optional(text()),
    cleared: optional(cleared).transform((given) => given ?? []),
    set: optional(sets).transform((given) => given ?? []),
  }),
  RetractEntry: commandOf('RetractEntry', { entry: entryId }),
  EstablishDate: commandOf('EstablishDate', { entry: optional(entryId), date: partialDate }),
  AddNote: commandOf('AddNote', { text: text(), part: optional(part) }),
  Publish: commandOf('Publish', { withHistory: optional(z.boolean()).transform((given) => given ?? false) }),
  Unpublish: commandOf('Unpublish', {}),
  Shield: commandOf('Shield', { part: optional(part), legalBasis, until: optional(day) }),
  Release: commandOf('Release', { part: optional(part) }),
} as const satisfies { [T in SharedCommandType]: z.ZodType<Extract<SharedCommand, { type: T }>> };

const EVENT_SCHEMAS = {
  Linked: z.strictObject({ ...link, targetPart: part.nullable(), part: part.nullable(), period: partialDate.nullable() }),
  Unlinked: z.strictObject({ link: entryId }),
  EntryCorrected: z.strictObject({
    entry: entryId,
    version: z.int().min(1),
    occurred: partialDate.nullable(),
    assertedBy: party.nullable(),
    source: source.nullable(),
    entryReason: text().nullable(),
    cleared,
    set: sets,
  }),
  EntryRetracted: z.strictObject({ entry: entryId }),
  DateEstablished: z.strictObject({ entry: entryId, date: partialDate }),
  NoteAdded: z.strictObject({ text: text(), part: part.nullable() }),
  Published: z.strictObject({ withHistory: z.boolean() }),
  Unpublished: z.strictObject({}),
  Shielded: z.strictObject({ part: part.nullable(), legalBasis, until: day.nullable() }),
  Released: z.strictObject({ part: part.nullable() }),
} as const satisfies { [T in SharedEvent['type']]: z.ZodType<Extract<SharedEvent, { type: T }>['data']> };

const ROLES: Readonly<Record<SharedCommandType, readonly Role[]>> = {
  Link: SECRETARIAT,
  Unlink: SECRETARIAT,
  CorrectEntry: SECRETARIAT,
  RetractEntry: SECRETARIAT,
  EstablishDate: SECRETARIAT,
  AddNote: ['steering', ...SECRETARIAT],
  Publish: SECRETARIAT,
  Unpublish: SECRETARIAT,
  Shield: SECRETARIAT,
  Release: SECRETARIAT,
};

const targetsOf = (command: SharedCommand): readonly TargetRef[] =>
  command.type === 'Link' ? [{ item: command.target, part: command.targetPart, kinds: null, path: ['target'] }] : [];

const spec = (type: SharedCommandType): CommandSpec => ({
  founding: false,
  roles: ROLES[type],
  parse: parserOf<SharedCommand>(COMMAND_SCHEMAS[type]),
  // What it is asked of was made by `parse`.
  targets: (command) => targetsOf(command as SharedCommand),
});

export const SHARED_COMMANDS: Readonly<Record<SharedCommandType, CommandSpec>> = {
  Link: spec('Link'),
  Unlink: spec('Unlink'),
  CorrectEntry: spec('CorrectEntry'),
  RetractEntry: spec('RetractEntry'),
  EstablishDate: spec('EstablishDate'),
  AddNote: spec('AddNote'),
  Publish: spec('Publish'),
  Unpublish: spec('Unpublish'),
  Shield: spec('Shield'),
  Release: spec('Release'),
};

const v1 = (type: SharedEvent['type'], ...fixed: readonly string[]): EventSpec => firstVersion(EVENT_SCHEMAS[type], ...fixed);

export const SHARED_EVENTS: Readonly<Record<SharedEvent['type'], EventSpec>> = {
  Linked: v1('Linked'),
  Unlinked: v1('Unlinked'),
  EntryCorrected: v1('EntryCorrected'),
  EntryRetracted: v1('EntryRetracted'),
  DateEstablished: v1('DateEstablished'),
  NoteAdded: v1('NoteAdded'),
  Published: v1('Published'),
  Unpublished: v1('Unpublished'),
  Shielded: v1('Shielded'),
  Released: v1('Released'),
};
