import { readFileSync } from 'node:fs';
import { recordBodies } from '../support/letter.js';
import { serve, type Json, type Served } from '../support/serve.js';

const LETTER = readFileSync(new URL('../golden/seeds/letter.txt', import.meta.url), 'utf8');
const FIELDS = 'path label pointKind text lines';
const DRAFT = `query Draft($text: String!, $locale: Locale) { draftPoints(text: $text) {
  points { ${FIELDS} points { ${FIELDS} points { ${FIELDS} points { path } } } }
  outside { line text } doubts { path line what(locale: $locale) } } }`;

/** As `recordResolution` takes it. */
const asInput = ({ label, pointKind, text, points }: Json): Json => ({ label, pointKind, text, points: (points ?? []).map(asInput) });
const pathsOf = (points: readonly Json[]): readonly string[] =>
  points.flatMap(({ path, points: below }) => [path, ...pathsOf(below ?? [])]);

describe('The secretariat pastes the letter', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve();
    await recordBodies(served);
  });
  afterAll(() => served.close());

  it('and gets its points, the doubtful place marked in the language that is read, and records them as they are', async () => {
    const { draftPoints } = await served.read(DRAFT, { text: LETTER, locale: 'NN' });
    expect(draftPoints.doubts).toEqual([{ path: '2.3', line: 26, what: expect.stringMatching(/utan nummer i margen/) }]);
    expect(draftPoints.outside.map(({ text }: Json) => text)).toContain('Arkivkode: 0');
    const id = await served.recorded('recordResolution', {
      commandId: 'utkast',
      resolutionType: 'VEDTAK',
      title: 'Kultur for framtida',
      body: { item: { createdBy: 'hovedstyret', kind: 'BODY' } },
      points: draftPoints.points.map(asInput),
    });
    const { node } = await served.read(
      `query($id: ID!) { node(id: $id) { ... on Resolution { points(first: 50) { nodes { path role } } } } }`,
      { id },
    );
    expect(node.points.nodes.map(({ path }: Json) => path)).toEqual(pathsOf(draftPoints.points));
    expect(node.points.nodes.at(5)).toEqual({
      path: '2.3.1',
      role: 'Som utviklingspartner for kommuner og fylkeskommuner på kulturfeltet vil KS',
    });
  });

  it('and is told when there is more text than it can take', async () => {
    const { errors } = await served.ask(DRAFT, { text: '1. æ'.repeat(20_000) });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', max: 65_536 });
    expect((await served.read(DRAFT, { text: '' })).draftPoints).toMatchObject({ points: [], doubts: [{ path: null, line: 1 }] });
  });
});
