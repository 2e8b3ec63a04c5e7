import { LOCALES } from '@saksgang/kernel';
import { itemIdFor } from '@saksgang/record';
import { actorOf, codeOf, issuesOf, mustRecord, openHouse, say, type House } from '../testing/house.js';
import type { Submission, SubmitOutcome } from './submission.js';

describe('what is not recorded', () => {
  let house: House;
  let body: string;
  let project: string;
  let resolution: string;
  beforeEach(async () => {
    house = openHouse();
    body = (await mustRecord(house.submit(say('body', 'EstablishBody', null, 'b', { name: 'KS' })))).item;
    project = (await mustRecord(house.submit(say('project', 'StartProject', null, 'p', { title: 'Oppspill' })))).item;
    const points = [
      { label: '1', pointKind: 'MEASURE', text: 'Tilsette kulturfaglig kapasitet', addressees: [], openEnded: false, points: [] },
    ];
    const data = { resolutionType: 'VEDTAK', title: 'Kultur for framtida', body: { item: body }, points };
    resolution = (await mustRecord(house.submit(say('resolution', 'RecordResolution', null, 'r', data)))).item;
  });
  afterEach(() => house.close());

  /** Three entries stand before; whatever the outcome, three shall stand after. */
  const nothing = async (submission: Submission): Promise<SubmitOutcome> => {
    const outcome = await house.submit(submission);
    expect(await house.log()).toHaveLength(3);
    if (outcome.outcome === 'refused') {
      for (const locale of LOCALES) {
        expect(outcome.refusal.message[locale].trim()).not.toBe('');
        expect(outcome.refusal.whatToDo[locale].trim()).not.toBe('');
      }
    }
    return outcome;
  };
  const messageOf = (outcome: SubmitOutcome): string => (outcome.outcome === 'refused' ? outcome.refusal.message.nb : '');
  const missing = itemIdFor('body', 'never made');
  const assign = (data: Record<string, unknown>) =>
    say('resolution', 'AssignPoint', resolution, 'x', { point: '1', deadline: null, ...data });
  const link = (data: Record<string, unknown>) =>
    say('resolution', 'Link', resolution, 'x', { relation: 'PART_OF', target: project, ...data });

  it.each([
    ['empty', ''],
    ['longer than 64 characters', 'x'.repeat(65)],
    ['with a control character', 'a\nb'],
    ['with half a character', 'a\ud83d'],
  ])('a command id that is %s', async (_, commandId) => {
    expect(issuesOf(await nothing(say('body', 'EstablishBody', null, commandId, { name: 'KS' })))).toEqual([
      'input.commandId: BAD_COMMAND_ID',
    ]);
  });

  it('a command id of 64 characters is right, and characters are counted, not code units', async () => {
    await mustRecord(house.submit(say('body', 'EstablishBody', null, '😀'.repeat(64), { name: 'KS' })));
  });

  it('a revision that is no revision', async () => {
    for (const expectedRevision of [-2, 1.5, Number.NaN])
      expect(issuesOf(await nothing(say('body', 'RenameBody', body, 'x', { name: 'KS' }, { expectedRevision })))).toEqual([
        'input.expectedRevision: BAD_VALUE',
      ]);
  });

  it('what the role may not say, or nobody may', async () => {
    for (const role of ['public', 'auditor', 'steering'] as const)
      expect(codeOf(await nothing(say('body', 'RenameBody', body, 'x', { name: 'Nytt' }, { actor: actorOf(role) })))).toBe('FORBIDDEN');
    for (const type of ['BlowUp', 'constructor', '__proto__', 'toString'])
      expect(codeOf(await nothing(say('body', type, body, 'x', {}, { actor: actorOf('admin') })))).toBe('FORBIDDEN');
    expect(codeOf(await nothing(say('nonsense', 'RenameBody', body, 'x', {}, { actor: actorOf('admin') })))).toBe('FORBIDDEN');
  });

  it('what is said of an item that is not there, or is of another kind', async () => {
    expect(codeOf(await nothing(say('body', 'RenameBody', missing, 'x', { name: 'KS' })))).toBe('UNKNOWN_ITEM');
    for (const id of ['', 'body', 'body-', 'body-1', '$all', 'nonsense-00000000-0000-4000-8000-000000000001', `${body}/2`])
      expect(codeOf(await nothing(say('body', 'AddNote', id, 'x', { text: 'Hei' })))).toBe('UNKNOWN_ITEM');
    expect(codeOf(await nothing(say('body', 'RenameBody', project, 'x', { name: 'KS' })))).toBe('WRONG_KIND');
  });

  it('a founding command on an item, and another command without one', async () => {
    expect(issuesOf(await nothing(say('body', 'EstablishBody', body, 'x', { name: 'KS' })))).toEqual(['input.item: UNKNOWN_FIELD']);
    expect(issuesOf(await nothing(say('body', 'RenameBody', null, 'x', { name: 'KS' })))).toEqual(['input.item: REQUIRED']);
  });

  it('input that does not parse, with every issue at its place in the flat input', async () => {
    const outcome = await nothing(
      say(
        'resolution',
        'RecordResolution',
        null,
        'x',
        {
          resolutionType: 'LOV',
          title: ' ',
          body: { name: 'KS' },
          points: [],
          colour: 'red',
          links: [{ relation: 'LIKES', target: project }],
        },
        { reason: '\u0000', source: { document: null, title: null, reference: null, dated: null, locator: null, url: null } },
      ),
    );
    expect(issuesOf(outcome)).toEqual(
      expect.arrayContaining([
        'input.resolutionType: BAD_VALUE',
        'input.title: BLANK',
        'input.colour: UNKNOWN_FIELD',
        'input.reason: CONTROL_CHARACTER',
        'input.source: EMPTY_SOURCE',
        'input.links.0.relation: BAD_VALUE',
      ]),
    );
  });

  it.each<[string, unknown, string]>([
    ['a decimal', 1.5, 'BAD_VALUE'],
    ['half a character', '\udc00', 'LONE_SURROGATE'],
    ['a function', () => 1, 'BAD_VALUE'],
    ['bottomless nesting', Array.from({ length: 200 }).reduce<unknown>((inner) => [inner], 'x'), 'TOO_DEEP'],
    ['far too many values', Array.from({ length: 100_001 }, () => 0), 'TOO_MANY'],
  ])('%s anywhere in the input', async (_, name, code) => {
    const issues = issuesOf(await nothing(say('body', 'RenameBody', body, 'x', { name })));
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(new RegExp(`^input\\.name.*: ${code}$`));
  });

  it('a party that is not there is named by its place in the input', async () => {
    const outcome = await nothing(assign({ owner: { item: missing } }));
    expect(codeOf(outcome)).toBe('UNKNOWN_ITEM');
    expect(messageOf(outcome)).toContain('input.owner.item');
    expect(codeOf(await nothing({ ...assign({ owner: { name: 'KS' } }), assertedBy: { item: missing } }))).toBe('UNKNOWN_ITEM');
  });

  it('a party that is no body', async () => {
    expect(issuesOf(await nothing(assign({ owner: { item: project } })))).toEqual(['input.owner.body: BAD_ID']);
    expect(issuesOf(await nothing({ ...assign({ owner: { name: 'KS' } }), assertedBy: { item: project } }))).toEqual([
      'input.assertedBy.body: BAD_ID',
    ]);
  });

  it('a target that is not there, lacks the part, or is of the wrong kind', async () => {
    const outcomes = [
      await nothing(link({ target: missing })),
      await nothing(link({ target: resolution, targetPart: '7', part: '1', relation: 'DEPENDS_ON' })),
      await nothing(say('resolution', 'RepealResolution', resolution, 'x', { by: itemIdFor('resolution', 'never made') })),
      await nothing({ ...link({}), source: { document: missing, title: null, reference: null, dated: null, locator: null, url: null } }),
      await nothing(say('body', 'EstablishBody', null, 'x', { name: 'Utvalget', parent: missing })),
      await nothing(say('body', 'EstablishBody', null, 'x', { name: 'Utvalget', links: [{ relation: 'PART_OF', target: missing }] })),
    ];
    expect(outcomes.map(codeOf)).toEqual(['UNKNOWN_ITEM', 'UNKNOWN_POINT', 'UNKNOWN_ITEM', 'UNKNOWN_ITEM', 'UNKNOWN_ITEM', 'UNKNOWN_ITEM']);
    const places = ['input.target', 'input.target', 'input.by', 'input.source.document', 'input.parent', 'input.links.0.target'];
    outcomes.forEach((outcome, index) => expect(messageOf(outcome)).toContain(places[index]));
  });

  it('what the kind refuses, with the state the item is in', async () => {
    const outcome = await nothing(say('resolution', 'ReopenPoint', resolution, 'x', { point: '1' }, { reason: 'nytt' }));
    expect(outcome).toMatchObject({ outcome: 'refused', item: resolution, state: 'ADOPTED', retryAfterMs: null });
  });

  it('an append that is too large, with the limit and what to do', async () => {
    const text = 'æ'.repeat(30_000);
    const point = { label: null, pointKind: 'PREMISE', text, addressees: [], openEnded: false, points: [] };
    const data = { resolutionType: 'VEDTAK', title: 'Lang', body: { name: 'KS' }, points: Array.from({ length: 16 }, () => point) };
    const outcome = await nothing(say('resolution', 'RecordResolution', null, 'x', data));
    expect(codeOf(outcome)).toBe('TOO_LARGE');
    expect(messageOf(outcome)).toContain('900000');
  });

  it('links of a founding command that are no list, too many, or no objects', async () => {
    const found = (links: unknown) => say('body', 'EstablishBody', null, 'x', { name: 'Utvalget', links });
    expect(issuesOf(await nothing(found('PART_OF')))).toEqual(['input.links: BAD_VALUE']);
    expect(issuesOf(await nothing(found(Array.from({ length: 501 }, () => ({})))))).toEqual(['input.links: TOO_MANY']);
    expect(issuesOf(await nothing(found([null])))).toEqual(['input.links.0: BAD_VALUE']);
  });

  it('a link or another command whose target has been retracted', async () => {
    const founding = (await house.log())[1]!.id;
    await mustRecord(house.submit(say('project', 'RetractEntry', project, 'ret', { entry: founding }, { reason: 'ført to ganger' })));
    expect(codeOf(await house.submit(link({})))).toBe('ITEM_RETRACTED');
    const close = await house.submit(say('project', 'CloseProject', project, 'x', {}));
    expect(close).toMatchObject({ outcome: 'refused', state: 'RETRACTED', refusal: { code: 'ITEM_RETRACTED' } });
    expect(await house.log()).toHaveLength(4);
  });
});
