/** Plain JSON as it lies in an entry: no undefined, no class, integers only (decimals are strings). */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };
