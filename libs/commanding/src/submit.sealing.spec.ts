import { itemIdFor } from '@saksgang/record';
import type { Sealed } from '@saksgang/kernel';
import { codeOf, issuesOf, mustRecord, openHouse, say, type House } from '../testing/house.js';

const CANARY = 'Kari Kanarifugl Nordmann';

describe('the name of a person', () => {
  let house: House;
  beforeEach(() => {
    house = openHouse();
  });
  afterEach(() => house.close());

  const person = (name = CANARY, id: string | null = null) => ({ unsealed: name, person: id });
  const point = { label: '1', pointKind: 'MEASURE', text: 'Tilsette kulturfaglig kapasitet', addressees: [], openEnded: false, points: [] };
  const resolution = (more: Record<string, unknown> = {}) =>
    say('resolution', 'RecordResolution', null, 'res-1', {
      resolutionType: 'VEDTAK',
      title: 'Kultur for framtida',
      body: { name: 'Hovedstyret i KS' },
      points: [point],
      ...more,
    });
  const assign = (item: string, commandId: string, name = CANARY) =>
    say('resolution', 'AssignPoint', item, commandId, { point: '1', owner: { person: person(name) }, deadline: null });
  /** Persons the key store knows: it is asked for a name it has never heard last, so that asking does not count. */
  const knownPerson = (name: string) => house.keys.personFor(name, null);

  it('is in no leaf and in no box, and is opened from the box', async () => {
    const said = resolution({ caseOfficer: person(), links: [{ relation: 'LED_TO', target: await project() }] });
    const { entries } = await mustRecord(house.submit({ ...said, assertedBy: { person: person() } }));
    const log = await house.log();
    expect(log).toHaveLength(3);
    for (const stored of log) expect(everythingOf(stored)).not.toContain('Kanarifugl');
    const [, founding, link] = log;
    expect(founding!.boxes).toHaveLength(2);
    expect(link!.boxes).toHaveLength(1);
    const handle = (entries[0]!.event.data as { caseOfficer: Sealed }).caseOfficer;
    const box = founding!.boxes.find((one) => one.commitment === handle.sealed)!;
    expect(await house.sealer.open(founding!.id, handle, box)).toEqual({ state: 'SHOWN', value: CANARY });
  });

  it('is one person however often it is given, and a repeated assignment stays quiet', async () => {
    const { item } = await mustRecord(house.submit(resolution()));
    const first = await mustRecord(house.submit(assign(item, 'as-1')));
    const again = await mustRecord(house.submit(assign(item, 'as-2')));
    expect(first.entries).toHaveLength(1);
    expect(again).toMatchObject({ entries: [], revision: 1 });
    const other = await mustRecord(house.submit(assign(item, 'as-3', 'Ola Nordmann')));
    const personOf = (outcome: typeof first) => (outcome.entries[0]!.event.data as { owner: { name: Sealed } }).owner.name.person;
    expect(personOf(other)).not.toBe(personOf(first));
    expect(personOf(first)).toBe(await knownPerson(CANARY));
  });

  it('is left out of the digest: a retry with it is the same command, and names nobody in the log', async () => {
    const { item } = await mustRecord(house.submit(resolution()));
    await mustRecord(house.submit(assign(item, 'as-1')));
    expect(await mustRecord(house.submit(assign(item, 'as-1')))).toMatchObject({ replayed: true, revision: 1 });
    expect(await house.log()).toHaveLength(2);
  });

  it('is not sealed, and makes no person, when the command is refused, invalid or in conflict', async () => {
    const sealed: string[] = [];
    const submit = house.another({
      sealer: {
        ...house.sealer,
        commit: (name) => {
          sealed.push('one');
          return house.sealer.commit(name);
        },
      },
    });
    const { item } = await mustRecord(submit(resolution()));
    const outcomes = [
      await submit({ ...assign(item, 'as-1'), data: { point: '9', owner: { person: person() }, deadline: null } }),
      await submit({ ...assign(item, 'as-2'), data: { point: 'nonsense', owner: { person: person() }, deadline: null } }),
      await submit({ ...assign(item, 'as-3'), expectedRevision: 5 }),
      await submit({
        ...assign(item, 'as-4'),
        source: { document: itemIdFor('body', 'none'), title: null, reference: null, dated: null, locator: null, url: null },
      }),
      await submit(assign(itemIdFor('resolution', 'none'), 'as-5')),
    ];
    expect(outcomes.map(codeOf)).toEqual(['UNKNOWN_POINT', 'invalid', 'conflict', 'UNKNOWN_ITEM', 'UNKNOWN_ITEM']);
    expect(sealed).toEqual([]);
    expect(await house.log()).toHaveLength(1);
    for (const outcome of outcomes) expect(JSON.stringify(outcome)).not.toContain('Kanarifugl');
  });

  it('is refused where the person has been erased', async () => {
    const { item } = await mustRecord(house.submit(resolution()));
    await mustRecord(house.submit(assign(item, 'as-1', 'Per Person')));
    await mustRecord(house.submit(assign(item, 'as-1b', 'Ola Nordmann')));
    const id = await knownPerson('Per Person');
    await house.keys.tombstone(id);
    const outcome = await house.submit({
      ...assign(item, 'as-2'),
      data: { point: '1', owner: { person: person('Per Person', id) }, deadline: null },
    });
    expect(codeOf(outcome)).toBe('PERSON_ERASED');
    expect(await house.log()).toHaveLength(3);
  });

  it('cannot be tied to a person that is not known, or to what is no person’s id', async () => {
    const { item } = await mustRecord(house.submit(resolution()));
    const to = (id: string) => ({ ...assign(item, 'as-1'), data: { point: '1', owner: { person: person(CANARY, id) }, deadline: null } });
    expect(codeOf(await house.submit(to('person-00000000-0000-4000-8000-00000000beef')))).toBe('UNKNOWN_PERSON');
    expect(issuesOf(await house.submit(to('Kari')))).toEqual(['input.owner.person: BAD_ID']);
  });

  it.each([
    ['blank', '   ', 'BLANK'],
    ['with a line feed', `${CANARY}\nand more`, 'CONTROL_CHARACTER'],
    ['with half a character', `${CANARY}\ud83d`, 'LONE_SURROGATE'],
    ['too long', CANARY.repeat(100), 'TEXT_TOO_LONG'],
  ])('is invalid when %s, and the issue does not repeat it', async (_, name, code) => {
    const outcome = await house.submit(resolution({ caseOfficer: person(name) }));
    expect(issuesOf(outcome)).toEqual([`input.caseOfficer: ${code}`]);
    expect(JSON.stringify(outcome)).not.toContain('Kanarifugl');
  });

  it('is not in the error when the machine breaks while sealing', async () => {
    const broken = house.another({
      sealer: { ...house.sealer, commit: (name) => Promise.reject(new Error(`cannot seal ${name.unsealed}`)) },
    });
    const fault = await broken(resolution({ caseOfficer: person() })).catch((error: unknown) => error as Error);
    expect(fault).toBeInstanceOf(Error);
    expect(`${(fault as Error).stack} ${JSON.stringify(fault)} ${String((fault as Error).cause)}`).not.toContain('Kanarifugl');
  });

  it('cannot be smuggled in sealed, nor by path', async () => {
    const forged: Sealed = { sealed: 'A'.repeat(43), person: 'person-00000000-0000-4000-8000-00000000beef' };
    expect(issuesOf(await house.submit(resolution({ caseOfficer: forged })))).toEqual(['input.caseOfficer: SEALED_VALUE']);
    const { item, entries } = await mustRecord(house.submit(resolution()));
    const set = (value: unknown) =>
      say(
        'resolution',
        'CorrectEntry',
        item,
        'cor-1',
        { entry: entries[0]!.id, set: [{ path: 'caseOfficer', value }] },
        { reason: 'feil' },
      );
    for (const value of [forged, { body: null, name: forged }, { nested: [{ unsealed: 5 }] }])
      expect(issuesOf(await house.submit(set(value)))[0]).toMatch(/^input\.set\.0\.value.*: SEALED_VALUE$/);
    expect(await house.log()).toHaveLength(1);
  });

  const project = async () => (await mustRecord(house.submit(say('project', 'StartProject', null, 'pro-1', { title: 'Oppspill' })))).item;
});

/** Leaf, metadata and boxes as text: base64 and raw, so that no form of the name slips by. */
const everythingOf = (stored: Readonly<{ leaf: string; boxes: readonly Readonly<{ bytes: Uint8Array }>[] }>): string =>
  [
    JSON.stringify(stored),
    stored.leaf,
    ...stored.boxes.flatMap(({ bytes }) => [Buffer.from(bytes).toString('utf8'), Buffer.from(bytes).toString('latin1')]),
  ].join('\n');
