import { type ExecutionArgs, getOperationAST, GraphQLError, type GraphQLSchema } from 'graphql';
import { asRequestError, withCode } from './errors.js';
import { createLate, type TimedArgs } from './limits/deadline.js';
import { type Exceeds } from './limits/exceeds.js';
import { type Operations } from './operations.js';
import { type IncomingMessage } from 'node:http';
import { type IncomingRequest, type OperationStep, type RequestHeaders, type SaksgangDriverConfig } from './config.js';

export type Parameters = Readonly<{
  query?: unknown;
  operationName?: string | null | undefined;
  variables?: Readonly<Record<string, unknown>> | null | undefined;
}>;

/** `reader`: whose subscription it is, if it is one. */
export type PreparedArgs = TimedArgs & Readonly<{ reader: string; step: OperationStep }>;

/** From parameters to something that can be executed, or the errors that say why not. The same for every transport. */
export type PrepareArgs = (
  parameters: Parameters,
  request: Omit<IncomingRequest, 'operation' | 'operationName' | 'late'> & Readonly<{ address: string }>,
  allowed: readonly IncomingRequest['operation'][],
) => Promise<PreparedArgs | readonly GraphQLError[]>;

export const createPrepareArgs =
  (
    schema: GraphQLSchema,
    operations: Operations,
    config: Pick<SaksgangDriverConfig, 'contextFor' | 'guard' | 'readerOf' | 'hideSuggestions'> & Readonly<{ exceeds: Exceeds }>,
  ): PrepareArgs =>
  async (parameters, request, allowed) => {
    try {
      const prepared = operations.prepare(String(parameters.query));
      if (prepared.errors.length > 0) return prepared.errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
      const operation = getOperationAST(prepared.document, parameters.operationName ?? null);
      if (!operation) return [unknownOperation(parameters.operationName ?? null)];
      if (!allowed.includes(operation.operation)) return [wrongTransport(operation.operation)];
      const asked: ExecutionArgs = {
        schema,
        document: prepared.document,
        operationName: parameters.operationName ?? null,
        variableValues: parameters.variables ?? {},
        hideSuggestions: config.hideSuggestions ?? false,
      };
      // Before anything is asked of the machine on this request's behalf.
      const tooMuch = config.exceeds(asked, operation.operation);
      if (tooMuch) return [tooMuch];
      const late = createLate();
      const { headers, connection, url, requestId, address } = request;
      const name = operation.name?.value ?? null;
      const type = operation.operation;
      const contextValue = await config.contextFor({ headers, connection, url, requestId, operation: type, operationName: name, late });
      const reader = config.readerOf?.(contextValue, address) ?? address;
      const args = Object.assign(asked, { contextValue, late, reader, step: { is: 'operation', type, name, headers } as const });
      const refusal = config.guard?.(args) ?? null;
      return refusal ? [refusal] : args;
    } catch (error) {
      return [asRequestError(error)];
    }
  };

/** A header that was sent twice is not the first of them: of the one that says who asks, all are handed on. */
export const distinctHeaders = ({ headers, rawHeaders }: IncomingMessage): RequestHeaders => {
  if (headers.authorization === undefined) return headers;
  const sent = rawHeaders.filter((_value, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'authorization');
  return sent.length < 2 ? headers : { ...headers, authorization: sent };
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
