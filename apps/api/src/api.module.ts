import { type DynamicModule, Module } from '@nestjs/common';
import { CommandingModule } from '@saksgang/commanding';
import { type GraphqlDeps, printSdl, SaksgangGraphqlModule } from '@saksgang/graphql';
import { SaksgangGraphqlDriver, type SaksgangDriverConfig } from '@saksgang/graphql-driver';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { HealthController, type Readiness, READINESS, SDL } from './health.controller.js';
import { type OpenedRecord } from './record.js';

export type ApiOptions = Readonly<{ record: OpenedRecord; deps: GraphqlDeps; driver: Partial<SaksgangDriverConfig> }>;

/** The whole application over an opened record. */
@Module({})
export class ApiModule {
  static forRoot({ record, deps, driver }: ApiOptions): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        CommandingModule.forRoot({ submit: record.submit }),
        SaksgangGraphqlModule.forRoot({ driver: SaksgangGraphqlDriver, deps, options: { ...driver } }),
      ],
      controllers: [HealthController],
      providers: [
        { provide: READINESS, useValue: () => readinessOf(record) },
        // Printed when it is asked for: the schema is complete once the application has started.
        { provide: SDL, inject: [GraphQLSchemaHost], useFactory: (host: GraphQLSchemaHost) => () => printSdl(host.schema) },
      ],
    };
  }
}

const readinessOf = async ({ store, reading }: OpenedRecord): Promise<Readiness> => {
  const [health, projections] = await Promise.all([store.health(), reading.progress()]);
  return { ready: health.ok && projections.every((projection) => projection.stopped === null), store: health, projections };
};
