import { openHouse, recorded, type House } from '../testing/house.js';

describe('One operation', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
    await recorded(house, 'establishBody', { commandId: 'before', name: 'Rådet' });
  });
  afterAll(() => house.close());

  it('reads at one head of the log, whatever is recorded meanwhile and whichever axis a field bounds', async () => {
    const context = await house.context();
    const first = await context.pin();
    await recorded(house, 'establishBody', { commandId: 'meanwhile', name: 'Utvalget' });
    expect((await house.reads.reading.pin(null, await house.store.head())).position > first.position).toBe(true);
    expect((await context.pin()).position).toBe(first.position);
    expect(await context.pin({ validAt: '2018-10-03' })).toMatchObject({ position: first.position, validAt: '2018-10-03' });
    expect(await context.pin({ position: first.position })).toMatchObject({ position: first.position, validAt: first.validAt });
    expect((await (await house.context()).pin()).position > first.position).toBe(true);
  });
});
