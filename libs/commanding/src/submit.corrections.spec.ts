import { history, NOW, type Party, type Sealed } from '@saksgang/kernel';
import { itemIdFor } from '@saksgang/record';
import { codeOf, issuesOf, mustRecord, openHouse, say, type House } from '../testing/house.js';

describe('what a correction sets', () => {
  let house: House;
  let item: string;
  let founding: string;
  const person = (unsealed: string, id: string | null = null) => ({ person: { unsealed, person: id } });
  const point = { pointKind: 'MEASURE', text: 'Tilsette', addressees: [person('Ola'), { name: 'Kommunene' }] };
  beforeEach(async () => {
    house = openHouse();
    const data = {
      resolutionType: 'VEDTAK',
      title: 'Kultur for framtida',
      body: { name: 'Hovedstyret' },
      caseOfficer: person('Feil Kanarifugl').person,
      points: [point, { pointKind: 'MEASURE', text: 'Melde' }],
    };
    const made = await mustRecord(house.submit(say('resolution', 'RecordResolution', null, 'res-1', data)));
    [item, founding] = [made.item, made.entries[0]!.id];
  });
  afterEach(() => house.close());

  const correct = (commandId: string, sets: Readonly<Record<string, unknown>>, entry = founding, more = {}) =>
    house.submit(
      say(
        'resolution',
        'CorrectEntry',
        item,
        commandId,
        { entry, set: Object.entries(sets).map(([path, value]) => ({ path, value })), ...more },
        { reason: 'feil ført' },
      ),
    );
  const found = async (kind: string, type: string, commandId: string, data: Record<string, unknown>) =>
    (await mustRecord(house.submit(say(kind, type, null, commandId, data)))).item;
  const body = (name: string) => found('body', 'EstablishBody', `body-${name}`, { name });
  const entries = async () => (await house.store.readStream(item)).events.map((event) => house.codec.decode(event));
  const read = async <T>(entry = founding) => history(await entries(), NOW).asRead.get(entry)!.event.data as T;
  /** The name that is read there now, opened with whatever box lies in the stream. */
  const nameOf = async (sealed: Sealed) => {
    const { events } = await house.store.readStream(item);
    const beside = events.find((event) => event.boxes.some((box) => box.commitment === sealed.sealed))!;
    return house.sealer.open(
      beside.id,
      sealed,
      beside.boxes.find((box) => box.commitment === sealed.sealed)!,
    );
  };
  type Founding = { caseOfficer: Sealed | null; body: Party; title: string; projects: string[]; points: { addressees: Party[] }[] };
  type Assigned = { owner: Party };
  const assigned = async (owner: object) => {
    const made = await mustRecord(house.submit(say('resolution', 'AssignPoint', item, 'as-1', { point: '1', owner })));
    return made.entries[0]!.id;
  };

  describe('a person', () => {
    it('takes the place of a wrong one, sealed, with its box beside the correction', async () => {
      const made = await mustRecord(correct('c1', { caseOfficer: person('Rett Kanarifugl') }));
      const { caseOfficer } = await read<Founding>();
      expect(caseOfficer!.person).toBe(await house.keys.personOf('Rett Kanarifugl'));
      expect(await nameOf(caseOfficer!)).toEqual({ state: 'SHOWN', value: 'Rett Kanarifugl' });
      const stored = (await house.log()).at(-1)!;
      expect(stored.id).toBe(made.entries[0]!.id);
      expect(stored.boxes.map((box) => box.commitment)).toEqual([caseOfficer!.sealed]);
      expect(stored.leaf).not.toContain('Kanarifugl');
    });

    it('stands as a party where a party stands, and as a name where a name stands', async () => {
      const entry = await assigned({ name: 'Kulturrådet' });
      const id = await house.keys.personFor('Kari', null);
      await mustRecord(correct('c1', { owner: person('Kari', id) }, entry));
      expect((await read<Assigned>(entry)).owner).toMatchObject({ body: null, name: { person: id } });
      await mustRecord(correct('c2', { 'owner.name': person('Per') }, entry));
      expect((await read<Assigned>(entry)).owner).toMatchObject({ body: null, name: { person: await house.keys.personOf('Per') } });
      await mustRecord(correct('c3', { owner: { body: null, name: person('Ola') } }, entry));
      expect((await read<Assigned>(entry)).owner).toMatchObject({ body: null, name: { person: await house.keys.personOf('Ola') } });
    });

    it('can be put where nobody was named, and in a list of parties', async () => {
      await mustRecord(correct('c0', { caseOfficer: null }));
      expect((await read<Founding>()).caseOfficer).toBeNull();
      await mustRecord(correct('c1', { caseOfficer: person('Kari') }));
      expect((await read<Founding>()).caseOfficer!.person).toBe(await house.keys.personOf('Kari'));
      await mustRecord(correct('c2', { 'points.1.addressees': [person('Per'), { body: null, name: 'Fylkene' }] }));
      const { points } = await read<Founding>();
      expect(points[1]!.addressees).toMatchObject([
        { body: null, name: { person: await house.keys.personOf('Per') } },
        { name: 'Fylkene' },
      ]);
    });

    it('is carried on by the next correction, and can still be opened', async () => {
      await mustRecord(correct('c1', { caseOfficer: person('Rett') }, founding, { assertedBy: person('Hevder') }));
      const made = await mustRecord(correct('c2', { title: 'Kultur for framtiden' }));
      const { caseOfficer, title } = await read<Founding>();
      expect(title).toBe('Kultur for framtiden');
      expect(await nameOf(caseOfficer!)).toEqual({ state: 'SHOWN', value: 'Rett' });
      const stored = (await house.log()).at(-1)!;
      expect(stored.id).toBe(made.entries[0]!.id);
      const named = await Promise.all(['Rett', 'Hevder'].map((name) => house.keys.personOf(name)));
      expect(stored.boxes.map((box) => box.person).sort()).toEqual(named.sort());
      // Sent again it is the same command, though its entry names persons that it did not.
      expect(await mustRecord(correct('c2', { title: 'Kultur for framtiden' }))).toEqual({ ...made, replayed: true });
      expect(codeOf(await correct('c1', { caseOfficer: person('Hevder') }, founding, { assertedBy: person('Rett') }))).toBe(
        'COMMAND_ID_REUSED',
      );
    });

    it('is carried on without a box once erased', async () => {
      await mustRecord(correct('c1', { caseOfficer: person('Slettet') }));
      const id = (await house.keys.personOf('Slettet'))!;
      await house.keys.tombstone(id);
      await mustRecord(correct('c2', { title: 'Kultur for framtiden' }));
      expect((await read<Founding>()).caseOfficer!.person).toBe(id);
      expect((await house.log()).at(-1)!.boxes).toEqual([]);
      expect(codeOf(await correct('c3', { caseOfficer: person('Slettet') }))).toBe('PERSON_ERASED');
    });

    it('is refused where no name can stand, and never put in the clear where one stood', async () => {
      for (const [path, value] of [
        ['title', person('Kari Kanarifugl')],
        ['projects', [person('Kari Kanarifugl')]],
        ['caseOfficer.sealed', person('Kari Kanarifugl')],
        ['caseOfficer', 'Kari Kanarifugl'],
        ['points.0.addressees.0', { body: null, name: 'Kari Kanarifugl' }],
        ['points.0.addressees.0.name', 'Kari Kanarifugl'],
        ['points.0.addressees', [{ body: null, name: 'Kari Kanarifugl' }]],
      ] as const) {
        const outcome = await correct('c1', { [path]: value });
        expect([path, codeOf(outcome)]).toEqual([path, 'INVALID_CORRECTION']);
        expect(JSON.stringify(outcome)).not.toContain('Kanarifugl');
      }
      expect(await house.keys.personOf('Kari Kanarifugl')).toBeNull();
      expect(await house.log()).toHaveLength(1);
    });

    it('is invalid with a name that is none, or an id that is none', async () => {
      expect(issuesOf(await correct('c1', { caseOfficer: person('  ') }))).toEqual(['input.set.0.value.person: BLANK']);
      expect(issuesOf(await correct('c1', { caseOfficer: person('Kari', 'Kari') }))).toEqual(['input.set.0.value.person: BAD_ID']);
    });
  });

  describe('an item', () => {
    it('must be there, not be retracted, and be of the kind that belongs there', async () => {
      const project = await found('project', 'StartProject', 'pro-1', { title: 'Oppspill' });
      const gone = await found('project', 'StartProject', 'pro-2', { title: 'Feil' });
      const { events } = await house.store.readStream(gone);
      await mustRecord(house.submit(say('project', 'RetractEntry', gone, 'x', { entry: events[0]!.id }, { reason: 'feil' })));
      const none = itemIdFor('body', 'none');
      const attempts: readonly (readonly [Record<string, unknown>, string])[] = [
        [{ body: { body: none, name: 'Tull' } }, 'UNKNOWN_ITEM'],
        [{ 'body.body': none }, 'UNKNOWN_ITEM'],
        [{ 'points.1.addressees': [{ body: none, name: 'Tull' }] }, 'UNKNOWN_ITEM'],
        [{ projects: [project, itemIdFor('project', 'none')] }, 'UNKNOWN_ITEM'],
        [{ projects: [gone] }, 'ITEM_RETRACTED'],
        [{ body: { body: project, name: 'Oppspill' } }, 'INVALID_CORRECTION'],
        [{ projects: [await body('KS')] }, 'INVALID_CORRECTION'],
        [{ body: { body: 'tull', name: 'Tull' } }, 'INVALID_CORRECTION'],
      ];
      for (const [sets, code] of attempts) expect([sets, codeOf(await correct('c1', sets))]).toEqual([sets, code]);
      await mustRecord(correct('c1', { projects: [project] }));
      expect((await read<Founding>()).projects).toEqual([project]);
    });

    it('gives a party the name it has now, whatever name came with it', async () => {
      const ks = await body('KS');
      await mustRecord(correct('c1', { body: { body: ks, name: 'Tull' } }));
      expect((await read<Founding>()).body).toEqual({ body: ks, name: 'KS' });
      const other = await body('Landstinget');
      await mustRecord(correct('c2', { 'body.body': other }));
      expect((await read<Founding>()).body).toEqual({ body: other, name: 'Landstinget' });
      await mustRecord(correct('c3', { 'points.0.addressees': [{ body: ks }, person('Ola')] }));
      expect((await read<Founding>()).points[0]!.addressees[0]).toEqual({ body: ks, name: 'KS' });
    });

    it('keeps the name it was recorded with where it stands already', async () => {
      const ks = await body('KS');
      const entry = await assigned({ item: ks });
      await mustRecord(house.submit(say('body', 'RenameBody', ks, 'ren', { name: 'KS Norge' })));
      await mustRecord(correct('c1', { 'points.1.addressees': [{ body: ks }] }));
      await mustRecord(
        correct('c2', {
          'points.1.addressees': [
            { body: ks, name: 'KS Norge' },
            { body: null, name: 'Fylkene' },
          ],
        }),
      );
      expect((await read<Founding>()).points[1]!.addressees[0]).toEqual({ body: ks, name: 'KS Norge' });
      expect(await mustRecord(correct('c3', { owner: { body: ks, name: 'KS' } }, entry))).toMatchObject({ entries: [] });
      await mustRecord(correct('c4', { owner: { body: ks } }, entry));
      expect((await read<Assigned>(entry)).owner).toEqual({ body: ks, name: 'KS Norge' });
    });

    it('may not close a ring', async () => {
      const [over, under] = [await body('Over'), await body('Under')];
      const { events } = await house.store.readStream(over);
      const parent = (of: string, to: string, entry: string) =>
        house.submit(say('body', 'CorrectEntry', of, `p-${of}`, { entry, set: [{ path: 'parent', value: to }] }, { reason: 'r' }));
      await mustRecord(parent(over, under, events[0]!.id));
      const below = await house.store.readStream(under);
      expect(codeOf(await parent(under, over, below.events[0]!.id))).toBe('CYCLE');
    });
  });
});
