import { type GraphQLError } from 'graphql';
import { exceeded, type Limits } from './limits.js';

/** The first limit that the variables exceed; null when they are within all. Work is bounded by `values`, whatever the body holds. */
export const variablesExceed = (
  variables: Readonly<Record<string, unknown>>,
  operation: 'query' | 'mutation' | 'subscription',
  limits: Limits,
): GraphQLError | null => {
  const [limit, allowed] = operation === 'mutation' ? (['written', limits.written] as const) : (['listed', limits.listed] as const);
  let level: unknown[] = [variables];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limits.nested) return exceeded('nested', limits.nested, null);
    const below: unknown[] = [];
    for (const holder of level) {
      if (Array.isArray(holder) && holder.length > allowed) return exceeded(limit, allowed, holder.length);
      const held = Object.values(holder as object) as unknown[];
      values += held.length;
      if (values > limits.values) return exceeded('values', limits.values, null);
      for (const value of held) if (typeof value === 'object' && value !== null) below.push(value);
    }
    level = below;
  }
  return null;
};
