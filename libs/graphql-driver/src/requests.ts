import { type ExecutionArgs, getOperationAST, GraphQLError, type GraphQLSchema } from 'graphql';
import { asRequestError, withCode } from './errors.js';
import { type Exceeds } from './limits/exceeds.js';
import { type Operations } from './operations.js';
import { type IncomingRequest, type SaksgangDriverConfig } from './config.js';

export type Parameters = Readonly<{
  query?: unknown;
  operationName?: string | null | undefined;
  variables?: Readonly<Record<string, unknown>> | null | undefined;
}>;

/** From parameters to something that can be executed, or the errors that say why not. The same for every transport. */
export type PrepareArgs = (
  parameters: Parameters,
  request: Omit<IncomingRequest, 'operation'>,
  allowed: readonly IncomingRequest['operation'][],
) => Promise<ExecutionArgs | readonly GraphQLError[]>;

export const createPrepareArgs =
  (
    schema: GraphQLSchema,
    operations: Operations,
    config: Pick<SaksgangDriverConfig, 'contextFor' | 'guard'> & Readonly<{ exceeds: Exceeds }>,
  ): PrepareArgs =>
  async (parameters, request, allowed) => {
    try {
      const prepared = operations.prepare(String(parameters.query));
      if (prepared.errors.length > 0) return prepared.errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
      const operation = getOperationAST(prepared.document, parameters.operationName ?? null);
      if (!operation) return [unknownOperation(parameters.operationName ?? null)];
      if (!allowed.includes(operation.operation)) return [wrongTransport(operation.operation)];
      const args: ExecutionArgs = {
        schema,
        document: prepared.document,
        operationName: parameters.operationName ?? null,
        variableValues: parameters.variables ?? {},
      };
      // Before anything is asked of the machine on this request's behalf.
      const tooMuch = config.exceeds(args, operation.operation);
      if (tooMuch) return [tooMuch];
      const withContext = { ...args, contextValue: await config.contextFor({ ...request, operation: operation.operation }) };
      const refusal = config.guard?.(withContext) ?? null;
      return refusal ? [refusal] : withContext;
    } catch (error) {
      return [asRequestError(error)];
    }
  };

const unknownOperation = (name: string | null): GraphQLError =>
  new GraphQLError(
    name === null
      ? 'The document holds several operations: say which by operationName.'
      : `The document holds no operation called «${name}».`,
    { extensions: { code: 'UNKNOWN_OPERATION' } },
  );

const wrongTransport = (operation: string): GraphQLError =>
  new GraphQLError(
    operation === 'subscription'
      ? 'Subscriptions are answered at /graphql by WebSocket (graphql-transport-ws) and at /graphql/stream by server-sent events.'
      : `Only subscriptions are answered here: send the ${operation} to /graphql.`,
    { extensions: { code: 'WRONG_TRANSPORT' } },
  );
