import { history, NOW, type Sealed } from '@saksgang/kernel';
import { codeOf, mustRecord, openHouse, say, type House } from '../testing/house.js';

/** Names that stand alone, beside a title: no parties. */
describe('those who signed a document', () => {
  let house: House;
  let item: string;
  let founding: string;
  const person = (unsealed: string) => ({ unsealed, person: null });

  beforeEach(async () => {
    house = openHouse();
    const made = await mustRecord(
      house.submit(
        say('document', 'RegisterDocument', null, 'brev', {
          title: 'Brev',
          caseOfficer: person('Kari'),
          signatories: [
            { person: person('Per'), role: 'Direktør', body: { name: 'KS' }, mark: '(s)' },
            { person: person('Ola'), role: null, body: null, mark: null },
          ],
        }),
      ),
    );
    [item, founding] = [made.item, made.entries[0]!.id];
  });
  afterEach(() => house.close());

  let count = 0;
  const correct = (path: string, value: unknown) =>
    house.submit(
      say(
        'document',
        'CorrectEntry',
        item,
        `${path} ${(count += 1)}`,
        { entry: founding, set: [{ path, value }] },
        { reason: 'feil ført' },
      ),
    );
  const entries = async () => (await house.store.readStream(item)).events.map((event) => house.codec.decode(event));
  type Signed = Readonly<{ signatories: readonly Readonly<{ person: Sealed; role: string | null }>[] }>;
  const signatories = async () => (history(await entries(), NOW).asRead.get(founding)!.event.data as Signed).signatories;
  const signers = async () => (await signatories()).map(({ person: { person }, role }) => [person, role]);

  it('stand in their order, sealed, with their titles', async () => {
    expect(await signers()).toEqual([
      [await house.keys.personOf('Per'), 'Direktør'],
      [await house.keys.personOf('Ola'), null],
    ]);
    const stored = JSON.stringify((await house.log()).map(({ leaf }) => leaf));
    for (const name of ['Per', 'Ola', 'Kari']) expect([name, stored.includes(`"${name}"`)]).toEqual([name, false]);
  });
  it('are corrected one by one: the name, or the title', async () => {
    await mustRecord(correct('signatories.1.person', { person: person('Olav') }));
    await mustRecord(correct('signatories.1.role', 'Avdelingsdirektør'));
    expect(await signers()).toEqual([
      [await house.keys.personOf('Per'), 'Direktør'],
      [await house.keys.personOf('Olav'), 'Avdelingsdirektør'],
    ]);
  });
  it('are corrected as a whole list, where one was left out', async () => {
    const signed = (name: string, role: string | null) => ({ person: { person: person(name) }, role, body: null, mark: null });
    await mustRecord(correct('signatories', [signed('Per', 'Direktør'), signed('Anne', 'Rådgiver'), signed('Ola', null)]));
    expect(await signers()).toEqual([
      [await house.keys.personOf('Per'), 'Direktør'],
      [await house.keys.personOf('Anne'), 'Rådgiver'],
      [await house.keys.personOf('Ola'), null],
    ]);
  });
  it('are not named in clear by a correction', async () => {
    expect(codeOf(await correct('signatories.0.person', 'Per'))).toBe('INVALID_CORRECTION');
    const named = { person: { person: person('Per') }, role: null, body: { body: null, name: 'Per' }, mark: null };
    for (const list of [[{ ...named, person: 'Per' }], [named], 'Per']) {
      expect(codeOf(await correct('signatories', list))).toBe('INVALID_CORRECTION');
    }
  });
});
