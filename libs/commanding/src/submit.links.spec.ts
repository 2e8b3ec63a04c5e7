import { onDay } from '@saksgang/kernel';
import { codeOf, mustRecord, openHouse, say, type House } from '../testing/house.js';

describe('links', () => {
  let house: House;
  beforeEach(() => {
    house = openHouse();
  });
  afterEach(() => house.close());

  const project = async (title: string, more: Record<string, unknown> = {}) =>
    (await mustRecord(house.submit(say('project', 'StartProject', null, `start ${title}`, { title, ...more })))).item;
  const link = (from: string, relation: string, to: string, commandId = `${from} ${to}`.slice(0, 64)) =>
    say('project', 'Link', from, commandId, { relation, target: to });

  it('of a founding command stand in the same append, say what it says, and carry its command id', async () => {
    const whole = await project('Programmet');
    const source = { document: null, title: 'Brev', reference: '18/01456-7', dated: onDay('2018-10-03'), locator: 's. 2', url: null };
    const founded = await mustRecord(
      house.submit(
        say(
          'project',
          'StartProject',
          null,
          'p',
          {
            title: 'Oppspill',
            links: [
              { relation: 'PART_OF', target: whole },
              { relation: 'SERVES', target: whole },
            ],
          },
          { source, reason: 'står i brevet' },
        ),
      ),
    );
    expect(founded.entries.map((entry) => entry.event.type)).toEqual(['ProjectStarted', 'Linked', 'Linked']);
    expect(founded.revision).toBe(2);
    expect(founded.position).toBe((await house.log()).at(-1)!.position);
    for (const entry of founded.entries) expect(entry).toMatchObject({ source, reason: 'står i brevet', commandId: 'p' });
    expect(new Set(founded.entries.map((entry) => entry.id)).size).toBe(3);
  });

  it('of a founding command are part of its content: a retry is replayed whole, another list is refused', async () => {
    const whole = await project('Programmet');
    const start = (relation: string) =>
      say('project', 'StartProject', null, 'p', { title: 'Oppspill', links: [{ relation, target: whole }] });
    const first = await mustRecord(house.submit(start('PART_OF')));
    expect(await house.submit(start('PART_OF'))).toEqual({ ...first, replayed: true });
    expect(codeOf(await house.submit(start('SERVES')))).toBe('COMMAND_ID_REUSED');
  });

  it('of a founding command are judged as Link commands are, and one that is refused stops it all', async () => {
    const whole = await project('Programmet');
    const links = [
      { relation: 'PART_OF', target: whole },
      { relation: 'MERGED_INTO', target: whole },
    ];
    expect(codeOf(await house.submit(say('project', 'StartProject', null, 'p', { title: 'Oppspill', links })))).toBe(
      'RELATION_HAS_ITS_COMMAND',
    );
    expect(await house.log()).toHaveLength(1);
  });

  it('that would close a ring are refused, over any number of steps', async () => {
    const [a, b, c] = [await project('A'), await project('B'), await project('C')];
    await mustRecord(house.submit(link(a, 'DEPENDS_ON', b)));
    await mustRecord(house.submit(link(b, 'DEPENDS_ON', c)));
    const ring = await house.submit(link(c, 'DEPENDS_ON', a));
    expect(ring).toMatchObject({ outcome: 'refused', refusal: { code: 'CYCLE', candidates: [c, a] } });
    expect(await house.log()).toHaveLength(5);
  });

  it('may run both ways where the relation knows no ring, and back once the first has ended', async () => {
    const [a, b] = [await project('A'), await project('B')];
    const first = await mustRecord(house.submit(link(a, 'DEPENDS_ON', b)));
    await mustRecord(house.submit(link(a, 'LED_TO', b, 'x')));
    await mustRecord(house.submit(link(b, 'LED_TO', a, 'y')));
    expect(codeOf(await house.submit(link(b, 'DEPENDS_ON', a)))).toBe('CYCLE');
    await mustRecord(house.submit(say('project', 'Unlink', a, 'end', { link: first.entries[0]!.id })));
    await mustRecord(house.submit(link(b, 'DEPENDS_ON', a)));
  });

  it('that an event makes by itself close no ring either: two bodies cannot be merged into each other', async () => {
    const body = async (name: string) => (await mustRecord(house.submit(say('body', 'EstablishBody', null, `est ${name}`, { name })))).item;
    const [a, b] = [await body('A'), await body('B')];
    await mustRecord(house.submit(say('body', 'MergeBody', a, 'm', { into: b })));
    expect(codeOf(await house.submit(say('body', 'MergeBody', b, 'm', { into: a })))).toBe('CYCLE');
  });

  it('that a retracted ending brings back close no ring', async () => {
    const [c, d] = [await project('C'), await project('D')];
    const first = await mustRecord(house.submit(link(c, 'DEPENDS_ON', d)));
    const ended = await mustRecord(house.submit(say('project', 'Unlink', c, 'end', { link: first.entries[0]!.id })));
    await mustRecord(house.submit(link(d, 'DEPENDS_ON', c)));
    const back = say('project', 'RetractEntry', c, 'ret', { entry: ended.entries[0]!.id }, { reason: 'ført ved en feil' });
    expect(codeOf(await house.submit(back))).toBe('CYCLE');
  });

  it('name the party by the title the item had when it was recorded', async () => {
    const { item: body } = await mustRecord(house.submit(say('body', 'EstablishBody', null, 'b', { name: 'KS' })));
    const first = await mustRecord(
      house.submit(say('project', 'StartProject', null, 'p', { title: 'Oppspill', initiators: [{ item: body }] })),
    );
    await mustRecord(house.submit(say('body', 'RenameBody', body, 'ren', { name: 'Kommune-KS' })));
    const second = await mustRecord(
      house.submit(say('project', 'AddNote', first.item, 'n', { text: 'Merknad' }, { assertedBy: { item: body } })),
    );
    expect(first.entries[0]!.event.data).toMatchObject({ initiators: [{ body, name: 'KS' }] });
    expect(second.entries[0]!.assertedBy).toEqual({ body, name: 'Kommune-KS' });
  });
});
