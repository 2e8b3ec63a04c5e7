import { Injectable, Inject, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { MATTERS } from '../testing/matter.kind.js';
import { openWorld } from '../testing/world.js';
import { ProjectionsModule, READING, RUNNER } from './projections.module.js';
import type { Reading } from './reading.js';

@Injectable()
class Asker {
  constructor(@Inject(READING) readonly reading: Reading) {}
}
@Module({ providers: [Asker] })
class AskingModule {}

describe('the projections module', () => {
  it('hands the reading and the runner to every module', async () => {
    const world = openWorld(MATTERS);
    const side = await world.open();
    const module = await Test.createTestingModule({ imports: [ProjectionsModule.forRoot(side), AskingModule] }).compile();
    expect(module.get(Asker).reading).toBe(side.reading);
    expect(module.get(RUNNER)).toBe(side.runner);
    await module.close();
    await world.close();
  });
});
