import { foldState, history, NOW, type EntryId } from '@saksgang/kernel';
import type { ItemState } from '@saksgang/projections';
import type { RequestContext } from './context.js';
import type { ItemSource } from './sources.js';

/** A kind's state once its founding entry is folded. */
export type Recorded<S> = Exclude<S, Readonly<{ status: 'unknown' }>>;

/**
 * The full state behind an item. One whose founding entry was retracted has none: it is shown as that entry told it
 * (every other entry had to be retracted before it), in state RETRACTED.
 * @throws when there is no such state: a bug, for the item was found.
 */
export const stateOf = async <S extends Readonly<{ status: string }>>(context: RequestContext, item: ItemSource): Promise<Recorded<S>> => {
  const state = (await itemStateOf(context, item)).state as S;
  return (state.status === 'unknown' ? await asFounded<S>(context, item) : state) as Recorded<S>;
};

export const itemStateOf = async (context: RequestContext, item: ItemSource): Promise<ItemState> => {
  const found = await context.state(item.id, item.pin);
  if (found === null) throw new Error(`${item.id} has a row but no state at ${item.pin.position}`);
  return found;
};

const asFounded = async <S>(context: RequestContext, item: ItemSource): Promise<S> => {
  const founding = await context.reading.entry(`${item.id}@0`, item.pin);
  const kind = context.registry.kinds.get(item.kind);
  if (founding === null || kind === undefined) throw new Error(`${item.id} has no founding entry at ${item.pin.position}`);
  return foldState<S>(kind, history([founding.entry], NOW).facts);
};

const refs = new WeakMap<ItemState, ReadonlyMap<EntryId, string>>();

/** The global id of an entry of this item: `<item>@<revision>`. */
export const refIn = (state: ItemState, entry: EntryId): string => {
  let known = refs.get(state);
  if (known === undefined) {
    known = new Map(state.facts.map((fact) => [fact.entry, `${state.row.id}@${fact.revision}`]));
    refs.set(state, known);
  }
  return known.get(entry) ?? `${state.row.id}@0`;
};
