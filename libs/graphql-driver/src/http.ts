import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { type ExecutionArgs, GraphQLError } from 'graphql';
import { createHandler, type OperationContext, type Request, type Response } from 'graphql-http';
import { type Operations } from './operations.js';
import { asRequestError, finished } from './errors.js';
import { distinctHeaders, type PrepareArgs } from './requests.js';
import { createRevalidation, isHeld, taggedWith } from './revalidation.js';
import { type MaskError, type SaksgangDriverConfig } from './config.js';

const GRAPHQL_RESPONSE = 'application/graphql-response+json; charset=utf-8';
const PLAIN_JSON = 'application/json; charset=utf-8';

/** What the client prefers among the two media types of GraphQL over HTTP. */
const mediaTypeFor = (accept: string | undefined): string => {
  for (const part of (accept ?? '*/*').replace(/\s/g, '').toLowerCase().split(',')) {
    const [type, ...parameters] = part.split(';');
    if (parameters.some((parameter) => parameter.startsWith('charset=') && parameter !== 'charset=utf-8')) continue;
    if (type === 'application/graphql-response+json') return GRAPHQL_RESPONSE;
    if (type === 'application/json' || type === 'application/*' || type === '*/*') return PLAIN_JSON;
  }
  return PLAIN_JSON;
};

export const serveHttp = (
  fastify: FastifyInstance,
  path: string,
  operations: Operations,
  prepareArgs: PrepareArgs,
  config: Pick<SaksgangDriverConfig, 'maskError' | 'bodyLimit' | 'stateOf' | 'shownBeside'>,
): void => {
  const finish = finished(config.maskError);
  const { tagOf, headersOf } = createRevalidation(config);
  const handle = createHandler<FastifyRequest, Underway, OperationContext>({
    onSubscribe: async (request, parameters) => {
      const args = await prepareArgs(parameters, askingOf(request.raw), ['query', 'mutation']);
      if (!('schema' in args)) {
        const errors = args.map((error) => config.maskError?.(error, request.raw.id) ?? error);
        return turnedAway(errors, config, mediaTypeFor(request.raw.headers.accept)) ?? errors;
      }
      const tag = await tagOf(request.raw, parameters, args, mediaTypeFor(request.raw.headers.accept));
      if (tag !== null && isHeld(request.raw.headers['if-none-match'], tag))
        return [null, { status: 304, statusText: 'Not Modified', headers: taggedWith(tag) }];
      request.context.tag = tag;
      return args as ExecutionArgs & { contextValue: OperationContext };
    },
    execute: (args: ExecutionArgs) => operations.run(args),
    // What could not be read is nobody's fault here: nothing of it is looked for in the log.
    formatError: (error) => {
      const coded = asRequestError(error);
      return config.maskError?.(coded, null) ?? coded;
    },
    onOperation: async (request, args, result) => {
      const answer = finish(result, request.raw.id);
      const type = mediaTypeFor(request.raw.headers.accept);
      // Without data nothing was executed: the newer media type says so by its status, the older one always says 200.
      const late = answer.errors?.some(({ extensions }) => extensions['code'] === 'TIMEOUT') === true;
      const status = late ? 503 : answer.data === undefined && type === GRAPHQL_RESPONSE ? 400 : 200;
      const headers = { 'content-type': type, ...(await headersOf(request.raw, args, request.context.tag, !answer.errors)) };
      return [JSON.stringify(answer), { status, statusText: STATUS_CODES[status] ?? '', headers }];
    },
  });

  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const [body, init] = await handle(asHandled(request));
    void reply.status(init.status).headers(init.headers ?? {});
    const told = BY_STATUS[init.status];
    if (!told) return reply.send(body ?? undefined);
    return reply.header('content-type', mediaTypeFor(request.headers.accept)).send(errorsOf(...told));
  };
  fastify.route({
    url: path,
    method: ['GET', 'POST'],
    ...(config.bodyLimit ? { bodyLimit: config.bodyLimit } : {}),
    handler: answer,
    errorHandler: (error, request, reply) => void answerBadRequest(error as Fault, request, reply, config.maskError),
  });
};

/** As the transport found it. */
export const askingOf = ({ raw, ip, url, id }: FastifyRequest) => ({
  headers: distinctHeaders(raw),
  connection: null,
  address: ip,
  url,
  requestId: id,
});

/** The answer to whom nothing is answered; null where the errors are like any others. */
export const turnedAway = (
  errors: readonly GraphQLError[],
  { shownBeside }: Pick<SaksgangDriverConfig, 'shownBeside'>,
  type: string,
): Response | null => {
  const shown = errors.map((error) => shownBeside?.(error) ?? null).find((one) => one !== null);
  if (!shown) return null;
  const headers = { ...shown.headers, 'content-type': type, 'cache-control': 'no-store' };
  return [JSON.stringify({ errors }), { status: shown.status, statusText: STATUS_CODES[shown.status] ?? '', headers }];
};

const errorsOf = (...[code, message]: Told): string =>
  JSON.stringify({ errors: [new GraphQLError(message, { extensions: { code } }).toJSON()] });

type Told = readonly [code: string, message: string];
const NOT_JSON: Told = ['UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json; charset=utf-8.'];
/** What the protocol's handler says by little more than a status, told in the shape of an answer. */
const BY_STATUS: Readonly<Record<number, Told>> = {
  405: ['METHOD_NOT_ALLOWED', 'Send this by POST: GET answers queries alone.'],
  406: ['NOT_ACCEPTABLE', 'Accept application/graphql-response+json or application/json, in utf-8.'],
  415: NOT_JSON,
};

/** What one request learns on its way. */
type Underway = { tag: string | null };

const asHandled = (request: FastifyRequest): Request<FastifyRequest, Underway> => ({
  method: request.method,
  url: request.url,
  headers: request.headers,
  body: (request.body ?? null) as Record<string, unknown> | null,
  raw: request,
  context: { tag: null },
});

export type Fault = Error & Readonly<{ statusCode?: number }>;

/** Faults that Fastify finds before GraphQL begins (a body too large, no JSON), told in the shape of an answer. */
export const answerBadRequest = (error: Fault, request: FastifyRequest, reply: FastifyReply, maskError?: MaskError): FastifyReply => {
  // Refused while the body was looked at, in the words of the limit.
  const refused = error instanceof GraphQLError ? error : null;
  const status = refused ? 400 : (error.statusCode ?? 500);
  const known: Readonly<Record<number, Told>> = {
    400: ['MALFORMED_REQUEST', 'The body is not JSON: send {"query": "…", "variables": {…}}.'],
    413: ['BODY_TOO_LARGE', 'The body is larger than this server takes: split the input into several commands.'],
    415: NOT_JSON,
  };
  const [code, message] = known[status] ?? ['INTERNAL', 'Something went wrong on the server.'];
  const plain = refused ?? new GraphQLError(message, { extensions: { code }, originalError: status in known ? null : error });
  const told = maskError?.(plain, request.id) ?? plain;
  const shown = status in known ? status : 500;
  return reply
    .status(shown)
    .header('content-type', mediaTypeFor(request.headers.accept))
    .send(JSON.stringify({ errors: [told.toJSON()] }));
};
