import { MATTERS } from '../../testing/matter.kind.js';
import { idOf, openWorld, type OpenSide, type World } from '../../testing/world.js';
import type { AsOfInput, ChangeRow } from '../reading.js';
import { CAUSES_MAX } from './differences.query.js';
import { NEWS_TRACED_MAX } from './item-difference.js';

const A = idOf('matter', 'a');
const B = idOf('matter', 'b');
const V = idOf('venture', 'v');
const opened = (title: string, more: object = {}) => ({ type: 'Opened', data: { title, references: [], projects: [], ...more } });
const renamed = (title: string) => ({ type: 'Renamed', data: { title } });
const touched = (part: string | null) => ({ type: 'Touched', data: { part, text: 'x' } });
const linked = (relation: string, target: string) => ({
  type: 'Linked',
  data: { relation, target, targetPart: null, part: null, period: null },
});
const corrected = (entry: string, set: readonly object[], occurred: object | null = null) => ({
  type: 'EntryCorrected',
  data: { entry, version: 1, occurred, assertedBy: null, source: null, entryReason: null, cleared: [], set },
});
const established = (entry: string, text: string) => ({ type: 'DateEstablished', data: { entry, date: { text, asWritten: null } } });
const retracted = (entry: string) => ({ type: 'EntryRetracted', data: { entry } });

let world: World;
let side: OpenSide;
beforeEach(async () => {
  world = openWorld(MATTERS);
  side = await world.open();
});
afterEach(() => world.close());

type Of = Readonly<{ to?: AsOfInput | null; subject?: string | null; project?: string | null; first?: number; after?: string | null }>;
const diff = async (from: AsOfInput, { to = null, subject = null, project = null, first = 100, after = null }: Of = {}) => {
  await side.caughtUp();
  const [one, other] = [await side.reading.pin(from, null), await side.reading.pin(to, null)];
  return side.reading.differences({ from: one, to: other, asked: { from, to }, subject, project }, { first, after });
};
/** Keys in one order, whatever the database kept. */
const written = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
/** «a CHANGED title: x → y [3]»: the numbers are the revisions of the entries behind it. */
const told = ({ item, part, change, fields, causes }: ChangeRow) => {
  const name = new Map([[A, 'a'], [B, 'b'], [V, 'v']]).get(item) ?? item; // prettier-ignore
  const said = fields.map(({ path, before, after }) => `${path}: ${written(before)} → ${written(after)}`);
  return [`${name}${part === null ? '' : `/${part}`} ${change}`, said.sort(), causes.map(({ ref }) => ref.split('@')[1]).join()];
};
const changes = async (from: AsOfInput, of: Of = {}) => (await diff(from, of)).nodes.map(told);

describe('what changed between two positions', () => {
  it('is told field by field, with the entry behind it', async () => {
    const first = await world.record(A, opened('x'), { occurred: '2018-09-01' });
    await world.record(A, renamed('y'), { occurred: '2018-09-02' });
    expect(await changes({ position: first.position })).toEqual([['a CHANGED', ['title: "x" → "y"'], '1']]);
    expect(await changes({ position: first.position }, { to: { position: first.position } })).toEqual([]);
  });

  it('is nothing where an item was changed and changed back', async () => {
    const first = await world.record(A, opened('x'), { occurred: '2018-09-01' });
    await world.record(A, renamed('y'));
    await world.record(A, renamed('x'));
    expect(await changes({ position: first.position })).toEqual([]);
    expect(await (await diff({ position: first.position })).totalCount()).toBe(0);
  });

  it('begins with what was added, ends with what was retracted, and runs backward too', async () => {
    const origin = { position: world.store.origin };
    const first = await world.record(A, opened('x'), { occurred: '2018-09-01' });
    const added = (await changes(origin))[0];
    expect(added?.[0]).toBe('a ADDED');
    expect(added?.[1]).toContain('title: null → "x"');
    await world.record(A, retracted(first.id));
    const [gone] = await changes({ position: first.position });
    expect(gone?.[0]).toBe('a RETRACTED');
    expect(gone?.[1]).toContain('title: "x" → null');
    expect(gone?.[2]).toBe('1');
    expect(await changes(origin)).toEqual([]);
    expect((await changes({}, { to: { position: first.position } })).map(([what]) => what)).toEqual(['a ADDED']);
  });

  it('lays a late entry, a correction of a correction, a retraction and an established date to the entries that made them', async () => {
    const first = await world.record(A, opened('x'), { occurred: '../2018-09-10' });
    const second = await world.record(A, renamed('y'), { occurred: '2018-09-20' });
    const wrong = await world.record(A, corrected(second.id, [{ path: 'title', value: 'z' }]));
    const shown = { position: wrong.position };
    await world.record(A, corrected(wrong.id, [{ path: 'set', value: [{ path: 'title', value: 'å' }] }]));
    expect(await changes(shown)).toEqual([['a CHANGED', ['title: "z" → "å"'], '3']]);
    await world.record(A, retracted(wrong.id));
    expect(await changes(shown)).toEqual([['a CHANGED', ['title: "z" → "y"'], '3,4']]);
    await world.record(A, { type: 'Moved', data: { projects: [V] } }, { occurred: '2018-09-12' });
    await world.record(A, established(first.id, '2018-09-01'));
    const [row] = (await diff(shown)).nodes;
    expect(row && told(row)).toEqual([
      'a CHANGED',
      [
        'occurred: {"asWritten":null,"text":"../2018-09-10"} → {"asWritten":null,"text":"2018-09-01"}',
        `projects: null → ["${V}"]`,
        'title: "z" → "y"',
      ],
      '3,4,5,6',
    ]);
    expect(row?.fields.find(({ path }) => path === 'occurred')?.summary).toEqual({
      nb: 'Dato fastsatt: senest 10. september 2018 → 1. september 2018',
      nn: 'Dato fastsett: seinast 10. september 2018 → 1. september 2018',
      en: 'Date established: no later than 10 September 2018 → 1 September 2018',
    });
  });

  it('counts links, at both ends, whoever records them', async () => {
    await world.record(B, opened('b'), { occurred: '2018-09-01' });
    const first = await world.record(A, opened('a'), { occurred: '2018-09-01' });
    const link = await world.record(A, linked('SERVES', B));
    const at = `links.${link.ref}`;
    const seen = (direction: string, item: string) => written({ relation: 'SERVES', direction, item });
    const both = await changes({ position: first.position });
    expect(both.sort(([one], [other]) => (String(one) < String(other) ? -1 : 1))).toEqual([
      ['a CHANGED', [`${at}: null → ${seen('OUT', B)}`], '1'],
      ['b CHANGED', [`${at}: null → ${seen('IN', A)}`], '1'],
    ]);
    await world.record(A, { type: 'Unlinked', data: { link: link.id } });
    expect(await changes({ position: first.position })).toEqual([]);
    expect((await changes({ position: link.position })).map(([what, , causes]) => [what, causes]).sort()).toEqual([
      ['a CHANGED', '2'],
      ['b CHANGED', '2'],
    ]);
  });

  it('knows notes, also on parts', async () => {
    const first = await world.record(A, opened('a'), { occurred: '2018-09-01' });
    await world.record(A, { type: 'NoteAdded', data: { text: 'husk', part: null } }, { occurred: '2018-09-02' });
    const [[what, fields, causes] = []] = await changes({ position: first.position });
    expect([what, causes]).toEqual(['a CHANGED', '1']);
    expect(fields?.[0]).toMatch(/^notes\.@1: null → .*"text":"husk"/u);
  });
});

describe('what came to be between two days', () => {
  it('is told of what was recorded long before, and of links', async () => {
    await world.record(B, opened('b'), { occurred: '2018-09-01' });
    await world.record(A, opened('a'), { occurred: '2018-09-05' });
    await world.record(A, renamed('c'), { occurred: '2018-09-15' });
    await world.record(A, linked('SERVES', B), { occurred: '2018-09-20' });
    const between = (from: string, to: string) => changes({ validAt: from }, { to: { validAt: to } });
    expect((await between('2018-09-01', '2018-09-10')).map(([what]) => what)).toEqual(['a ADDED']);
    expect(await between('2018-09-10', '2018-09-18')).toEqual([['a CHANGED', ['title: "a" → "c"'], '1']]);
    expect((await between('2018-09-18', '2018-09-30')).map(([what, , causes]) => `${String(what)} ${String(causes)}`).sort()).toEqual([
      'a CHANGED 2',
      'b CHANGED 2',
    ]);
    expect(await between('2018-09-21', '2018-09-30')).toEqual([]);
    expect((await between('2018-09-10', '2018-08-01')).map(([what]) => what).sort()).toEqual(['a RETRACTED', 'b RETRACTED']);
  });
});

describe('one question', () => {
  const many = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      const item = idOf('matter', `many ${n}`);
      await world.record(item, opened(`m${n}`, { projects: [V] }), { occurred: '2018-09-01' });
      await world.record(item, renamed(`n${n}`), { occurred: '2018-09-02' });
    }
  };
  const statementsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const before = side.statements();
    await work();
    return side.statements() - before;
  };

  it('is of a project and all that belongs to it, or of one item', async () => {
    await world.record(V, opened('v'), { occurred: '2018-09-01' });
    await world.record(A, opened('a', { projects: [V] }), { occurred: '2018-09-01' });
    const last = await world.record(B, opened('b'), { occurred: '2018-09-01' });
    await world.record(B, renamed('b2'));
    await world.record(A, renamed('a2'));
    const from = { position: last.position };
    expect((await changes(from, { project: V })).map(([what]) => what)).toEqual(['a CHANGED']);
    expect((await changes(from, { subject: B })).map(([what]) => what)).toEqual(['b CHANGED']);
    expect(await changes(from, { project: V, subject: B })).toEqual([]);
    expect((await changes(from)).map(([what]) => what)).toEqual(['b CHANGED', 'a CHANGED']);
  });

  it('is answered in the same number of statements for few items and for many', async () => {
    await world.record(V, opened('v'), { occurred: '2018-09-01' });
    const last = await world.record(A, opened('a', { projects: [V] }), { occurred: '2018-09-01' });
    await many(1);
    const question = async () => {
      await diff({ position: last.position }); // what is kept of streams is kept before counting
      return [
        await statementsOf(() => diff({ position: last.position })),
        await statementsOf(() => diff({ position: last.position }, { project: V })),
        await statementsOf(async () => (await diff({ position: last.position })).totalCount()),
      ];
    };
    const few = await question();
    await many(60);
    expect((await diff({ position: last.position })).nodes).toHaveLength(60);
    expect(await question()).toEqual(few);
    expect(Math.max(...few)).toBeLessThanOrEqual(16);
  });

  it('reads only what was touched between', async () => {
    await many(40);
    const last = await world.record(A, opened('a'), { occurred: '2018-09-01' });
    await world.record(A, renamed('b'));
    await side.caughtUp();
    await side.close();
    side = await world.open();
    const { evolved } = (MATTERS.kinds.get('matter') as unknown as { evolved: number }) ?? { evolved: 0 };
    await changes({ position: last.position });
    expect((MATTERS.kinds.get('matter') as unknown as { evolved: number }).evolved - evolved).toBeLessThan(12);
  });

  it('is paged, and every page stands where the first began, whatever is recorded meanwhile', async () => {
    const origin = { position: world.store.origin };
    await many(7);
    const first = await diff(origin, { first: 3 });
    expect([first.nodes.length, first.hasNextPage, await first.totalCount()]).toEqual([3, true, 7]);
    await world.record(idOf('matter', 'many 4'), renamed('later'));
    await world.record(A, opened('late'), { occurred: '2018-09-01' });
    const seen = [...first.nodes];
    for (let page = first; page.hasNextPage;) {
      page = await diff(origin, { first: 3, after: page.cursorAt(page.nodes.length - 1) });
      seen.push(...page.nodes);
      expect([page.position, await page.totalCount()]).toEqual([first.position, 7]);
    }
    expect(seen.map(({ fields }) => fields.find(({ path }) => path === 'title')?.after)).toEqual([0, 1, 2, 3, 4, 5, 6].map((n) => `n${n}`));
    const cursor = first.cursorAt(0);
    await expect(diff({ position: first.position }, { after: cursor })).rejects.toMatchObject({ code: 'BAD_CURSOR' });
    await expect(diff(origin, { first: 101 })).rejects.toMatchObject({ code: 'BAD_PAGE' });
  });

  it('names the newest entries behind one change, of however many', async () => {
    const first = await world.record(A, opened('a'), { occurred: '2018-09-01' });
    for (let n = 0; n < NEWS_TRACED_MAX + 1; n += 1) await world.record(A, touched(null), { occurred: '2018-09-02' });
    const [row] = (await diff({ position: first.position })).nodes;
    expect(row?.fields.map(({ path }) => path)).toEqual(['touched']);
    expect(row?.causes.map(({ entry }) => entry.revision)).toEqual(
      Array.from({ length: CAUSES_MAX }, (_, n) => NEWS_TRACED_MAX + 2 - CAUSES_MAX + n),
    );
  });

  it('tells of a part only what it changed of the item', async () => {
    const first = await world.record(A, opened('a'), { occurred: '2018-09-01' });
    await world.record(A, touched('1'), { occurred: '2018-09-02' });
    expect((await changes({ position: first.position })).map(([, fields]) => fields)).toEqual([['touched: 0 → 1']]);
  });
});
