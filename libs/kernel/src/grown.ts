/**
 * A list that grows at its end by one value at a time, and shares what stands before with the list it grew from: states of a long stream
 * that each hold all that was said so far take room and time for what is new alone. Never changed; `null` is the empty one.
 */
export type Grown<T> = Readonly<{ [GROWN]: true; before: Grown<T>; last: T }> | null;
const GROWN = Symbol('grown');

/** `before` is not touched. */
export const grown = <T>(before: Grown<T>, last: T): Grown<T> => ({ [GROWN]: true, before, last });

/** For who looks into states without knowing their kind. The empty one is null, and is none. */
export const isGrown = (value: unknown): value is NonNullable<Grown<unknown>> =>
  typeof value === 'object' && value !== null && GROWN in value;

/** Its values, oldest first. Linear: for readers, not for folds. */
export const listOf = <T>(list: Grown<T>): readonly T[] => {
  const values: T[] = [];
  for (let rest = list; rest !== null; rest = rest.before) values.push(rest.last);
  return values.reverse();
};
