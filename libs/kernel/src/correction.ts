import { applyCorrection } from './as-read.js';
import type { DomainEvent, Entry, EntryId } from './entry.js';
import { osloDay } from './instant.js';
import { sameJson } from './json.js';
import type { Issue, Parsed } from './parser.js';
import { boundsOf, type PartialDate } from './partial-date.js';
import { getByPath } from './path.js';
import { isSealed, isUnsealed } from './sealed.js';
import type { DateEstablished, EntryCorrected, FieldSet, SharedEvent } from './shared.js';
import type { EventSpec } from './tracked-kind.js';

type Correction = EntryCorrected['data'];

/**
 * May this correction be made of `target`? Answers its data with the values as the event's parser keeps them, or every issue,
 * with the corrected field as path. Paths are read in what was first written: a later correction replaces an earlier one wholly.
 * When the target is itself a correction, what that one then does to its own target is judged as well, and so on to the fact.
 */
export const judgeCorrection = (
  target: Entry,
  correction: Correction,
  specOf: (event: DomainEvent) => EventSpec,
  find: (id: EntryId) => Entry | undefined,
): Parsed<Correction> => {
  const settled = settle(target, correction, specOf, find);
  if (!settled.ok) return settled;
  let [corrected, changed] = [target, applyCorrection(target, settled.value).read.event];
  // Each turn goes to an earlier entry of the stream, so it ends.
  while (changed.type === 'EntryCorrected') {
    const next = (changed as EntryCorrected).data;
    const before = find(next.entry);
    if (before === undefined || before.revision >= corrected.revision) break;
    const judged = settle(before, next, specOf, find);
    if (!judged.ok) return judged;
    if (!sameJson(judged.value, next)) return { ok: false, issues: [{ path: ['set'], code: 'BAD_VALUE', message: NOT_AS_KEPT }] };
    [corrected, changed] = [before, applyCorrection(before, next).read.event];
  }
  return settled;
};

const NOT_AS_KEPT = 'A value is not in the form in which it is kept: give every field, null where there is nothing.';

/** One correction on one entry as first written: the values as the parser of the entry's event keeps them. */
const settle = (
  target: Entry,
  correction: Correction,
  specOf: (event: DomainEvent) => EventSpec,
  find: (id: EntryId) => Entry | undefined,
): Parsed<Correction> => {
  const { read, nowhere } = applyCorrection(target, correction);
  const issues = [
    ...nowhere.map((set) => issueAt(set, 'UNKNOWN_FIELD', 'There is no such field in this entry.')),
    ...correction.set.flatMap((set) => faultsOfSet(target.event, set)),
    ...(target.event.type === 'EntryCorrected' ? [] : faultsOfDate('occurred', correction.occurred, target)),
  ];
  if (issues.length > 0) return { ok: false, issues };
  const parsed = specOf(target.event).parse(read.event.data);
  if (!parsed.ok) return parsed;
  const established = target.event.type === 'DateEstablished' ? (parsed.value as DateEstablished['data']) : null;
  const tooLate = established === null ? [] : faultsOfDate('date', established.date, find(established.entry));
  if (tooLate.length > 0) return { ok: false, issues: tooLate };
  const kept = { ...correction, set: correction.set.map(({ path }) => ({ path, value: getByPath(parsed.value, path) }) as FieldSet) };
  // A value may be kept in another form (NFC, left-out fields as null); what it does not reach must stay as it was written.
  return sameJson(applyCorrection(target, kept).read.event.data, parsed.value)
    ? { ok: true, value: kept }
    : { ok: false, issues: [{ path: ['set'], code: 'BAD_VALUE', message: NOT_AS_KEPT }] };
};

const issueAt = ({ path }: FieldSet, code: string, message: string): Issue => ({ path: path.split('.'), code, message });

/**
 * What a shared entry points at is what it is: one that points wrongly is retracted and recorded anew. A changed link would
 * also slip past the questions that are asked of a new one (does the target exist, does it close a ring).
 */
const FIXED: Readonly<Record<SharedEvent['type'], readonly string[]>> = {
  Linked: ['relation', 'target', 'targetPart', 'part'],
  Unlinked: ['link'],
  EntryCorrected: ['entry'],
  EntryRetracted: ['entry'],
  DateEstablished: ['entry'],
  NoteAdded: ['part'],
};

const faultsOfSet = (event: DomainEvent, set: FieldSet): readonly Issue[] => {
  const fixed: readonly string[] = (FIXED as Readonly<Record<string, readonly string[]>>)[event.type] ?? [];
  if (fixed.includes(set.path))
    return [issueAt(set, 'FIXED', 'What an entry points at cannot be corrected: retract it and record a new one.')];
  if (holdsName(set.value))
    return [issueAt(set, 'SEALED', 'The name of a person cannot be given here: retract the entry and record a new one.')];
  // Null takes a name away; anything else could put a name in the clear where a sealed one stood.
  const wasSealed = liesInName(event.data, set.path) || holdsName(getByPath(event.data, set.path));
  return wasSealed && set.value !== null
    ? [
        issueAt(
          set,
          'SEALED',
          'Here stands the name of a person, sealed: it can be taken away (null), not rewritten. Name a narrower path.',
        ),
      ]
    : [];
};

/** A sealed or an unsealed name, the value itself or anywhere in it. */
const holdsName = (value: unknown): boolean =>
  isSealed(value) || isUnsealed(value) || (typeof value === 'object' && value !== null && Object.values(value).some(holdsName));

/** The path goes into a sealed value: «caseOfficer.sealed». */
const liesInName = (data: object, path: string): boolean => {
  const steps = path.split('.');
  return steps.some((_, count) => count > 0 && isSealed(getByPath(data, steps.slice(0, count).join('.'))));
};

/** `dated`: the entry the date is of. */
const faultsOfDate = (field: string, date: PartialDate | null, dated: Entry | undefined): readonly Issue[] => {
  if (date === null || dated === undefined) return [];
  const { earliest } = boundsOf(date);
  return earliest !== null && earliest > osloDay(dated.recordedAt)
    ? [{ path: [field], code: 'DATE_IN_FUTURE', message: 'It cannot have happened after the day the entry was recorded.' }]
    : [];
};
