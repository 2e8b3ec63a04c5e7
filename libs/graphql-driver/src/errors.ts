import { type ExecutionResult, GraphQLError } from 'graphql';
import { type MaskError } from './config.js';

/** Codes of errors that are found before a field is resolved. */
export type RequestErrorCode = 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED' | 'BAD_USER_INPUT' | 'BAD_REQUEST';

/** The same error with a code, unless it has one already. */
export const withCode = (error: GraphQLError, code: RequestErrorCode): GraphQLError =>
  typeof error.extensions['code'] === 'string'
    ? error
    : new GraphQLError(error.message, {
        nodes: error.nodes ?? null,
        source: error.source ?? null,
        positions: error.positions ?? null,
        path: error.path ?? null,
        originalError: error.originalError ?? null,
        extensions: { ...error.extensions, code },
      });

/** Whatever was thrown while a request was being read, as an error a client can be shown. */
export const asRequestError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError
    ? withCode(error, 'GRAPHQL_PARSE_FAILED')
    : new GraphQLError(error instanceof Error ? error.message : 'The request cannot be read.', { extensions: { code: 'BAD_REQUEST' } });

/** Codes on an answer that never reached a field (variables that do not fit), then `mask` over every error. */
export const finished =
  (mask: MaskError | undefined) =>
  (result: ExecutionResult, requestId: string | null): ExecutionResult => {
    if (!result.errors) return result;
    const coded = result.data === undefined ? result.errors.map((error) => withCode(error, 'BAD_USER_INPUT')) : result.errors;
    return { ...result, errors: mask ? coded.map((error) => mask(error, requestId)) : coded };
  };
