import type { Draft } from '@saksgang/event-store';
import {
  decideShared,
  effectiveDay,
  foldState,
  isRefusal,
  osloDay,
  withProposed,
  type AnyKind,
  type Decision,
  type DecisionContext,
  type DomainEvent,
  type Envelope,
  type Issue,
  type KindCommand,
  type LiveLink,
  type Refusal,
  type Registry,
  type SharedCommand,
  type Target,
} from '@saksgang/kernel';
import { aftermathOf } from './aftermath.js';
import { draftsOf, type Said } from './drafts.js';
import { foldedOf, type Folded } from './folding.js';
import { itemRetracted } from './refusals.js';
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
  const { kind, entries, said, command } = question;
  const before = foldedOf(kind, entries);
  const context = contextOf(question);
  const decided = question.shared
    ? decideSharedOn(question, entries, before, context, command as SharedCommand)
    : decideOwn(question, before, context);
  if (isRefusal(decided)) return refused(decided);
  const events = withLinks(question, decided, context);
  if (isRefusal(events)) return refused(events);
  const drafts = draftsOf(said, entries.length, events);
  if (drafts.length === 0) return { answer: 'entries', drafts, newLinks: [] };
  const { refusal, newLinks } = aftermathOf({ kind, entries, before, events, context });
  return refusal === null ? { answer: 'entries', drafts, newLinks } : refused(refusal);
};

const contextOf = ({ envelope, said, entries, targets }: Question): DecisionContext => {
  const today = osloDay(said.recordedAt);
  const present = [...targets].flatMap(([item, target]): readonly (readonly [string, Target])[] =>
    target === null ? [] : [[item, target]],
  );
  return { ...envelope, item: said.stream, day: effectiveDay(envelope.occurred, today), today, entries, targets: new Map(present) };
};

/** A kind's own command: `then` is what was in effect on its day, the founding included, as that is never later than the rest. */
const decideOwn = ({ kind, command }: Question, { told, state: now }: Folded, context: DecisionContext): Decision<DomainEvent> => {
  if (told.retracted) return itemRetracted(context.item);
  const past = told.allFacts.filter((fact) => fact.revision === 0 || fact.day <= context.day);
  const then: unknown = past.length === told.allFacts.length ? now : foldState(kind, past);
  return kind.decider.decide(command, { then, now }, context) as Decision<DomainEvent>;
};

const decideSharedOn = (
  { registry, kind }: Question,
  entries: Entries,
  { told, state }: Folded,
  context: DecisionContext,
  command: SharedCommand,
): Decision<DomainEvent> => decideShared(command, { kind, shared: registry.shared, entries, now: told, state, context });

/** The links of a founding command are decided one by one, each on the item as founded and linked so far. */
const withLinks = (question: Question, founding: readonly DomainEvent[], context: DecisionContext): Decision<DomainEvent> => {
  let events = founding;
  for (const link of question.links) {
    const sofar = withProposed(question.entries, events, context);
    const decided = decideSharedOn(question, sofar, foldedOf(question.kind, sofar), context, link);
    if (isRefusal(decided)) return decided;
    events = [...events, ...decided];
  }
  return events;
};
