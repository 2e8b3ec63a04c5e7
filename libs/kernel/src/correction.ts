import { applyCorrection, broughtUp, sayingAnew, type Correction } from './as-read.js';
import type { DomainEvent, Entry, EntryId } from './entry.js';
import { osloDay } from './instant.js';
import { sameJson } from './json.js';
import type { Issue, Parsed } from './parser.js';
import { boundsOf, type PartialDate } from './partial-date.js';
import { getByPath } from './path.js';
import { LIST_MAX } from './limits.js';
import { isSealed, isUnsealed } from './sealed.js';
import { CLEARABLE, type Clearable, type DateEstablished, type EntryCorrected, type FieldSet, type SharedEvent } from './shared.js';
import type { EventSpec, Move } from './tracked-kind.js';

/**
 * A correction that holds by itself: all that the one in force says, unless the new one says otherwise, then what is new. A set path
 * covers what lies in it; what is set within an earlier value is set after it. `moves`: of the corrected event.
 */
export const carriedOver = (inForce: Correction, given: Correction, moves: readonly Move[] = []): Correction => {
  const { correction: earlier } = broughtUp(inForce, moves);
  const isCovered = (path: string): boolean => given.set.some((set) => path === set.path || path.startsWith(`${set.path}.`));
  return {
    ...sayingAnew(earlier, given),
    version: given.version,
    set: [...earlier.set.filter(({ path }) => !isCovered(path)), ...given.set],
  };
};

/**
 * May this correction be made of `target`? Answers its data, whole (`carriedOver` from `inForce`, the live correction of it as read,
 * or null) and with the values as the event's parser keeps them, or every issue, with the corrected field as path. Paths are read
 * in what was first written, corrected by what is in force. When the target is itself a correction, what that one then does to its
 * own target is judged as well, and so on to the fact.
 */
export const judgeCorrection = (
  target: Entry,
  given: Correction,
  inForce: Correction | null,
  specOf: (event: DomainEvent) => EventSpec,
  find: (id: EntryId) => Entry | undefined,
): Parsed<Correction> => {
  const contradictory = [...faultsOfCleared(given), ...faultsOfReason(target, given)];
  if (contradictory.length > 0) return { ok: false, issues: contradictory };
  const settled = settle(target, inForce === null ? given : carriedOver(inForce, given, target.moves), specOf, find);
  if (!settled.ok) return settled;
  let [corrected, changed] = [target, applyCorrection(target, settled.value).read.event];
  // Each turn goes to an earlier entry of the stream, so it ends.
  while (changed.type === 'EntryCorrected') {
    const said = (changed as EntryCorrected).data;
    const before = find(said.entry);
    if (before === undefined || before.revision >= corrected.revision) break;
    const next = broughtUp(said, before.moves).correction;
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
    ...faultsOfCleared(correction),
    ...(correction.set.length > LIST_MAX
      ? [{ path: ['set'], code: 'TOO_MANY', message: `With what was corrected before, more than ${LIST_MAX} fields are set.` }]
      : []),
    ...nowhere.map((set) => issueAt(set, 'UNKNOWN_FIELD', 'There is no such field in this entry.')),
    ...correction.set.flatMap((set) => faultsOfSet(target.event, set, specOf(target.event).fixed ?? [])),
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
 * also slip past the questions that are asked of a new one (does the target exist, does it close a ring). Kinds name theirs
 * in `EventSpec.fixed`.
 */
const FIXED: Readonly<Record<SharedEvent['type'], readonly string[]>> = {
  Linked: ['relation', 'target', 'targetPart', 'part'],
  Unlinked: ['link'],
  EntryCorrected: ['entry', 'version'],
  EntryRetracted: ['entry'],
  DateEstablished: ['entry'],
  NoteAdded: ['part'],
  // None of them is corrected at all: who calls this has refused it before.
  Published: [],
  Unpublished: [],
  Shielded: [],
  Released: [],
};

const faultsOfSet = (event: DomainEvent, set: FieldSet, fixedByKind: readonly string[]): readonly Issue[] => {
  const fixed = [...fixedByKind, ...((FIXED as Readonly<Record<string, readonly string[]>>)[event.type] ?? [])];
  if (fixed.some((path) => set.path === path || set.path.startsWith(`${path}.`)))
    return [issueAt(set, 'FIXED', 'What an entry points at cannot be corrected: retract it and record a new one.')];
  // Where a sealed name may stand is the parser's to say; that it stays sealed is asked here.
  const wasSealed = liesInName(event.data, set.path) || holdsName(getByPath(event.data, set.path));
  return wasSealed && !saysNoNameInTheClear(set.value)
    ? [
        issueAt(
          set,
          'SEALED',
          'Here stands the name of a person, sealed: give a person, a body or null, never a text. Name a narrower path for anything else.',
        ),
      ]
    : [];
};

/** Nothing, a sealed name, a party that is a person or a body (whose name is the item's own), one who signed, or a list of such. */
const saysNoNameInTheClear = (value: unknown): boolean => {
  if (value === null || isSealed(value)) return true;
  if (Array.isArray(value)) return value.every(saysNoNameInTheClear);
  // Where a person stands sealed, the plain fields beside it («tittel») are the parser's to judge.
  if (isSealed((value as Readonly<{ person?: unknown }>).person))
    return Object.values(value as object).every((member: unknown) => typeof member !== 'object' || saysNoNameInTheClear(member));
  const { body, name, ...more } = value as Readonly<Record<string, unknown>>;
  return Object.keys(more).length === 0 && (typeof body === 'string' || (body === null && isSealed(name)));
};

/** A sealed or an unsealed name, the value itself or anywhere in it. */
const holdsName = (value: unknown): boolean =>
  isSealed(value) || isUnsealed(value) || (typeof value === 'object' && value !== null && Object.values(value).some(holdsName));

/** The path goes into a sealed value: «caseOfficer.sealed». */
const liesInName = (data: object, path: string): boolean => {
  const steps = path.split('.');
  return steps.some((_, count) => count > 0 && isSealed(getByPath(data, steps.slice(0, count).join('.'))));
};

/** What is cleared is not given as well. */
const faultsOfCleared = (correction: Correction): readonly Issue[] => {
  const given: Readonly<Record<Clearable, unknown>> = { ...correction, reason: correction.entryReason };
  return CLEARABLE.filter((field) => correction.cleared.includes(field) && given[field] !== null).map((field) => ({
    path: ['cleared'],
    code: 'CLEARED_AND_GIVEN',
    message: `The ${field} is given and cleared at once: do one of the two.`,
  }));
};

/** A retraction always has its reason. */
const faultsOfReason = (target: Entry, { cleared }: Correction): readonly Issue[] =>
  target.event.type === 'EntryRetracted' && cleared.includes('reason')
    ? [{ path: ['cleared'], code: 'REASON_REQUIRED', message: 'A retraction has a reason: give the right one instead.' }]
    : [];

/** `dated`: the entry the date is of. */
const faultsOfDate = (field: string, date: PartialDate | null, dated: Entry | undefined): readonly Issue[] => {
  if (date === null || dated === undefined) return [];
  const { earliest } = boundsOf(date);
  return earliest !== null && earliest > osloDay(dated.recordedAt)
    ? [{ path: [field], code: 'DATE_IN_FUTURE', message: 'It cannot have happened after the day the entry was recorded.' }]
    : [];
};
