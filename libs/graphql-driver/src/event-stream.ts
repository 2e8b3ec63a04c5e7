import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type ExecutionResult } from 'graphql';
import { parseRequestParams } from 'graphql-http';
import { type ServerResponse } from 'node:http';
import { asRequestError, finished } from './errors.js';
import { type SaksgangDriverConfig } from './config.js';
import { type Parameters, type PrepareArgs } from './requests.js';
import { subscribing } from './subscribing.js';

/**
 * Subscriptions by server-sent events at `<path>/stream`: the distinct connections mode of the GraphQL over SSE protocol.
 * Written here because the reference server puts every result of a source into a queue of its own, without bound, as fast as
 * the source yields; here the next result is asked for when the socket has taken the last one.
 */
export const serveEventStream = (
  fastify: FastifyInstance,
  path: string,
  prepareArgs: PrepareArgs,
  config: Pick<SaksgangDriverConfig, 'maskError' | 'bodyLimit'>,
): void => {
  const finish = finished(config.maskError);
  const results = async (
    request: FastifyRequest,
  ): Promise<AsyncIterable<ExecutionResult> | ExecutionResult | readonly [number, string]> => {
    try {
      const parameters = await parseRequestParams({
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: (request.body ?? null) as Record<string, unknown> | null,
        raw: request,
        context: undefined,
      });
      if (Array.isArray(parameters)) return [parameters[1].status, parameters[1].statusText];
      const args = await prepareArgs(parameters as Parameters, { headers: request.headers, connection: null }, ['subscription']);
      return 'schema' in args ? await subscribing(args) : { errors: args };
    } catch (error) {
      return { errors: [asRequestError(error)] };
    }
  };

  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const source = await results(request);
    if (Array.isArray(source)) return reply.status(source[0] as number).send(source[1]);
    reply.hijack();
    const socket = reply.raw;
    socket.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
    });
    socket.flushHeaders();
    if (Symbol.asyncIterator in source) await pump(source as AsyncIterable<ExecutionResult>, socket, finish);
    else await taken(socket, nextEvent(finish(source as ExecutionResult)));
    if (socket.writable) socket.end('event: complete\ndata:\n\n');
    return reply;
  };
  fastify.route({
    url: `${path}/stream`,
    method: ['GET', 'POST'],
    ...(config.bodyLimit ? { bodyLimit: config.bodyLimit } : {}),
    handler: answer,
  });
};

const nextEvent = (result: ExecutionResult): string => `event: next\ndata: ${JSON.stringify(result)}\n\n`;

/** Resolves when the socket has taken the text (true) or is gone (false). */
const taken = (socket: ServerResponse, text: string): Promise<boolean> =>
  new Promise((resolve) => {
    if (!socket.writable || socket.destroyed) return resolve(false);
    const gone = () => resolve(false);
    socket.once('close', gone);
    socket.write(text, (error) => {
      socket.off('close', gone);
      resolve(!error);
    });
  });

const pump = async (
  source: AsyncIterable<ExecutionResult>,
  socket: ServerResponse,
  finish: (result: ExecutionResult) => ExecutionResult,
): Promise<void> => {
  const iterator = source[Symbol.asyncIterator]();
  // A reader who leaves while the source is quiet must end it too.
  const leave = () => void Promise.resolve(iterator.return?.()).catch(() => undefined);
  socket.once('close', leave);
  try {
    for (;;) {
      const { done, value } = await iterator.next();
      if (done || !(await taken(socket, nextEvent(finish(value))))) break;
    }
  } finally {
    socket.off('close', leave);
    await Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
};
