import { readFileSync } from 'node:fs';
import { POINTS_MAX, POINT_DEPTH_MAX } from '@saksgang/kernel';
import { seededRandom, someNumber } from '../../../../event-store/testing/seeded-random.js';
import { draftPoints, type DraftPoint, type PointDraft } from './draft-points.js';

const LETTER = readFileSync(new URL('../../../../../test/golden/seeds/letter.txt', import.meta.url), 'utf8');

const all = (points: readonly DraftPoint[]): readonly DraftPoint[] => points.flatMap((point) => [point, ...all(point.points)]);
const outline = ({ points }: PointDraft): readonly string[] =>
  all(points).map(({ path, label, pointKind, text }) => `${path} [${label ?? ''}] ${pointKind} ${text.slice(0, 24)}`);
const shape = (text: string): readonly string[] => all(draftPoints(text).points).map(({ path, text: said }) => `${path} ${said}`);
const doubtsOf = (text: string): readonly string[] =>
  draftPoints(text).doubts.map(({ path, line, what }) => `${path ?? '–'}@${line}: ${what.nb}`);

describe('The letter, pasted as it stands,', () => {
  const draft = draftPoints(LETTER);

  it('gives the points of the resolution, with what is printed before each', () => {
    expect(outline(draft)).toEqual([
      '1 [1] PREMISE KS legger til grunn at d',
      '2 [2] LEAD_IN Som interessepolitisk ak',
      '2.1 [] COMMITMENT Løfte fram lokal og regi',
      '2.2 [] COMMITMENT Bidra til å se kulturfel',
      '2.3 [] LEAD_IN Som utviklingspartner fo',
      '2.3.1 [] COMMITMENT Fremme kunnskapsbygging ',
      '2.3.2 [] COMMITMENT Styrke forutsetningene f',
      '3 [3] MEASURE KS styrker organisasjone',
      '3.1 [] MEASURE For å integrere kulturfe',
    ]);
  });

  it('marks the one doubtful place: the lead-in that stands unnumbered at the margin', () => {
    expect(draft.doubts).toEqual([
      { path: '2.3', line: 26, what: expect.objectContaining({ nb: expect.stringMatching(/uten nummer i margen.*punkt 2/) }) },
    ]);
    expect(LETTER.split('\n')[25]).toMatch(/^Som utviklingspartner/);
  });

  it('takes bold and italic marks for no text', () => {
    expect(JSON.stringify(draft)).not.toContain('*');
    expect(draft.points[0]?.text).toMatch(/samfunnsutvikling\.$/);
  });

  it('leaves outside what is not resolved: the recipients, the standpoint after the points, the signatures', () => {
    const outside = draft.outside.map(({ text }) => text);
    expect(outside).toEqual(expect.arrayContaining(['Arkivkode: 0', 'Dato: 03.10.2018', 'Helge Eide (s)']));
    expect(outside.some((text) => text.startsWith('Kultur spiller en sentral rolle'))).toBe(true);
    expect(outside.some((text) => text.endsWith('følgende vedtak:'))).toBe(true);
  });
});

describe('Numbering is marked where it is odd, and never mended:', () => {
  it.each([
    ['1. KS vil a\n3. KS vil b', '2@2: Nummereringen hopper fra 1 til 3: mangler det noe imellom?'],
    ['2. KS vil a\n3. KS vil b', '1@1: Nummereringen begynner på 2: mangler det noe foran?'],
    ['1. KS vil a\n2. KS vil b\n2. KS vil c', '3@3: Nummeret 2 kommer på nytt etter 2: kontroller teksten.'],
    ['1. KS vil\na) skal b\nc) skal d', '1.2@3: Nummereringen hopper fra a) til c): mangler det noe imellom?'],
    ['1. KS vil\n1.1 skal a\n1.3 skal b', '1.2@3: Nummereringen hopper fra 1.1 til 1.3: mangler det noe imellom?'],
    ['1. KS vil\n2.2.1 skal a', '2@2: Punktet er nummerert 2.2.1, men punktet over det finnes ikke i teksten.'],
    ['1. KS vil a\n2) KS vil b', '2@2: Innrykk eller nummerering er ujevn: kontroller hvilket nivå punktet hører til på.'],
    ['1. KS vil a\n\nProsa.\n\nVedlegg\n1. KS vil b', '2@6: Her begynner en ny liste etter den første: hører den til vedtaket?'],
    [
      '1. KS vil a\n\nEt avsnitt.\n\n2. KS vil b',
      '1@3: Avsnittet står uten nummer. Her er det lagt til punkt 1: kontroller at det hører til der.',
    ],
    ['1. KS vil a\n2.', '2@2: Punktet har ingen tekst.'],
    ['1. Ymse', '1@1: Teksten sier ikke tydelig om punktet er en premiss, en forpliktelse, et tiltak eller en anmodning: velg selv.'],
    ['Kjære venner', '–@1: Ingen nummererte punkter eller kulepunkter ble funnet i teksten.'],
  ])('%j', (text, expected) => {
    expect(doubtsOf(text)).toContain(expected);
  });

  it('and says nothing of a text that is numbered through', () => {
    expect(doubtsOf('1. KS vil:\na) skal b\nb) skal c\n   i) skal d\n   ii) skal e\n2. KS ber om f\n2.1 skal g\n2.2 skal h')).toEqual([]);
  });
});

describe('Points are told apart', () => {
  it('by letters, Roman numbers and dotted numbers', () => {
    expect(shape('1. a\na) b\nb) c\ni) d\nii) e\nc) f\n2. g\n2.1 h\n2.1.1 i\n2.2 j')).toEqual([
      '1 a', '1.1 b', '1.2 c', '1.2.1 d', '1.2.2 e', '1.3 f', '2 g', '2.1 h', '2.1.1 i', '2.2 j',
    ]); // prettier-ignore
  });
  it('by bullets at their indent, and by the bullets a text editor gives each level', () => {
    expect(shape('- a\n    - b\n    - c\n- d')).toEqual(['1 a', '1.1 b', '1.2 c', '2 d']);
    expect(shape('•\ta\no\tb\no\tc\n•\td')).toEqual(['1 a', '1.1 b', '1.2 c', '2 d']);
  });
  it('and a line that is wrapped goes on the point above it', () => {
    expect(shape('1. *KS legger\ntil grunn*\r\n\r\n2. KS vil')).toEqual(['1 KS legger til grunn', '2 KS vil']);
  });
  it('and a date at the beginning of a line is no number', () => {
    expect(shape('1. Møtet er\n3. oktober 2018')).toEqual(['1 Møtet er 3. oktober 2018']);
  });
  it('and a lead-in without a number and without a blank line above it is still one', () => {
    expect(shape('1. Som eier vil KS:\n- a.\nSom partner vil KS:\n- b.\n2. KS vil')).toEqual([
      '1 Som eier vil KS:', '1.1 a.', '1.2 Som partner vil KS:', '1.2.1 b.', '2 KS vil',
    ]); // prettier-ignore
  });
});

describe('Whatever is pasted,', () => {
  const FRAGMENTS = [
    '', '', '1. KS vil', '2. **KS** ber', '3.', '7) Noe', 'a) skal', 'b) vil', 'i) skal', '2.1 vil', '4.4.4 vil', '- a', '  - b', '\t• c', '* d', 'o\te',
    'Som eier vil KS:', 'Prosa uten nummer.', '   innrykket', '*skrå', 'fet*', 'Dato: 03.10.2018', '5. mai', 'Å, nei: ja', '1.', '---', '_ _', 'E. L. Hansen (s)',
  ]; // prettier-ignore

  it('every line that is not blank is in one point or outside, and none of its words is lost: 500 texts', () => {
    const random = seededRandom('pasted');
    for (let round = 0; round < 500; round += 1) {
      const lines = Array.from({ length: 30 }, () => FRAGMENTS[someNumber(random, FRAGMENTS.length)] ?? '');
      const draft = draftPoints(lines.join('\n'));
      const points = all(draft.points);
      const seen = [...points.flatMap((point) => point.lines), ...draft.outside.map(({ line }) => line)].sort((a, b) => a - b);
      expect(seen).toEqual(lines.flatMap((line, index) => (line.trim() === '' ? [] : [index + 1])));
      const told = [...points, ...draft.outside].map(({ text }) => text).join('\n');
      for (const word of lines.join(' ').match(/\p{L}{2,}/gu) ?? []) expect(told).toContain(word);
      for (const { path } of draft.doubts) expect([null, ...points.map((point) => point.path)]).toContain(path);
    }
  });

  it('the tree keeps its limits, and says where it stopped', () => {
    const many = draftPoints(Array.from({ length: POINTS_MAX + 2 }, () => '- vil').join('\n'));
    expect(all(many.points)).toHaveLength(POINTS_MAX);
    expect(many.outside).toHaveLength(2);
    expect(many.doubts).toMatchObject([{ path: null, line: POINTS_MAX + 1 }]);
    const deep = draftPoints(Array.from({ length: POINT_DEPTH_MAX + 3 }, (_, level) => `${' '.repeat(level * 2)}- vil`).join('\n'));
    expect(Math.max(...all(deep.points).map(({ path }) => path.split('.').length))).toBe(POINT_DEPTH_MAX);
    expect(deep.doubts.length).toBeGreaterThanOrEqual(3);
  });

  it('long runs of marks are read in one pass', () => {
    expect(draftPoints(`1. ${'*a '.repeat(20_000)}`).points).toHaveLength(1);
    expect(draftPoints(`1. ${'_'.repeat(60_000)}`).points).toHaveLength(1);
  });
});
