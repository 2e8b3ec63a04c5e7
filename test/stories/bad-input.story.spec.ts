import { letterInput, LETTER, recordLetter } from '../support/letter.js';
import { serve, type Fields, type Json, type Served } from '../support/serve.js';

/** Sent as the JSON escapes they are: no JSON writer makes them by itself. */
const HALF_A_PAIR = '\ud83d';
const NOBODY = 'resolution-00000000-0000-5000-8000-000000000000';
const A = { pointKind: 'MEASURE', text: 'Tiltak' };
const tower = (levels: number): Json => (levels === 1 ? A : { ...A, points: [tower(levels - 1)] });
const bytes = (count: number): string => 'å'.repeat(count / 2);

type Case = readonly [title: string, command: string, input: (r: string) => Fields, code: string, says: RegExp];
const resolution = (fields: Fields) => (): Fields => letterInput('galt', fields);
const note =
  (fields: Fields) =>
  (r: string): Fields => ({ item: { id: r }, text: 'Merknad', ...fields });
const assign =
  (point: Json, fields: Fields = {}) =>
  (r: string): Fields => ({
    point: { item: { id: r }, point },
    owner: { name: 'Administrasjonen' },
    ...fields,
  });

const DATES: readonly Case[] = [
  ['30 February', 'recordResolution', resolution({ occurred: { text: '2018-02-30' } }), 'BAD_DATE', /2018-02-30/],
  ['29 February of a common year', 'recordResolution', resolution({ occurred: { text: '2019-02-29' } }), 'BAD_DATE', /2019-02-29/],
  ['month 13', 'recordResolution', resolution({ occurred: { text: '2018-13' } }), 'BAD_DATE', /2018-13/],
  [
    'a Norwegian date, with how to write it',
    'recordResolution',
    resolution({ occurred: { text: '03.10.2018' } }),
    'BAD_DATE',
    /2018-10-03/,
  ],
  ['a period that ends before it begins', 'recordResolution', resolution({ occurred: { text: '2019/2016' } }), 'BAD_DATE', /2016/],
  ['words for a date', 'recordResolution', resolution({ occurred: { text: 'i fjor høst' } }), 'BAD_DATE', /\S/],
  [
    'an impossible date on the source',
    'recordResolution',
    resolution({ source: { ...LETTER, dated: { text: '2018-10-32' } } }),
    'BAD_DATE',
    /2018-10-32/,
  ],
  ['something that happens tomorrow', 'addNote', note({ occurred: { text: '2026-03-03' } }), 'DATE_IN_FUTURE', /\S/],
  [
    'a deadline that never ends',
    'assignPoint',
    assign('3', { deadline: { text: '2026-01-01/..' } }),
    'DATE_WITHOUT_END',
    /day, month, year/,
  ],
];

const TEXTS: readonly Case[] = [
  ['no title', 'recordResolution', resolution({ title: '' }), 'BLANK', /\S/],
  ['a title of blanks', 'recordResolution', resolution({ title: ' \u00a0\t ' }), 'BLANK', /\S/],
  ['a control character in a title', 'recordResolution', resolution({ title: 'Kultur\u0007 for framtida' }), 'CONTROL_CHARACTER', /\S/],
  ['a line break in a title', 'recordResolution', resolution({ title: 'Kultur\nfor framtida' }), 'CONTROL_CHARACTER', /\S/],
  ['a null character in a text', 'addNote', note({ text: 'Merk\u0000nad' }), 'CONTROL_CHARACTER', /\S/],
  [
    'a control character of the second block in a title',
    'recordResolution',
    resolution({ title: 'Kultur \u0085 for framtida' }),
    'CONTROL_CHARACTER',
    /\S/,
  ],
  [
    'half a character pair in a title',
    'recordResolution',
    resolution({ title: `Kultur ${HALF_A_PAIR}` }),
    'LONE_SURROGATE',
    /whole characters/,
  ],
  ['half a character pair in a command id', 'addNote', note({ commandId: `x${HALF_A_PAIR}` }), 'BAD_COMMAND_ID', /\S/],
  [
    'half a character pair in a person’s name',
    'recordResolution',
    resolution({ caseOfficer: { name: `Kåre ${HALF_A_PAIR}` } }),
    'LONE_SURROGATE',
    /\S/,
  ],
  ['a title just above the limit', 'recordResolution', resolution({ title: bytes(2_002) }), 'TEXT_TOO_LONG', /2000/],
  ['a text just above the limit', 'addNote', note({ text: bytes(65_538) }), 'TEXT_TOO_LONG', /65536/],
  ['one level of points too many', 'recordResolution', resolution({ points: [tower(17)] }), 'TOO_DEEP', /16/],
  ['one point too many', 'recordResolution', resolution({ points: Array.from({ length: 2_001 }, () => A) }), 'TOO_MANY_POINTS', /2000/],
  [
    'more in one entry than can be stored',
    'recordResolution',
    resolution({ points: Array.from({ length: 15 }, () => ({ ...A, text: bytes(64_000) })) }),
    'TOO_LARGE',
    /Del den opp/,
  ],
  ['no command id', 'addNote', note({ commandId: '' }), 'BAD_COMMAND_ID', /\S/],
  ['a command id of 65 characters', 'addNote', note({ commandId: 'x'.repeat(65) }), 'BAD_COMMAND_ID', /64/],
  ['a duration in words', 'startProject', () => ({ title: 'Nytt prosjekt', duration: '2 år' }), 'BAD_DURATION', /P2Y/],
  ['a vote with minus one against', 'recordVote', (r) => ({ resolution: { id: r }, unanimous: false, against: -1 }), 'BAD_VALUE', /\S/],
];

const REFERENCES: readonly Case[] = [
  ['an id nobody has', 'addNote', note({ item: { id: NOBODY } }), 'UNKNOWN_ITEM', /byReference/],
  ['an id that is none', 'addNote', note({ item: { id: "resolution-1'; drop table log; --" } }), 'UNKNOWN_ITEM', /byReference/],
  [
    'a kind nobody knows in an id',
    'addNote',
    note({ item: { id: NOBODY.replace('resolution', 'constructor') } }),
    'UNKNOWN_ITEM',
    /byReference/,
  ],
  ['a reference nobody has', 'addNote', note({ item: { reference: '18/99999' } }), 'UNKNOWN_REFERENCE', /skrivefeil/],
  ['a reference that fits two items', 'addNote', note({ item: { reference: LETTER.reference } }), 'AMBIGUOUS_REFERENCE', /kandidatene/],
  ['a command id nobody used', 'addNote', note({ item: { createdBy: 'aldri' } }), 'UNKNOWN_ITEM', /byReference/],
  [
    'an item named in two ways',
    'addNote',
    (r) => note({ item: { id: r, reference: LETTER.reference } })(r),
    'EXACTLY_ONE',
    /one of id, reference, createdBy/,
  ],
  ['an item named in no way', 'addNote', note({ item: {} }), 'EXACTLY_ONE', /one of id, reference, createdBy/],
  [
    'a party that is two',
    'recordResolution',
    resolution({ body: { name: 'KS', item: { createdBy: 'ks' } } }),
    'EXACTLY_ONE',
    /one of item, name, person/,
  ],
  ['a project for a deciding body', 'recordResolution', resolution({ body: { item: { createdBy: 'oppspill' } } }), 'BAD_ID', /\S/],
  [
    'a body for a resolution',
    'assignPoint',
    () => ({ ...assign('3')(''), point: { item: { createdBy: 'ks', kind: 'BODY' }, point: '3' } }),
    'WRONG_KIND',
    /\S/,
  ],
  [
    'a person nobody knows',
    'recordResolution',
    resolution({ caseOfficer: { name: 'Kåre', id: 'person-00000000-0000-4000-8000-000000000000' } }),
    'UNKNOWN_PERSON',
    /Utelat id-en/,
  ],
  [
    'an entry nobody recorded',
    'correctEntry',
    (r) => ({ entry: `${r}@99`, reason: 'Feil', set: [{ path: 'title', value: 'Ny' }] }),
    'UNKNOWN_ENTRY',
    /history/,
  ],
  ['a link nobody made', 'unlink', (r) => ({ link: `${r}@0`, reason: 'Feil' }), 'NOT_A_LINK', /Oppgi oppføringen/],
  [
    'a link from an item to itself',
    'link',
    (r) => ({ from: { item: { id: r } }, relation: 'PART_OF', to: { item: { id: r } } }),
    'LINK_TO_ITSELF',
    /\S/,
  ],
  ['a source that says nothing', 'addNote', note({ source: {} }), 'EMPTY_SOURCE', /at least one/],
  ['a point nobody printed', 'assignPoint', assign('9'), 'UNKNOWN_POINT', /\S/],
  ['a point that is no path', 'assignPoint', assign('tre'), 'BAD_POINT_PATH', /2\.3\.1/],
  ['no point', 'assignPoint', assign(null), 'REQUIRED', /2\.3\.1/],
  ['a premise to be carried out', 'assignPoint', assign('1'), 'NOTHING_TO_FOLLOW_UP', /forpliktelse/],
  [
    'a correction of a field there is not',
    'correctEntry',
    (r) => ({ entry: `${r}@0`, reason: 'Feil', set: [{ path: '__proto__.x', value: 1 }] }),
    'INVALID_CORRECTION',
    /\S/,
  ],
  [
    'a correction that breaks a rule for new data',
    'correctEntry',
    (r) => ({ entry: `${r}@0`, reason: 'Feil', set: [{ path: 'title', value: '' }] }),
    'INVALID_CORRECTION',
    /\S/,
  ],
  [
    'a date outside what is known',
    'establishDate',
    (r) => ({ item: { id: r }, date: { text: '2019-01-01' } }),
    'DATE_OUTSIDE_BOUNDS',
    /correctEntry/,
  ],
  [
    'the same command id for something else',
    'recordResolution',
    () => letterInput('vedtak', { title: 'Noe annet' }),
    'COMMAND_ID_REUSED',
    /ny commandId/,
  ],
  ['a revision that is past', 'addNote', note({ expectedRevision: 7 }), 'REVISION_CONFLICT', /expectedRevision/],
];

describe('What is wrong is refused, in words that say what to do, and nothing is written:', () => {
  let served: Served;
  let letter: string;

  beforeAll(async () => {
    served = await serve();
    letter = (await recordLetter(served)).resolution;
    // The letter's own position: a second item from the same document.
    await served.recorded(
      'recordResolution',
      letterInput('standpunkt', { resolutionType: 'STANDPUNKT', title: 'Kultur spiller en sentral rolle' }),
    );
  });
  afterAll(() => served.close());

  it.each([...DATES, ...TEXTS, ...REFERENCES])('%s', async (_title, command, input, code, says) => {
    const head = await served.record.store.head();
    const outcome = await served.mutate(command, { commandId: 'galt', ...input(letter) });
    const { issues = [] } = outcome as Readonly<{ issues?: readonly Json[] }>;
    const codes = issues.length > 0 ? issues.map((issue) => issue.code) : [outcome.code];
    expect([...codes, outcome.message, issues]).toContain(code);
    expect([outcome.whatToDo, ...issues.map((issue) => issue.message)].join(' ')).toMatch(says);
    expect(outcome.message.length * outcome.whatToDo.length).toBeGreaterThan(0);
    for (const issue of issues) expect(issue.path[0]).toBe('input');
    expect(await served.record.store.head()).toBe(head);
  });

  it('a correction that changes nothing is answered, and records nothing', async () => {
    const head = await served.record.store.head();
    const outcome = await served.mutate('correctEntry', { commandId: 'ingenting', entry: `${letter}@0`, reason: 'Feil' });
    expect([outcome.__typename, outcome.entries]).toEqual(['Recorded', []]);
    expect(await served.record.store.head()).toBe(head);
  });

  it('every issue of an input is named at once, each with its place', async () => {
    const outcome = await served.mutate(
      'recordResolution',
      letterInput('tre-feil', { title: '', occurred: { text: '2018-02-30' }, body: {} }),
    );
    expect(outcome.issues.map((issue: Json) => issue.path.join('.'))).toEqual(
      expect.arrayContaining(['input.occurred.text', 'input.body']),
    );
  });

  it('what lies just below the limits is recorded', async () => {
    await served.recorded('addNote', { commandId: 'x'.repeat(64), item: { id: letter }, text: bytes(65_536) });
    const points = [tower(16), ...Array.from({ length: 1_984 }, () => A)];
    const id = await served.recorded('recordResolution', letterInput('stort', { title: bytes(2_000), points }));
    const { node } = await served.read(
      `query($id: ID!) { node(id: $id) { ... on Resolution { points(first: 1) { totalCount } point(path: "${Array(16).fill('1').join('.')}") { depth } } } }`,
      { id },
    );
    expect(node).toEqual({ points: { totalCount: 2_000 }, point: { depth: 16 } });
  });
});
