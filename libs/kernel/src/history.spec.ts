import { errand, type Errand, type ErrandEvent } from '../testing/errand.kind.js';
import {
  corrected,
  date,
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
import type { Entry } from './entry.js';
import { effectiveDay, foldState, history, NOW, type AsOf } from './history.js';

const title = (entries: readonly Entry[], asOf: AsOf = NOW): string | null => {
  const state = foldState<Errand>(errand, history(entries, asOf).facts);
  return state.status === 'unknown' ? null : state.title;
};
const ids = (entries: readonly Entry[], asOf: AsOf = NOW): string[] => history(entries, asOf).facts.map((fact) => fact.entry);
const renamed = (entry: string, to: string) => corrected(entry, { set: [{ path: 'title', value: to }] });
const dayOf = (entries: readonly Entry[], id: string): string | undefined =>
  history(entries, NOW).allFacts.find((fact) => fact.entry === id)?.day;

describe('Rule 1: known-at is a position', () => {
  const entries = stream(
    ['2018-10-01', '2018-09-01', opened('A')],
    ['2018-10-02', '2018-09-02', done()],
    ['2018-10-03', '2018-10-03', renamed('e0', 'B')],
  );

  it('and entries up to and including it are known, compared bytewise', () => {
    expect(ids(entries, { knownAt: positionAt(0), validAt: null })).toEqual(['e0']);
    expect(ids(entries, { knownAt: `${positionAt(0)}0`, validAt: null })).toEqual(['e0']);
    expect(ids(entries, { knownAt: 'log-00000000000000000000', validAt: null })).toEqual([]);
    expect(title(entries, { knownAt: positionAt(1), validAt: null })).toBe('A');
    expect(title(entries, { knownAt: positionAt(2), validAt: null })).toBe('B');
  });
});

describe('Rule 3: the effective day', () => {
  it.each([
    ['2018-09-12', '2018-10-03', '2018-09-12'],
    ['2016', '2018-10-03', '2016-12-31'],
    ['../2018-10-03', '2018-10-05', '2018-10-03'],
    ['2018', '2018-10-03', '2018-10-03'],
    ['2016-09-25/..', '2018-10-03', '2018-10-03'],
    ['unknown', '2018-10-03', '2018-10-03'],
  ])('of %s recorded on %s is %s', (text, recordedOn, day) => {
    expect(effectiveDay(date(text), recordedOn)).toBe(day);
  });

  it('is counted in Oslo: an entry recorded at 22:30 UTC in summer was recorded the day after', () => {
    const [entry] = stream(['2018-07-01', 'unknown', opened()]) as [Entry];
    expect(history([{ ...entry, recordedAt: '2018-07-01T22:30:00.000Z' }], NOW).facts[0]?.day).toBe('2018-07-02');
  });
});

describe('Rule 4: the founding entry', () => {
  it('is in effect no later than any other entry, and is folded first', () => {
    const entries = stream(
      ['2018-10-05', '../2018-10-03', opened()],
      ['2018-10-05', '2016-06-07', noted('før')],
      ['2018-10-06', '2017', done()],
    );
    expect(ids(entries)).toEqual(['e0', 'e1', 'e2']);
    expect(dayOf(entries, 'e0')).toBe('2016-06-07');
    expect(ids(entries, { knownAt: null, validAt: '2016-06-07' })).toEqual(['e0', 'e1']);
    expect(history(entries, NOW).facts[0]?.occurred).toEqual(date('../2018-10-03'));
  });

  it('keeps its own day when that is the earliest', () => {
    expect(dayOf(stream(['2018-10-05', '2015', opened()], ['2018-10-05', '2016', done()]), 'e0')).toBe('2015-12-31');
  });

  it('is not moved by an entry that was retracted', () => {
    expect(
      dayOf(stream(['2018-10-05', '2018', opened()], ['2018-10-06', '2016', done()], ['2018-10-07', '2018', retracted('e1')]), 'e0'),
    ).toBe('2018-10-05');
  });

  it('retracted, leaves no facts and the item retracted, until the retraction is retracted', () => {
    const told: Told[] = [
      ['2018-10-05', '2018', opened()],
      ['2018-10-06', '2018', retracted('e0')],
    ];
    expect(history(stream(...told), NOW)).toMatchObject({ retracted: true, facts: [] });
    expect(history(stream(...told), { knownAt: positionAt(0), validAt: null }).retracted).toBe(false);
    expect(history(stream(...told, ['2018-10-07', '2018', retracted('e1')]), NOW)).toMatchObject({
      retracted: false,
      facts: [{ entry: 'e0' }],
    });
  });
});

describe('Rule 5: the rest in order of (effective day, position)', () => {
  const entries = stream(
    ['2018-10-01', '2015', opened()],
    ['2018-10-02', '2018-03-01', done()],
    ['2018-10-03', '2017-03-01', reopened],
    ['2018-10-04', '2018-03-01', noted('samme dag')],
    ['2018-10-05', '2016-03-01', done()],
  );

  it('a late entry stands where it happened, and same-day entries in the order they were recorded', () => {
    expect(ids(entries)).toEqual(['e0', 'e4', 'e2', 'e1', 'e3']);
    expect(foldState<Errand>(errand, history(entries, NOW).facts)).toMatchObject({
      told: ['ErrandOpened', 'ErrandDone', 'ErrandReopened', 'ErrandDone'],
    });
  });

  it('those in effect by valid-at, while all facts stay at hand', () => {
    const before = history(entries, { knownAt: null, validAt: '2018-02-28' });
    expect(before.facts.map((fact) => fact.entry)).toEqual(['e0', 'e4', 'e2']);
    expect(before.allFacts).toHaveLength(5);
  });

  it('nothing is known of a stream without entries', () => {
    expect(history([], NOW)).toEqual({ facts: [], allFacts: [], fates: new Map(), asRead: new Map(), retracted: false });
  });

  it('shared facts never reach the evolve of a kind', () => {
    const strict = {
      ...errand,
      decider: {
        ...errand.decider,
        evolve: (_: Errand, { event }: { event: ErrandEvent }): Errand => {
          throw new Error(event.type);
        },
      },
    };
    const shared = stream(
      ['2018-10-01', '2015', noted('a')],
      ['2018-10-01', '2015', linked(OTHER)],
      ['2018-10-01', '2015', unlinked('e1')],
    );
    expect(foldState(strict, history(shared, NOW).facts)).toEqual({ status: 'unknown' });
  });
});
