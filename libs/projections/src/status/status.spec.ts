import { NO_FACETS, same, type Due, type Facets, type ItemId } from '@saksgang/kernel';
import { matterKind, registryOf, type Matter } from '../../testing/matter.kind.js';
import { date, idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';

/** «2018-10-01 2018-11-01 *»: a matter of this title waits for these days; a star wants evidence, a question mark is contested, an exclamation mark unsourced. */
const facetsOf = ({ title, references, status }: Matter): Facets => ({
  ...NO_FACETS,
  dues: title
    .split(' ')
    .filter((word) => word.startsWith('2') || word.startsWith('..'))
    .map((word): Due => ({ part: null, nature: 'FORECAST', date: date(word), owner: null, what: same(`waits for ${word}`), met: status === 'closed' })),
  asks: references.map((part) => ({ part, state: 'OPEN', open: true, owner: null, deadline: null, closedAs: null, text: title })),
  wantsEvidence: title.includes('*'),
  disputed: title.includes('?'),
  gaps: title.includes('!') ? [{ rule: 'UNSOURCED', part: null, what: same('no source'), closedBy: ['sourceMatter'] }] : [],
  caseNumber: references.find((reference) => reference.includes('/')) ?? null,
}); // prettier-ignore

const spoken = {
  Any: { founding: false, roles: [], parse: () => ({ ok: false as const, issues: [] }), targets: () => [] },
  Found: { founding: true, roles: [], parse: () => ({ ok: false as const, issues: [] }), targets: () => [] },
};
const REGISTRY = registryOf(
  matterKind('matter', { facets: facetsOf, commands: spoken }),
  matterKind('venture', { belonging: 'GATHERS' }),
  matterKind('dialogue', { belonging: 'PASSES_ON' }),
);
const V = idOf('venture', 'v');

describe('the board, what is missing and what needs attention', () => {
  let world: World;
  let side: OpenSide;
  beforeEach(async () => {
    world = openWorld(REGISTRY);
    side = await world.open();
    await world.record(V, { type: 'Opened', data: { title: 'v', references: [], projects: [] } });
  });
  afterEach(() => world.close());

  const pin = async (asOf: object | null = null) => {
    await side.caughtUp();
    return side.reading.pin(asOf, null);
  };
  const open = async (name: string, title: string, more: Partial<Readonly<{ references: readonly string[]; projects: readonly ItemId[] }>> = {}) => {
    const item = idOf('matter', name);
    await world.record(item, { type: 'Opened', data: { title, references: [], projects: [V], ...more } }, { occurred: '2018-09-01' });
    return item;
  }; // prettier-ignore
  const link = (from: ItemId, relation: string, target: ItemId) =>
    world.record(from, { type: 'Linked', data: { relation, target, targetPart: null, part: null, period: null } });
  const gaps = async (project: ItemId | null = V) =>
    (await side.reading.gaps(project, await pin())).map(({ rule, item, what }) => [rule, item, what.nb]);

  it('counts what belongs by state and by both lights, and not the project itself', async () => {
    await open('late', '2018-09-15');
    await open('soon', '2018-10-20');
    await open('far', '2019-10-20');
    await open('undated', 'x');
    await open('elsewhere', '2018-09-15', { projects: [] });
    const { counts } = await side.reading.status(V, await pin());
    const counted = (computedLight: string) => ({ kind: 'matter', state: 'OPEN', light: 'NOT_ASSESSED', computedLight, count: 1 });
    expect(counts).toEqual(['GREEN', 'NOT_ASSESSED', 'RED', 'YELLOW'].map(counted));
    const whole = await side.reading.status(null, await pin());
    expect(whole.counts.reduce((sum, { count }) => sum + count, 0)).toBe(6);
  });

  it('tells what is late, the latest first, and what comes, the next first', async () => {
    await open('a', '2018-09-15 2018-11-01 ../2018-12-24');
    await open('b', '2018-08-01 2018-10-03');
    const { late, next } = await side.reading.status(V, await pin());
    expect(late.map(({ date: due, daysLate }) => [due.text, daysLate])).toEqual([['2018-08-01', 63], ['2018-09-15', 18]]); // prettier-ignore
    expect(next.map(({ date: due, daysLate, what }) => [due.text, daysLate, what.nb])).toEqual([
      ['2018-10-03', null, 'waits for 2018-10-03'],
      ['2018-11-01', null, 'waits for 2018-11-01'],
      ['../2018-12-24', null, 'waits for ../2018-12-24'],
    ]);
    const earlier = await side.reading.status(V, await pin({ validAt: '2018-09-10' }));
    expect(earlier.late.map(({ daysLate }) => daysLate)).toEqual([40]);
  });

  it('lets what was closed wait for nothing', async () => {
    const item = await open('a', '2018-09-15');
    await world.record(item, { type: 'Closed', data: {} });
    const { late, counts, attention } = await side.reading.status(V, await pin());
    expect([late, attention, counts.map(({ computedLight }) => computedLight)]).toEqual([[], [], ['GREEN']]);
  });

  it('calls an item stale ninety days after its last entry, corrections included, and only while something is open', async () => {
    const item = await open('a', 'x');
    const on = async (day: string) => (await side.reading.attention([item], await pin({ validAt: day })))[0];
    expect(await on('2018-12-31')).toEqual([]);
    expect(await on('2019-01-01')).toEqual(['STALE']);
    world.at('2018-12-01T10:00:00.000Z');
    await world.record(item, { type: 'NoteAdded', data: { text: 'heard', part: null } });
    expect(await on('2019-01-01')).toEqual([]);
    await world.record(item, { type: 'Closed', data: {} });
    expect(await on('2020-01-01')).toEqual([]);
  });

  it('misses evidence where some is wanted, until it is linked', async () => {
    const goal = await open('goal', '*');
    const ground = await open('ground', 'x');
    expect(await gaps()).toEqual([['WITHOUT_EVIDENCE', goal, 'Det er ikke lagt fram noe kunnskapsgrunnlag']]);
    await link(ground, 'EVIDENCE_FOR', goal);
    expect(await gaps()).toEqual([]);
  });

  it('misses a source, and tells of a dispute, only where something rests on the claim', async () => {
    const claim = await open('claim', '! ?');
    const goal = await open('goal', 'x');
    expect(await gaps()).toEqual([]);
    expect(await side.reading.attention([claim, goal], await pin())).toEqual([[], []]);
    await link(claim, 'EVIDENCE_FOR', goal);
    expect(await gaps()).toEqual([['UNSOURCED', claim, 'no source']]);
    expect(await side.reading.attention([claim, goal], await pin())).toEqual([['GAP', 'DISPUTED'], ['DISPUTED']]);
  });

  it('misses the documents of a case that nobody has seen, by number', async () => {
    const letter = await open('letter', 'x', { references: ['18/01456-7'] });
    expect(await gaps()).toEqual([['DOCUMENT_NUMBERS_MISSING', letter, 'Dokument 1–6 i sak 18/01456 er ikke sett']]);
    await open('second', 'x', { references: ['2018/1456-2'], projects: [] });
    const source = { document: null, title: null, reference: '18/01456-5', dated: null, locator: null, url: null };
    await world.record(letter, { type: 'Touched', data: { part: null, text: 'x' } }, { source });
    expect(await gaps()).toEqual([['DOCUMENT_NUMBERS_MISSING', letter, 'Dokument 1, 3–4, 6 i sak 18/01456 er ikke sett']]);
    await open('first', 'x', { references: ['18/77-1'] });
    await open('case', 'x', { references: ['18/99'] });
    expect(await gaps()).toHaveLength(1);
  });

  it('hears the silence after a date that has passed', async () => {
    const item = await open('a', '2018-09-15');
    const told = (await side.reading.gaps(V, await pin())).map(({ rule, closedBy, what }) => [rule, closedBy, what.nn]);
    expect(told).toEqual([
      ['PAST_AND_SILENT', ['any'], 'waits for 2018-09-15: datoen (2018-09-15) er passert, og det er ikkje meldt korleis det gjekk'],
    ]);
    await world.record(item, { type: 'Touched', data: { part: null, text: 'on its way' } }, { occurred: '2018-09-20' });
    expect(await gaps()).toEqual([]);
  });

  it('finds rings, however they came about, and says how they run', async () => {
    const [a, b, c, d] = [await open('a', 'A'), await open('b', 'B'), await open('c', 'C'), await open('d', 'D')];
    await link(a, 'DEPENDS_ON', b);
    await link(b, 'DEPENDS_ON', c);
    await link(d, 'DEPENDS_ON', a);
    await link(c, 'PART_OF', a);
    await link(c, 'SERVES', a);
    expect(await gaps()).toEqual([]);
    await link(c, 'DEPENDS_ON', a);
    const found = await side.reading.gaps(V, await pin());
    expect(found.map(({ rule, item }) => [rule, item])).toEqual([a, b, c].sort().map((item) => ['CYCLE', item]));
    expect(found[0]?.what.nb).toMatch(/^Går i ring: «([ABC])» avhenger av «[ABC]» avhenger av «[ABC]» avhenger av «\1»$/u);
  });

  it('tells of the same reference twice within a project, and not of the letter A of two projects', async () => {
    const w = idOf('venture', 'w');
    await open('a', 'x', { references: ['A'] });
    await open('b', 'x', { references: ['A'], projects: [w] });
    expect(await gaps(null)).toEqual([]);
    await open('c', 'x', { references: ['a'] });
    expect((await gaps(null)).map(([rule, , what]) => [rule, what])).toEqual([
      ['DUPLICATE_REFERENCE', expect.stringContaining('En annen sak har også referansen «')],
      ['DUPLICATE_REFERENCE', expect.stringContaining('En annen sak har også referansen «')],
    ]);
  });

  it('forgets what was retracted', async () => {
    const item = idOf('matter', 'a');
    const data = { title: '2018-09-15 *', references: ['18/1-3'], projects: [V] };
    const opened = await world.record(item, { type: 'Opened', data }, { occurred: '2018-09-01' });
    expect(await gaps()).toHaveLength(3);
    await world.record(item, { type: 'EntryRetracted', data: { entry: opened.id } });
    expect(await gaps()).toEqual([]);
    const { counts, late, attention } = await side.reading.status(null, await pin());
    expect([counts.map(({ kind }) => kind), late, attention]).toEqual([['venture'], [], []]);
    expect((await side.reading.followUps({}, 'DEADLINE', {}, await pin())).edges).toEqual([]);
  });

  const statementsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const before = side.statements();
    await work();
    return side.statements() - before;
  };

  it('asks the same number of statements of few items and of many', async () => {
    const question = async () => {
      const at = await pin();
      const board = await statementsOf(() => side.reading.status(V, at));
      const list = await statementsOf(async () =>
        (await side.reading.followUps({ project: V }, 'DEADLINE', { first: 100 }, at)).totalCount(),
      );
      const attention = await statementsOf(async () => {
        const items = await side.reading.items({}, 'TITLE', { first: 100 }, at);
        await side.reading.attention(items.edges.map(({ node }) => node.id), at); // prettier-ignore
      });
      const states = await statementsOf(async () => {
        const items = await side.reading.items({}, 'TITLE', { first: 100 }, at);
        await side.reading.statesById(items.edges.map(({ node }) => node.id), at); // prettier-ignore
      });
      return { board, list, attention, states };
    };
    await open('first', '2018-09-15 * ? !', { references: ['18/1-2'] });
    const few = await question();
    for (let n = 0; n < 60; n += 1) await open(`nr ${n}`, '2018-09-15 * ? !', { references: [`${n}`, `18/${n}-2`] });
    const many = await question();
    expect((await side.reading.status(V, await pin())).attention).toHaveLength(61);
    expect(many).toEqual(few);
    expect(few.board).toBeLessThanOrEqual(20);
    expect(few.list).toBeLessThanOrEqual(8);
  });
});
