import type { Fact } from './decider.js';
import type { ActorId, EntryId, ItemId, Party, Source } from './entry.js';
import type { Day, Instant } from './instant.js';
import type { PartialDate } from './partial-date.js';
import type { Relation } from './relation.js';
import { isSharedType, type Linked, type NoteAdded, type Unlinked } from './shared.js';
import type { AnyKind, DeclaredLink } from './tracked-kind.js';

export type LiveLink = Readonly<{
  /** The entry that made it. */
  entry: EntryId;
  relation: Relation;
  source: ItemId;
  part: string | null;
  target: ItemId;
  targetPart: string | null;
  period: PartialDate | null;
  assertedBy: Party | null;
  provenance: Source | null;
  day: Day;
  /** Made by the kind's own event (a merger …), not by `link`. */
  declared: boolean;
}>;

/**
 * The links in effect after these facts, declared ones included. An inverse declared link has source and target swapped.
 * An end counts wherever it stands in the order: a link that was ended on an earlier day than it began was never in effect.
 */
export const foldLinks = (kind: AnyKind, item: ItemId, facts: readonly Fact[]): readonly LiveLink[] => {
  const ended = new Set(facts.filter(isUnlinked).map((fact) => fact.event.data.link));
  return facts.flatMap((fact): readonly LiveLink[] => {
    if (isLinked(fact)) return ended.has(fact.entry) ? [] : [linkMade(item, fact)];
    return isSharedType(fact.event.type) ? [] : kind.links(fact.event).map((link) => linkDeclared(item, fact, link));
  });
};

const isLinked = (fact: Fact): fact is Fact<Linked> => fact.event.type === 'Linked';
const isUnlinked = (fact: Fact): fact is Fact<Unlinked> => fact.event.type === 'Unlinked';

const linkMade = (item: ItemId, fact: Fact<Linked>): LiveLink => {
  const { relation, target, targetPart, part, period } = fact.event.data;
  return { ...provenanceOf(fact), relation, source: item, part, target, targetPart, period, declared: false };
};

const linkDeclared = (item: ItemId, fact: Fact, { relation, target, targetPart, part, inverse }: DeclaredLink): LiveLink => ({
  ...provenanceOf(fact),
  relation,
  ...(inverse ? { source: target, part: targetPart, target: item, targetPart: part } : { source: item, part, target, targetPart }),
  period: null,
  declared: true,
});

const provenanceOf = (fact: Fact) => ({ entry: fact.entry, assertedBy: fact.assertedBy, provenance: fact.source, day: fact.day });

/** A note on an item or on a part of it, as it stands. */
export type Note = Readonly<{
  entry: EntryId;
  text: string;
  part: string | null;
  occurred: PartialDate;
  day: Day;
  recordedAt: Instant;
  actor: ActorId;
  assertedBy: Party | null;
  source: Source | null;
}>;

/** The notes among these facts, in their order. */
export const foldNotes = (facts: readonly Fact[]): readonly Note[] =>
  facts.flatMap((fact): readonly Note[] => {
    if (fact.event.type !== 'NoteAdded') return [];
    const { text, part } = (fact.event as NoteAdded).data;
    const { entry, occurred, day, recordedAt, actor, assertedBy, source } = fact;
    return [{ entry, text, part, occurred, day, recordedAt, actor, assertedBy, source }];
  });
