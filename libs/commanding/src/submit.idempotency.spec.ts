import { StoreUnavailable } from '@saksgang/event-store';
import { itemIdFor } from '@saksgang/record';
import { codeOf, mustRecord, openHouse, say, type House } from '../testing/house.js';

describe('a command that is sent again', () => {
  let house: House;
  beforeEach(() => {
    house = openHouse();
  });
  afterEach(() => house.close());

  const establish = (name: string) => say('body', 'EstablishBody', null, 'est-1', { name });
  const alias = (item: string, commandId: string, text: string) => say('body', 'AddBodyAlias', item, commandId, { alias: text });

  it('names the new item by its kind and its command id', async () => {
    const { item, revision, replayed, entries } = await mustRecord(house.submit(establish('KS')));
    expect(item).toBe(itemIdFor('body', 'est-1'));
    expect({ revision, replayed, types: entries.map((entry) => entry.event.type) }).toEqual({
      revision: 0,
      replayed: false,
      types: ['BodyEstablished'],
    });
  });

  it('gives the first answer again: same entries, position and revision, and nothing more is written', async () => {
    const first = await mustRecord(house.submit(establish('KS')));
    await mustRecord(house.submit(alias(first.item, 'alias-1', 'Kommunesektorens organisasjon')));
    house.at('2026-04-01T10:00:00.000Z');
    const again = await mustRecord(house.submit(establish('KS')));
    expect(again).toEqual({ ...first, replayed: true });
    expect(await house.log()).toHaveLength(2);
  });

  it('gives the first answer again also after a restart, and whatever revision it now expects', async () => {
    const { item } = await mustRecord(house.submit(establish('KS')));
    const first = await mustRecord(house.submit(alias(item, 'alias-1', 'KS-familien')));
    await mustRecord(house.submit(alias(item, 'alias-2', 'Kommuneforbundet')));
    const again = await mustRecord(house.another()({ ...alias(item, 'alias-1', 'KS-familien'), expectedRevision: 0 }));
    expect(again).toEqual({ ...first, replayed: true });
  });

  it('is one command under ids that look alike', async () => {
    const named = (commandId: string) => say('body', 'EstablishBody', null, commandId, { name: 'KS' });
    const first = await mustRecord(house.submit(named('g\u00e5')));
    expect(first.item).toBe(itemIdFor('body', 'g\u00e5'));
    expect(await mustRecord(house.submit(named('ga\u030a')))).toEqual({ ...first, replayed: true });
    expect(first.entries[0]!.commandId).toBe('g\u00e5');
    expect(await house.log()).toHaveLength(1);
  });

  it('is refused when its content is another', async () => {
    const { item } = await mustRecord(house.submit(establish('KS')));
    await mustRecord(house.submit(alias(item, 'alias-1', 'KS-familien')));
    expect(codeOf(await house.submit(alias(item, 'alias-1', 'Noe annet')))).toBe('COMMAND_ID_REUSED');
    expect(codeOf(await house.submit(establish('Et annet organ')))).toBe('COMMAND_ID_REUSED');
    expect(codeOf(await house.submit({ ...establish('KS'), reason: 'en grunn' }))).toBe('COMMAND_ID_REUSED');
    expect(await house.log()).toHaveLength(2);
  });

  it('may use the same command id on another item', async () => {
    const first = await mustRecord(house.submit(establish('KS')));
    const second = await mustRecord(house.submit(say('body', 'EstablishBody', null, 'est-2', { name: 'Landstinget' })));
    await mustRecord(house.submit(alias(first.item, 'same', 'en')));
    await mustRecord(house.submit(alias(second.item, 'same', 'to')));
    expect(await house.log()).toHaveLength(4);
  });

  it('is recorded once when the acknowledgement was lost on the way', async () => {
    let lost = 0;
    const losing = house.another({
      store: {
        ...house.store,
        append: async (...appending) => {
          await house.store.append(...appending);
          lost += 1;
          throw new StoreUnavailable('the line went dead', 'unknown');
        },
      },
    });
    const { item } = await mustRecord(house.submit(establish('KS')));
    const outcome = await losing(alias(item, 'alias-1', 'KS-familien'));
    expect(outcome).toMatchObject({ outcome: 'refused', refusal: { code: 'UNAVAILABLE' }, retryAfterMs: 1_000 });
    expect(JSON.stringify(outcome)).toContain('uvisst');
    const again = await mustRecord(losing(alias(item, 'alias-1', 'KS-familien')));
    expect(again).toMatchObject({ replayed: true, revision: 1 });
    expect(again.entries.map((entry) => entry.event.type)).toEqual(['BodyAliasAdded']);
    expect(lost).toBe(1);
    expect(await house.log()).toHaveLength(2);
  });

  it('says that nothing was written when the store said so', async () => {
    const down = house.another({
      store: { ...house.store, append: () => Promise.reject(new StoreUnavailable('the disk is full', 'not-written')) },
    });
    const outcome = await down(establish('KS'));
    expect(outcome).toMatchObject({ outcome: 'refused', item: null, refusal: { code: 'UNAVAILABLE' }, retryAfterMs: 1_000 });
    expect(JSON.stringify(outcome)).toContain('Ingenting er ført');
    expect(await house.log()).toHaveLength(0);
  });

  it('is one command when two processes send it at the same time', async () => {
    const { item } = await mustRecord(house.submit(establish('KS')));
    const [one, two] = [house.another(), house.another()];
    const both = await Promise.all([one, two].map((submit) => mustRecord(submit(alias(item, 'alias-1', 'KS-familien')))));
    expect(both.map((outcome) => outcome.replayed).sort()).toEqual([false, true]);
    expect(both[0]!.entries).toEqual(both[1]!.entries);
    expect(await house.log()).toHaveLength(2);
  });

  it('is refused for one of them when two processes use one command id for two contents at the same time', async () => {
    const { item } = await mustRecord(house.submit(establish('KS')));
    const [one, two] = [house.another(), house.another()];
    const both = await Promise.all([one(alias(item, 'alias-1', 'den ene')), two(alias(item, 'alias-1', 'den andre'))]);
    expect(both.map(codeOf).sort()).toEqual(['COMMAND_ID_REUSED', 'recorded']);
    expect(await house.log()).toHaveLength(2);
  });

  it('is decided afresh when it was refused or made nothing', async () => {
    const { item } = await mustRecord(house.submit(establish('KS')));
    const quiet = await mustRecord(house.submit(alias(item, 'alias-1', 'KS')));
    expect(quiet).toMatchObject({ entries: [], revision: 0, replayed: false });
    await mustRecord(house.submit(say('body', 'RenameBody', item, 'rename-1', { name: 'KS Norge' })));
    const loud = await mustRecord(house.submit(alias(item, 'alias-1', 'Kommune-KS')));
    expect(loud).toMatchObject({ revision: 2, replayed: false });
  });
});
