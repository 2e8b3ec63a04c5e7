import { kindOf, type Sealed } from '@saksgang/kernel';
import { codeOf, mustRecord, openHouse, say, type House } from '../testing/house.js';

/** The digest says nothing of a name: whose names are given must be asked. */
describe('a command id used again, with persons', () => {
  let house: House;
  let item: string;
  const person = (unsealed: string, id: string | null = null) => ({ person: { unsealed, person: id } });
  const point = { pointKind: 'MEASURE', text: 'Tilsette kulturfaglig kapasitet' };
  beforeEach(async () => {
    house = openHouse();
    const data = { resolutionType: 'VEDTAK', title: 'Kultur for framtida', body: { name: 'Hovedstyret i KS' }, points: [point] };
    ({ item } = await mustRecord(house.submit(say('resolution', 'RecordResolution', null, 'res-1', data))));
  });
  afterEach(() => house.close());

  const on = (type: string, commandId: string, data: Record<string, unknown>, more = {}) =>
    say(kindOf(item), type, item, commandId, data, more);
  const assign = (owner: object) => on('AssignPoint', 'as-1', { point: '1', owner });
  const dissents = (...parties: readonly object[]) =>
    on('RecordVote', 'vote-1', { unanimous: false, dissents: parties.map((party) => ({ text: null, party })) });
  const idOf = async (name: string) => (await house.keys.personOf(name))!;

  it('is a retry when it names the same person, under any spelling that is known', async () => {
    const first = await mustRecord(house.submit(assign(person('Kåre Ås'))));
    await house.keys.personFor('Kåre Aas', await idOf('Kåre Ås'));
    for (const name of ['Kåre Ås', 'Ka\u030are A\u030as', 'Kåre Aas'])
      expect(await mustRecord(house.submit(assign(person(name))))).toEqual({ ...first, replayed: true });
  });

  it('is refused when it names another person, known or not, and makes nobody', async () => {
    await mustRecord(house.submit(assign(person('Kari'))));
    await mustRecord(house.submit(dissents(person('Ola'))));
    for (const name of ['Ola', 'Per']) expect(codeOf(await house.submit(assign(person(name))))).toBe('COMMAND_ID_REUSED');
    expect(await house.keys.personOf('Per')).toBeNull();
    expect(await house.log()).toHaveLength(3);
  });

  it('is refused when it gives an id where it gave none, another id, or nobody', async () => {
    await mustRecord(house.submit(assign(person('Kari'))));
    await mustRecord(house.submit(dissents(person('Kari', await idOf('Kari')))));
    expect(codeOf(await house.submit(assign(person('Kari', await idOf('Kari')))))).toBe('COMMAND_ID_REUSED');
    expect(codeOf(await house.submit(assign({ name: 'Kulturrådet' })))).toBe('COMMAND_ID_REUSED');
    const other = await house.keys.personFor('Ola', null);
    expect(codeOf(await house.submit(dissents(person('Kari', other))))).toBe('COMMAND_ID_REUSED');
    expect(await mustRecord(house.submit(dissents(person('Kari', await idOf('Kari')))))).toMatchObject({ replayed: true });
  });

  it('tells persons that have changed places, whatever the order of the fields', async () => {
    const [kari, ola] = [person('Kari'), person('Ola')];
    const both = (asserting: object, first: object, second: object) => ({ ...dissents(first, second), assertedBy: asserting as never });
    const first = await mustRecord(house.submit(both(kari, kari, ola)));
    expect(codeOf(await house.submit(both(kari, ola, kari)))).toBe('COMMAND_ID_REUSED');
    expect(codeOf(await house.submit(both(ola, kari, kari)))).toBe('COMMAND_ID_REUSED');
    const turned = Object.fromEntries(Object.entries(dissents(kari, ola).data).reverse());
    expect(await mustRecord(house.submit({ ...both(kari, kari, ola), data: turned }))).toEqual({ ...first, replayed: true });
  });

  it('counts who asserts it once, however many entries the command made', async () => {
    const project = (await mustRecord(house.submit(say('project', 'StartProject', null, 'pro-1', { title: 'Oppspill' })))).item;
    const founding = (asserting: string, officer: string) =>
      say(
        'resolution',
        'RecordResolution',
        null,
        'res-2',
        {
          resolutionType: 'VEDTAK',
          title: 'Et til',
          body: { name: 'Landstinget' },
          caseOfficer: person(officer).person,
          points: [point],
          links: [{ relation: 'PART_OF', target: project }],
        },
        { assertedBy: person(asserting) },
      );
    const first = await mustRecord(house.submit(founding('Kari', 'Ola')));
    expect(first.entries).toHaveLength(2);
    expect(await mustRecord(house.submit(founding('Kari', 'Ola')))).toEqual({ ...first, replayed: true });
    expect(codeOf(await house.submit(founding('Ola', 'Kari')))).toBe('COMMAND_ID_REUSED');
  });

  it('passes over a person who has been erased: nobody can tell any more whose name it was', async () => {
    const first = await mustRecord(house.submit(dissents(person('Kari'), person('Ola'))));
    await house.keys.tombstone(await idOf('Kari'));
    expect(await mustRecord(house.submit(dissents(person('Kari'), person('Ola'))))).toEqual({ ...first, replayed: true });
    expect(await mustRecord(house.submit(dissents(person('Hvem som helst'), person('Ola'))))).toMatchObject({ replayed: true });
    expect(codeOf(await house.submit(dissents(person('Kari'), person('Per'))))).toBe('COMMAND_ID_REUSED');
    const [stored] = first.entries.map((entry) => (entry.event.data as { dissents: { party: { name: Sealed } }[] }).dissents[0]);
    expect(stored!.party.name.person).toBe(await idOf('Kari'));
  });

  it('says nothing of names in what it answers', async () => {
    await mustRecord(house.submit(assign(person('Kari Kanarifugl'))));
    expect(JSON.stringify(await house.submit(assign(person('Ola Kanarifugl'))))).not.toContain('Kanarifugl');
  });
});
