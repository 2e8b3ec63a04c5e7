import {
  ACYCLIC_RELATIONS,
  contradictions,
  foldLinks,
  foldState,
  history,
  isSharedType,
  NOW,
  withProposed,
  type AnyKind,
  type DecisionContext,
  type DomainEvent,
  type Fact,
  type History,
  type LiveLink,
  type Refusal,
} from '@saksgang/kernel';
import { entryRef } from './drafts.js';
import type { Folded } from './folding.js';
import { contradictsLater } from './refusals.js';
import type { Entries } from './streams.js';

/** What the events would do to the item's history: why they cannot stand there, or the links that could close a ring. */
export type Aftermath = Readonly<{ refusal: Refusal | null; newLinks: readonly LiveLink[] }>;

export type Proposal = Readonly<{
  kind: AnyKind;
  entries: Entries;
  before: Folded;
  events: readonly DomainEvent[];
  context: DecisionContext;
}>;

/** Mostly what is recorded is the latest that happened: then nothing before it changes, and nothing need be folded again. */
export const aftermathOf = (proposal: Proposal): Aftermath =>
  comesLast(proposal) ? aftermathOfLast(proposal) : aftermathOfWhole(proposal);

const AMENDING: readonly string[] = ['EntryCorrected', 'EntryRetracted', 'DateEstablished'];

const comesLast = ({ before, events, context }: Proposal): boolean =>
  !events.some((event) => AMENDING.includes(event.type)) && before.told.allFacts.every((fact) => fact.day <= context.day);

/** For events that follow every fact there is. Exported for its test against the whole. */
export const aftermathOfLast = ({ kind, before, events, context }: Proposal): Aftermath => {
  let state = before.state;
  for (const event of events) {
    if (isSharedType(event.type)) continue;
    const fact = { ...context, event };
    const refusal = kind.decider.permits(state, fact);
    if (refusal !== null) return { refusal, newLinks: [] };
    state = kind.decider.evolve(state, fact);
  }
  // Most events make no link; only for those that do is it asked what stood before.
  const made = acyclicLinks(kind, context.item, history(withProposed([], events, context), NOW).allFacts);
  if (made.length === 0) return { refusal: null, newLinks: [] };
  return { refusal: null, newLinks: without(made, acyclicLinks(kind, context.item, before.told.allFacts)) };
};

/** For any events: the history is folded as it was and as it would be. */
export const aftermathOfWhole = ({ kind, entries, before, events, context }: Proposal): Aftermath => {
  const after = history(withProposed(entries, events, context), NOW);
  const inTheWay = contradictions(kind, before.told, after);
  if (inTheWay.length > 0) return { refusal: whyNot(kind, context, entries, after, inTheWay), newLinks: [] };
  const links = (told: History) => acyclicLinks(kind, context.item, told.allFacts);
  return { refusal: null, newLinks: without(links(after), links(before.told)) };
};

const whyNot = (kind: AnyKind, { item }: DecisionContext, entries: Entries, after: History, inTheWay: readonly Fact[]): Refusal | null => {
  const later = inTheWay
    .filter((fact) => fact.revision < entries.length)
    .map((fact) => entryRef({ stream: item, revision: fact.revision }));
  if (later.length > 0) return contradictsLater(item, later);
  // Only what is new stands wrong: the kind itself says why.
  const wrong = inTheWay[0]!;
  const state: unknown = foldState(kind, after.allFacts.slice(0, after.allFacts.indexOf(wrong)));
  return kind.decider.permits(state, wrong);
};

/** Links in effect, of relations that know no ring. Between parts of items there may well be one: those are left out. */
const acyclicLinks = (kind: AnyKind, item: string, facts: readonly Fact[]): readonly LiveLink[] =>
  foldLinks(kind, item, facts).filter(
    (link) => link.part === null && link.targetPart === null && ACYCLIC_RELATIONS.includes(link.relation),
  );

const without = (links: readonly LiveLink[], others: readonly LiveLink[]): readonly LiveLink[] => {
  const same = (link: LiveLink): string => `${link.relation} ${link.source} ${link.target}`;
  const known = new Set(others.map(same));
  return links.filter((link) => !known.has(same(link)));
};
