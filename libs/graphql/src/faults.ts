import { troubleOf } from '@saksgang/database';
import { StoreUnavailable } from '@saksgang/event-store';
import type { Json } from '@saksgang/kernel';
import { ReadProblem } from '@saksgang/projections';
import { GraphQLError, Kind } from 'graphql';

/** A fault a client can act on: malformed input to a query, or no right to ask. Refusals of commands are data, never this. */
export const fault = (code: string, message: string, details: Readonly<Record<string, Json>> = {}): GraphQLError =>
  new GraphQLError(message, { extensions: { code, ...details } });

export type FaultLog = (line: Readonly<{ level: 'error'; message: string; requestId: string; error: unknown; field: string }>) => void;

const RETRY_AFTER_MS = 1_000;

const placed = (error: GraphQLError, message: string, extensions: Readonly<Record<string, unknown>>, cause?: Error): GraphQLError =>
  new GraphQLError(message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
    originalError: cause ?? null,
    extensions: { ...extensions },
  });

/**
 * The last word on every error before it leaves: what a reader can act on keeps its stable `extensions.code`, a store or a database that is
 * away is UNAVAILABLE, anything else is answered as INTERNAL with the id of its request, under which the log holds the whole of it. `given`: null where the request has none.
 */
export const createMask =
  (deps: Readonly<{ log: FaultLog; requestId: () => string; told?: ((error: GraphQLError) => void) | undefined }>) =>
  (error: GraphQLError, given: string | null = null): GraphQLError => {
    const answered = maskedBy(deps, error, given);
    deps.told?.(answered);
    return answered;
  };

const maskedBy = (deps: Readonly<{ log: FaultLog; requestId: () => string }>, error: GraphQLError, given: string | null): GraphQLError => {
  const cause = rootCause(error);
  if (cause instanceof ReadProblem) return placed(error, cause.message, { code: cause.code, ...cause.details });
  if (cause === null) return error.extensions['code'] === undefined ? withRequestCode(error) : error;
  if (cause instanceof GraphQLError) return placed(error, error.message, { code: 'BAD_USER_INPUT', ...cause.extensions });
  const requestId = given ?? deps.requestId();
  if (cause instanceof StoreUnavailable || troubleOf(cause) !== null) {
    deps.log({ level: 'error', message: 'something that a resolver needs is away', requestId, error: cause, field: fieldOf(error) });
    return placed(
      error,
      'Something that this needs does not answer now: the event store, or the database of names. Ask again in a moment.',
      {
        code: 'UNAVAILABLE',
        requestId,
        retryAfterMs: RETRY_AFTER_MS,
      },
    );
  }
  deps.log({ level: 'error', message: 'a resolver failed', requestId, error: cause, field: fieldOf(error) });
  return placed(error, `Something went wrong here, not with you. Quote ${requestId} when you report it.`, {
    code: 'INTERNAL',
    requestId,
  });
};

/** By its name in the schema. The path would hold aliases, which are the client's own words. */
const fieldOf = ({ nodes }: GraphQLError): string => {
  const [node] = nodes ?? [];
  return node?.kind === Kind.FIELD ? node.name.value : '';
};

/** The innermost error that was thrown, or null when GraphQL itself made this one (syntax, validation, a bad variable). */
const rootCause = (error: GraphQLError): Error | null => {
  const original = error.originalError ?? null;
  if (original instanceof GraphQLError && !(original instanceof ReadProblem))
    return original.originalError ? rootCause(original) : original;
  return original;
};

const withRequestCode = (error: GraphQLError): GraphQLError =>
  placed(error, error.message, { ...error.extensions, code: error.path === undefined ? 'BAD_REQUEST' : 'BAD_USER_INPUT' });
