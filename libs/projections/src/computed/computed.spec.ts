import { NO_FACETS, type Due, type Facets, type Outcome, type Party } from '@saksgang/kernel';
import { date } from '../../testing/world.js';
import { attentionOf, computedLightOf, daysLate, deviationDays, isStale, overdueDays, slipDays, type AttentionBasis } from './computed.js';

const TODAY = '2019-03-01';
const due = (nature: Due['nature'], text: string, more: Partial<Due> = {}): Due => ({
  part: null,
  nature,
  date: date(text),
  owner: null,
  what: { nb: '', nn: '', en: '' },
  met: false,
  ...more,
});
const facets = (more: Partial<Facets>): Facets => ({ ...NO_FACETS, ...more });
const moved = (first: string, current: string) => ({ first: date(first), current: date(current) });
const deviated = (baseline: string, against: string) => ({ baseline: date(baseline), against: date(against) });
const KS: Party = { body: 'body-1', name: 'KS' };
const STORTINGET: Party = { body: 'body-2', name: 'Stortinget' };
const said = (outcome: string, assertedBy: Party | null, part: string | null = null): Outcome => ({ outcome, assertedBy, part });

/** DOMAIN.md section 9, row by row. Days are counted to 1 March 2019. */
describe('computed values', () => {
  it.each([
    ['the day before', '2019-02-28', true, 1],
    ['today', '2019-03-01', true, null],
    ['closed', '2019-02-28', false, null],
    ['a month, by its last day', '2019-02', true, 1],
    ['this month', '2019-03', true, null],
    ['a period, by its last day', '2018-12-01/2019-02-19', true, 10],
    ['no later than', '../2019-02-27', true, 2],
    ['no earlier than: no upper bound', '2018-01-01/..', true, null],
    ['unknown', 'unknown', true, null],
  ])('overdue, daysOverdue: %s', (_what, deadline, open, days) => expect(overdueDays(date(deadline), open, TODAY)).toBe(days));

  it('overdue: no deadline, nothing is late', () => expect(overdueDays(null, true, TODAY)).toBeNull());

  it.each([
    ['89 days ago', '2018-12-02', true, false],
    ['90 days ago', '2018-12-01', true, true],
    ['nothing open', '2018-12-01', false, false],
    ['recorded after the as-of day', '2026-01-01', true, false],
  ])('STALE: %s', (_what, last, open, stale) => expect(isStale(last, open, TODAY, 90)).toBe(stale));

  it.each([
    ['later', '2018-10-01', '2018-10-20', 19],
    ['earlier', '2018-10-20', '2018-10-01', -19],
    ['months, by their last days', '2018-10', '2018-12', 61],
    ['a year is coarser than a month', '2018', '2018-12-01', null],
    ['and so is a quarter', '2018-10-01', '2019-01/2019-03', null],
    ['and what has one bound only', '2018-10-01', '../2018-12-31', null],
    ['unknown', 'unknown', '2018-10-01', null],
  ])('slipDays, deviationDays: %s', (_what, from, to, days) => {
    expect(slipDays(moved(from, to))).toBe(days);
    expect(deviationDays(deviated(from, to))).toBe(days);
  });

  it('no plan: no slip; no baseline: no deviation, not 0', () => {
    expect(slipDays(null)).toBeNull();
    expect(deviationDays(null)).toBeNull();
  });

  const lights: readonly (readonly [string, Facets, string])[] = [
    ['nothing to compute from', NO_FACETS, 'NOT_ASSESSED'],
    ['a light somebody asserted computes nothing', facets({ light: 'RED' }), 'NOT_ASSESSED'],
    ['a date without an upper bound', facets({ dues: [due('DEADLINE', '2018-01-01/..')] }), 'NOT_ASSESSED'],
    ['past', facets({ dues: [due('DEADLINE', '2019-02-28')] }), 'RED'],
    ['past and slipped', facets({ dues: [due('FORECAST', '2019-02-28')], slip: moved('2018-01-01', '2019-02-28') }), 'RED'],
    ['today', facets({ dues: [due('DEADLINE', '2019-03-01')] }), 'YELLOW'],
    ['within 30 days', facets({ dues: [due('PLANNED', '2019-03-31')] }), 'YELLOW'],
    ['in 31 days', facets({ dues: [due('PLANNED', '2019-04-01')] }), 'GREEN'],
    ['far away, but slipped 15 days', facets({ dues: [due('FORECAST', '2020-01-16')], deviation: deviated('2020-01-01', '2020-01-16') }), 'YELLOW'],
    ['far away, slipped 14 days', facets({ dues: [due('FORECAST', '2020-01-15')], deviation: deviated('2020-01-01', '2020-01-15') }), 'GREEN'],
    ['brought forward', facets({ dues: [due('FORECAST', '2020-01-01')], deviation: deviated('2020-06-01', '2020-01-01') }), 'GREEN'],
    ['the first of several', facets({ dues: [due('DEADLINE', '2021-01-01'), due('DEADLINE', '2019-02-01', { part: '2' })] }), 'RED'],
    ['a forecast stands before a baseline', facets({ dues: [due('BASELINE', '2019-01-01'), due('FORECAST', '2020-01-01')] }), 'GREEN'],
    ['but not before that of another part', facets({ dues: [due('BASELINE', '2019-01-01'), due('FORECAST', '2020-01-01', { part: '2' })] }), 'RED'],
    ['met late', facets({ dues: [due('FORECAST', '2019-01-01', { met: true })] }), 'GREEN'],
    ['met, and the next one far away', facets({ dues: [due('DEADLINE', '2019-01-01', { met: true }), due('DEADLINE', '2020-01-01')] }), 'GREEN'],
  ]; // prettier-ignore
  it.each(lights)('computedLight: %s', (_what, of, light) => expect(computedLightOf(of, TODAY)).toBe(light));

  it('computedLight turns with the days alone', () => {
    const of = facets({ dues: [due('DEADLINE', '2019-02-28')] });
    expect(['2019-01-28', '2019-01-29', '2019-02-28', '2019-03-01'].map((day) => computedLightOf(of, day))).toEqual([
      'GREEN',
      'YELLOW',
      'YELLOW',
      'RED',
    ]);
    expect(computedLightOf(facets({ dues: [due('DEADLINE', '0001-01-05')] }), '0001-01-01')).toBe('YELLOW');
  });

  it('daysLate: the most of all that is waited for', () => {
    expect(daysLate([due('DEADLINE', '2019-02-28'), due('DEADLINE', '2019-02-01'), due('DEADLINE', '2018-01-01', { met: true })], TODAY)).toBe(28);
    expect(daysLate([due('DEADLINE', '2019-03-01')], TODAY)).toBeNull();
  }); // prettier-ignore

  const basis: AttentionBasis = { facets: NO_FACETS, open: false, lastEntryDay: TODAY, gap: false, restsOnDisputed: false };
  const attentions: readonly (readonly [string, Partial<AttentionBasis>, readonly string[]])[] = [
    ['nothing', {}, []],
    ['OVERDUE', { facets: facets({ dues: [due('DEADLINE', '2019-02-28')] }) }, ['OVERDUE']],
    ['SLIPPED by more than 14 days', { facets: facets({ slip: moved('2019-01-01', '2019-01-16') }) }, ['SLIPPED']],
    ['not by 14', { facets: facets({ slip: moved('2019-01-01', '2019-01-15') }) }, []],
    ['SLIPPED by its deviation', { facets: facets({ deviation: deviated('2019-01-01', '2019-01-16') }) }, ['SLIPPED']],
    ['STALE', { open: true, lastEntryDay: '2018-01-01' }, ['STALE']],
    ['GAP', { gap: true }, ['GAP']],
    ['DISPUTED: opposite verdicts of two', { facets: facets({ verdicts: [said('FULFILLED', KS), said('NOT_FULFILLED', STORTINGET)] }) }, ['DISPUTED']],
    ['one changed its mind', { facets: facets({ verdicts: [said('NOT_FULFILLED', KS), said('FULFILLED', KS)] }) }, []],
    ['two who once disagreed', { facets: facets({ verdicts: [said('FULFILLED', KS), said('NOT_FULFILLED', STORTINGET), said('FULFILLED', STORTINGET)] }) }, []],
    ['of two parts', { facets: facets({ verdicts: [said('FULFILLED', KS, '1'), said('NOT_FULFILLED', STORTINGET, '2')] }) }, []],
    ['PARTLY opposes nothing', { facets: facets({ verdicts: [said('FULFILLED', KS), said('PARTLY', STORTINGET)] }) }, []],
    ['nor does what cannot be verified', { facets: facets({ verdicts: [said('CANNOT_BE_VERIFIED', KS), said('FULFILLED', STORTINGET)] }) }, []],
    ['DISPUTED evidence that something rests on', { restsOnDisputed: true }, ['DISPUTED']],
    ['all of it', { open: true, lastEntryDay: '2018-01-01', gap: true, restsOnDisputed: true,
      facets: facets({ dues: [due('FORECAST', '2019-01-16')], slip: moved('2019-01-01', '2019-01-16') }) },
      ['OVERDUE', 'SLIPPED', 'STALE', 'GAP', 'DISPUTED']],
  ]; // prettier-ignore
  it.each(attentions)('attention: %s', (_what, of, expected) => expect(attentionOf({ ...basis, ...of }, TODAY, 90)).toEqual(expected));
});
