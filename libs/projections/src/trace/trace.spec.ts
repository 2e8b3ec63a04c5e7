import { labels, NO_FACETS, type ItemId, type Relation } from '@saksgang/kernel';
import { matterKind, registryOf, venture, type Matter } from '../../testing/matter.kind.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import type { AsOfInput, TraceDirection } from '../reading.js';
import { TRACE_DEPTH_MAX } from './trace.query.js';
import { TRACE_NODES_MAX } from './walk.js';

const KS = { body: null, name: 'KS' };
const owner = { body: null, name: 'Rådmannen' };
/** A title tells of a point: «asks», «owned», «reported», «closed», «judged»; of an item: «unsourced», «names <id>». */
const facetsOf = ({ title }: Matter) => ({
  ...NO_FACETS,
  asks: /asks|owned|reported|closed|judged/u.test(title)
    ? [
        {
          part: '3',
          state: 'OPEN',
          open: !title.includes('closed'),
          owner: title.includes('owned') ? owner : null,
          deadline: null,
          closedAs: title.includes('closed') ? 'CARRIED_OUT' : null,
          text: title,
          reported: title.includes('reported'),
        },
      ]
    : [],
  verdicts: title.includes('judged')
    ? [
        { part: '3', outcome: 'PARTLY', assertedBy: KS },
        { part: '3', outcome: 'FULFILLED', assertedBy: owner },
      ]
    : [],
  gaps:
    title === 'unsourced'
      ? [{ rule: 'UNSOURCED' as const, part: null, what: labels('uten kilde', 'utan kjelde', 'no source'), closedBy: [] }]
      : [],
  names: title.startsWith('names ') ? [title.slice('names '.length)] : [],
});
const matter = matterKind('matter', {
  facets: facetsOf,
  hasPart: (_, path) => /^[1-9](\.[1-9])*$/u.test(path),
  states: {
    OPEN: { label: labels('åpen', 'open', 'open'), final: false },
    CLOSED: { label: labels('lukket', 'lukka', 'closed'), final: true },
  },
});

describe('a trace', () => {
  let world: World;
  let side: OpenSide;
  beforeEach(async () => {
    world = openWorld(registryOf(matter, venture));
    side = await world.open();
  });
  afterEach(() => world.close());

  const open = async (name: string, title = name, projects: readonly ItemId[] = [], occurred = '2018-09-01') => {
    await world.record(idOf('matter', name), { type: 'Opened', data: { title, references: [], projects } }, { occurred });
    return idOf('matter', name);
  };
  const link = (source: string, relation: Relation, target: string, said: Parameters<World['record']>[2] = {}) => {
    const [item = '', part] = source.split('/');
    const [to = '', targetPart] = target.split('/');
    const data = { relation, target: idOf('matter', to), targetPart: targetPart ?? null, part: part ?? null, period: null };
    return world.record(idOf('matter', item), { type: 'Linked', data }, said);
  };
  const traced = async (from: string, asked: Readonly<{ direction?: TraceDirection; depth?: number; asOf?: AsOfInput }> = {}) => {
    await side.caughtUp();
    const [item = '', part = null] = from.split('/');
    const pin = await side.reading.pin(asked.asOf ?? null, null);
    return side.reading.trace({ item: idOf('matter', item), part }, asked.direction ?? 'BOTH', asked.depth ?? 6, pin);
  };
  /** Ids as the names they were made from. */
  const named = (...names: readonly string[]) => {
    const known = names.map((name) => [idOf('matter', name), name] as const);
    return (id: string) => known.reduce((text, [itemId, name]) => text.replace(itemId, name), id);
  };

  it('goes from a point to what it comes from and what came of it, with distance, relation, asserter and source', async () => {
    for (const name of ['report', 'decision', 'paper', 'hearing', 'stranger']) await open(name, name === 'decision' ? 'asks' : name);
    const name = named('report', 'decision', 'paper', 'hearing', 'stranger');
    const source = { document: null, title: 'Brevet', reference: '18/01456-7', dated: null, locator: 's. 2', url: null };
    const made = await link('report', 'LED_TO', 'decision', { assertedBy: KS, source });
    await link('paper', 'ANSWERS', 'decision/3');
    await link('paper', 'LED_TO', 'hearing');
    await link('report', 'LED_TO', 'stranger');
    const trace = await traced('decision/3');
    expect(trace.nodes.map(({ id, distance }) => `${distance} ${name(id)}`)).toEqual([
      '0 decision/3',
      '1 decision',
      '1 paper',
      '2 report',
      '2 hearing',
    ]);
    expect(trace.edges.map(({ from, relation, to }) => `${name(from)} ${relation} ${name(to)}`).sort()).toEqual([
      'decision/3 PART_OF decision',
      'paper ANSWERS decision/3',
      'paper LED_TO hearing',
      'report LED_TO decision',
    ]);
    expect(trace.edges.find(({ link: ref }) => ref === made.ref)).toMatchObject({ assertedBy: KS, source, period: null });
    expect(trace.truncated).toBe(false);
    expect((await traced('decision/3', { direction: 'FORWARD' })).nodes.map(({ id }) => name(id))).toEqual([
      'decision/3',
      'paper',
      'hearing',
    ]);
    expect((await traced('decision/3', { direction: 'BACKWARD' })).nodes.map(({ id }) => name(id))).toEqual([
      'decision/3',
      'decision',
      'report',
    ]);
  });

  it('goes from an item down to the parts that ask for something and those that are linked, but not from a part to those beside it', async () => {
    await open('decision', 'asks');
    await open('order');
    await open('beside');
    await link('decision/2.1', 'ANSWERS', 'order');
    await link('decision/4', 'LED_TO', 'beside');
    const name = named('decision', 'order', 'beside');
    expect((await traced('decision')).nodes.map(({ id }) => name(id)).sort()).toEqual([
      'beside', 'decision', 'decision/2.1', 'decision/3', 'decision/4', 'order',
    ]); // prettier-ignore
    expect((await traced('decision/3')).nodes.map(({ id }) => name(id))).toEqual(['decision/3', 'decision']);
    expect((await traced('decision/2')).nodes.map(({ id }) => name(id)).sort()).toEqual([
      'decision',
      'decision/2',
      'decision/2.1',
      'order',
    ]);
  });

  it.each([
    ['asks', ['GAP ASK_WITHOUT_OUTCOME ingen ansvarlig, ingen rapport']],
    ['owned', ['GAP ASK_WITHOUT_OUTCOME ingen rapport']],
    ['owned, reported', ['GAP ASK_WITHOUT_OUTCOME ikke avsluttet']],
    ['closed', ['OUTCOME CARRIED_OUT null']],
    ['judged', ['VERDICT PARTLY null', 'VERDICT FULFILLED null']],
    ['closed, judged', ['VERDICT PARTLY null', 'VERDICT FULFILLED null', 'OUTCOME CARRIED_OUT null']],
  ])('of a point that is «%s» ends honestly', async (title, ends) => {
    await open('decision', title);
    const trace = await traced('decision/3');
    const own = trace.ends.filter(({ node }) => node.endsWith('/3'));
    expect(own.map(({ end, code, what }) => `${end} ${code} ${what?.nb ?? null}`)).toEqual(ends);
    if (title === 'judged') expect(own.map(({ assertedBy }) => assertedBy)).toEqual([KS, owner]);
  });

  it('ends in an outcome at what is closed, and in a gap at what is still open or rests on nothing', async () => {
    await open('a');
    await open('b');
    await open('claim', 'unsourced');
    await link('a', 'LED_TO', 'b');
    await link('claim', 'EVIDENCE_FOR', 'a');
    const name = named('a', 'b', 'claim');
    const ends = async () => (await traced('a')).ends.map(({ node, end, code, what }) => `${name(node)} ${end} ${code} ${what?.nn ?? ''}`);
    expect(await ends()).toEqual(['b GAP STILL_OPEN ikkje komme lenger enn «open»', 'claim GAP UNSOURCED utan kjelde']);
    await world.record(idOf('matter', 'b'), { type: 'Closed', data: {} });
    expect((await ends())[0]).toBe('b OUTCOME CLOSED lukka');
  });

  it('ends where rings close', async () => {
    for (const name of ['a', 'b', 'c']) await open(name);
    await link('a', 'LED_TO', 'b');
    await link('b', 'LED_TO', 'c');
    await link('c', 'LED_TO', 'a');
    await link('a', 'LED_TO', 'a');
    const trace = await traced('a', { depth: TRACE_DEPTH_MAX });
    expect([trace.nodes.length, trace.edges.length, trace.truncated]).toEqual([3, 3, false]);
    expect(trace.ends).toEqual([]);
  });

  it('ends at the depth asked for, and says where it goes on', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await open(name);
    await link('a', 'LED_TO', 'b');
    await link('b', 'LED_TO', 'c');
    await link('c', 'LED_TO', 'd');
    const name = named('a', 'b', 'c', 'd');
    const ends = async (depth: number) => (await traced('a', { depth })).ends.map(({ node, end }) => `${name(node)} ${end}`);
    expect(await ends(2)).toEqual(['c DEPTH']);
    expect(await ends(3)).toEqual(['d GAP']);
    for (const depth of [0, -1, 1.5, TRACE_DEPTH_MAX + 1])
      await expect(traced('a', { depth })).rejects.toMatchObject({ code: 'BAD_FILTER' });
  });

  it('goes by what an item names in itself, once where a link says the same', async () => {
    const project = idOf('venture', 'v');
    await world.record(project, { type: 'Opened', data: { title: 'v', references: [], projects: [] } }, { occurred: '2018-09-01' });
    const document = await open('document');
    await open('claim', `names ${document}`);
    await open('goal', 'goal', [project]);
    await world.record(idOf('matter', 'goal'), {
      type: 'Linked',
      data: { relation: 'PART_OF', target: project, targetPart: null, part: null, period: null },
    });
    await link('claim', 'EVIDENCE_FOR', 'goal');
    const name = named('document', 'claim', 'goal');
    const { edges } = await traced('goal');
    expect(edges.map(({ from, relation, to }) => `${name(from)} ${relation} ${name(to)}`).sort()).toEqual(
      [`claim BASED_ON document`, 'claim EVIDENCE_FOR goal', `goal PART_OF ${project}`].sort(),
    );
  });

  it('tells what was known and in effect at the point of view', async () => {
    await open('a');
    await open('b', 'b', [], '2018-09-10');
    const first = await link('a', 'LED_TO', 'b', { occurred: '2018-09-20' });
    await world.record(idOf('matter', 'a'), { type: 'Unlinked', data: { link: first.id } }, { occurred: '2018-09-25' });
    const size = async (asOf: AsOfInput) => (await traced('a', { asOf })).nodes.length;
    expect(await size({})).toBe(1);
    expect(await size({ position: first.position })).toBe(2);
    expect(await size({ validAt: '2018-09-20' })).toBe(2);
    expect(await size({ validAt: '2018-09-19' })).toBe(1);
    await expect(traced('a', { asOf: { validAt: '2018-08-31' } })).rejects.toMatchObject({ code: 'UNKNOWN_ITEM' });
    await expect(traced('a/x')).rejects.toMatchObject({ code: 'UNKNOWN_ITEM' });
    await expect(traced('nobody')).rejects.toMatchObject({ code: 'UNKNOWN_ITEM' });
  });

  it('takes one statement for each ring, however wide, and is cut short with a word', async () => {
    await open('a');
    for (const name of ['b', 'c', 'd']) await open(name);
    await link('a', 'LED_TO', 'b');
    await link('b', 'LED_TO', 'c');
    await link('c', 'LED_TO', 'd');
    await traced('a');
    const statements = async (depth = 3) => {
      await side.caughtUp();
      const pin = await side.reading.pin(null, null);
      const before = side.statements();
      const trace = await side.reading.trace({ item: idOf('matter', 'a'), part: null }, 'FORWARD', depth, pin);
      return { trace, count: side.statements() - before };
    };
    const narrow = await statements();
    expect(narrow.trace.nodes).toHaveLength(4);
    // One ring for each step and one to look beyond; the beginning, the items and their streams, known already.
    expect(narrow.count).toBeLessThanOrEqual(4 + 4);
    for (let n = 0; n < 40; n += 1) {
      await open(`wide ${n}`);
      await link('b', 'LED_TO', `wide ${n}`);
    }
    // The streams of the new items are read here; another depth is another question.
    await statements(2);
    const wide = await statements();
    expect(wide.trace.nodes).toHaveLength(44);
    expect(wide.count).toBe(narrow.count);
    for (let n = 40; n < TRACE_NODES_MAX; n += 1) {
      await open(`wide ${n}`);
      await link('b', 'LED_TO', `wide ${n}`);
    }
    const cut = await statements();
    expect(cut.trace.nodes).toHaveLength(TRACE_NODES_MAX);
    expect(cut.trace.truncated).toBe(true);
    expect(wide.trace.truncated).toBe(false);
  }, 30_000);
});
