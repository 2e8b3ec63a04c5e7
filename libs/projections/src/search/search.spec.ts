import { MATTERS } from '../../testing/matter.kind.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import { checksum } from '../checking.js';
import type { AsOfInput } from '../reading.js';
import { searchProjection } from './search.projection.js';
import { SEARCH_CHARS_MAX } from './search.query.js';

const opened = (title: string, references: readonly string[] = []) =>
  ({ type: 'Opened', data: { title, references, projects: [] } }) as const;
const touched = (text: string, part: string | null = null) => ({ type: 'Touched', data: { part, text } }) as const;

describe('a search', () => {
  let world: World;
  let side: OpenSide;
  beforeEach(async () => {
    world = openWorld(MATTERS);
    side = await world.open();
  });
  afterEach(() => world.close());

  const hits = async (text: string, asOf: AsOfInput | null = null, kinds: readonly string[] | null = null) =>
    (await side.reading.search(text, kinds, { first: 100 }, await side.reading.pin(asOf, null))).edges.map(({ node }) => node);
  const titles = async (text: string, asOf: AsOfInput | null = null) => (await hits(text, asOf)).map(({ item }) => item.title);
  const record = async (...titled: readonly string[]) => {
    for (const title of titled) await world.record(idOf('matter', title), opened(title));
    await side.caughtUp();
  };

  it.each([
    ['kulturskole', 'Kulturskolene i Nord-Trøndelag'],
    ['kulturskole', 'Kulturskolerådet'],
    ['kulturskolene', 'Ny kulturskolemelding'],
    ['KULTURSKOLEN', 'en kulturskole for alle'],
    ['melding', 'Ny frivillighetsmelding'],
    ['meldingane', 'Ny kulturmelding'],
    ['skolen', 'Norsk kulturskoleråd'],
    ['ra\u030adet', 'Hovedstyrets rådgiver'],
    ['rådet', 'Hovedstyrets ra\u030Adgiver'],
    ['gruve', 'Gruvearbeid i Kirkenes'],
    ['sámi', 'Sa\u0301mi dáidda'],
    ['sami daidda', 'Sámi dáidda'],
    ['caceres', 'Čáceres'],
    ['dogabeaska', 'Đogabeaškka'],
    ['nanga', 'Ŋáŋgá'],
    ['tana zsa', 'Ŧana žša'],
    ['ærlig', 'Ærlig talt'],
    ['øl', 'Øl og brus'],
    ['frivillig het', 'Frivillig\u00adhet og het debatt'],
    ['årets frivillighetskommune', '«Årets frivillighetskommune»'],
    ['440 000', '440\u00a0000 ansatte (184 mrd kroner)'],
    ['kommunene kultur', 'Kultur for alle i kommunen'],
  ])('for «%s» finds «%s»', async (text, title) => {
    await record(title, 'Noe helt annet');
    expect(await titles(text)).toEqual([title]);
  });

  it.each([
    ['ar', 'år'],
    ['bar', 'bår'],
    ['ol', 'øl'],
    ['kultur idrett', 'kultur'],
    ['8', '84 000'],
    ['k', 'kultur'],
  ])('for «%s» does not find «%s»', async (text, title) => {
    await record(title, '1 8x');
    expect(await titles(text)).not.toContain(title);
  });

  it('finds a reference in any spelling, and what was recorded from a source of that reference behind it', async () => {
    const [letter, paper, told] = [idOf('matter', 'letter'), idOf('matter', 'paper'), idOf('matter', 'told')];
    await world.record(letter, opened('Brevet', ['18/01456-7']));
    await world.record(paper, opened('Kulturmeldingen', ['Meld. St. 8 (2018–2019)', 'Innst. 258 S (2018–2019)']));
    const source = { document: null, title: null, reference: '18/01456-7', dated: null, locator: null, url: null };
    await world.record(told, opened('Vedtaket'), { source });
    await side.caughtUp();
    for (const asked of ['18/01456-7', '2018/1456', '18/1456', '18 / 01456', '18/01456\u20137'])
      expect(await titles(asked)).toEqual(['Brevet', 'Vedtaket']);
    for (const asked of ['Meld. St. 8', 'meld st 8 2018', 'MELD.\u00a0ST.\u00a08 (2018\u20112019)', 'Innst. 258 S', 'innst 258 s'])
      expect(await titles(asked)).toEqual(['Kulturmeldingen']);
    expect(await titles('Meld. St. 9')).toEqual([]);
  });

  it('puts titles before texts, whole words before beginnings, and says where it was found', async () => {
    const item = idOf('matter', 'text');
    await record('Kulturen', 'Kultur');
    await world.record(item, opened('Brev'));
    const long = `${'Innledende ord om saken. '.repeat(20)}KS ber om en ny kultur\u00adpolitikk for kommunene. ${'Og så videre. '.repeat(20)}`;
    await world.record(item, touched(long, '2.3'));
    await side.caughtUp();
    const found = await hits('kultur');
    expect(found.map((hit) => [hit.item.title, hit.part])).toEqual([
      ['Kultur', null],
      ['Kulturen', null],
      ['Brev', '2.3'],
    ]);
    expect(found[2]?.snippet).toMatch(/^… .*kultur\u00adpolitikk for kommunene.* …$/u);
    expect(found[2]?.snippet.length).toBeLessThan(230);
  });

  it('finds what was known and in effect at the point of view, and nothing that was corrected away or retracted', async () => {
    const item = idOf('matter', 'a');
    const first = await world.record(item, opened('Kulturhus'), { occurred: '2018-09-01' });
    const second = await world.record(item, touched('badeland'), { occurred: '2018-09-20' });
    const correction = { entry: first.id, version: 1, occurred: null, assertedBy: null, source: null, entryReason: null, cleared: [] };
    const corrected = await world.record(item, {
      type: 'EntryCorrected',
      data: { ...correction, set: [{ path: 'title', value: 'Operahus' }] },
    });
    await world.record(item, { type: 'EntryRetracted', data: { entry: second.id } });
    await side.caughtUp();
    expect([await titles('kulturhus'), await titles('badeland'), await titles('opera')]).toEqual([[], [], ['Operahus']]);
    expect(await titles('kulturhus', { position: second.position })).toEqual(['Kulturhus']);
    expect(await titles('badeland', { position: corrected.position })).toEqual(['Operahus']);
    expect(await titles('badeland', { position: corrected.position, validAt: '2018-09-19' })).toEqual([]);
    await world.record(item, { type: 'EntryRetracted', data: { entry: first.id } });
    await side.caughtUp();
    expect(await titles('opera')).toEqual([]);
  });

  it('never finds a sealed name, an id or a date of an entry', async () => {
    const item = idOf('matter', 'a');
    await world.record(item, opened('Brev'));
    const person = { sealed: 'data.by', person: 'person-5f0c1a5e-0000-4000-8000-00000000abcd', commitment: 'duun' };
    await world.record(item, {
      type: 'Touched',
      data: { part: null, text: 'saken', by: person, project: idOf('venture', 'v'), due: { text: '2018-10', asWritten: 'oktober' } },
    });
    await side.caughtUp();
    const words = side.file
      .prepare<{ word: string }>('SELECT word FROM search_vocabulary ORDER BY word')
      .all()
      .map(({ word }) => word);
    expect(words).toEqual(['brev', 'saken']);
  });

  it('is paged at one point of view while writing goes on', async () => {
    await record(...[1, 2, 3, 4, 5].map((n) => `Kultur ${n}`));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await side.reading.search('kultur', null, { first: 2, after }, await side.reading.pin(null, null));
      expect(await page.totalCount()).toBe(5);
      seen.push(...page.edges.map(({ node }) => node.item.title));
      after = page.hasNextPage ? (page.edges.at(-1)?.cursor ?? null) : null;
      await record(`Kultur og mer ${seen.length}`);
    } while (after !== null);
    expect([...seen].sort()).toEqual([1, 2, 3, 4, 5].map((n) => `Kultur ${n}`));
  });

  it('finds as of then what it found then, whatever number of words that hold the one asked for came later', async () => {
    await record('storkulturmelding');
    const { position } = await side.reading.pin(null, null);
    expect(await titles('kulturmelding', { position })).toEqual(['storkulturmelding']);
    const letters = [...'abcdefghijklmnopqrst'];
    const later = letters.flatMap((one) => letters.map((other) => `${one}${other}kulturmelding`));
    await world.record(idOf('matter', 'later'), opened('later'));
    await world.record(idOf('matter', 'later'), touched(later.join(' ')));
    await side.caughtUp();
    expect(await titles('kulturmelding', { position })).toEqual(['storkulturmelding']);
  });

  it('keeps to the kinds asked for', async () => {
    await record('Kultur');
    await world.record(idOf('venture', 'v'), opened('Kulturprosjekt'));
    await side.caughtUp();
    expect((await hits('kultur', null, ['venture'])).map(({ item }) => item.title)).toEqual(['Kulturprosjekt']);
    expect(await hits('kultur', null, [])).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['spaces', ' \u00a0\n'],
    ['signs alone', '«–» %_*"'],
    ['control characters', 'kul\u0000tur'],
    ['half a pair', 'kultur \ud800'],
    ['too long a text', 'a'.repeat(SEARCH_CHARS_MAX + 1)],
    ['too many words', Array.from({ length: 17 }, (_, n) => `o${n}`).join(' ')],
  ])('for %s is refused as BAD_FILTER', async (_what, text) => {
    await expect(hits(text)).rejects.toMatchObject({ name: 'ReadProblem', code: 'BAD_FILTER' });
  });

  it('takes what looks like a query language, and the longest text allowed, as mere words', async () => {
    await record('Kultur OR 1=1');
    expect(await titles(`kultur' OR "1"=1 --`)).toEqual(['Kultur OR 1=1']);
    expect(await titles('a'.repeat(SEARCH_CHARS_MAX))).toEqual([]);
  });

  it('is the same, row for row, when it is built anew', async () => {
    await record('Kultur', 'Idrett');
    await world.record(idOf('matter', 'Kultur'), touched('en tekst'), { occurred: '2018-09-01' });
    await side.caughtUp();
    const live = checksum(side.file, searchProjection);
    expect(live.rows).toBeGreaterThan(8);
    await side.runner.rebuild(['search']);
    expect(checksum(side.file, searchProjection)).toEqual(live);
  });
});
