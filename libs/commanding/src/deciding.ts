import type { Draft } from '@saksgang/event-store';
import {
  ACYCLIC_RELATIONS,
  contradictions,
  decideShared,
  effectiveDay,
  foldLinks,
  foldState,
  history,
  isRefusal,
  NOW,
  osloDay,
  type AnyKind,
  type Day,
  type DomainEvent,
  type Envelope,
  type History,
  type Issue,
  type KindCommand,
  type LiveLink,
  type Refusal,
  type Registry,
  type SharedCommand,
  type Target,
  withProposed,
} from '@saksgang/kernel';
import { draftsOf, entryRef, type Said } from './drafts.js';
import { dateInFuture, isInFuture } from './envelope.js';
import { contradictsLater, itemRetracted } from './refusals.js';
import type { Entries } from './streams.js';
import type { TargetsFound } from './targets.js';

/** All a decision rests on. Nothing in it is read or made here: same question, same answer. */
export type Question = Readonly<{
  registry: Registry;
  kind: AnyKind;
  command: KindCommand;
  shared: boolean;
  /** `Link` commands that a founding command carries. */
  links: readonly SharedCommand[];
  entries: Entries;
  envelope: Envelope;
  said: Said;
  targets: TargetsFound;
}>;

/** The entries to append (none: it is already true) and the links they make which must not close a ring. */
export type Answer =
  | Readonly<{ answer: 'entries'; drafts: readonly Draft[]; newLinks: readonly LiveLink[] }>
  | Readonly<{ answer: 'refused'; refusal: Refusal }>
  | Readonly<{ answer: 'invalid'; issues: readonly Issue[] }>;

const refused = (refusal: Refusal): Answer => ({ answer: 'refused', refusal });

export const decideOn = (question: Question): Answer => {
  const { entries, said } = question;
  const today = osloDay(said.recordedAt);
  const before = history(entries, NOW);
  const decided = question.shared
    ? decideSharedOn(question, entries, question.command as SharedCommand)
    : decideOwn(question, before, today);
  if (isRefusal(decided)) return refused(decided);
  const events = withLinks(question, decided);
  if (isRefusal(events)) return refused(events);
  const drafts = draftsOf(said, entries.length, events);
  if (drafts.length === 0) return { answer: 'entries', drafts, newLinks: [] };
  const after = history(withProposed(entries, events, contextOf(question, today)), NOW);
  return whatItWouldMake(question, before, after, drafts, today);
};

const contextOf = ({ envelope, said, targets }: Question, today: Day) => {
  const present = [...targets].flatMap(([item, target]): readonly (readonly [string, Target])[] =>
    target === null ? [] : [[item, target]],
  );
  return { ...envelope, item: said.stream, day: effectiveDay(envelope.occurred, today), today, targets: new Map(present) };
};

/** A kind's own command: `then` is what was in effect on its day, the founding included, as that is never later than the rest. */
const decideOwn = (question: Question, before: History, today: Day) => {
  const { kind, command, said } = question;
  if (before.retracted) return itemRetracted(said.stream);
  const context = contextOf(question, today);
  const then: unknown = foldState(
    kind,
    before.allFacts.filter((fact) => fact.revision === 0 || fact.day <= context.day),
  );
  return kind.decider.decide(command, { then, now: foldState(kind, before.allFacts) }, context);
};

const decideSharedOn = (question: Question, entries: Entries, command: SharedCommand) => {
  const { registry, kind, said } = question;
  const told = history(entries, NOW);
  const context = contextOf(question, osloDay(said.recordedAt));
  return decideShared(command, { kind, shared: registry.shared, entries, now: told, state: foldState(kind, told.facts), context });
};

/** The links of a founding command are decided one by one, each on the item as founded and linked so far. */
const withLinks = (question: Question, founding: readonly DomainEvent[]): readonly DomainEvent[] | Refusal => {
  const context = contextOf(question, osloDay(question.said.recordedAt));
  let events = founding;
  for (const link of question.links) {
    const decided = decideSharedOn(question, withProposed(question.entries, events, context), link);
    if (isRefusal(decided)) return decided;
    events = [...events, ...decided];
  }
  return events;
};

/** Judges the history as it would then be: no date in the future, nothing later made illegal. */
const whatItWouldMake = (question: Question, before: History, after: History, drafts: readonly Draft[], today: Day): Answer => {
  const { kind, said, entries, command } = question;
  // Own commands state their date in the envelope, which is judged already; corrections and established dates move others'.
  if (question.shared && after.allFacts.some((fact) => isInFuture(fact.occurred, today)))
    return { answer: 'invalid', issues: [dateInFuture(['input', command.type === 'EstablishDate' ? 'date' : 'occurred'])] };
  const inTheWay = contradictions(kind, before, after);
  if (inTheWay.length > 0) {
    const stored = inTheWay.filter((fact) => fact.revision < entries.length);
    return refused(
      contradictsLater(
        said.stream,
        stored.map((fact) => entryRef({ stream: said.stream, revision: fact.revision })),
      ),
    );
  }
  return { answer: 'entries', drafts, newLinks: newLinks(question, before, after) };
};

/** Links in effect after that were not before, of relations that know no ring. Between parts there may well be one: those are left out. */
const newLinks = ({ kind, said }: Question, before: History, after: History): readonly LiveLink[] => {
  const same = (link: LiveLink): string => `${link.relation} ${link.source} ${link.target}`;
  const linksOf = (told: History): readonly LiveLink[] =>
    foldLinks(kind, said.stream, told.allFacts).filter(
      (link) => link.part === null && link.targetPart === null && ACYCLIC_RELATIONS.includes(link.relation),
    );
  const were = new Set(linksOf(before).map(same));
  return linksOf(after).filter((link) => !were.has(same(link)));
};
