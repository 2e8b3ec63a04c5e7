import { Module, type DynamicModule } from '@nestjs/common';
import type { Reading } from './reading.js';
import type { Runner } from './running/runner.types.js';

export const READING = Symbol('Reading');
export const RUNNER = Symbol('Runner');

/** Hands what apps have made to those who ask for it. Starting and stopping the runner is the app's. */
@Module({})
export class ProjectionsModule {
  static forRoot({ reading, runner }: Readonly<{ reading: Reading; runner: Runner }>): DynamicModule {
    return {
      module: ProjectionsModule,
      global: true,
      providers: [
        { provide: READING, useValue: reading },
        { provide: RUNNER, useValue: runner },
      ],
      exports: [READING, RUNNER],
    };
  }
}
