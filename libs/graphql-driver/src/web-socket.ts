import { GqlSubscriptionService } from '@nestjs/graphql';
import { type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { type IncomingMessage, type Server } from 'node:http';
import { type Clock } from '@saksgang/kernel';
import { finished } from './errors.js';
import { type TimedArgs } from './limits/deadline.js';
import {
  judgeMessages,
  type Listened,
  type Places,
  refuseOtherUpgrades,
  type SocketLimits,
  tooManyOperations,
  watchMessages,
} from './limits/sockets.js';
import { type Pace } from './pace.js';
import { subscribing } from './subscribing.js';
import { type Closing, goingAway } from './closing.js';
import { type Known } from './known.js';
import { distinctHeaders, type PrepareArgs } from './requests.js';
import { type SaksgangDriverConfig } from './config.js';

type Serving = Readonly<{
  schema: GraphQLSchema;
  path: string;
  run: (args: TimedArgs) => ExecutionResult | Promise<ExecutionResult>;
  prepareArgs: PrepareArgs;
  maskError: SaksgangDriverConfig['maskError'];
  requestIdOf: SaksgangDriverConfig['requestIdOf'];
  pace: Pace | null;
  places: Places;
  known: Known | null;
  closing: Closing;
  limits: SocketLimits;
  clock: Clock | null;
  addressOf: (request: IncomingMessage) => string;
  turnAway: SaksgangDriverConfig['turnAway'];
}>;

/** What graphql-ws keeps of a connection. */
type Extra = Readonly<{ request: IncomingMessage; socket: { terminate: () => void } }>;

/**
 * graphql-ws at the path itself: subscriptions, queries and mutations. Each message is awaited until the socket has
 * taken it, so a slow reader holds its source and nothing piles up in between.
 */
export const serveWebSocket = (
  server: Server,
  { schema, path, run, prepareArgs, maskError, requestIdOf, pace, places, known, closing, limits, clock, addressOf, turnAway }: Serving,
): GqlSubscriptionService => {
  const finish = finished(maskError);
  refuseOtherUpgrades(server, path);
  const service = new GqlSubscriptionService(
    {
      schema,
      path,
      execute: (args: ExecutionArgs) => closing.during(run(args)),
      subscribe: subscribing(pace, places, known, closing) as never,
      'graphql-ws': {
        connectionInitWaitTimeout: limits.initMs,
        onSubscribe: async (context, _id, payload) => {
          if (closing.begun()) return [goingAway()];
          const { request, socket } = context.extra as Extra;
          // This one is among them already.
          if (Object.keys(context.subscriptions).length > limits.operations) return [tooManyOperations(limits.operations)];
          const requestId = requestIdOf?.(request) ?? null;
          const asking = {
            headers: distinctHeaders(request),
            connection: context.connectionParams ?? null,
            address: addressOf(request),
            url: request.url ?? '',
            requestId,
          };
          const turnedAway = (await turnAway?.(asking)) ?? null;
          if (turnedAway !== null) return [turnedAway];
          const args = await prepareArgs(payload, asking, ['query', 'mutation', 'subscription']);
          if (!('schema' in args)) return args.map((error) => maskError?.(error, requestId) ?? error);
          return { ...args, requestId, hangUp: () => socket.terminate() };
        },
        onNext: (_context, _id, _payload, args, result) =>
          finish(result as ExecutionResult, (args as { requestId?: string | null }).requestId ?? null) as never,
      },
    },
    server,
  );
  // The service keeps its socket server to itself, and makes it without these.
  const sockets = Reflect.get(service, 'wss') as SocketServer;
  sockets.options.maxPayload = limits.bytes;
  sockets.on('connection', (socket) => {
    // It is closed with the right code by then; left alone, each message made to break it would be a line on the console.
    socket.removeAllListeners('error');
    socket.on('error', () => undefined);
    judgeMessages(socket);
    if (clock !== null) watchMessages(socket, limits.messages, () => Date.parse(clock.now()));
  });
  return service;
};

type SocketServer = Readonly<{
  options: { maxPayload?: number };
  on: (event: 'connection', connected: (socket: Listened) => void) => unknown;
}>;
