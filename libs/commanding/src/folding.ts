import { foldState, history, NOW, type AnyKind, type History } from '@saksgang/kernel';
import type { Entries } from './streams.js';

/** An item as known now, by all its entries. */
export type Folded = Readonly<{ told: History; state: unknown }>;

/** Held streams are never changed, only replaced: what is folded from one holds as long as it does. */
const folded = new WeakMap<Entries, Folded>();

/** Folds a stream of this kind, once for as long as it stays the same. */
export const foldedOf = (kind: AnyKind, entries: Entries): Folded => {
  const known = folded.get(entries);
  if (known !== undefined) return known;
  const told = history(entries, NOW);
  const fresh: Folded = { told, state: foldState(kind, told.allFacts) };
  folded.set(entries, fresh);
  return fresh;
};
