import type { DomainEvent, Entry, EntryId, Envelope, Position } from './entry.js';
import type { PartialDate } from './partial-date.js';
import { setByPath } from './path.js';
import type { DateEstablished, EntryCorrected, EntryRetracted, FieldSet } from './shared.js';

/** What became of one entry by `knownAt`. */
export type Fate = Readonly<{
  /** The live retraction, or null. */
  retractedBy: Entry | null;
  /** Live corrections and established dates that name it, in log order (a replaced correction is still listed; `inForce` is the one that counts). */
  changedBy: readonly Entry[];
  inForce: Entry | null;
}>;

/** What an entry says once its live correction and its established date are applied. An entry nothing changed says what it said. */
export type AsRead = Envelope & Readonly<{ event: DomainEvent }>;

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
  const corrected = correction ? applyCorrection(entry, correction.data).read : entry;
  const dated = lastDate(fate, asRead);
  return dated === null ? corrected : { ...corrected, occurred: dated };
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

/**
 * Puts a correction on what was first written: null fields and paths not set stay as they were. A path that leads nowhere is
 * passed over and listed. For an entry that is itself a correction, the fields of its data are replaced: they are what it says.
 */
export const applyCorrection = (
  written: AsRead,
  correction: EntryCorrected['data'],
): Readonly<{ read: AsRead; nowhere: readonly FieldSet[] }> => {
  const nowhere: FieldSet[] = [];
  let data: object = written.event.data;
  for (const set of correction.set) {
    const next = setByPath(data, set.path, set.value);
    if (next === null) nowhere.push(set);
    else data = next;
  }
  const said = saidFields(correction);
  if (written.event.type === 'EntryCorrected') {
    return { read: { ...written, event: { type: written.event.type, data: { ...data, ...said } } }, nowhere };
  }
  const event = data === written.event.data ? written.event : { type: written.event.type, data };
  return { read: { ...written, ...said, event }, nowhere };
};

const saidFields = ({ occurred, assertedBy, source }: EntryCorrected['data']): Partial<Envelope> => ({
  ...(occurred === null ? {} : { occurred }),
  ...(assertedBy === null ? {} : { assertedBy }),
  ...(source === null ? {} : { source }),
});
