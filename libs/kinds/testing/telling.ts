import {
  NOW,
  effectiveDay,
  foldState,
  history,
  notAfter,
  parsePartialDate,
  type AnyKind,
  type AsOf,
  type Day,
  type Decision,
  type DecisionContext,
  type Described,
  type DomainEvent,
  type Entry,
  type History,
  type ItemId,
  type KindCommand,
  type Labels,
  type PartialDate,
  type Party,
  type Source,
  type Target,
} from '@saksgang/kernel';

/** A kind's story told in specs: events recorded on given days, then read or decided upon by the kernel's own rules. */
export type Told = Readonly<{ event: DomainEvent; on: Day; occurred?: string; assertedBy?: Party; source?: Source; reason?: string }>;

export const date = (text: string, asWritten: string | null = null): PartialDate => {
  const parsed = parsePartialDate(text, asWritten);
  if (!parsed.ok) throw new Error(`the spec itself names an impossible date: ${text}`);
  return parsed.value;
};

export const entryIdAt = (revision: number): string => `00000000-0000-5000-8000-${String(revision).padStart(12, '0')}`;

/** Recorded at noon UTC; without `occurred`, no later than the day it was recorded. */
export const recorded = (item: ItemId, told: readonly Told[]): readonly Entry[] =>
  told.map(({ event, on, occurred, assertedBy, source, reason }, revision) => ({
    position: `spec-${String(revision).padStart(20, '0')}`,
    id: entryIdAt(revision),
    stream: item,
    revision,
    version: 1,
    recordedAt: `${on}T12:00:00.000Z`,
    actor: 'actor-00000000-0000-4000-8000-000000000001',
    commandId: `spec-${revision}`,
    inputDigest: 'spec',
    occurred: occurred === undefined ? notAfter(on) : date(occurred),
    assertedBy: assertedBy ?? null,
    source: source ?? null,
    reason: reason ?? null,
    event,
  }));

export const readAs = (entries: readonly Entry[], asOf: Partial<AsOf> = {}): History => history(entries, { ...NOW, ...asOf });
export const stateAs = <S>(kind: AnyKind, entries: readonly Entry[], asOf: Partial<AsOf> = {}): S =>
  foldState<S>(kind, readAs(entries, asOf).facts);

export type Circumstances = Readonly<{
  today: Day;
  occurred?: string;
  assertedBy?: Party;
  source?: Source;
  reason?: string;
  targets?: readonly Target[];
}>;

/** Decides as `submit` does: on what is in effect at the command's effective day, and on what is known now. */
export const decided = (
  kind: AnyKind,
  item: ItemId,
  entries: readonly Entry[],
  command: KindCommand,
  { today, occurred, assertedBy, source, reason, targets }: Circumstances,
): Decision<DomainEvent> => {
  const happened = occurred === undefined ? notAfter(today) : date(occurred);
  const day = effectiveDay(happened, today);
  const context: DecisionContext = {
    item,
    day,
    today,
    entries,
    occurred: happened,
    assertedBy: assertedBy ?? null,
    source: source ?? null,
    reason: reason ?? null,
    targets: new Map((targets ?? []).map((target) => [target.item, target])),
  };
  return kind.decider.decide(
    command,
    { then: stateAs<unknown>(kind, entries, { validAt: day }), now: stateAs<unknown>(kind, entries) },
    context,
  );
};

/** A story's events in words, as the timeline shows them. */
export const describedIn = (kind: AnyKind, entries: readonly Entry[]): readonly Described[] =>
  readAs(entries).facts.map((fact) => kind.describe(fact));

/** Their titles. */
export const titlesOf = (kind: AnyKind, entries: readonly Entry[]): readonly string[] =>
  describedIn(kind, entries).map(({ title }) => title.nb);

/** Every text says something in each language and leaks no missing value. */
export const isTold = (text: Labels): boolean =>
  Object.values(text).every((said) => said.trim() !== '' && !/undefined|null|\[object|NaN/.test(said));
