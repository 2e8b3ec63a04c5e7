import {
  isRefusal,
  notAfter,
  onDay,
  type AnyKind,
  type DecisionContext,
  type DomainEvent,
  type KindCommand,
  type Party,
  type Source,
  type Target,
} from '@saksgang/kernel';

const STEPS_MAX = 5; // commands after one another: every state of a kind lies nearer

export type Walk = Readonly<{
  /** States some command led into. */
  reached: ReadonlySet<string>;
  /** States some command led out of, into another. */
  left: ReadonlySet<string>;
}>;

/** Tries every command in every state it can get to, one a day, and says which states were entered and left. */
export const walk = (
  kind: AnyKind,
  item: string,
  commands: readonly KindCommand[],
  assertedBy: Party,
  targets: readonly Target[],
  source: Source | null = null,
): Walk => {
  const reached = new Set<string>();
  const left = new Set<string>();
  const nameOf = (state: unknown): string => kind.summarise(state).state;

  const step = (state: unknown, steps: number): void => {
    if (steps === STEPS_MAX) return;
    const day = `2018-01-${String(steps + 1).padStart(2, '0')}`;
    const envelope = { occurred: onDay(day), assertedBy, source, reason: 'Prøvd' };
    const context: DecisionContext = {
      item,
      day,
      today: day,
      ...envelope,
      entries: [],
      targets: new Map(targets.map((target) => [target.item, target])),
    };
    for (const command of commands) {
      const decision = kind.decider.decide(command, { then: state, now: state }, context);
      if (isRefusal(decision) || decision.length === 0) continue;
      const next = decision.reduce<unknown>(
        (folded, event: DomainEvent) => kind.decider.evolve(folded, { ...envelope, occurred: notAfter(day), event, day }),
        state,
      );
      const [from, to] = [nameOf(state), nameOf(next)];
      reached.add(to);
      if (from !== to) left.add(from);
      step(next, steps + 1);
    }
  };
  step(kind.decider.initial, 0);
  return { reached, left };
};

/** The table as it is written: all states are reached; those that are not final, and no others, are left. */
export const asWritten = (kind: AnyKind): Walk => ({
  reached: new Set(Object.keys(kind.states)),
  left: new Set([
    kind.summarise(kind.decider.initial).state,
    ...Object.entries(kind.states)
      .filter(([, { final }]) => !final)
      .map(([name]) => name),
  ]),
});
