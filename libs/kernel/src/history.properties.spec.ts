import fc from 'fast-check';
import {
  corrected,
  date,
  dated,
  done,
  linked,
  noted,
  opened,
  OTHER,
  positionAt,
  reopened,
  retracted,
  stream,
  unlinked,
  type Told,
} from '../testing/stream.js';
import { history, NOW } from './history.js';

const SEED = 20_181_003;

describe('Whatever was recorded', () => {
  const pick = fc.integer({ min: 0, max: 30 });
  const when = fc.constantFrom('2014', '2015-06', '2016-02-29', '../2017', 'unknown', '2017/2018', '2018/..');
  const event = fc.oneof(
    fc.constantFrom(done(), reopened, noted('n'), linked(OTHER)),
    pick.map((n) => unlinked(`e${n}`)),
    pick.map((n) => retracted(`e${n}`)),
    fc.tuple(pick, when).map(([n, text]) => dated(`e${n}`, text)),
    fc
      .tuple(pick, fc.option(when))
      .map(([n, text]) => corrected(`e${n}`, { occurred: text === null ? null : date(text), set: [{ path: 'title', value: `t${n}` }] })),
  );
  const told = fc.array(fc.tuple(fc.constantFrom('2018-10-03', '2019-01-01'), when, event), { maxLength: 30 });
  const all = (rest: readonly (readonly [string, string, Told[2]])[]) => stream(['2018-10-03', '../2018-10-03', opened()], ...rest);

  it('what was known then is what the entries until then say, alone', () => {
    fc.assert(
      fc.property(told, pick, (rest, cut) => {
        const entries = all(rest);
        expect(history(entries, { knownAt: positionAt(cut), validAt: null })).toEqual(history(entries.slice(0, cut + 1), NOW));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('facts are in order, once each, and those valid by a day are the beginning of all', () => {
    fc.assert(
      fc.property(told, fc.constantFrom('2014-12-31', '2016-03-01', '2018-10-03'), (rest, validAt) => {
        const { allFacts, facts } = history(all(rest), { knownAt: null, validAt });
        const keys = allFacts.slice(allFacts[0]?.revision === 0 ? 1 : 0).map((fact) => `${fact.day} ${fact.position}`);
        expect(keys).toEqual(keys.toSorted());
        expect(new Set(allFacts.map((fact) => fact.entry)).size).toBe(allFacts.length);
        expect(facts).toEqual(allFacts.slice(0, facts.length));
        expect(allFacts.slice(facts.length).every((fact) => fact.day > validAt)).toBe(true);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('a retraction right after an entry leaves what there was before it', () => {
    fc.assert(
      fc.property(told, when, event, (rest, occurred, last) => {
        const n = rest.length + 1;
        const undone = all([...rest, ['2019-01-02', occurred, last], ['2019-01-03', 'unknown', retracted(`e${n}`)]]);
        expect(history(undone, NOW).facts).toEqual(history(all(rest), NOW).facts);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('ten thousand entries are read in one go, each correction applied once', () => {
    let applied = 0;
    const value = { text: 'x', asWritten: null };
    const counted = corrected('e0', {
      set: [
        {
          path: 'title',
          get value() {
            return (applied++, value.text);
          },
        },
      ],
    });
    const entries = stream(
      ['2018-10-03', '2018', opened()],
      ...Array.from({ length: 10_000 }, (_, n): Told => [
        '2018-10-03',
        `${2000 + (n % 19)}`,
        n % 4 === 0 ? counted : n % 4 === 1 ? retracted(`e${n - 1}`) : noted('n'),
      ]),
    );
    // Half are notes, and every second of those is retracted; a quarter correct the founding entry, the last of them counts.
    expect(history(entries, NOW).allFacts).toHaveLength(2_501);
    expect(applied).toBe(1);
  });
});
