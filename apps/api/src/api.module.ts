import { type DynamicModule, Module } from '@nestjs/common';
import { CommandingModule } from '@saksgang/commanding';
import { type GraphqlDeps, printSdl, SaksgangGraphqlModule } from '@saksgang/graphql';
import { SaksgangGraphqlDriver, type SaksgangDriverConfig } from '@saksgang/graphql-driver';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { HealthController, type Readiness, READINESS, SDL } from './health.controller.js';
import { type Recording } from '@saksgang/recording';
import { type OpenedRecord } from './record.js';
import { RecordController, RECORD_FILES, type RecordFiles } from './record.controller.js';

export type ApiOptions = Readonly<{
  record: OpenedRecord;
  deps: GraphqlDeps;
  driver: Partial<SaksgangDriverConfig>;
  files: RecordFiles;
  isStopping: () => boolean;
}>;

/** The whole application over an opened record. */
@Module({})
export class ApiModule {
  static forRoot({ record, deps, driver, files, isStopping }: ApiOptions): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        CommandingModule.forRoot({ submit: record.submit }),
        SaksgangGraphqlModule.forRoot({ driver: SaksgangGraphqlDriver, deps, options: { ...driver } }),
      ],
      controllers: [HealthController, RecordController],
      providers: [
        { provide: RECORD_FILES, useValue: files },
        { provide: READINESS, useValue: () => readinessOf(record, isStopping()) },
        // Printed when it is asked for: the schema is complete once the application has started.
        { provide: SDL, inject: [GraphQLSchemaHost], useFactory: (host: GraphQLSchemaHost) => () => printSdl(host.schema) },
      ],
    };
  }
}

const readinessOf = async ({ store, storesTrouble, runner, reading, recording }: OpenedRecord, stopping: boolean): Promise<Readiness> => {
  const [health, reason, projections] = await Promise.all([store.health(), storesTrouble(), reading.progress()]);
  const unread = runner.trouble();
  return {
    ready: !stopping && health.ok && reason === null && unread === null && projections.every((projection) => projection.stopped === null),
    stopping,
    store: health,
    stores: { ok: reason === null, reason },
    readModels: { ok: unread === null, reason: unread },
    projections,
    record: await standingOf(recording, reason === null),
  };
};

/** `checkpointAge`: s since the newest checkpoint; null before the first, and where what was signed cannot be asked for. */
const standingOf = async (recording: Recording, canAsk: boolean): Promise<unknown> => {
  const { state, trouble } = recording.signer();
  const [checkpoint, checkpointAge] = canAsk ? await Promise.all([recording.checkpoint(), recording.checkpointAge()]) : [null, null];
  return {
    indexed: recording.size(),
    signed: checkpoint?.size ?? null,
    checkpointAge,
    signer: state,
    stopped: trouble && { code: trouble.code, reason: trouble.message.en, whatToDo: trouble.whatToDo.en },
    verification: recording.verification().state,
  };
};
