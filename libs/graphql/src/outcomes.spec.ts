import { command, openHouse, recorded, type House } from '../testing/house.js';

const item = (id: string) => ({ item: { id } });
const NOBODY = 'body-00000000-0000-5000-8000-000000000000';

describe('What comes of a command', () => {
  let house: House;
  let ks: string;
  let resolution: string;

  beforeAll(async () => {
    house = await openHouse();
    ks = await recorded(house, 'establishBody', { commandId: 'ks', name: 'KS' });
    await recorded(house, 'establishBody', { commandId: 'raad-1', name: 'Rådet' });
    await recorded(house, 'establishBody', { commandId: 'raad-2', name: 'Eldrerådet', aliases: ['Rådet'] });
    resolution = await recorded(house, 'recordResolution', {
      commandId: 'vedtak',
      resolutionType: 'VEDTAK',
      title: 'Vedtaket',
      body: item(ks),
      points: [
        { pointKind: 'PREMISE', text: 'premiss' },
        { pointKind: 'MEASURE', text: 'tiltak' },
      ],
    });
  });
  afterAll(() => house.close());

  const logLength = async (): Promise<string> => house.store.head();
  const note = (over: Readonly<Record<string, unknown>>) => ({
    commandId: 'merknad',
    item: { id: resolution },
    text: 'En merknad',
    ...over,
  });

  it('is the same answer again when it is sent again, with no second effect', async () => {
    const first = await command(house, 'addNote', note({ commandId: 'to-ganger' }));
    const head = await logLength();
    const again = await command(house, 'addNote', note({ commandId: 'to-ganger' }));
    expect(again).toEqual({ ...first, replayed: true });
    expect(await logLength()).toBe(head);
  });

  it('is a refusal when the command id was used for something else', async () => {
    await command(house, 'addNote', note({ commandId: 'brukt' }));
    const reused = await command(house, 'addNote', note({ commandId: 'brukt', text: 'Noe annet' }));
    expect(reused).toMatchObject({ __typename: 'Refused', code: 'COMMAND_ID_REUSED', candidates: [{ id: resolution }] });
  });

  it('is UNAUTHENTICATED without a key, and nothing is written', async () => {
    const head = await logLength();
    const add = (headers: Readonly<Record<string, string>>) =>
      house.ask(
        `mutation($input: AddNoteInput!) { addNote(input: $input) { __typename } }`,
        { input: note({ commandId: 'uten-nøkkel' }) },
        { as: null, headers },
      );
    const { data, errors } = await add({});
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['addNote'], extensions: { code: 'UNAUTHENTICATED' } }]);
    // With a bad one nothing is executed at all.
    await expect(add({ authorization: 'Bearer sk_feil' })).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    expect(await logLength()).toBe(head);
  });

  it('is FORBIDDEN to a role that may not, in the reader’s language', async () => {
    const rename = { commandId: 'nytt-navn', body: { id: ks }, name: 'KS nye' };
    const refused = await command(house, 'renameBody', rename, { as: 'steering', headers: { 'accept-language': 'nn' } });
    expect(refused).toMatchObject({
      __typename: 'Refused',
      code: 'FORBIDDEN',
      message: 'Rolla styringsgruppa kan ikkje utføre renameBody.',
    });
    const allowed = await command(house, 'addNote', note({ commandId: 'styret' }), { as: 'steering' });
    expect(allowed.__typename).toBe('Recorded');
  });

  it('is a conflict, with what was recorded meanwhile, when the item has moved on', async () => {
    const revision = (await command(house, 'addNote', note({ commandId: 'før' }))).revision;
    await command(house, 'addNote', note({ commandId: 'imens', text: 'Imens' }));
    const conflict = await command(house, 'addNote', note({ commandId: 'etter', expectedRevision: revision }));
    expect(conflict).toMatchObject({
      __typename: 'Conflict',
      code: 'REVISION_CONFLICT',
      expectedRevision: revision,
      actualRevision: revision + 1,
      since: [{ id: `${resolution}@${revision + 1}`, type: 'NoteAdded' }],
    });
  });

  it('is a refusal by the kind’s own rule, with the state and what is allowed', async () => {
    const point = { item: { id: resolution }, point: '1' };
    const refused = await command(house, 'assignPoint', { commandId: 'premiss', point, owner: item(ks) });
    expect(refused).toMatchObject({ __typename: 'Refused', code: 'NOTHING_TO_FOLLOW_UP', state: 'ADOPTED' });
    const closed = { commandId: 'lukk', point: { ...point, point: '2' }, closedAs: 'LAPSED' };
    await recorded(house, 'closePoint', closed);
    const again = await command(house, 'assignPoint', { commandId: 'fordel-lukket', point: closed.point, owner: item(ks) });
    expect(again).toMatchObject({ __typename: 'Refused', allowed: expect.arrayContaining(['reopenPoint']) });
  });

  it('stays quiet about what is already true, and says so in the receipt', async () => {
    const alias = { body: { id: ks }, alias: 'Kommunesektorens organisasjon' };
    await recorded(house, 'addBodyAlias', { commandId: 'alias-1', ...alias });
    const quiet = await command(house, 'addBodyAlias', { commandId: 'alias-2', ...alias });
    expect(quiet).toMatchObject({
      __typename: 'Recorded',
      entries: [],
      receipt: { text: expect.stringMatching(/^Ingenting nytt ble ført/) },
    });
  });

  it.each([
    ['an unknown id', { id: NOBODY }, 'UNKNOWN_ITEM'],
    ['an id of no form', { id: 'tull' }, 'UNKNOWN_ITEM'],
    ['an id of a kind that is not', { id: 'spøkelse-00000000-0000-5000-8000-000000000000' }, 'UNKNOWN_ITEM'],
    ['a point’s id', { id: `${NOBODY}/1` }, 'UNKNOWN_ITEM'],
    ['an unknown reference', { reference: '99/99999' }, 'UNKNOWN_REFERENCE'],
    ['a command that made nothing', { createdBy: 'aldri-sendt' }, 'UNKNOWN_ITEM'],
    ['a command that made no body', { createdBy: 'vedtak', kind: 'BODY' }, 'UNKNOWN_ITEM'],
  ])('refuses %s', async (_what, ref, code) => {
    const head = await logLength();
    const refused = await command(house, 'addNote', note({ commandId: `ukjent-${code}`, item: ref }));
    expect(refused).toMatchObject({ __typename: 'Refused', code });
    expect(refused.message).not.toBe('');
    expect(await logLength()).toBe(head);
  });

  it('names the candidates of a reference that fits two items, and takes one narrowed by kind', async () => {
    const refused = await command(house, 'addNote', note({ commandId: 'tvetydig', item: { reference: 'rådet' } }));
    expect(refused).toMatchObject({ __typename: 'Refused', code: 'AMBIGUOUS_REFERENCE' });
    expect(refused.candidates.map((one: { title: string }) => one.title).sort()).toEqual(['Eldrerådet', 'Rådet']);
    expect((await command(house, 'addNote', note({ commandId: 'entydig', item: { reference: 'KS', kind: 'BODY' } }))).item.id).toBe(ks);
    expect((await command(house, 'addNote', note({ commandId: 'entydig-2', item: { createdBy: 'vedtak' } }))).item.id).toBe(resolution);
  });

  const body = (over: Readonly<Record<string, unknown>>) => ({ commandId: 'ugyldig', name: 'Et organ', ...over });
  it.each([
    ['an impossible day', body({ occurred: { text: '2018-02-30' } }), 'input.occurred.text'],
    ['a date in no known shape', body({ occurred: { text: '3. oktober' } }), 'input.occurred.text'],
    ['a day that has not been yet', body({ occurred: { text: '2030-01-01' } }), 'input.occurred'],
    ['a source dated on no day', body({ source: { title: 'Brev', dated: { text: '2018-13' } } }), 'input.source.dated.text'],
    ['a source that says nothing', body({ source: {} }), 'input.source'],
    ['a party named in two ways', body({ assertedBy: { name: 'KS', item: { createdBy: 'ks' } } }), 'input.assertedBy'],
    ['a party named in no way', body({ assertedBy: {} }), 'input.assertedBy'],
    ['an item named in two ways', body({ parent: { id: NOBODY, reference: 'KS' } }), 'input.parent'],
    ['an item named by its kind alone', body({ parent: { kind: 'BODY' } }), 'input.parent'],
    ['an empty reference', body({ parent: { reference: '' } }), 'input.parent'],
    ['a blank name', body({ name: '   ' }), 'input.name'],
    ['a name with a control character', body({ name: 'K\u0007S' }), 'input.name'],
    ['half a character pair', body({ name: 'KS \ud83d' }), 'input.name'],
    ['a name that is too long', body({ name: 'å'.repeat(1_001) }), 'input.name'],
    ['no command id', body({ commandId: '' }), 'input.commandId'],
    ['a command id that is too long', body({ commandId: 'x'.repeat(65) }), 'input.commandId'],
  ])('calls %s invalid, says where, and writes nothing', async (_what, input, path) => {
    const head = await logLength();
    const invalid = await command(house, 'establishBody', input);
    expect(invalid).toMatchObject({ __typename: 'Invalid', code: 'INVALID_INPUT' });
    expect(invalid.issues.map((issue: { path: string[] }) => issue.path.join('.'))).toContain(path);
    expect(invalid.issues.every((issue: { message: string }) => issue.message.length > 0)).toBe(true);
    expect(await logLength()).toBe(head);
  });

  it.each([
    ['a blank name', { name: ' ' }],
    ['a name with a control character', { name: 'Åse\u0000 Ødegård' }],
    ['half a character pair', { name: 'Åse \ud83d' }],
    ['a name that is too long', { name: 'Åse '.repeat(1_000) }],
  ])('calls a person with %s invalid, and never says the name back', async (_what, caseOfficer) => {
    const head = await logLength();
    const input = { commandId: 'person', resolutionType: 'VEDTAK', title: 'Et vedtak', body: { name: 'KS' }, points: [], caseOfficer };
    const invalid = await command(house, 'recordResolution', input);
    expect(invalid).toMatchObject({ __typename: 'Invalid', issues: [{ path: expect.arrayContaining(['input', 'caseOfficer']) }] });
    expect(JSON.stringify(invalid)).not.toContain('Åse');
    expect(await logLength()).toBe(head);
  });

  it('names every fault of an input at once', async () => {
    const invalid = await command(
      house,
      'establishBody',
      body({ occurred: { text: '2018-02-30' }, assertedBy: {}, period: { text: 'lenge' }, source: { dated: { text: 'i fjor' } } }),
    );
    expect(invalid.issues.map((issue: { path: string[] }) => issue.path.join('.')).sort()).toEqual([
      'input.assertedBy',
      'input.occurred.text',
      'input.period.text',
      'input.source.dated.text',
    ]);
  });

  it('is invalid where an entry is named that is none, or is of another item', async () => {
    for (const entry of ['tull', `${resolution}@999`, `${NOBODY}@0`, `${resolution}@-1`]) {
      const invalid = await command(house, 'retractEntry', { commandId: 'trekk', entry, reason: 'feil' });
      expect(invalid).toMatchObject({ __typename: 'Invalid', issues: [{ path: ['input', 'entry'], code: 'UNKNOWN_ENTRY' }] });
    }
    const other = await command(house, 'establishDate', {
      commandId: 'dato',
      item: { id: ks },
      entry: `${resolution}@0`,
      date: { text: '2018' },
    });
    expect(other).toMatchObject({ __typename: 'Invalid', issues: [{ code: 'ENTRY_OF_ANOTHER_ITEM' }] });
  });

  it('refuses a tree of points just above its limits, and takes one just below', async () => {
    const chain = (depth: number): object => ({
      pointKind: 'MEASURE',
      text: `nivå ${depth}`,
      points: depth === 1 ? [] : [chain(depth - 1)],
    });
    const of = (commandId: string, points: readonly object[]) => ({
      commandId,
      resolutionType: 'VEDTAK',
      title: 'Tre',
      body: { name: 'KS' },
      points,
    });
    expect((await command(house, 'recordResolution', of('dypt-16', [chain(16)]))).__typename).toBe('Recorded');
    expect(await command(house, 'recordResolution', of('dypt-17', [chain(17)]))).toMatchObject({
      __typename: 'Invalid',
      issues: [{ code: 'TOO_DEEP' }],
    });
    const many = (count: number) => Array.from({ length: count }, () => ({ pointKind: 'MEASURE', text: 'x' }));
    expect((await command(house, 'recordResolution', of('mange-2000', many(2_000)))).__typename).toBe('Recorded');
    expect(await command(house, 'recordResolution', of('mange-2001', many(2_001)))).toMatchObject({
      issues: [{ code: 'TOO_MANY_POINTS' }],
    });
  });

  it('lets one document hold commands that build on each other', async () => {
    const { data, errors } = await house.ask(`mutation {
      one: establishBody(input: { commandId: "forelder", name: "Forelderorganet" }) { __typename }
      two: establishBody(input: { commandId: "barn", name: "Barneorganet", parent: { reference: "Forelderorganet" } }) {
        ... on Recorded { item { ... on Body { parentBody { name } links { nodes { relation declared } } } } } } }`);
    expect(errors).toEqual([]);
    expect(data.two.item).toEqual({ parentBody: { name: 'Forelderorganet' }, links: { nodes: [{ relation: 'PART_OF', declared: true }] } });
  });
});
