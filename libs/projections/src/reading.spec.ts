import { MATTERS } from '../testing/matter.kind.js';
import { idOf, openWorld, type OpenSide, type World } from '../testing/world.js';

const A = idOf('matter', 'a');
const B = idOf('matter', 'b');
const C = idOf('matter', 'c');
const V = idOf('venture', 'v');
const D = idOf('dialogue', 'd');
const opened = (title: string, more: Partial<{ references: string[]; projects: string[] }> = {}) =>
  ({ type: 'Opened', data: { title, references: [], projects: [], ...more } }) as const;
const renamed = (title: string) => ({ type: 'Renamed', data: { title } }) as const;
const linked = (relation: string, target: string, more: object = {}) => ({
  type: 'Linked',
  data: { relation, target, targetPart: null, part: null, period: null, ...more },
});
const source = (reference: string) => ({ document: null, title: null, reference, dated: null, locator: null, url: null });

let world: World;
let side: OpenSide;
beforeEach(async () => {
  world = openWorld(MATTERS);
  side = await world.open();
});
afterEach(() => world.close());
const pin = async (asOf: object | null = null) => {
  await side.caughtUp();
  return side.reading.pin(asOf, null);
};

describe('a reference', () => {
  it('finds what is called so in any spelling, then what was recorded from that document', async () => {
    await world.record(A, opened('letter', { references: ['18/01456-7'] }));
    await world.record(B, opened('resolution'), { source: source('18/01456-7') });
    await world.record(C, opened('case', { references: ['2018/1456'] }));
    const found = async (reference: string, kind: string | null = null) =>
      (await side.reading.byReference(reference, kind, await pin())).map(({ title, foundBy }) => `${title} ${foundBy}`).sort();
    expect(await found('18/01456-7')).toEqual(['letter REFERENCE', 'resolution SOURCE']);
    for (const spelling of ['2018/1456', '18/1456', '18/01456']) {
      expect(await found(spelling)).toEqual(['case REFERENCE', 'letter REFERENCE', 'resolution SOURCE']);
    }
    expect(await found('18/01456-8')).toEqual([]);
    expect(await found('18/01456', 'venture')).toEqual([]);
    expect(await found('  ')).toEqual([]);
  });

  it('is found as of the time it was so', async () => {
    const first = await world.record(A, opened('a', { references: ['A'] }));
    await world.record(A, { type: 'Renumbered', data: { references: ['B'] } });
    const found = async (reference: string, asOf: object | null) =>
      (await side.reading.byReference(reference, null, await pin(asOf))).length;
    expect([await found('A', null), await found('B', null)]).toEqual([0, 1]);
    expect([await found('a', { position: first.position }), await found('B', { position: first.position })]).toEqual([1, 0]);
  });
});

describe('belonging to a project', () => {
  it('is naming it, being linked to it, or being linked to what passes belonging on; nothing further', async () => {
    const far = idOf('matter', 'far');
    const unrelated = idOf('matter', 'unrelated');
    await world.record(V, opened('venture'));
    await world.record(A, opened('names it', { projects: [V] }));
    await world.record(B, opened('linked'));
    await world.record(B, linked('LED_TO', V));
    await world.record(D, opened('dialogue'));
    await world.record(D, linked('PART_OF', V));
    await world.record(C, opened('through the dialogue'));
    await world.record(D, linked('LED_TO', C));
    await world.record(far, opened('beyond a matter'));
    await world.record(far, linked('PART_OF', B));
    await world.record(unrelated, opened('linked otherwise'));
    await world.record(unrelated, linked('EVIDENCE_FOR', V));
    const at = await pin();
    const members = await side.reading.items({ project: V }, 'RECORDED', {}, at);
    expect(members.edges.map(({ node }) => node.title)).toEqual(['names it', 'linked', 'dialogue', 'through the dialogue']);
    for (const [item, projects] of [
      [A, [V]],
      [B, [V]],
      [D, [V]],
      [C, [V]],
      [far, []],
      [unrelated, []],
      [V, []],
    ] as const) {
      expect(await side.reading.projectsOf(item, at)).toEqual(projects);
    }
    const timeline = await side.reading.timeline({ project: V, types: ['Opened'] }, 'OLDEST_FIRST', {}, at);
    expect(timeline.edges.map(({ node }) => node.item)).toEqual([V, A, B, D, C]);
  });
});

describe('links', () => {
  it('are found from both ends, by part, relation and direction, and end when they are undone', async () => {
    await world.record(A, opened('a'));
    await world.record(B, opened('b'));
    const first = await world.record(A, linked('DEPENDS_ON', B, { part: '1', targetPart: '2' }), { occurred: '2018-09-01' });
    await world.record(A, linked('SERVES', B), { occurred: '2018-09-02' });
    const relations = async (item: string, options: object, asOf: object | null = null) =>
      (await side.reading.links(item, options, {}, await pin(asOf))).edges.map(({ node }) => `${node.relation} ${node.direction}`);
    expect(await relations(A, {})).toEqual(['DEPENDS_ON OUT', 'SERVES OUT']);
    expect(await relations(B, {})).toEqual(['DEPENDS_ON IN', 'SERVES IN']);
    expect(await relations(B, { direction: 'OUT' })).toEqual([]);
    expect(await relations(A, { part: '1' })).toEqual(['DEPENDS_ON OUT']);
    expect(await relations(B, { part: '2' })).toEqual(['DEPENDS_ON IN']);
    expect(await relations(A, { part: null })).toEqual(['SERVES OUT']);
    expect(await relations(A, { relations: ['SERVES'] })).toEqual(['SERVES OUT']);
    expect(await relations(A, { relations: [] })).toEqual([]);
    await world.record(A, { type: 'Unlinked', data: { link: first.id } }, { occurred: '2018-10-01' });
    expect(await relations(A, {})).toEqual(['SERVES OUT']);
    expect(await relations(A, {}, { validAt: '2018-09-30' })).toEqual(['DEPENDS_ON OUT', 'SERVES OUT']);
    expect(await relations(A, {}, { validAt: '2018-09-01' })).toEqual(['DEPENDS_ON OUT']);
  });

  it('that an event declares are there too, and go when it is retracted', async () => {
    await world.record(A, opened('a'));
    const merged = await world.record(A, { type: 'Merged', data: { into: B } });
    const rows = async () =>
      (await side.reading.links(B, {}, {}, await pin())).edges.map(({ node }) => [node.id, node.relation, node.declared, node.direction]);
    expect(await rows()).toEqual([[merged.ref, 'MERGED_INTO', true, 'IN']]);
    await world.record(A, { type: 'EntryRetracted', data: { entry: merged.id } });
    expect(await rows()).toEqual([]);
  });

  it('are followed to see what reaches what, also round a ring', async () => {
    const ring = [A, B, C];
    for (const item of ring) await world.record(item, opened('x'));
    for (const [n, item] of ring.entries()) await world.record(item, linked('DEPENDS_ON', ring[(n + 1) % 3] ?? A));
    await side.caughtUp();
    expect(await side.lookup.reaches(A, C, 'DEPENDS_ON')).toBe(true);
    expect(await side.lookup.reaches(A, A, 'DEPENDS_ON')).toBe(true);
    expect(await side.lookup.reaches(A, C, 'PART_OF')).toBe(false);
    expect(await side.lookup.reaches(A, V, 'DEPENDS_ON')).toBe(false);
  });
});

describe('the timeline', () => {
  it('is in order of effective day, then position; both ways; filtered', async () => {
    await world.record(A, opened('a'), { occurred: '2018-09-10' });
    await world.record(B, opened('b'), { occurred: '2018-09-01' });
    await world.record(A, { type: 'Touched', data: { part: '2', text: 't' } }, { occurred: '2018-09-10' });
    await world.record(A, { type: 'Renumbered', data: { references: ['x'] } }, { occurred: '2018-09-11' });
    await world.record(A, { type: 'NoteAdded', data: { text: 'n', part: null } });
    const told = async (filter: object, order: 'OLDEST_FIRST' | 'NEWEST_FIRST' = 'OLDEST_FIRST') =>
      (await side.reading.timeline(filter, order, {}, await pin())).edges.map(({ node }) => `${node.day} ${node.type} ${node.part ?? '-'}`);
    const all = ['2018-09-01 Opened -', '2018-09-10 Opened -', '2018-09-10 Touched 2'];
    expect(await told({})).toEqual(all);
    expect(await told({}, 'NEWEST_FIRST')).toEqual(all.toReversed());
    expect(await told({ items: [A], from: '2018-09-02' })).toEqual(all.slice(1));
    expect(await told({ to: '2018-09-09' })).toEqual(all.slice(0, 1));
    expect(await told({ kinds: ['venture'] })).toEqual([]);
    expect(await told({ types: ['Touched'] })).toEqual(all.slice(2));
    expect(await told({ text: 'TOUCHED en' })).toEqual(all.slice(2));
    expect(await told({ text: '%' })).toEqual([]);
  });

  it('tells a corrected happening under its old id, with what corrected it, and as it was before to those who ask', async () => {
    await world.record(A, opened('a'), { occurred: '2018-09-01' });
    const touched = await world.record(A, { type: 'Touched', data: { part: '1', text: 't' } }, { occurred: '2018-09-20' });
    const correction = await world.record(A, {
      type: 'EntryCorrected',
      data: {
        entry: touched.id,
        version: 1,
        occurred: { text: '2018-09-05', asWritten: '5.9.' },
        assertedBy: null,
        source: null,
        entryReason: null,
        cleared: [],
        set: [{ path: 'part', value: '2' }],
      },
    });
    const row = async (asOf: object | null) =>
      (await side.reading.timeline({ types: ['Touched'] }, 'OLDEST_FIRST', {}, await pin(asOf))).edges[0]?.node;
    expect(await row(null)).toMatchObject({
      id: touched.ref, day: '2018-09-05', part: '2', corrected: true, corrections: [correction.ref], occurred: { text: '2018-09-05', asWritten: '5.9.' },
      position: touched.position, title: { nb: 'Touched nb', nn: 'Touched nn', en: 'Touched en' },
    }); // prettier-ignore
    expect(await row({ position: touched.position })).toMatchObject({
      id: touched.ref,
      day: '2018-09-20',
      part: '1',
      corrected: false,
      corrections: [],
    });
  });

  it('holds what had happened by the day asked about', async () => {
    await world.record(A, opened('a'), { occurred: '2018-09-01' });
    await world.record(A, renamed('b'), { occurred: '2018-09-20' });
    const page = await side.reading.timeline({}, 'OLDEST_FIRST', {}, await pin({ validAt: '2018-09-19' }));
    expect(page.edges).toHaveLength(1);
    expect(await page.totalCount()).toBe(1);
  });
});

describe('history', () => {
  it('is the raw record: every entry with what it changed, what it corrects and what corrects it', async () => {
    await world.record(A, opened('frist', { references: ['18/1'] }));
    const second = await world.record(A, renamed('second'), { assertedBy: { body: B, name: 'KS' } });
    const third = await world.record(A, {
      type: 'EntryCorrected',
      data: {
        entry: second.id,
        version: 1,
        occurred: { text: '2018-09', asWritten: null },
        assertedBy: null,
        source: null,
        entryReason: null,
        cleared: [],
        set: [{ path: 'title', value: 'annen' }],
      },
    });
    const page = await side.reading.history({}, 'OLDEST_FIRST', {}, await pin());
    const [founding, renaming, correction] = page.edges.map(({ node }) => node);
    expect(founding?.changes.map(({ path, before, after, label }) => [path, before, after, label.nb])).toEqual([
      ['references.0', null, '18/1', 'referanse'],
      ['title', null, 'frist', 'tittel'],
    ]);
    expect(renaming).toMatchObject({ ref: second.ref, correctedBy: [third.ref], corrects: null, title: { en: 'Renamed en' } });
    expect(renaming?.changes[0]).toMatchObject({
      path: 'title',
      before: 'frist',
      after: 'second',
      summary: { nb: 'Tittel: «frist» → «second»' },
    });
    expect(renaming?.entry).toMatchObject({
      assertedBy: { body: B, name: 'KS' },
      event: renamed('second'),
      revision: 1,
      position: second.position,
    });
    expect(correction).toMatchObject({ corrects: second.ref, correctedBy: [] });
    expect(correction?.changes.map(({ path, before, summary }) => [path, before, summary.nb])).toEqual([
      ['occurred', { asWritten: null, text: '../2018-10-03' }, 'Når det skjedde: senest 3. oktober 2018 → september 2018'],
      ['title', 'second', 'Tittel: «second» → «annen»'],
    ]);
    const before = await side.reading.history({}, 'OLDEST_FIRST', {}, await pin({ position: second.position }));
    expect(before.edges.map(({ node }) => node.correctedBy)).toEqual([[], []]);
  });

  it('is filtered by item, kind, type, actor, field, asserter, recording and correction', async () => {
    await world.record(A, opened('a'));
    world.at('2018-10-04T10:00:00.000Z');
    const renaming = await world.record(A, renamed('b'), { assertedBy: { body: B, name: 'KS' } });
    await world.record(V, opened('v', { references: ['1'] }));
    await world.record(A, { type: 'EntryRetracted', data: { entry: renaming.id } });
    const refs = async (filter: object) =>
      (await side.reading.history(filter, 'OLDEST_FIRST', {}, await pin())).edges.map(({ node }) => node.ref);
    expect(await refs({ items: [V] })).toEqual([`${V}@0`]);
    expect(await refs({ kinds: ['venture'] })).toEqual([`${V}@0`]);
    expect(await refs({ types: ['Renamed'] })).toEqual([renaming.ref]);
    expect(await refs({ actors: ['actor-2'] })).toEqual([]);
    expect(await refs({ actors: ['actor-1'] })).toHaveLength(4);
    expect(await refs({ fields: ['title'] })).toEqual([`${A}@0`, `${A}@1`, `${V}@0`]);
    expect(await refs({ fields: ['references.3'] })).toEqual([`${V}@0`]);
    expect(await refs({ fields: ['references'] })).toEqual([`${V}@0`]);
    expect(await refs({ fields: ['ref'] })).toEqual([]);
    expect(await refs({ assertedBy: B })).toEqual([renaming.ref]);
    expect(await refs({ recordedFrom: '2018-10-04T00:00:00.000Z' })).toHaveLength(3);
    expect(await refs({ recordedTo: '2018-10-04T00:00:00.000Z' })).toEqual([`${A}@0`]);
    expect(await refs({ corrections: true })).toEqual([`${A}@2`]);
    expect(await refs({ corrections: false })).toHaveLength(3);
  });

  it('is found by ref and by id, as far as it was known', async () => {
    const first = await world.record(A, opened('a'));
    const second = await world.record(A, renamed('b'));
    const at = await pin();
    expect((await side.reading.entry(second.ref, at))?.entry.id).toBe(second.id);
    expect(await side.reading.entry(second.ref, await pin({ position: first.position }))).toBeNull();
    for (const ref of ['nonsense', `${A}@9`, `${A}@-1`, `${A}@01`]) expect(await side.reading.entry(ref, at)).toBeNull();
    expect((await side.reading.entriesById(A, [second.id, first.id, 'x'], at)).map(({ ref }) => ref)).toEqual([first.ref, second.ref]);
    expect(await side.reading.entriesById(B, [second.id], at)).toEqual([]);
  });
});

describe('an item’s full state', () => {
  it('is folded at both axes, with its facts and links, and reads only what is new the next time', async () => {
    const first = await world.record(A, opened('a'), { occurred: '2018-09-01' });
    await world.record(A, linked('SERVES', B), { occurred: '2018-09-05' });
    await world.record(A, renamed('b'), { occurred: '2018-09-20' });
    const at = async (asOf: object | null) => side.reading.state(A, await pin(asOf));
    expect(await at(null)).toMatchObject({
      state: { title: 'b' },
      row: { title: 'b' },
      retracted: false,
      links: [{ relation: 'SERVES', target: B }],
    });
    expect(await at({ validAt: '2018-09-02' })).toMatchObject({ state: { title: 'a' }, links: [] });
    expect((await at({ position: first.position }))?.facts).toHaveLength(1);
    await world.record(A, renamed('c'));
    expect((await at(null))?.state).toMatchObject({ title: 'c' });
    expect(await side.reading.state(idOf('matter', 'none'), await pin())).toBeNull();
  });
});
