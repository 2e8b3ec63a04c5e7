import { GqlSubscriptionService } from '@nestjs/graphql';
import { type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { type Server } from 'node:http';
import { finished } from './errors.js';
import { type Operations } from './operations.js';
import { type Pace } from './pace.js';
import { subscribing } from './subscribing.js';
import { type PrepareArgs } from './requests.js';
import { type SaksgangDriverConfig } from './config.js';

type Serving = Readonly<{
  schema: GraphQLSchema;
  path: string;
  operations: Operations;
  prepareArgs: PrepareArgs;
  maskError: SaksgangDriverConfig['maskError'];
  pace: Pace | null;
}>;

/** What graphql-ws keeps of a connection. */
type Extra = Readonly<{ request: { headers: Record<string, string | string[] | undefined> }; socket: { terminate: () => void } }>;

/**
 * graphql-ws at the path itself: subscriptions, queries and mutations. Each message is awaited until the socket has
 * taken it, so a slow reader holds its source and nothing piles up in between.
 */
export const serveWebSocket = (
  server: Server,
  { schema, path, operations, prepareArgs, maskError, pace }: Serving,
): GqlSubscriptionService => {
  const finish = finished(maskError);
  return new GqlSubscriptionService(
    {
      schema,
      path,
      execute: (args: ExecutionArgs) => operations.run(args),
      subscribe: subscribing(pace) as never,
      'graphql-ws': {
        onSubscribe: async (context, _id, payload) => {
          const { request, socket } = context.extra as Extra;
          const args = await prepareArgs(payload, { headers: request.headers, connection: context.connectionParams ?? null }, [
            'query',
            'mutation',
            'subscription',
          ]);
          return 'schema' in args ? { ...args, hangUp: () => socket.terminate() } : args.map((error) => maskError?.(error) ?? error);
        },
        onNext: (_context, _id, _payload, _args, result) => finish(result as ExecutionResult) as never,
      },
    },
    server,
  );
};
