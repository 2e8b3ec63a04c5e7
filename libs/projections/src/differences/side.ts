import {
  foldNotes,
  foldState,
  history,
  isSharedType,
  NOTHING_SHOWN,
  sameJson,
  type AnyKind,
  type Day,
  type Entry,
  type EntryId,
  type Fact,
  type Position,
} from '@saksgang/kernel';
import { compareLists, compareStates, type Comparing } from './compare.js';

/** An item as seen from one point of view. Null: it was not there, not yet or no longer. */
export type Side = Readonly<{ facts: readonly Fact[]; state: unknown }> | null;
export type View = Readonly<{ knownAt: Position; validAt: Day }>;

export const sideAt = (kind: AnyKind, entries: readonly Entry[], view: View): Side => {
  const { facts, retracted } = history(entries, view);
  return retracted || facts.length === 0 ? null : { facts, state: foldState(kind, facts) };
};

export const comparing = (kind: AnyKind, entries: readonly Entry[]): Comparing => {
  const revisions = new Map(entries.map(({ id, revision }) => [id, revision]));
  return { shown: kind.shown ?? NOTHING_SHOWN, revisionOf: (entry: EntryId) => revisions.get(entry) ?? null, deltas: [], parts: new Map() };
};

/** Notes down all that two views of an item tell differently: its state, when and by whom it was founded, and the notes on it. */
export const compareSides = (compared: Comparing, kind: AnyKind, one: Side, other: Side): void => {
  compareStates(compared, fieldsOf(kind, one), fieldsOf(kind, other));
  const [notes, others] = [notesOf(compared, one), notesOf(compared, other)];
  for (const part of new Set([...others.keys(), ...notes.keys()]))
    compareLists(compared, part, 'notes', notes.get(part) ?? [], others.get(part) ?? []);
  tellOnce(compared);
};

/** What one fact made of the state it met. */
export const compareStep = (compared: Comparing, kind: AnyKind, before: unknown, after: unknown, fact: Fact): void => {
  const founding = fact.revision === 0;
  compareStates(compared, founding ? {} : stateFields(kind, before), {
    ...stateFields(kind, after),
    ...(founding ? saidWith(fact) : {}),
  });
};

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (kind: AnyKind, side: Side): Fields => {
  const founding = side?.facts[0];
  return side === null || founding === undefined ? {} : { ...stateFields(kind, side.state), ...saidWith(founding) };
};

/** `status` is how the kind tells its states apart; readers know it by the name that lists show. */
const stateFields = (kind: AnyKind, state: unknown): Fields => ({
  ...(state as object),
  status: undefined,
  state: kind.summarise(state).state,
});

/** Of the founding entry; what later entries say stands with what they made. */
const saidWith = ({ occurred, assertedBy, source, reason }: Fact): Fields => ({ occurred, assertedBy, source, reason });

const notesOf = ({ shown }: Comparing, side: Side): ReadonlyMap<string | null, Fields[]> => {
  const byPart = new Map<string | null, Fields[]>();
  for (const { entry, text, part, occurred, assertedBy, source } of side === null ? [] : foldNotes(side.facts)) {
    const on = shown.parts === null ? null : part;
    const note = { entry, text, part: on === part ? null : part, occurred, assertedBy, source };
    byPart.set(on, [...(byPart.get(on) ?? []), note]);
  }
  return byPart;
};

/** Most kinds keep the founding's date under a name of their own («vedtatt», «signert»): the same news is told once. */
const tellOnce = ({ deltas }: Comparing): void => {
  const at = deltas.findIndex(({ part, path }) => part === null && path === 'occurred');
  const occurred = deltas[at];
  if (occurred === undefined) return;
  const twin = deltas.some(
    (delta) =>
      delta !== occurred && delta.part === null && sameJson(delta.before, occurred.before) && sameJson(delta.after, occurred.after),
  );
  if (twin) deltas.splice(at, 1);
};

/** The facts of one side in their order, each with the state it met and the state it left. */
export const foldSteps = (
  kind: AnyKind,
  { facts }: NonNullable<Side>,
  each: (fact: Fact, before: unknown, after: unknown) => void,
): void => {
  let state: unknown = kind.decider.initial;
  for (const fact of facts) {
    const after: unknown = isSharedType(fact.event.type) ? state : kind.decider.evolve(state, fact);
    each(fact, state, after);
    state = after;
  }
};
