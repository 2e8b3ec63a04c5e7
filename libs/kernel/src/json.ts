/** Plain JSON as it lies in an entry: no undefined, no class, integers only (decimals are strings). */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** The same JSON value? Keys in any order; a key left out is not the same as null. */
export const sameJson = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  const [one, other] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>];
  return keys.length === others.length && keys.every((key) => Object.hasOwn(other, key) && sameJson(one[key], other[key]));
};
