import { createHash } from 'node:crypto';
import { type ExecutionArgs, getOperationAST } from 'graphql';
import { type FastifyRequest } from 'fastify';
import { type SaksgangDriverConfig } from './config.js';
import { type Parameters } from './requests.js';

/** A tag a client keeps an answer under, and the headers that say so. */
export type Revalidation = Readonly<{
  /** Before the operation: null where no tag can be told: not GET, no query, or nothing known of what the answer follows from. */
  tagOf: (request: FastifyRequest, parameters: Parameters, args: ExecutionArgs, mediaType: string) => Promise<string | null>;
  /** After it: the answer is only tagged when it is whole, and still one to keep. */
  headersOf: (
    request: FastifyRequest,
    args: ExecutionArgs,
    tag: string | null,
    whole: boolean,
  ) => Promise<Readonly<Record<string, string>>>;
}>;

const VARY = 'accept, accept-language, authorization, x-api-key';
/** Kept by the reader alone, and asked about each time. */
export const KEPT = 'private, no-cache';
const NOT_KEPT = 'private, no-store';

export const taggedWith = (tag: string): Readonly<Record<string, string>> => ({ etag: tag, 'cache-control': KEPT, vary: VARY });

/** Weak, as compared for If-None-Match: the same answer may be sent compressed or not. */
const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
export const isHeld = (ifNoneMatch: string | undefined, tag: string): boolean =>
  (ifNoneMatch ?? '').split(',').some((held) => opaque(held) === opaque(tag));

export const createRevalidation = ({ stateOf }: Pick<SaksgangDriverConfig, 'stateOf'>): Revalidation => {
  const stateFor = async ({ contextValue }: ExecutionArgs): Promise<string | null> => {
    try {
      return (await stateOf?.(contextValue as object)) ?? null;
    } catch {
      // What keeps the state from being told is told by the operation itself, in its own words.
      return null;
    }
  };
  return {
    tagOf: async (request, parameters, args, mediaType) => {
      if (request.method !== 'GET' || getOperationAST(args.document, args.operationName)?.operation !== 'query') return null;
      const state = await stateFor(args);
      if (state === null) return null;
      const question = [parameters.query, parameters.operationName ?? null, parameters.variables ?? null];
      const digest = createHash('sha256').update(JSON.stringify([state, mediaType, ...question]));
      return `W/"${digest.digest('base64url')}"`;
    },
    headersOf: async (request, args, tag, whole) => {
      if (request.method !== 'GET') return {};
      if (tag !== null && whole && (await stateFor(args)) !== null) return taggedWith(tag);
      return { 'cache-control': NOT_KEPT, vary: VARY };
    },
  };
};
