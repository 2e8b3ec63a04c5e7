import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readExample } from '../../apps/api/src/example.js';
import { seedOf, uncoveredLines, type Seed } from '../support/seed-lines.js';
import { LETTER_ROWS } from '../support/letter-rows.js';
import { type Asking, serve, type Json, type Served } from '../support/serve.js';
import { SLIDES_ROWS } from '../support/slides-rows.js';

const SEED_ROWS = [...SLIDES_ROWS, ...LETTER_ROWS];

const PARTY = '{ ... on Body { name } ... on NamedParty { name } }';
const DATE = '{ text asWritten precision }';
/** Every item with all that the seeds say of its kind: much of each, so few at a time. */
const PAGES_MAX = 50;
const EVERYTHING = `query($after: String) { items(first: 10, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { id kind title reference state occurred ${DATE} notes { text } projects { title }
  timeline(first: 1) { nodes { source { title locator } } } history(first: 20) { nodes { type } }
  links(first: 100) { nodes { relation direction fromPart toPart assertedBy ${PARTY} other { kind title } entry { reason source { locator } } } }
  ... on Resolution { resolutionType body ${PARTY} caseReference decided ${DATE}
    points(first: 100) { nodes { path label pointKind text role note addressees ${PARTY} } } }
  ... on Body { aliases parentBody { name } claims { claim assertedBy ${PARTY} } }
  ... on Project { aliases duration initiators ${PARTY} steeringGroup ${PARTY} }
  ... on ResultGoal { code text level project { title } evidence { claim } }
  ... on Evidence { claim caption evidenceStatus values { value asWritten unit population jurisdiction qualifier year ${DATE} }
    chain { by ${PARTY} url dated ${DATE} } }
  ... on WhitePaper { whitePaperType name }
  ... on Milestone { project { title } baseline ${DATE} forecast ${DATE} actual ${DATE} }
  ... on Plan { period ${DATE} planGoals { text } }
  ... on Consultation { questions { text } inputCount consultationReports { title document { id } } feedback { text } }
  ... on Agreement { agreementType signed ${DATE} parties ${PARTY} openEnded buildsOn purpose agreementGoals { text } }
  ... on Document { documentType documentNumber dated ${DATE} caseReference archiveCode sender ${PARTY} recipients ${PARTY} openEnded
    caseOfficer { value sealedState } theirReference blankFields signatories { person { value sealedState } role mark }
    attachments { title document { id } } citations { text locator } }
} } }`;

/** Each relation under the table: from, relation, to; a point after `#`. */
const RELATIONS = [
  ['P13 LED_TO P16', 'RESOLUTION Uttalelser fra KS’ Landsting 2016#1', 'LED_TO', 'PROJECT Kulturprosjektet Oppspill'],
  ['P14 LED_TO P16', 'RESOLUTION Uttalelser fra KS’ Landsting 2016#2', 'LED_TO', 'PROJECT Kulturprosjektet Oppspill'],
  ['L7 PART_OF P16', 'CONSULTATION Kultur for framtida', 'PART_OF', 'PROJECT Kulturprosjektet Oppspill'],
  ['L7 SERVES goal A', 'CONSULTATION Kultur for framtida', 'SERVES', 'RESULT_GOAL A: '],
  ['L8 LED_TO L9', 'CONSULTATION Kultur for framtida', 'LED_TO', 'RESOLUTION Kultur for framtida'],
  ['P24 EVIDENCE_FOR the kulturmelding', 'DOCUMENT Kulturutredningen 2014', 'EVIDENCE_FOR', 'WHITE_PAPER Ny kulturmelding'],
  ['P22 EVIDENCE_FOR goal B', 'EVIDENCE Et estimat fra Verdens økonomiske forum', 'EVIDENCE_FOR', 'RESULT_GOAL B: '],
  ['P23 EVIDENCE_FOR goal C', 'EVIDENCE I 1998 hadde 42%', 'EVIDENCE_FOR', 'RESULT_GOAL C: '],
  [
    'P10 BASED_ON P11',
    'RESOLUTION Oppfordrer til lokal frivillighetspolitikk!#1',
    'BASED_ON',
    'AGREEMENT PLATTFORM FOR SAMSPILL OG SAMARBEID',
  ],
] as const;

describe('The example record holds the seeds:', () => {
  let served: Served;
  let items: readonly Json[];
  /** The one item of this kind and title, or the one whose title begins so. */
  const find = (start: string): Json => {
    const told = items.map((item) => ({ item, name: `${item.kind} ${item.title}` }));
    const exact = told.filter(({ name }) => name === start);
    const found = exact.length > 0 ? exact : told.filter(({ name }) => name.startsWith(start));
    if (found.length !== 1) throw new Error(`${found.length} items are called ${start}`);
    return found[0]?.item;
  };

  const everything = async (asking: Asking): Promise<readonly Json[]> => {
    const read: Json[] = [];
    let after: string | null = null;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const { items: answer }: Json = await served.read(EVERYTHING, { after }, asking);
      read.push(...answer.nodes);
      after = answer.pageInfo.endCursor;
      if (answer.pageInfo.hasNextPage) continue;
      expect(read).toHaveLength(answer.totalCount);
      break;
    }
    return read;
  };

  beforeAll(async () => {
    served = await serve();
    await served.recordExample();
    items = await everything({ key: served.keys.secretariat });
  });
  afterAll(() => served.close());

  describe('row by row', () => {
    it('the table leaves no row out', () => {
      const numbers = (letter: string, count: number): readonly string[] =>
        Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
      const told = new Set(SEED_ROWS.flatMap(({ rows }) => rows));
      expect([...numbers('P', 29), ...numbers('L', 16)].filter((number) => !told.has(number))).toEqual([]);
    });
    it.each(SEED_ROWS.map((row) => [row.rows.join(' '), row] as const))('%s', (_rows, { holds }) => {
      for (const { kind, title, holds: what } of holds) {
        const found = items.filter((item) => item.kind === kind && item.title === title);
        expect([kind, title, found.length]).toEqual([kind, title, 1]);
        expect(found[0]).toMatchObject(what);
      }
    });
  });

  describe('relation by relation', () => {
    it.each(RELATIONS)('%s', (_relation, from, relation, to) => {
      const [item = '', part = null] = from.split('#');
      const other = find(to);
      expect(find(item).links.nodes).toContainEqual(
        expect.objectContaining({ relation, direction: 'OUT', fromPart: part, other: { kind: other.kind, title: other.title } }),
      );
      // What the sources do not say in so many words is owned to be a reading, or has its place in a source.
      const { entry } = find(item).links.nodes.find((link: Json) => link.relation === relation && link.other.title === other.title);
      expect(entry.source?.locator ?? entry.reason).toEqual(expect.stringMatching(/\S/));
    });
    it('goals A and D have no evidence: gaps, and so are documents 1–6 of case 18/01456', async () => {
      expect(['A: ', 'B: ', 'C: ', 'D: '].map((code) => find(`RESULT_GOAL ${code}`).evidence.length)).toEqual([0, 1, 1, 0]);
      const { gaps } = await served.read(`{ gaps { rule what item { kind title } } }`);
      const without = gaps.filter((gap: Json) => gap.rule === 'WITHOUT_EVIDENCE').map((gap: Json) => gap.item.title.slice(0, 2));
      expect(without.sort()).toEqual(['A:', 'D:']);
      expect(gaps).toContainEqual({
        rule: 'DOCUMENT_NUMBERS_MISSING',
        what: 'Dokument 1–6 i sak 18/01456 er ikke sett',
        item: { kind: 'DOCUMENT', title: 'Rapport fra medlemsdialogen «Kultur for framtida»' },
      });
    });
  });

  it('says itself what it does not hold: the gaps, by rule', async () => {
    const { gaps } = await served.read(`{ gaps { rule item { kind title } point { path } } }`);
    const told: Record<string, string[]> = {};
    for (const { rule, item, point } of gaps) (told[rule] ??= []).push(`${item.title}${point ? ` ${point.path}` : ''}`);
    const asks = [
      ...['2.1', '2.2', '2.3.1', '2.3.2', '3', '3.1'].map((path) => `Kultur for framtida ${path}`),
      'Uttalelser fra KS’ Landsting 2016 1',
      'Uttalelser fra KS’ Landsting 2016 2',
    ];
    for (const list of Object.values(told)) list.sort();
    expect(told).toEqual({
      ASK_WITHOUT_OWNER: asks,
      ASK_WITHOUT_DEADLINE: asks,
      DECISION_WITHOUT_DAY: ['Kultur for framtida', 'Uttalelser fra KS’ Landsting 2016'],
      WITHOUT_EVIDENCE: [find('RESULT_GOAL A: ').title, find('RESULT_GOAL D: ').title],
      DOCUMENT_NUMBERS_MISSING: ['Rapport fra medlemsdialogen «Kultur for framtida»'],
      CONSULTATION_WITHOUT_REPORT: ['Spørsmål til tilhørerne om kultur og frivillighet for ungdom'],
    });
  });

  describe('trap by trap', () => {
    it('18/01456-7 keeps its form and its leading zero, and is found as 2018/1456', async () => {
      expect(find('DOCUMENT Rapport').caseReference).toBe('18/01456-7');
      for (const reference of ['18/01456-7', '2018/1456', '18/1456']) {
        const { byReference } = await served.read(`query($reference: String!) { byReference(reference: $reference) { kind title } }`, {
          reference,
        });
        expect([reference, byReference[0]]).toEqual([reference, { kind: 'DOCUMENT', title: find('DOCUMENT Rapport').title }]);
        expect(byReference).toContainEqual({ kind: 'RESOLUTION', title: 'Kultur for framtida' });
      }
    });
    it('five spellings of a date keep their words, and are read as what they are', () => {
      const [then, today] = find('EVIDENCE I 1998').values.map((value: Json) => value.year);
      expect([
        find('AGREEMENT Fritidserklæringen').signed,
        find('EVIDENCE Et estimat').chain[1].dated,
        find('PLAN').period,
        find('RESOLUTION Uttalelser').decided,
        today,
        then,
      ]).toEqual([
        { text: '2016-06-07', asWritten: '7.juni 2016', precision: 'DAY' },
        { text: '2016-09-25', asWritten: '25.09.2016', precision: 'DAY' },
        { text: '2016/2019', asWritten: '2016-2019', precision: 'PERIOD' },
        { text: '2016', asWritten: 'i 2016', precision: 'YEAR' },
        { text: 'unknown', asWritten: 'I dag', precision: 'UNKNOWN' },
        { text: '1998', asWritten: 'I 1998', precision: 'YEAR' },
      ]);
    });
    it('«440 000» is one number, with either space: it is found by both', async () => {
      for (const text of ['440 000', '440\u00a0000']) {
        const { search } = await served.read(`query($text: String!) { search(text: $text, kinds: [EVIDENCE]) { nodes { title } } }`, {
          text,
        });
        expect([text, search.nodes.map(({ title }: Json) => title)]).toEqual([text, expect.arrayContaining(['440 000 ansatte'])]);
      }
      expect(find('EVIDENCE 440 000 ansatte').values[0].value).toBe('440000');
    });
    it('«1 av 3» is a ratio', () => {
      expect(find('EVIDENCE elever som begynner').values).toMatchObject([{ value: '1/3', asWritten: '1 av 3' }]);
    });
    it('marks of bold and italics are no text', () => {
      expect(seed('letter')).toContain('*');
      expect(items.filter((item) => JSON.stringify(item).includes('*'))).toEqual([]);
    });
    it('«Ann Evy Duun,» is a name without its comma, which is noted; names are for those who may see them', async () => {
      expect(find('DOCUMENT Rapport').caseOfficer).toEqual({ value: 'Ann Evy Duun', sealedState: 'SHOWN' });
      expect(find('DOCUMENT Rapport').notes).toEqual([{ text: expect.stringContaining('komma') as string }]);
      const data = await everything({});
      expect(data).toHaveLength(items.length);
      for (const name of ['Duun', 'Helge Eide', 'Barlindhaug']) expect([name, JSON.stringify(data).includes(name)]).toEqual([name, false]);
    });
    it('«Kulturskolerådet» is Norsk kulturskoleråd, and the branch in Nord-Trøndelag a body under it', () => {
      expect(find('BODY Norsk kulturskoleråd')).toMatchObject({ aliases: ['Kulturskolerådet'], parentBody: null });
      expect(find('BODY Norsk kulturskoleråd Nord-Trøndelag').parentBody).toEqual({ name: 'Norsk kulturskoleråd' });
    });
  });
});

/** Commands that record what a document says; others place it, date it or tie it together. */
const SAYING = new Set(
  'stateEvidence setResultGoal adoptPlan signAgreement openConsultation giveFeedback recordResolution registerDocument addCitation announceWhitePaper addNote'.split(
    ' ',
  ),
);
const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const seed = (name: Seed): string => readFileSync(fileOf(`../golden/seeds/${name}.txt`), 'utf8');

describe('Every line of the two documents that is not blank', () => {
  const commands = readExample(fileOf('../../apps/api/example'));
  const uncovered = (without: string | null = null): readonly string[] =>
    (['letter', 'slides'] as const).flatMap((name) =>
      uncoveredLines(
        name,
        seed(name),
        commands.filter(({ input }) => input.commandId !== without),
      ),
    );

  it('is accounted for, word for word, by what some command quotes or by where it says it stands', () => {
    expect(uncovered()).toEqual([]);
  });
  it('would be missed, were any one thing that they say left out', () => {
    const saying = commands.filter((command) => seedOf(command) !== null && SAYING.has(command.command));
    expect(saying.length).toBeGreaterThan(45);
    const unmissed = saying.map(({ input }) => input.commandId).filter((id) => uncovered(id).length === 0);
    // The presentation as a whole is every line of it; the words of the other stand again where the amount is.
    expect(unmissed).toEqual(['example:presentasjonen', 'example:ks-ansatte']);
  });
});
