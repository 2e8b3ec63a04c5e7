import type { DomainEvent, Entry, EntryId, Envelope, Position } from './entry.js';
import type { PartialDate } from './partial-date.js';
import { setByPath } from './path.js';
import { CLEARABLE, type Clearable, type DateEstablished, type EntryCorrected, type EntryRetracted, type FieldSet } from './shared.js';
import type { Move } from './tracked-kind.js';

/** What became of one entry by `knownAt`. */
export type Fate = Readonly<{
  /** The live retraction, or null. */
  retractedBy: Entry | null;
  /** Live corrections and established dates that name it, in log order (a replaced correction is still listed; `inForce` is the one that counts). */
  changedBy: readonly Entry[];
  inForce: Entry | null;
}>;

/** What an entry says once its live correction and its established date are applied. An entry nothing changed says what it said. */
export type AsRead = Envelope &
  Readonly<{
    event: DomainEvent;
    /** Fields of the correction in force that lead nowhere in the event's current version: passed over in reading. Absent when there are none. */
    nowhere?: readonly FieldSet[];
  }>;

/** The three events that speak of an earlier entry instead of the item. They are applied, and are no facts. */
export type Amendment = EntryCorrected | EntryRetracted | DateEstablished;
const AMENDMENTS: readonly string[] = ['EntryCorrected', 'EntryRetracted', 'DateEstablished'] satisfies readonly Amendment['type'][];
export const isAmendment = (event: DomainEvent): event is Amendment => AMENDMENTS.includes(event.type);

export type Resolved = Readonly<{ fates: ReadonlyMap<EntryId, Fate>; asRead: ReadonlyMap<EntryId, AsRead> }>;

/** By `knownAt`, bytewise; null: all. The entries are in revision order, so what is known is their beginning. */
export const knownBy = (entries: readonly Entry[], knownAt: Position | null): readonly Entry[] =>
  knownAt === null ? entries : entries.filter((entry) => entry.position <= knownAt);

/**
 * Walks one stream's entries from last to first. An amendment can only name an earlier entry, so when an entry is reached, all
 * that may be said of it is already judged; one that names itself, a later or an unknown entry is never asked for. One pass.
 */
export const resolveAmendments = (entries: readonly Entry[]): Resolved => {
  const naming = new Map<EntryId, AmendingEntry[]>();
  const fates = new Map<EntryId, Fate>();
  const asRead = new Map<EntryId, AsRead>();
  for (const entry of entries.toReversed()) {
    const fate = fateOf((naming.get(entry.id) ?? []).reverse());
    const read = readEntry(entry, fate, asRead);
    fates.set(entry.id, fate);
    asRead.set(entry.id, read);
    if (fate.retractedBy === null && isAmendment(entry.event)) {
      // Which entry it names is taken as first written: a correction of the naming would be another amendment.
      const named = entry.event.data.entry;
      const others = naming.get(named);
      if (others === undefined) naming.set(named, [entry as AmendingEntry]);
      else others.push(entry as AmendingEntry);
    }
  }
  return { fates, asRead };
};

type AmendingEntry = Entry<Amendment>;

/** `naming`: the live amendments of one entry, in log order. */
const fateOf = (naming: readonly AmendingEntry[]): Fate => {
  if (naming.length === 0) return UNTOUCHED;
  return {
    retractedBy: naming.findLast((entry) => entry.event.type === 'EntryRetracted') ?? null,
    changedBy: naming.filter((entry) => entry.event.type !== 'EntryRetracted'),
    inForce: naming.findLast((entry) => entry.event.type === 'EntryCorrected') ?? null,
  };
};
const UNTOUCHED: Fate = { retractedBy: null, changedBy: [], inForce: null };

/** The amendments themselves are taken as read, since they may have been corrected. */
const readEntry = (entry: Entry, fate: Fate, asRead: ReadonlyMap<EntryId, AsRead>): AsRead => {
  const correction = fate.inForce === null ? null : (asRead.get(fate.inForce.id)?.event as EntryCorrected | undefined);
  const corrected = correction ? correctedEntry(entry, correction.data) : entry;
  const dated = lastDate(fate, asRead);
  return dated === null ? corrected : { ...corrected, occurred: dated };
};

const correctedEntry = (entry: Entry, correction: Correction): AsRead => {
  const { read, nowhere } = applyCorrection(entry, correction);
  return nowhere.length === 0 ? read : { ...read, nowhere };
};

/** The date the last live established date gives, unless the correction in force is later and gives one itself (it is then applied already). */
const lastDate = (fate: Fate, asRead: ReadonlyMap<EntryId, AsRead>): PartialDate | null => {
  for (const entry of fate.changedBy.toReversed()) {
    const event = asRead.get(entry.id)?.event;
    if (event?.type === 'DateEstablished') return (event as DateEstablished).data.date;
    if (entry === fate.inForce && (event as EntryCorrected).data.occurred !== null) return null;
  }
  return null;
};

export type Correction = EntryCorrected['data'];

/**
 * The same correction in the words of the corrected event's current version; what leads nowhere there is listed apart. `moves`: of the
 * corrected entry, absent where its fields never moved.
 */
export const broughtUp = (
  correction: Correction,
  moves: readonly Move[] = [],
): Readonly<{ correction: Correction; nowhere: readonly FieldSet[] }> => {
  const steps = moves.slice(correction.version - 1);
  if (steps.length === 0 || correction.set.length === 0) return { correction, nowhere: [] };
  const nowhere: FieldSet[] = [];
  const set = correction.set.flatMap((old) => {
    const moved = steps.reduce<FieldSet | null>((field, move) => (field === null ? null : move(field)), old);
    if (moved === null) nowhere.push(old);
    return moved === null ? [] : [moved];
  });
  return { correction: { ...correction, version: moves.length + 1, set }, nowhere };
};

/**
 * Puts a correction on what was first written: null fields and paths not set stay as they were. A path that leads nowhere is
 * passed over and listed. For an entry that is itself a correction, the fields of its data are replaced: they are what it says.
 */
export const applyCorrection = (
  written: AsRead & Readonly<{ moves?: readonly Move[] }>,
  stored: Correction,
): Readonly<{ read: AsRead; nowhere: readonly FieldSet[] }> => {
  const { correction, nowhere: gone } = broughtUp(stored, written.moves);
  const nowhere: FieldSet[] = [...gone];
  let data: object = written.event.data;
  for (const set of correction.set) {
    const next = setByPath(data, set.path, set.value);
    if (next === null) nowhere.push(set);
    else data = next;
  }
  if (written.event.type === 'EntryCorrected') {
    return { read: { ...written, event: { type: written.event.type, data: sayingAnew(data as Correction, correction) } }, nowhere };
  }
  const event = data === written.event.data ? written.event : { type: written.event.type, data };
  return { read: { ...written, ...saidByCorrection(correction), event }, nowhere };
};

/** What a correction says of the envelope of the entry it corrects; null where it clears it, absent where it says nothing. */
export const saidByCorrection = ({ occurred, assertedBy, source, entryReason, cleared }: Correction): Partial<Envelope> => ({
  ...(occurred === null ? {} : { occurred }),
  ...(assertedBy === null ? {} : { assertedBy }),
  ...(source === null ? {} : { source }),
  ...(entryReason === null ? {} : { reason: entryReason }),
  ...Object.fromEntries(cleared.map((field) => [field, null])),
});

const FIELD_OF: Readonly<Record<Clearable, 'assertedBy' | 'source' | 'entryReason'>> = {
  assertedBy: 'assertedBy',
  source: 'source',
  reason: 'entryReason',
};

/** `earlier` with all that `later` says of the envelope in its place; `set` stays that of `earlier`. */
export const sayingAnew = (earlier: Correction, later: Correction): Correction => {
  const given = (field: Clearable): boolean => later[FIELD_OF[field]] !== null;
  const isCleared = (field: Clearable): boolean => later.cleared.includes(field) || (earlier.cleared.includes(field) && !given(field));
  const cleared = CLEARABLE.filter(isCleared);
  const said = <F extends 'assertedBy' | 'source' | 'entryReason'>(field: F): Correction[F] => later[field] ?? earlier[field];
  return {
    ...earlier,
    occurred: later.occurred ?? earlier.occurred,
    assertedBy: cleared.includes('assertedBy') ? null : said('assertedBy'),
    source: cleared.includes('source') ? null : said('source'),
    entryReason: cleared.includes('reason') ? null : said('entryReason'),
    cleared,
  };
};
