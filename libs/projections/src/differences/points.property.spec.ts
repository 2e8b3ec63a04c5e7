import fc from 'fast-check';
import { foldState, history, NOTHING_SHOWN, type Entry, type Json } from '@saksgang/kernel';
import { resolution, type Resolution } from '@saksgang/kinds';
import { entryIdAt, recorded, type Told } from '../../../kinds/testing/telling.js';
import { LETTER, PERSON } from '../../../kinds/testing/board-resolution.js';
import { rounds } from '../../../../test/support/not-run.js';
import { compareStates, type Comparing } from './compare.js';
import { compareSides, comparing, sideAt } from './side.js';

const SEED = 20_181_003;
const HISTORIES = rounds('differences of point trees', 200, 5_000);
const ITEM = 'resolution-11111111-1111-5111-8111-111111111111';
const DAYS = ['2019-01-01', '2019-02-01', '2019-03-01'];

const PATH = fc.constantFrom('1', '2.1', '2.3.1', '3', '3.1', '4');
const DATE = fc.option(fc.constantFrom(...DAYS), { nil: null });
const step = fc.record({ what: fc.nat({ max: 8 }), path: PATH, word: fc.constantFrom('a', 'b'), which: fc.nat({ max: 7 }), day: DATE });

const FOUNDING = {
  type: 'ResolutionRecorded',
  data: {
    resolutionType: 'VEDTAK', title: 'Kultur', body: { body: null, name: 'KS' }, caseReference: null, meeting: null, caseOfficer: null,
    recordedAs: 'ADOPTED', projects: [], points: LETTER,
  },
} as const; // prettier-ignore

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
const eventOf = ({ what, path, word, which }: Step, index: number) => {
  const entry = entryIdAt(which % (index + 1));
  const added = { label: null, pointKind: 'MEASURE', text: word, role: null, addressees: [], openEnded: false, note: null, points: [] };
  const changes = [
    { change: 'REWORDED', point: path, text: `omskrevet ${word}` },
    { change: 'STRUCK', point: path },
    { change: 'ADDED', path: '4', added },
  ];
  switch (what) {
    case 0:
      return { type: 'PointAssigned', data: { point: path, owner: { body: null, name: word }, deadline: null } };
    case 1:
      return { type: 'PointReported', data: { point: path, text: word } };
    case 2:
      return { type: 'ResolutionAmended', data: { by: null, byTitle: null, changes: [changes[which % 3]] } };
    case 3:
      return { type: 'EntryRetracted', data: { entry } };
    case 4:
      return { type: 'DateEstablished', data: { entry, date: { text: '2019-01-15', asWritten: null } } };
    case 5:
      return { type: 'PointJudged', data: { point: path, outcome: which % 2 === 0 ? 'FULFILLED' : 'PARTLY' } };
    case 6:
      return { type: 'NoteAdded', data: { text: word, part: path } };
    case 7:
      return { type: 'ResolutionClosed', data: {} };
    default:
      return { type: 'PointStarted', data: { point: path, text: null } };
  }
};

/** The points that stand, by path, written down apart from what the comparison sees. */
const pointsOf = (entries: readonly Entry[], knownAt: string, validAt: string): Readonly<Record<string, Json>> => {
  const { facts, retracted } = history(entries, { knownAt, validAt });
  const state = foldState<Resolution>(resolution, facts);
  if (retracted || state.status === 'unknown') return {};
  const told: Record<string, Json> = {};
  const put = (name: string, value: unknown): void => void (value === null || (told[name] = value as Json));
  for (const point of state.points.values()) {
    if (point.struck) continue;
    put(`${point.path}|text`, point.text);
    put(`${point.path}|state`, point.state);
    put(`${point.path}|owner`, point.owner);
    for (const { entry, text } of point.reports) put(`${point.path}|reports.@${entries.findIndex(({ id }) => id === entry)}.text`, text);
    for (const { entry, outcome } of point.verdicts)
      put(`${point.path}|verdicts.@${entries.findIndex(({ id }) => id === entry)}.outcome`, outcome);
  }
  return told;
};

const WATCHED = /^(?:text|state|owner|(?:reports|verdicts)\.@\d+\.(?:text|outcome))$/u;
const leavesOf = (part: string, path: string, value: Json): readonly (readonly [string, Json])[] => {
  if (value === null) return [];
  const leaves = /^(?:reports|verdicts)\.@\d+$/u.test(path)
    ? Object.entries(value).map(([name, one]) => [`${path}.${name}`, one as Json] as const)
    : [[path, value] as const];
  return leaves.filter(([name]) => WATCHED.test(name)).map(([name, one]) => [`${part}|${name}`, one] as const);
};

describe('a difference of points', () => {
  it(`applied to the points of one view gives those of the other, over ${HISTORIES} histories (seed ${SEED})`, () => {
    let [added, gone] = [0, 0];
    const law = fc.property(
      fc.array(step, { minLength: 2, maxLength: 12 }),
      fc.nat(),
      fc.nat(),
      fc.constantFrom(...DAYS),
      fc.constantFrom(...DAYS),
      (story, a, b, one, other) => {
        const told: Told[] = [{ event: FOUNDING, on: '2019-01-01' }];
        for (const [index, each] of story.entries())
          told.push({ event: eventOf(each, index), on: '2019-03-01', ...(each.day === null ? {} : { occurred: each.day }) });
        const entries = recorded(ITEM, told);
        const [from, to] = [entries[a % entries.length]?.position ?? '', entries[b % entries.length]?.position ?? ''];
        const compared = comparing(resolution, entries);
        compareSides(
          compared,
          resolution,
          sideAt(resolution, entries, { knownAt: from, validAt: one }),
          sideAt(resolution, entries, { knownAt: to, validAt: other }),
        );
        const next: Record<string, Json> = { ...pointsOf(entries, from, one) };
        for (const { part, path, before, after } of compared.deltas) {
          if (part === null) continue;
          for (const [name, value] of leavesOf(part, path, before)) {
            expect([name, next[name]]).toEqual([name, value]);
            delete next[name];
          }
          for (const [name, value] of leavesOf(part, path, after)) next[name] = value;
        }
        const changes = [...compared.parts.values()];
        added += changes.filter((change) => change === 'ADDED').length;
        gone += changes.filter((change) => change === 'RETRACTED').length;
        expect(next).toEqual(pointsOf(entries, to, other));
      },
    );
    fc.assert(law, { seed: SEED, numRuns: HISTORIES });
    expect(Math.min(added, gone)).toBeGreaterThan(10);
  });
});

describe('a field', () => {
  const deltas = (one: object, other: object) => {
    const compared: Comparing = { shown: NOTHING_SHOWN, revisionOf: () => null, deltas: [], parts: new Map() };
    compareStates(compared, one as Readonly<Record<string, unknown>>, other as Readonly<Record<string, unknown>>);
    return compared.deltas;
  };
  it('is the same whatever the order of its keys, and whatever is left out or said to be nothing', () => {
    expect(deltas({ a: { b: 1, c: null }, d: [] }, { a: { c: null, b: 1 } })).toEqual([]);
    expect(deltas({ list: [{ key: '1', text: 'x', n: 2 }] }, { list: [{ n: 2, text: 'x', key: '1' }] })).toEqual([]);
  });
  it('that names a person is the same while the person is, however the name was sealed', () => {
    const { name } = PERSON;
    const again = { ...(name as object), sealed: 'B'.repeat(43) };
    expect(deltas({ by: PERSON, officer: name }, { by: { ...PERSON, name: again }, officer: again })).toEqual([]);
    const another = { ...(name as object), person: 'person-55555555-5555-4555-8555-555555555555' };
    expect(deltas({ officer: name }, { officer: another })).toHaveLength(1);
  });
  it('of a list is told by what names its element, wherever that stands', () => {
    const [one, two] = [{ key: '1', text: 'x' }, { key: '2', text: 'y' }]; // prettier-ignore
    expect(deltas({ list: [one] }, { list: [two, one] })).toMatchObject([{ path: 'list.2', before: null, after: { text: 'y' } }]);
    expect(deltas({ list: [one, two] }, { list: [two, { key: '1', text: 'z' }] })).toMatchObject([{ path: 'list.1.text', after: 'z' }]);
  });
});
