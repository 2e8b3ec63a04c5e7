import { type GqlModuleOptions } from '@nestjs/graphql';
import type { Clock, Scheduler } from '@saksgang/kernel';
import { type FieldCosts } from './limits/cost.js';
import { type Limits } from './limits/limits.js';
import { type SocketLimits } from './limits/sockets.js';
import { type IncomingMessage } from 'node:http';
import { type ExecutionArgs, type GraphQLError, type ValidationRule } from 'graphql';

export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** One operation that is about to run. `name`: as its client calls it, which may be anything. */
export type OperationStep = Readonly<{
  is: 'operation';
  type: IncomingRequest['operation'];
  name: string | null;
  headers: RequestHeaders;
}>;

/** What a context is made from. `connection` is the payload of graphql-ws `connection_init`; over HTTP it is null. */
export type IncomingRequest = Readonly<{
  headers: RequestHeaders;
  connection: Readonly<Record<string, unknown>> | null;
  /** Path and query. */
  url: string;
  operation: 'query' | 'mutation' | 'subscription';
  /** As its client calls it, which may be anything. */
  operationName: string | null;
  /** Under which the answer, and the log, tell of it; null where none is told. */
  requestId: string | null;
  /** Throws when the time for the answer is up: what is read after that is read for nobody. */
  late?: Readonly<{ throwIfAborted: () => void }>;
}>;

export type MaskError = (error: GraphQLError, requestId: string | null) => GraphQLError;

export interface SaksgangDriverConfig extends GqlModuleOptions {
  /** Makes the context of one operation; a GraphQLError it throws is answered as it is. */
  contextFor: (request: IncomingRequest) => Promise<object> | object;
  /** A last word before execution (cost, permission): an error refuses the operation. */
  guard?: (args: ExecutionArgs) => GraphQLError | null;
  /**
   * For answers by GET: a text that stays the same for as long as this reader gets the same answer to the same question; null where
   * that cannot be told. Asked before the operation, so that an answer the reader holds is not made again (304), and once more after
   * it, which may turn out not to be one to keep. Without it no answer is tagged.
   */
  stateOf?: (context: object) => Promise<string | null>;
  /** Every error passes here on its way out: the place to mask faults. `requestId`: of the request it answers; null where none is told. */
  maskError?: MaskError | undefined;
  /** The id of an operation that comes on a WebSocket; over HTTP it is the request's own. */
  requestIdOf?: (request: IncomingMessage) => string;
  /** Status and headers of an answer over HTTP that holds nothing but this error; null: as any other. */
  shownBeside?: (error: GraphQLError) => Readonly<{ status: number; headers: Readonly<Record<string, string>> }> | null;
  /**
   * Asked of each operation on a WebSocket before anything is done for it: an error turns it away. Over HTTP the same is judged before
   * the request comes here.
   */
  turnAway?: (
    asks: Pick<IncomingRequest, 'headers' | 'connection' | 'url'> & Readonly<{ address: string }>,
  ) => Promise<GraphQLError | null>;
  /** Asked now and then while a subscription goes on: an error ends it. */
  stillKnown?: (context: object) => Promise<GraphQLError | null>;
  /** ms between two such askings, by the scheduler. Default KNOWN_EVERY_MS. */
  knownEveryMs?: number;
  /** Runs every question and command, to be measured or traced around it; what it answers is handed on as it is. */
  around?: <T>(step: OperationStep, run: () => T) => T;
  validationRules?: readonly ValidationRule[];
  /** Errors do not say what may have been meant: for a schema that is not shown. */
  hideSuggestions?: boolean;
  /** Compile a query when it has been asked this often. Default 3; 0 = never. */
  jitAfter?: number;
  /** What one request may ask for, where it is not as LIMITS has it. */
  limits?: Partial<Limits>;
  /** Points that fields take beside the one every field takes. */
  costs?: FieldCosts;
  /** Watches over readers of subscriptions: one that takes nothing is told where it stood and closed. Left out: it holds its source for ever. */
  scheduler?: Scheduler;
  /** Default 30 s. */
  slowAfterMs?: number;
  /** ms an answer may take; watched over by the scheduler. Default ANSWER_MS. */
  answerMs?: number;
  /** What the socket transports take, where it is not as SOCKETS has it. */
  sockets?: Partial<SocketLimits>;
  /** Tells seconds apart in which a connection sends messages. Left out: they are not counted. */
  clock?: Clock;
  /** Where a request comes from. Default: the address at the other end. */
  addressOf?: (request: IncomingMessage) => string;
  /** Who holds a subscription, for how many one reader may hold. Default: the address. */
  readerOf?: (context: object, address: string) => string;
  /** Bytes of a request body. Default 1 MiB. */
  bodyLimit?: number;
}

export const JIT_AFTER = 3; // times asked
export const BODY_BYTES_MAX = 1_048_576; // bytes of one request body
