import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type ExecutionResult } from 'graphql';
import { parseRequestParams, type RequestParams, type Response } from 'graphql-http';
import { type ServerResponse } from 'node:http';
import { asRequestError, finished } from './errors.js';
import { type SaksgangDriverConfig } from './config.js';
import { askingOf, turnedAway, answerBadRequest, type Fault } from './http.js';
import { type PrepareArgs } from './requests.js';
import { type Closing } from './closing.js';
import { type Known } from './known.js';
import { type Places } from './limits/sockets.js';
import { type Pace } from './pace.js';
import { subscribing } from './subscribing.js';

type Answer =
  | Readonly<{ stream: AsyncIterable<ExecutionResult> | ExecutionResult }>
  | Readonly<{ status: number; text: string; headers?: Readonly<Record<string, string>> }>;

const isResponse = (parsed: RequestParams | Response): parsed is Response => Array.isArray(parsed);

/** `stop` hangs up on everyone: a server waits for its open answers, and these never end by themselves. Not `complete`, so that clients come back. */
export type EventStreams = Readonly<{ stop: () => void }>;

/**
 * Subscriptions by server-sent events at `<path>/stream`: the distinct connections mode of the GraphQL over SSE protocol.
 * Written here because the reference server puts every result of a source into a queue of its own, without bound, as fast as
 * the source yields; here the next result is asked for when the socket has taken the last one.
 */
export const serveEventStream = (
  fastify: FastifyInstance,
  path: string,
  prepareArgs: PrepareArgs,
  config: Pick<SaksgangDriverConfig, 'maskError' | 'bodyLimit' | 'shownBeside'> &
    Readonly<{ pace: Pace | null; places: Places; known: Known | null; closing: Closing }>,
): EventStreams => {
  const subscribed = subscribing(config.pace, config.places, config.known, config.closing);
  const finish = finished(config.maskError);
  const open = new Set<ServerResponse>();
  let stopping = false;
  const results = async (request: FastifyRequest, hangUp: () => void): Promise<Answer> => {
    try {
      const parameters = await parseRequestParams({
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: (request.body ?? null) as Record<string, unknown> | null,
        raw: request,
        context: undefined,
      });
      if (isResponse(parameters)) return { status: parameters[1].status, text: parameters[1].statusText };
      const args = await prepareArgs(parameters, askingOf(request), ['subscription']);
      if ('schema' in args) return { stream: await subscribed({ ...args, hangUp }) };
      const masked = args.map((error) => config.maskError?.(error, request.id) ?? error);
      const away = turnedAway(masked, config, 'application/json; charset=utf-8');
      return away ? { status: away[1].status, text: away[0] ?? '', headers: away[1].headers ?? {} } : { stream: { errors: args } };
    } catch (error) {
      return { stream: { errors: [asRequestError(error)] } };
    }
  };

  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const answered = await results(request, () => reply.raw.destroy());
    if ('status' in answered)
      return reply
        .status(answered.status)
        .headers(answered.headers ?? {})
        .send(answered.text);
    const { stream } = answered;
    reply.hijack();
    const socket = reply.raw;
    if (stopping) socket.destroy();
    // Whoever left while the request was being prepared is never heard closing.
    if (socket.destroyed) return endSource(stream).then(() => reply);
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
      'x-request-id': request.id,
    });
    socket.flushHeaders();
    if (Symbol.asyncIterator in stream) await pump(stream, socket, (result) => finish(result, request.id));
    else await taken(socket, nextEvent(finish(stream, request.id)));
    if (socket.writable) socket.end('event: complete\ndata:\n\n');
    return reply;
  };
  fastify.route({
    url: `${path}/stream`,
    method: ['GET', 'POST'],
    ...(config.bodyLimit ? { bodyLimit: config.bodyLimit } : {}),
    handler: answer,
    errorHandler: (error, request, reply) => void answerBadRequest(error as Fault, request, reply, config.maskError),
  });
  return {
    stop: () => {
      stopping = true;
      // What a reader was told last is on its way to it; one that takes nothing is not waited for.
      for (const socket of open) {
        if (socket.writableLength === 0) socket.end();
        else socket.destroy();
      }
    },
  };
};

const endSource = async (stream: AsyncIterable<ExecutionResult> | ExecutionResult): Promise<void> => {
  if (Symbol.asyncIterator in stream) await stream[Symbol.asyncIterator]().return?.();
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
      const next = await iterator.next();
      if (next.done || !(await taken(socket, nextEvent(finish(next.value))))) break;
    }
  } finally {
    socket.off('close', leave);
    await Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
};
