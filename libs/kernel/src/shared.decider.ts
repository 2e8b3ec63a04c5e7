import { isAmendment } from './as-read.js';
import { judgeCorrection } from './correction.js';
import { correctionInForce, whatOthersPointAtStays } from './correction-rules.js';
import type { Decision, Refusal } from './decision.js';
import type { DecisionContext } from './decider.js';
import type { DomainEvent, Entry, EntryId, ItemId, Party, Source } from './entry.js';
import { datesOutsideTheirBounds } from './established-dates.js';
import { history, NOW, type History } from './history.js';
import { osloDay, type Day } from './instant.js';
import { sameJson } from './json.js';
import { sameParty } from './party.js';
import { boundsOf, narrows, type PartialDate } from './partial-date.js';
import { withProposed } from './proposed.js';
import { decideKeeping, type KeepingCommand } from './keeping.decider.js';
import type { Relation } from './relation.js';
import { isKeeping, isSharedType, type Clearable, type EntryCorrected, type FieldSet, type SharedEvent } from './shared.js';
import { foldLinks, type LiveLink } from './shared-folds.js';
import * as no from './shared.refusals.js';
import type { AnyKind, EventSpec, SharedCommandType, SharedSpecs } from './tracked-kind.js';

export type Link = Readonly<{
  type: 'Link';
  relation: Relation;
  target: ItemId;
  targetPart: string | null;
  part: string | null;
  period: PartialDate | null;
}>;
export type Unlink = Readonly<{ type: 'Unlink'; link: EntryId }>;
/**
 * Null fields and paths not set stay as they are read now, earlier corrections included; an earlier correction is taken back by
 * retracting it. `entryReason`: the reason the entry should have given. `cleared`: what it should not have said.
 */
export type CorrectEntry = Readonly<{
  type: 'CorrectEntry';
  entry: EntryId;
  occurred: PartialDate | null;
  assertedBy: Party | null;
  source: Source | null;
  entryReason: string | null;
  cleared: readonly Clearable[];
  set: readonly FieldSet[];
}>;
export type RetractEntry = Readonly<{ type: 'RetractEntry'; entry: EntryId }>;
/** `entry` null: the founding one. */
export type EstablishDate = Readonly<{ type: 'EstablishDate'; entry: EntryId | null; date: PartialDate }>;
export type AddNote = Readonly<{ type: 'AddNote'; text: string; part: string | null }>;

export type SharedCommand = Link | Unlink | CorrectEntry | RetractEntry | EstablishDate | AddNote | KeepingCommand;

// Total, so that a new shared command cannot be forgotten here.
const SHARED_COMMANDS: Readonly<Record<SharedCommandType & SharedCommand['type'], true>> = {
  Link: true,
  Unlink: true,
  CorrectEntry: true,
  RetractEntry: true,
  EstablishDate: true,
  AddNote: true,
  Publish: true,
  Unpublish: true,
  Shield: true,
  Release: true,
};
export const SHARED_COMMAND_TYPES = Object.keys(SHARED_COMMANDS) as readonly SharedCommandType[];
export const isSharedCommandType = (type: string): type is SharedCommandType => Object.hasOwn(SHARED_COMMANDS, type);

/** All that the shared commands are judged on: one existing item as known now. */
export type SharedView = Readonly<{
  kind: AnyKind;
  shared: SharedSpecs;
  /** All of the stream, in revision order; at least the founding one. */
  entries: readonly Entry[];
  /** `history(entries, NOW)`. */
  now: History;
  /** `foldState(kind, now.facts)`. */
  state: unknown;
  /** Of the command. `item` is the one the stream belongs to; `reason` is judged here. */
  context: DecisionContext;
}>;

/**
 * Relations that a kind's own command makes, with all that it entails: such a link follows from the event. A kind may declare
 * others too (a part names its whole); those can also be said by hand.
 */
export const RELATIONS_WITH_A_COMMAND: readonly Relation[] = ['SUPERSEDES', 'REPEALS', 'AMENDS', 'REPLACES', 'MERGED_INTO'];

/**
 * The one decision on the commands every kind understands. That a link's target exists and closes no ring, and that later
 * entries stay legal (CONTRADICTS_LATER), is asked by who calls it.
 */
export const decideShared = (command: SharedCommand, view: SharedView): Decision<SharedEvent> => {
  switch (command.type) {
    case 'Link':
      return decideLink(command, view);
    case 'Unlink':
      return decideUnlink(command, view);
    case 'CorrectEntry':
      return decideCorrection(command, view);
    case 'RetractEntry':
      return decideRetraction(command, view);
    case 'EstablishDate':
      return decideDate(command, view);
    case 'AddNote':
      return decideNote(command, view);
    case 'Publish':
    case 'Unpublish':
    case 'Shield':
    case 'Release':
      return decideKeeping(command, view);
  }
};

const decideLink = (command: Link, view: SharedView): Decision<SharedEvent> => {
  const { relation, target, targetPart, part, period } = command;
  const refusal =
    aRetractedItemStandsStill(view) ??
    aRelationWithACommandIsNotMadeByHand(relation) ??
    nothingLinksToItself(command, view) ??
    thePartExists(part, view);
  if (refusal !== null) return refusal;
  if (foldLinks(view.kind, view.context.item, view.now.facts).some((link) => alreadySays(link, command, view))) return [];
  return [{ type: 'Linked', data: { relation, target, targetPart, part, period } }];
};

const decideUnlink = ({ link }: Unlink, view: SharedView): Decision<SharedEvent> => {
  const made = entryOf(view, link);
  const refusal = aRetractedItemStandsStill(view) ?? theEntryIsThere(made) ?? onlyALinkIsUnlinked(made);
  if (refusal !== null) return refusal;
  const stands = foldLinks(view.kind, view.context.item, view.now.facts).some((live) => !live.declared && live.entry === link);
  return stands ? [{ type: 'Unlinked', data: { link } }] : [];
};

const decideCorrection = ({ type: _, ...given }: CorrectEntry, view: SharedView): Decision<SharedEvent> => {
  const target = entryOf(view, given.entry);
  const refusal =
    aRetractedItemStandsStill(view) ??
    theEntryIsThere(target) ??
    whatWasKeptStandsAsItWasDone(target) ??
    theEntryStands(given.entry, view) ??
    aChangeHasAReason(view);
  if (refusal !== null || target === undefined) return refusal ?? no.unknownEntry();
  const specOf = (event: DomainEvent): EventSpec => eventSpecOf(event, view);
  const find = (id: EntryId): Entry | undefined => entryOf(view, id);
  const correction = { ...given, version: specOf(target.event).version };
  const judged = judgeCorrection(target, correction, correctionInForce(target, view.now), specOf, find);
  if (!judged.ok) return no.invalidCorrection(judged.issues);
  const event: EntryCorrected = { type: 'EntryCorrected', data: judged.value };
  const after = historyWith(event, view);
  if (sameJson(after.asRead.get(given.entry), view.now.asRead.get(given.entry))) return [];
  const paths = given.set.map(({ path }) => path);
  return whatOthersPointAtStays(target, paths, after, view) ?? anEstablishedDateStaysWithinItsBounds(after, view, target) ?? [event];
};

const decideRetraction = ({ entry }: RetractEntry, view: SharedView): Decision<SharedEvent> => {
  const target = entryOf(view, entry);
  const refusal = aRetractedItemOnlyComesBack(target, view) ?? theEntryIsThere(target) ?? whatWasKeptStandsAsItWasDone(target);
  if (refusal !== null) return refusal;
  if (isRetracted(entry, view)) return [];
  const event: SharedEvent = { type: 'EntryRetracted', data: { entry } };
  const reasonless = aChangeHasAReason(view);
  if (reasonless !== null) return reasonless;
  const after = historyWith(event, view);
  return theFoundingCarriesTheRest(after, view) ?? anEstablishedDateStaysWithinItsBounds(after, view) ?? [event];
};

const decideDate = ({ entry, date }: EstablishDate, view: SharedView): Decision<SharedEvent> => {
  const target = entry === null ? view.entries[0] : entryOf(view, entry);
  const refusal = aRetractedItemStandsStill(view) ?? theEntryIsThere(target) ?? whatWasKeptStandsAsItWasDone(target);
  if (refusal !== null || target === undefined) return refusal ?? no.unknownEntry();
  const known = (view.now.asRead.get(target.id) ?? target).occurred;
  const second = theEntryStands(target.id, view) ?? onlyAFactHasADate(target);
  if (second !== null) return second;
  if (date.text === known.text) return [];
  return (
    aDateOnlyNarrows(date, known) ??
    nothingHappensAfterItWasRecorded(date, osloDay(target.recordedAt)) ?? [{ type: 'DateEstablished', data: { entry: target.id, date } }]
  );
};

const decideNote = ({ text, part }: AddNote, view: SharedView): Decision<SharedEvent> =>
  aRetractedItemStandsStill(view) ?? thePartExists(part, view) ?? [{ type: 'NoteAdded', data: { text, part } }];

const entryOf = (view: SharedView, id: EntryId): Entry | undefined => view.entries.find((entry) => entry.id === id);
const isRetracted = (id: EntryId, view: SharedView): boolean => (view.now.fates.get(id)?.retractedBy ?? null) !== null;
const historyWith = (event: SharedEvent, { entries, context }: SharedView): History =>
  history(withProposed(entries, [event], context), NOW);

const eventSpecOf = ({ type }: DomainEvent, { kind, shared }: SharedView): EventSpec => {
  const spec = isSharedType(type) ? shared.events[type] : (kind.events as Readonly<Record<string, EventSpec>>)[type];
  if (spec === undefined) throw new Error(`no parser is registered for ${kind.name} ${type}`);
  return spec;
};

/** A link says a command already when it says the same of the same two, in the period asked for, by who is now asserting it. */
const alreadySays = (link: LiveLink, { relation, target, targetPart, part, period }: Link, { context }: SharedView): boolean =>
  link.source === context.item &&
  link.relation === relation &&
  link.target === target &&
  link.targetPart === targetPart &&
  link.part === part &&
  (period === null || link.period?.text === period.text) &&
  (context.assertedBy === null || sameParty(link.assertedBy, context.assertedBy));

const aRetractedItemStandsStill = ({ now, context }: SharedView): Refusal | null => (now.retracted ? no.itemRetracted(context.item) : null);

const aRetractedItemOnlyComesBack = (target: Entry | undefined, view: SharedView): Refusal | null =>
  target?.event.type === 'EntryRetracted' ? null : aRetractedItemStandsStill(view);

const aRelationWithACommandIsNotMadeByHand = (relation: Relation): Refusal | null =>
  RELATIONS_WITH_A_COMMAND.includes(relation) ? no.relationHasItsCommand(relation) : null;

/** One part may depend on another of the same item; the whole and its part are the same thing. */
const nothingLinksToItself = ({ target, targetPart, part }: Link, { context }: SharedView): Refusal | null =>
  target === context.item && (part === null || targetPart === null || part === targetPart) ? no.linkToItself() : null;

const thePartExists = (part: string | null, { kind, state }: SharedView): Refusal | null =>
  part === null || kind.hasPart(state, part) ? null : no.unknownPart(part);

const theEntryIsThere = (entry: Entry | undefined): Refusal | null => (entry === undefined ? no.unknownEntry() : null);
const theEntryStands = (id: EntryId, view: SharedView): Refusal | null => (isRetracted(id, view) ? no.entryRetracted() : null);
/** Who may see an item is judged now: what was done is undone by its opposite, and history says so. */
const whatWasKeptStandsAsItWasDone = (entry: Entry | undefined): Refusal | null =>
  entry !== undefined && isKeeping(entry.event) ? no.undoneByItsOpposite(entry.event) : null;
const onlyALinkIsUnlinked = (entry: Entry | undefined): Refusal | null => (entry?.event.type === 'Linked' ? null : no.notALink());
const onlyAFactHasADate = (entry: Entry): Refusal | null => (isAmendment(entry.event) ? no.nothingToDate() : null);

const aChangeHasAReason = ({ context }: SharedView): Refusal | null =>
  context.reason === null || context.reason.trim() === '' ? no.reasonRequired() : null;

/** Corrections and established dates of the founding entry go with it; facts must go before it and come back after it. */
const theFoundingCarriesTheRest = (after: History, { now, context }: SharedView): Refusal | null => {
  if (!after.retracted || after.allFacts.length === 0) return null;
  return now.retracted ? no.itemRetracted(context.item) : no.foundingHasFollowers(after.allFacts.length);
};

/**
 * What is taken away or corrected may be what an established date once narrowed: then that date goes first. `corrected`: the entry
 * that is being corrected, where it is the established date itself.
 */
const anEstablishedDateStaysWithinItsBounds = (after: History, view: SharedView, corrected?: Entry): Refusal | null => {
  const already = new Set(datesOutsideTheirBounds(view.now, view.entries).map(({ entry }) => entry.id));
  const outside = datesOutsideTheirBounds(after, view.entries).filter(({ entry }) => !already.has(entry.id));
  const own = outside.find(({ entry }) => entry.id === corrected?.id);
  if (own !== undefined) return no.dateOutsideBounds(own.bounds);
  return outside.length === 0
    ? null
    : no.contradictsDates(
        view.context.item,
        outside.map(({ entry }) => `${entry.stream}@${entry.revision}`),
      );
};

const aDateOnlyNarrows = (date: PartialDate, known: PartialDate): Refusal | null =>
  narrows(date, known) ? null : no.dateOutsideBounds(known);

const nothingHappensAfterItWasRecorded = (date: PartialDate, recordedOn: Day): Refusal | null => {
  const { earliest } = boundsOf(date);
  return earliest !== null && earliest > recordedOn ? no.dateInFuture(recordedOn) : null;
};
