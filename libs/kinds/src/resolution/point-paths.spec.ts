import {
  contradictions,
  decideShared,
  isRefusal,
  type CorrectEntry,
  type Decision,
  type DomainEvent,
  type Json,
  type SharedCommand,
} from '@saksgang/kernel';
import {
  ITEM,
  OTHER,
  adopted,
  assigned,
  closedAs,
  codeOf,
  point,
  recordedAs,
  say,
  superseded,
  told,
} from '../../testing/board-resolution.js';
import { entryIdAt, readAs, recorded, stateAs, type Told } from '../../testing/telling.js';
import { registry } from '../kinds.js';
import { resolution, type AskedChange, type PointChange, type Resolution, type ResolutionEvent } from './index.js';

const amendment = (...changes: readonly PointChange[]): ResolutionEvent => ({
  type: 'ResolutionAmended',
  data: { by: null, byTitle: null, changes },
});
const added = (path: string, text: string): PointChange => ({ change: 'ADDED', path, added: point('MEASURE', text) });
const ask = (parent: string | null, text: string): AskedChange => ({ change: 'ADDED', parent, added: point('MEASURE', text) });
const retracted = (revision: number): DomainEvent => ({ type: 'EntryRetracted', data: { entry: entryIdAt(revision) } });
const corrected = (revision: number, path: string, value: Json): DomainEvent => ({
  type: 'EntryCorrected',
  data: {
    entry: entryIdAt(revision),
    version: 1,
    occurred: null,
    assertedBy: null,
    source: null,
    entryReason: null,
    cleared: [],
    set: [{ path, value }],
  },
});
const also = (event: DomainEvent, on: string, more: Partial<Told> = {}): Told => ({ event, on, ...more });
const two = told(recordedAs('ADOPTED', [point('MEASURE', 'en'), point('MEASURE', 'to')]), '2018-10-03');
const stateOf = (story: readonly Told[]) => {
  const state = stateAs<Resolution>(resolution, recorded(ITEM, story));
  if (state.status === 'unknown') throw new Error('the story has no founding event');
  return state;
};
const textsOf = (story: readonly Told[]): readonly string[] =>
  [...stateOf(story).points.values()].map(({ path, text }) => `${path} ${text}`);
/** The paths that the new points of an amendment get. */
const pathsGiven = (story: readonly Told[], changes: readonly AskedChange[], occurred = '2019-06-01'): readonly string[] => {
  const decision = say(story, { type: 'AmendResolution', by: null, changes }, { occurred });
  if (isRefusal(decision)) return [decision.code];
  return (decision as readonly ResolutionEvent[]).flatMap((event) =>
    event.type === 'ResolutionAmended' ? event.data.changes.flatMap((change) => (change.change === 'ADDED' ? [change.path] : [])) : [],
  );
};
const shared = (story: readonly Told[], command: SharedCommand): Decision<DomainEvent> => {
  const entries = recorded(ITEM, story);
  const now = readAs(entries);
  const state = stateAs<Resolution>(resolution, entries);
  const said = { occurred: { text: '2019-06-01', asWritten: null }, assertedBy: null, source: null, reason: 'feil' };
  const context = { ...said, item: ITEM, day: '2019-06-01', today: '2019-06-01', entries, targets: new Map() };
  return decideShared(command, { kind: resolution, shared: registry.shared, entries, now, state, context });
};
const correct = (revision: number, ...set: CorrectEntry['set']): CorrectEntry => ({
  type: 'CorrectEntry',
  entry: entryIdAt(revision),
  occurred: null,
  assertedBy: null,
  source: null,
  entryReason: null,
  cleared: [],
  set,
});
const correctedTo = (story: readonly Told[], path: string, value: unknown, revision = 0): string | null =>
  codeOf(shared(story, correct(revision, { path, value: value as Json })));

describe('the path of a new point', () => {
  const third = [two, told(amendment(added('3', 'bygg bibliotek')), '2019-06-01'), told(assigned('3'), '2019-07-01')];

  it('is after every point beside it, whatever the day of the amendment', () => {
    expect(pathsGiven(third, [ask(null, 'fire')])).toEqual(['4']);
    expect(pathsGiven(third, [ask(null, 'fire')], '2019-01-01')).toEqual(['4']);
    expect(pathsGiven([two], [ask(null, 'tre'), ask('3', 'under'), ask(null, 'fire'), ask('3', 'under')])).toEqual([
      '3',
      '3.1',
      '4',
      '3.2',
    ]);
  });
  it('leaves follow-up with the point it was about when an earlier amendment comes late', () => {
    const late = [...third, told(amendment(added('4', 'tilsett rektor')), '2019-08-01', { occurred: '2019-01-01' })];
    expect(textsOf(late)).toEqual(['1 en', '2 to', '3 bygg bibliotek', '4 tilsett rektor']);
    expect(stateOf(late).points.get('3')).toMatchObject({ text: 'bygg bibliotek', state: 'ASSIGNED' });
  });
  it('stays that of a struck point, and of one whose amendment has been retracted', () => {
    const gone = [two, told(amendment(added('3', 'feilført')), '2019-01-01'), also(retracted(1), '2019-02-01')];
    expect(pathsGiven([two, told(amendment({ change: 'STRUCK', point: '2' }), '2019-01-01')], [ask(null, 'tre')])).toEqual(['3']);
    expect(pathsGiven(gone, [ask(null, 'ny')])).toEqual(['4']);
    expect(textsOf([...gone, told(amendment(added('4', 'ny')), '2019-03-01')])).toEqual(['1 en', '2 to', '4 ny']);
  });
  it('stays that of a point that a correction once added, also by a correction of that correction', () => {
    const list = [point('MEASURE', 'en'), point('MEASURE', 'to'), point('MEASURE', 'tre')];
    const back = [two, also(corrected(0, 'points', list), '2019-01-01'), also(retracted(1), '2019-02-01')];
    expect(pathsGiven(back, [ask(null, 'ny')])).toEqual(['4']);
    const more = [...list, point('MEASURE', 'fire')] as unknown as Json;
    const twice = [
      two,
      also(corrected(0, 'points', list), '2019-01-01'),
      also(corrected(1, 'set.0.value', more), '2019-01-02'),
      also(retracted(2), '2019-02-01'),
    ];
    expect(pathsGiven(twice, [ask(null, 'ny')])).toEqual(['5']);
  });
  it('does not shift those of a later amendment when an earlier one is retracted', () => {
    const story = [
      two,
      told(amendment(added('3', 'feilført')), '2019-01-01'),
      told(amendment(added('4', 'fjerde'), added('5', 'femte')), '2019-02-01'),
      told(assigned('4'), '2019-03-01'),
      also(retracted(1), '2019-04-01'),
    ];
    expect(textsOf(story)).toEqual(['1 en', '2 to', '4 fjerde', '5 femte']);
    expect(stateOf(story).points.get('4')?.state).toBe('ASSIGNED');
  });
  it('is refused where it is taken, and what is there stays', () => {
    const permits = (...[state, fact]: Parameters<typeof resolution.decider.permits>) => resolution.decider.permits(state, fact);
    const fact = {
      event: amendment(added('2', 'x')),
      day: '2019-01-01',
      occurred: { text: '2019', asWritten: null },
      assertedBy: null,
      source: null,
      reason: null,
    };
    expect(permits(stateOf([two]), fact)?.code).toBe('PATH_TAKEN');
    expect(textsOf([two, told(amendment(added('2', 'x')), '2019-01-01')])).toEqual(['1 en', '2 to']);
    expect(permits(stateOf([two]), { ...fact, event: amendment(added('9.1', 'x')) })?.code).toBe('UNKNOWN_POINT');
    expect(permits(stateOf([two]), { ...fact, event: amendment(added('10000', 'x')) })?.code).toBe('TOO_MANY_POINTS');
    expect(permits(stateOf([two]), { ...fact, event: amendment(added('9999', 'x')) })).toBeNull();
  });
  it('contradicts a correction that would give it to another point', () => {
    const list = [point('MEASURE', 'en'), point('MEASURE', 'to'), point('MEASURE', 'glemt')] as unknown as Json;
    const extended = [...third, also(corrected(0, 'points', list), '2019-08-01')];
    const inTheWay = contradictions(resolution, readAs(recorded(ITEM, third)), readAs(recorded(ITEM, extended)));
    expect(inTheWay.map(({ event }) => event.type)).toEqual(['ResolutionAmended']);
  });
  it('puts the point in document order among numbers of two digits', () => {
    const many = told(
      recordedAs(
        'ADOPTED',
        Array.from({ length: 11 }, (_, index) => point('MEASURE', `t${index + 1}`)),
      ),
      '2018-10-03',
    );
    const story = [many, told(amendment(added('13', 'a'), added('2.1', 'b'), added('12', 'c'), added('2.2', 'd')), '2019-01-01')];
    expect([...stateOf(story).points.keys()]).toEqual(['1', '2', '2.1', '2.2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13']);
  });
});

describe('a correction of points', () => {
  const assignedTo = [two, told(assigned('2'), '2019-01-01')];
  const [en, to, glemt] = [point('MEASURE', 'en'), point('MEASURE', 'to'), point('MEASURE', 'glemt')];

  it('sets fields within a point, or puts points at the end of a list', () => {
    expect(correctedTo(assignedTo, 'points.1.text', 'rettet')).toBeNull();
    expect(correctedTo(assignedTo, 'points', [en, to, glemt])).toBeNull();
    expect(correctedTo(assignedTo, 'points.1.points', [glemt])).toBeNull();
    expect(correctedTo(assignedTo, 'points.1', { ...to, text: 'rettet', points: [glemt] })).toBeNull();
  });
  it.each<[string, string, unknown]>([
    ['puts a point between others', 'points', [en, glemt, to]],
    ['swaps points', 'points', [to, en]],
    ['takes a point away', 'points', [en]],
    ['rewrites the list', 'points', [en, { ...to, text: 'rettet' }]],
  ])('is refused where it %s', (_what, path, value) => {
    expect(correctedTo(assignedTo, path, value)).toBe('POINTS_WOULD_SHIFT');
  });
  it('is refused where a whole point loses those below it', () => {
    const deep = told(recordedAs('ADOPTED', [point('MEASURE', 'en', { points: [to, glemt] })]), '2018-10-03');
    expect(correctedTo([deep], 'points.0', { ...en, points: [glemt, to] })).toBe('POINTS_WOULD_SHIFT');
    expect(correctedTo([deep], 'points.0.points', [to])).toBe('POINTS_WOULD_SHIFT');
    expect(correctedTo([deep], 'points.0.points.1.text', 'rettet')).toBeNull();
  });
  it('builds on an earlier one: the list as corrected is what it may extend', () => {
    const before = [two, also(corrected(0, 'points', [en, to, glemt]), '2019-01-01')];
    expect(correctedTo(before, 'points', [en, to])).toBe('POINTS_WOULD_SHIFT');
    expect(correctedTo(before, 'points', [en, to, glemt, point('MEASURE', 'fire')])).toBeNull();
    expect(correctedTo(before, 'points.2.text', 'rettet')).toBeNull();
  });
  it('of an amendment leaves it its new points at their paths', () => {
    const story = [two, told(amendment(added('3', 'tre'), { change: 'REWORDED', point: '1', text: 'ett' }), '2019-01-01')];
    expect(correctedTo(story, 'changes.0.added.text', 'rettet', 1)).toBeNull();
    expect(correctedTo(story, 'changes.1.point', '2', 1)).toBeNull();
    expect(correctedTo(story, 'changes.0.path', '4', 1)).toBe('POINTS_WOULD_SHIFT');
    expect(correctedTo(story, 'changes', [added('3', 'tre'), added('4', 'fire')], 1)).toBe('POINTS_WOULD_SHIFT');
    expect(correctedTo(story, 'changes', [{ change: 'STRUCK', point: '3' }], 1)).toBe('POINTS_WOULD_SHIFT');
  });
  it('gives no path that another point ever had, also when what added that one has been retracted', () => {
    const corrections = [two, also(corrected(0, 'points', [en, to, glemt]), '2019-01-01'), also(retracted(1), '2019-02-01')];
    const amended = [two, told(amendment(added('3', 'feilført')), '2019-01-01'), also(retracted(1), '2019-02-01')];
    for (const story of [corrections, amended]) {
      expect(correctedTo(story, 'points', [en, to, point('MEASURE', 'et annet')])).toBe('POINTS_WOULD_SHIFT');
      expect(correctedTo(story, 'points.1.points', [glemt])).toBeNull();
      expect(correctedTo(story, 'points.1.text', 'rettet')).toBeNull();
    }
  });
  it('gives none below a point either, nor those that an amendment still in force has given', () => {
    const below = [two, also(corrected(0, 'points.1.points', [glemt]), '2019-01-01'), also(retracted(1), '2019-02-01')];
    expect(correctedTo(below, 'points.1.points', [point('MEASURE', 'et annet')])).toBe('POINTS_WOULD_SHIFT');
    expect(correctedTo([two, told(amendment(added('3', 'tre')), '2019-01-01')], 'points', [en, to, glemt])).toBe('POINTS_WOULD_SHIFT');
    const within = [
      two,
      told(amendment(added('3', 'tre')), '2019-01-01'),
      also(corrected(1, 'changes.0.added.points', [glemt]), '2019-01-02'),
    ];
    const gone = [...within, also(retracted(2), '2019-02-01')];
    expect(correctedTo(within, 'changes.0.added.points', [glemt, to], 1)).toBeNull();
    expect(correctedTo(gone, 'changes.0.added.points', [to], 1)).toBe('POINTS_WOULD_SHIFT');
  });
  it('says in three languages that a path is taken, and what to do instead', () => {
    const story = [two, also(corrected(0, 'points', [en, to, glemt]), '2019-01-01'), also(retracted(1), '2019-02-01')];
    const refusal = shared(story, correct(0, { path: 'points', value: [en, to, glemt] }));
    if (!isRefusal(refusal)) throw new Error('it was not refused');
    for (const text of Object.values(refusal.message)) expect(text).toMatch(/^[A-ZÅ].* 3 .*[.]$/s);
    expect(refusal.allowed).toEqual(['amendResolution']);
  });
  it('says in three languages why, and what to do instead', () => {
    const refusal = shared(assignedTo, correct(0, { path: 'points', value: [] }));
    if (!isRefusal(refusal)) throw new Error('it was not refused');
    expect(refusal.allowed).toEqual(['correctEntry', 'amendResolution']);
    for (const text of [...Object.values(refusal.message), ...Object.values(refusal.whatToDo)]) expect(text).toMatch(/^[A-ZÅ].*[.]$/s);
  });
});

describe('what an event points at', () => {
  it.each<[ResolutionEvent, string, Json]>([
    [superseded, 'by', ITEM],
    [superseded, 'byTitle', 'Noe annet'],
    [assigned('1'), 'point', '2'],
    [
      {
        type: 'PointClosed',
        data: { point: '1', closedAs: 'REPLACED', replacedBy: { item: OTHER, point: null, title: 'X' }, verdict: null },
      },
      'replacedBy.item',
      ITEM,
    ],
    [
      {
        type: 'PointClosed',
        data: { point: '1', closedAs: 'REPLACED', replacedBy: { item: OTHER, point: null, title: 'X' }, verdict: null },
      },
      'replacedBy',
      null,
    ],
  ])('is not corrected: %j', (event, path, value) => {
    const refusal = shared([two, told(event, '2019-01-01')], correct(1, { path, value }));
    expect(isRefusal(refusal) && [refusal.code, refusal.message.en]).toEqual([
      'INVALID_CORRECTION',
      expect.stringContaining('What an entry points at cannot be corrected'),
    ]);
  });
  it('leaves all else to be corrected', () => {
    expect(correctedTo([two, told(closedAs('1'), '2019-01-01')], 'closedAs', 'LAPSED', 1)).toBeNull();
    expect(correctedTo([adopted], 'caseReference', '18/01457')).toBeNull();
  });
});
