import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { SUBMIT, SubmitHandler } from './submit.handler.js';
import type { Submit } from './submission.js';

/** Puts `submit` behind Nest's CommandBus. Apps build the function, because only they know the engine. */
@Module({})
export class CommandingModule {
  static forRoot(options: Readonly<{ submit: Submit }>): DynamicModule {
    return {
      module: CommandingModule,
      imports: [CqrsModule.forRoot()],
      providers: [{ provide: SUBMIT, useValue: options.submit }, SubmitHandler],
      exports: [SUBMIT],
    };
  }
}
