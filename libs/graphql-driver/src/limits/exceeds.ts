import { type ExecutionArgs, type GraphQLError, type GraphQLSchema } from 'graphql';
import { createJudgeCost, type FieldCosts } from './cost.js';
import { type Limits } from './limits.js';
import { variablesExceed } from './variables.js';

type Operation = 'query' | 'mutation' | 'subscription';

/** The first limit that a request exceeds by its variables, or null. */
export type Exceeds = (
  args: Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues'>,
  operation: Operation,
) => GraphQLError | null;

export const createExceeds = (schema: GraphQLSchema, costs: FieldCosts, limits: Limits): Exceeds => {
  const judgeCost = createJudgeCost(schema, costs, limits.cost);
  return ({ document, operationName, variableValues }, operation) =>
    variablesExceed(variableValues ?? {}, operation, limits) ?? judgeCost(document, operationName ?? null, variableValues ?? null);
};
