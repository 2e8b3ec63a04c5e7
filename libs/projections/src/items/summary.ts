import type { AnyKind, Summary } from '@saksgang/kernel';

const summaries = new WeakMap<object, Summary>();

/** A state is summarised when it is reached and again when it is left: states are never changed, so once is enough. */
export const summaryOf = (kind: AnyKind, state: unknown): Summary => {
  if (typeof state !== 'object' || state === null) return kind.summarise(state);
  const known = summaries.get(state);
  if (known) return known;
  const summary = kind.summarise(state);
  summaries.set(state, summary);
  return summary;
};
