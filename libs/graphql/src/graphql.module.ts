import { Catch, Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { GraphQLModule, type GraphQLDriver } from '@nestjs/graphql';
import { SubmitCommand } from '@saksgang/commanding';
import { GraphQLError } from 'graphql';
import { createContext, stateOf, type Asking, type GraphqlDeps, type RequestContext } from './context.js';
import { createMask } from './faults.js';
import { shownBeside } from './identity-fault.js';
import { RESOLVERS } from './resolvers.js';
import { applyRules } from './rules/apply-rules.js';
import { BUILD_OPTIONS } from './schema.js';

const REQUEST_ID_BYTES = 8;
const INSTANCE_BYTES = 8;

/** Hands every error on as it is: the mask has the last word, and Nest then does not log refusals to read as its own failures. */
@Catch()
class HandOn {
  catch(error: unknown): never {
    throw error instanceof Error ? error : new GraphQLError(String(error));
  }
}

/** Makes the context of one operation. Kept apart from the module so that tests and other doors ask through the same one. */
export const contextFor =
  (deps: GraphqlDeps, bus: CommandBus) =>
  (asking: Asking): ReturnType<typeof createContext> =>
    createContext({ ...deps, submit: (submission) => bus.execute(new SubmitCommand(submission)) }, asking);

export const maskFor = (deps: GraphqlDeps): ReturnType<typeof createMask> =>
  createMask({ log: deps.log, told: deps.told, requestId: () => Buffer.from(deps.random.bytes(REQUEST_ID_BYTES)).toString('hex') });

/**
 * The schema, served by a driver of the caller's choice. `driver` is a Nest GraphQL driver class; `options` are its own settings
 * beside those set here. The CommandBus comes from `CommandingModule`.
 */
@Module({})
export class SaksgangGraphqlModule {
  static forRoot(
    options: Readonly<{ driver: Type<GraphQLDriver>; deps: GraphqlDeps; options?: Readonly<Record<string, unknown>> }>,
  ): DynamicModule {
    const { driver, deps } = options;
    const instance = Buffer.from(deps.random.bytes(INSTANCE_BYTES)).toString('hex');
    const serving = GraphQLModule.forRootAsync({
      driver,
      inject: [CommandBus],
      useFactory: (bus: CommandBus) => ({
        path: '/graphql',
        ...options.options,
        autoSchemaFile: true,
        sortSchema: true,
        buildSchemaOptions: { ...BUILD_OPTIONS },
        transformSchema: applyRules,
        contextFor: contextFor(deps, bus),
        stateOf: (context: object) => stateOf(context as RequestContext, instance),
        maskError: maskFor(deps),
        shownBeside,
        stillKnown: (context: object) => (context as RequestContext).stillKnown(),
      }),
    });
    return {
      module: SaksgangGraphqlModule,
      imports: [serving],
      providers: [...RESOLVERS, { provide: APP_FILTER, useClass: HandOn }],
      exports: [GraphQLModule],
    };
  }
}
