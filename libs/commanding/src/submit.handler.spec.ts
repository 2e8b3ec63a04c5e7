import { CommandBus, EventBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { mustRecord, openHouse, say, type House } from '../testing/house.js';
import { CommandingModule } from './commanding.module.js';
import { EntriesAppended, SubmitCommand } from './submit.handler.js';

describe('submit on the command bus', () => {
  let house: House;
  let module: TestingModule;
  let rung: EntriesAppended[];
  beforeEach(async () => {
    house = openHouse();
    module = await Test.createTestingModule({ imports: [CommandingModule.forRoot({ submit: house.submit })] }).compile();
    module.useLogger(false);
    await module.init();
    rung = [];
    module.get(EventBus).subscribe((event) => {
      if (event instanceof EntriesAppended) rung.push(event);
    });
  });
  afterEach(async () => {
    await module.close();
    await house.close();
  });

  const send = (commandId: string, name: string) =>
    module.get(CommandBus).execute(new SubmitCommand(say('body', 'EstablishBody', null, commandId, { name })));

  it('answers the outcome and rings the doorbell with the position', async () => {
    const outcome = await mustRecord(send('b', 'KS'));
    expect(outcome.entries).toHaveLength(1);
    expect(rung).toEqual([new EntriesAppended(outcome.item, outcome.position)]);
  });

  it('does not ring for what was refused, replayed or made nothing', async () => {
    const { item } = await mustRecord(send('b', 'KS'));
    rung.length = 0;
    await mustRecord(send('b', 'KS'));
    expect((await send('c', ' ')).outcome).toBe('invalid');
    const quiet = say('body', 'RenameBody', item, 'r', { name: 'KS' });
    expect(await mustRecord(module.get(CommandBus).execute(new SubmitCommand(quiet)))).toMatchObject({ entries: [] });
    expect(rung).toEqual([]);
  });

  it('is recorded all the same when the doorbell fails', async () => {
    module.get(EventBus).publisher = {
      publish: () => {
        throw new Error('the bell is broken');
      },
    };
    await mustRecord(send('b', 'KS'));
    expect(await house.log()).toHaveLength(1);
  });
});
