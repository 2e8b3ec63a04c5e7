import { errand, type Errand } from '../testing/errand.kind.js';
import { corrected, date, dated, done, noted, opened, positionAt, retracted, stream, type Told } from '../testing/stream.js';
import type { Entry } from './entry.js';
import { foldState, history, NOW, type AsOf } from './history.js';
import { foldNotes } from './shared-folds.js';

const title = (entries: readonly Entry[], asOf: AsOf = NOW): string | null => {
  const state = foldState<Errand>(errand, history(entries, asOf).facts);
  return state.status === 'unknown' ? null : state.title;
};
const ids = (entries: readonly Entry[], asOf: AsOf = NOW): string[] => history(entries, asOf).facts.map((fact) => fact.entry);
const renamed = (entry: string, to: string) => corrected(entry, { set: [{ path: 'title', value: to }] });

describe('Rule 2: corrections and retractions act on the known axis only', () => {
  it('a correction changes what is read on every valid day, before its own too', () => {
    const entries = stream(['2018-10-01', '2016-06-07', opened('A')], ['2018-12-01', '2018-12-01', renamed('e0', 'B')]);
    expect(title(entries, { knownAt: null, validAt: '2016-06-07' })).toBe('B');
  });

  it('a retraction takes the entry out on every valid day', () => {
    const entries = stream(['2018-10-01', '2016', opened()], ['2018-10-02', '2017', done()], ['2018-12-01', '2018-12-01', retracted('e1')]);
    expect(ids(entries, { knownAt: null, validAt: '2018-01-01' })).toEqual(['e0']);
    expect(ids(entries, { knownAt: positionAt(1), validAt: '2018-01-01' })).toEqual(['e0', 'e1']);
    expect(history(entries, NOW).fates.get('e1')?.retractedBy?.id).toBe('e2');
  });

  it('retracting a correction restores what it changed', () => {
    const entries = stream(
      ['2018-10-01', '2016', opened('A')],
      ['2018-10-02', '2018-10-02', renamed('e0', 'B')],
      ['2018-10-03', '2018-10-03', retracted('e1')],
    );
    expect(title(entries)).toBe('A');
    expect(history(entries, NOW).fates.get('e0')).toEqual({ retractedBy: null, changedBy: [], inForce: null });
  });

  it('retracting a retraction restores the entry, and retracting that takes it out again', () => {
    const told: Told[] = [
      ['2018-10-01', '2016', opened()],
      ['2018-10-02', '2017', done()],
      ['2018-10-03', '2018', retracted('e1')],
      ['2018-10-04', '2018', retracted('e2')],
    ];
    expect(ids(stream(...told))).toEqual(['e0', 'e1']);
    expect(ids(stream(...told, ['2018-10-05', '2018', retracted('e3')]))).toEqual(['e0']);
  });

  it('of two live corrections of one entry the later replaces the earlier wholly', () => {
    const entries = stream(
      ['2018-10-01', '2016', opened('A')],
      ['2018-10-02', '2018-10-02', corrected('e0', { occurred: date('2015'), set: [{ path: 'title', value: 'B' }] })],
      ['2018-10-03', '2018-10-03', corrected('e0', { set: [{ path: 'steps.1.text', value: 'betal' }] })],
    );
    const [fact] = history(entries, NOW).facts;
    expect(fact?.event.data).toMatchObject({ title: 'A', steps: [{ text: 'gå' }, { text: 'betal' }] });
    expect(fact?.occurred).toEqual(date('2016'));
    expect(fact?.changedBy.map((entry) => entry.id)).toEqual(['e1', 'e2']);
    expect(history(entries, NOW).fates.get('e0')?.inForce?.id).toBe('e2');
  });

  it('and when the later is retracted the earlier counts again', () => {
    const entries = stream(
      ['2018-10-01', '2016', opened('A')],
      ['2018-10-02', '2018', renamed('e0', 'B')],
      ['2018-10-03', '2018', renamed('e0', 'C')],
      ['2018-10-04', '2018', retracted('e2')],
    );
    expect(title(entries)).toBe('B');
  });

  it('a correction gives date, asserter and source anew where it says one, and leaves the others', () => {
    const ks = { body: null, name: 'KS' };
    const entries = stream(
      ['2018-10-01', '2016', opened('A'), { assertedBy: ks, reason: 'først' }],
      ['2018-10-02', '2018', corrected('e0', { occurred: date('2015-05-05') })],
    );
    expect(history(entries, NOW).facts[0]).toMatchObject({
      occurred: date('2015-05-05'),
      day: '2015-05-05',
      assertedBy: ks,
      source: null,
      reason: 'først',
    });
  });

  it('correcting a correction changes what that one says', () => {
    const entries = stream(
      ['2018-10-01', '2016', opened('A')],
      ['2018-10-02', '2018', renamed('e0', 'B')],
      ['2018-10-03', '2018', corrected('e1', { occurred: date('2015'), set: [{ path: 'set.0.value', value: 'C' }] })],
    );
    expect(title(entries)).toBe('C');
    expect(history(entries, NOW).facts[0]?.occurred).toEqual(date('2015'));
    expect(title(entries, { knownAt: positionAt(1), validAt: null })).toBe('B');
  });

  it('which entry a correction names is taken as first written', () => {
    const entries = stream(
      ['2018-10-01', '2016', opened('A')],
      ['2018-10-02', '2017', noted('B')],
      ['2018-10-03', '2018', renamed('e0', 'C')],
      ['2018-10-04', '2018', corrected('e2', { set: [{ path: 'entry', value: 'e1' }] })],
    );
    expect(title(entries)).toBe('C');
  });

  it('an amendment that names itself, a later or an unknown entry changes nothing', () => {
    const entries = stream(
      ['2018-10-01', '2016', opened('A')],
      ['2018-10-02', '2018', retracted('e1')],
      ['2018-10-03', '2018', retracted('e4')],
      ['2018-10-04', '2018', renamed('nowhere', 'B')],
      ['2018-10-05', '2018', done()],
    );
    expect(ids(entries)).toEqual(['e0', 'e4']);
    expect(history(entries, NOW).fates.get('e1')?.retractedBy).toBeNull();
  });

  it('a path that leads nowhere is passed over', () => {
    const entries = stream(
      ['2018-10-01', '2016', opened('A')],
      [
        '2018-10-02',
        '2018',
        corrected('e0', {
          set: [
            { path: 'steps.9.text', value: 'x' },
            { path: 'title', value: 'B' },
            { path: '__proto__.title', value: 'x' },
          ],
        }),
      ],
    );
    expect(history(entries, NOW).facts[0]?.event).toEqual(opened('B'));
  });

  it('shared entries are corrected and retracted like others', () => {
    const entries = stream(
      ['2018-10-01', '2016', opened()],
      ['2018-10-02', '2017', noted('gal')],
      ['2018-10-02', '2017', noted('bort')],
      ['2018-10-03', '2018', corrected('e1', { set: [{ path: 'text', value: 'rett' }] })],
      ['2018-10-03', '2018', retracted('e2')],
    );
    expect(foldNotes(history(entries, NOW).facts).map((note) => note.text)).toEqual(['rett']);
  });
});

describe('Rule 2: an established date is no correction', () => {
  it('and decides the date of its entry', () => {
    const entries = stream(['2018-10-05', '../2018-10-03', opened()], ['2019-01-01', '2019-01-01', dated('e0', '2018-09-12')]);
    expect(history(entries, NOW).facts[0]).toMatchObject({ occurred: date('2018-09-12'), day: '2018-09-12' });
    expect(history(entries, NOW).facts[0]?.changedBy.map((entry) => entry.id)).toEqual(['e1']);
    expect(history(entries, { knownAt: positionAt(0), validAt: null }).facts[0]?.occurred).toEqual(date('../2018-10-03'));
  });

  const told: Told[] = [
    ['2018-10-05', '../2018-10-03', opened('A')],
    ['2019-01-01', '2019', dated('e0', '2018-09-12')],
    ['2019-01-02', '2019', corrected('e0', { occurred: date('2017'), set: [{ path: 'title', value: 'B' }] })],
  ];
  const occurred = (...more: Told[]) => history(stream(...told, ...more), NOW).facts[0]?.occurred.text;

  it.each<[string, string, Told[]]>([
    ['a later correction with a date', '2017', []],
    ['a still later established date', '2017-03', [['2019-01-03', '2019', dated('e0', '2017-03')]]],
    ['the established one again when the correction is retracted', '2018-09-12', [['2019-01-03', '2019', retracted('e2')]]],
    [
      'the established one again when a correction without a date replaces the other',
      '2018-09-12',
      [['2019-01-03', '2019', renamed('e0', 'C')]],
    ],
    [
      'the established one as it was corrected',
      '2018-09-13',
      [
        ['2019-01-03', '2019', retracted('e2')],
        ['2019-01-04', '2019', corrected('e1', { set: [{ path: 'date', value: { text: '2018-09-13', asWritten: null } }] })],
      ],
    ],
    ['the correction when the established one is retracted', '2017', [['2019-01-03', '2019', retracted('e1')]]],
    [
      'the first one when both are',
      '../2018-10-03',
      [
        ['2019-01-03', '2019', retracted('e1')],
        ['2019-01-03', '2019', retracted('e2')],
      ],
    ],
  ])('the last in log order decides: %s', (_, expected, more) => {
    expect(occurred(...more)).toBe(expected);
  });

  it('a date established after a correction leaves the rest of the correction as it is', () => {
    expect(title(stream(...told, ['2019-01-03', '2019', dated('e0', '2017-03')]))).toBe('B');
  });
});
