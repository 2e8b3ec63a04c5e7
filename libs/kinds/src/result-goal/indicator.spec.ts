import { contradictions, isRefusal, type DomainEvent, type Party } from '@saksgang/kernel';
import { date, decided, entryIdAt, readAs, recorded, stateAs, titlesOf, type Circumstances, type Told } from '../../testing/telling.js';
import { hasReachedTarget, resultGoal, type ResultGoal, type ResultGoalCommand, type ResultGoalEvent } from './index.js';

const ITEM = 'resultGoal-11111111-1111-5111-8111-111111111111';
const KS: Party = { body: 'body-33333333-3333-5333-8333-333333333333', name: 'KS' };
const told = (event: DomainEvent, on: string, more: Partial<Told> = {}): Told => ({ event, on, ...more });
const set = told({ type: 'ResultGoalSet', data: { code: 'C', text: 'Et mål.', level: 'EFFECT', project: null } }, '2016-06-10');

const definition = {
  name: 'Kommuner med plan',
  unit: 'prosent',
  baseline: { value: '12.5', asWritten: null, at: date('2016') },
  target: { value: '80', asWritten: null, aim: null, by: date('2020') },
} as const;
const indicatorSet = (indicator: string, more: object = {}): ResultGoalEvent => ({
  type: 'IndicatorSet',
  data: { indicator, ...definition, ...more },
});
const command = (more: Partial<Extract<ResultGoalCommand, { type: 'SetIndicator' }>> = {}): ResultGoalCommand => ({
  type: 'SetIndicator',
  indicator: null,
  ...definition,
  ...more,
});
const measured = (value: string, at: string | null = null): ResultGoalEvent => ({
  type: 'IndicatorMeasured',
  data: { indicator: '1', value, asWritten: null, at: at === null ? null : date(at), text: null },
});
const measure = (value: string, more: object = {}): ResultGoalCommand => ({
  type: 'MeasureIndicator',
  indicator: '1',
  value,
  asWritten: null,
  at: null,
  text: null,
  ...more,
});

const now = { today: '2018-11-01' };
const say = (story: readonly Told[], said: ResultGoalCommand, circumstances: Circumstances = now) =>
  decided(resultGoal, ITEM, recorded(ITEM, story), said, circumstances);
const codeOf = (decision: unknown): string | null => (isRefusal(decision) ? decision.code : null);
const stateOf = (story: readonly Told[]) => stateAs<ResultGoal>(resultGoal, recorded(ITEM, story));
const indicatorsOf = (story: readonly Told[]) => {
  const goal = stateOf(story);
  if (goal.status === 'unknown') throw new Error('the goal is not on record');
  return goal.indicators;
};
const first = told(indicatorSet('1'), '2016-07-01');

describe('an indicator is set', () => {
  it('produces it under the next key', () => {
    expect(say([set], command())).toEqual([indicatorSet('1')]);
    expect(say([set, first], command({ name: 'Kulturskoler' }))).toEqual([indicatorSet('2', { name: 'Kulturskoler' })]);
  });
  it('never gives a key again, also when the indicator was retracted', () => {
    const retraction: DomainEvent = { type: 'EntryRetracted', data: { entry: entryIdAt(1) } };
    const story = [set, first, told(retraction, '2016-08-01', { reason: 'Feil mål' })];
    expect(say(story, command())).toEqual([indicatorSet('2')]);
  });
  it('is defined anew by its key, and keeps what was measured', () => {
    const story = [set, first, told(measured('20'), '2017-01-10'), told(indicatorSet('1', { unit: '%', target: null }), '2017-02-01')];
    expect(indicatorsOf(story)).toMatchObject([{ key: '1', unit: '%', target: null, measurements: [{ value: '20' }] }]);
    expect(say([set, first], command({ indicator: '1', unit: '%' }))).toEqual([indicatorSet('1', { unit: '%' })]);
  });
  it('keeps its unit once it is measured: the value would say something else in another', () => {
    const story = [set, first, told(measured('20'), '2017-01-10')];
    for (const unit of ['kommuner', null]) expect(codeOf(say(story, command({ indicator: '1', unit })))).toBe('UNIT_WOULD_CHANGE');
    expect(say(story, command({ indicator: '1', target: null }))).toEqual([indicatorSet('1', { target: null })]);
    const unitless = [set, told(indicatorSet('1', { unit: null }), '2016-07-01'), told(measured('20'), '2017-01-10')];
    expect(say(unitless, command({ indicator: '1' }))).toEqual([indicatorSet('1')]);
  });
  it('whose new unit stands before a late value finds it in the way', () => {
    const story = [set, first, told(indicatorSet('1', { unit: 'kommuner' }), '2017-02-01')];
    const late = [...story, told(measured('20'), '2018-01-01', { occurred: '2017-01-10' })];
    const [before, after] = [readAs(recorded(ITEM, story)), readAs(recorded(ITEM, late))];
    expect(contradictions(resultGoal, before, after).map(({ entry }) => entry)).toEqual([entryIdAt(2)]);
  });
  it('is compared with what it was', () => {
    expect(resultGoal.before(stateOf([set, first]), indicatorSet('1', { unit: '%' }))).toMatchObject({
      indicator: '1',
      name: 'Kommuner med plan',
      unit: 'prosent',
      'baseline.value': '12.5',
      'target.by': date('2020'),
    });
  });
  it('refuses a key that is none, and a name that another one has', () => {
    expect(codeOf(say([set], command({ indicator: '1' })))).toBe('UNKNOWN_INDICATOR');
    expect(codeOf(say([set, first], command({ unit: '%' })))).toBe('INDICATOR_EXISTS');
    const two = [set, first, told(indicatorSet('2', { name: 'Kulturskoler' }), '2016-07-02')];
    expect(codeOf(say(two, command({ indicator: '2' })))).toBe('INDICATOR_EXISTS');
  });
  it('stays quiet when it stands so already', () => {
    expect(say([set, first], command())).toEqual([]);
    expect(say([set, first], command({ indicator: '1' }))).toEqual([]);
  });
  it('refuses a goal that is concluded', () => {
    const concluded = told({ type: 'ResultGoalConcluded', data: { outcome: 'ACHIEVED' } }, '2018-01-01', { assertedBy: KS });
    expect(codeOf(say([set, concluded], command()))).toBe('GOAL_CONCLUDED');
    expect(codeOf(say([], command()))).toBe('NOT_SET');
  });
  it('is a part that can be linked to', () => {
    expect(resultGoal.hasPart(stateOf([set, first]), '1')).toBe(true);
    expect(resultGoal.hasPart(stateOf([set, first]), '2')).toBe(false);
    expect(resultGoal.partOf(measured('1'))).toBe('1');
  });
  it('cannot become another one by a correction', () => {
    expect(resultGoal.events.IndicatorSet.fixed).toEqual(['indicator']);
    expect(resultGoal.events.IndicatorMeasured.fixed).toEqual(['indicator']);
  });
});

describe('an indicator is measured', () => {
  it('produces the value, also after the goal is concluded: an effect often shows only then', () => {
    expect(say([set, first], measure('45'))).toEqual([measured('45')]);
    const concluded = told({ type: 'ResultGoalConcluded', data: { outcome: 'ACHIEVED' } }, '2018-01-01', { assertedBy: KS });
    expect(say([set, first, concluded], measure('82'))).toHaveLength(1);
  });
  it('refuses an indicator that is not there, or was not set on that day', () => {
    expect(codeOf(say([set], measure('45')))).toBe('UNKNOWN_INDICATOR');
    expect(codeOf(say([set, first], measure('45'), { ...now, occurred: '2016-06-20' }))).toBe('UNKNOWN_INDICATOR');
  });
  it('stays quiet about the same value of the same time by the same party', () => {
    const story = [set, first, told(measured('45', '2017'), '2018-10-20', { occurred: '2018-10-20' })];
    const again = measure('45', { at: date('2017') });
    expect(say(story, again, { ...now, occurred: '2018-10-20' })).toEqual([]);
    expect(say(story, again, { ...now, occurred: '2018-10-20', assertedBy: KS })).toHaveLength(1);
  });
  it('lists values by the time they are of, whatever the order they were recorded in', () => {
    const story = [
      set,
      first,
      told(measured('45', '2018'), '2018-09-01'),
      told(measured('30', '2017'), '2018-10-01'),
      told(measured('50'), '2018-10-20'),
    ];
    expect(indicatorsOf(story)[0]?.measurements.map(({ value }) => value)).toEqual(['30', '50', '45']);
  });
  it('finds the values that would be left without their indicator', () => {
    const story = [set, first, told(measured('45'), '2018-09-01')];
    const retraction: DomainEvent = { type: 'EntryRetracted', data: { entry: entryIdAt(1) } };
    const after = recorded(ITEM, [...story, told(retraction, '2018-10-01', { reason: 'Feil mål' })]);
    expect(contradictions(resultGoal, readAs(recorded(ITEM, story)), readAs(after)).map(({ entry }) => entry)).toEqual([entryIdAt(2)]);
  });
});

describe('a target', () => {
  const reached = (value: string, more: object = {}) => {
    const [indicator] = indicatorsOf([set, told(indicatorSet('1', more), '2016-07-01'), told(measured(value), '2018-10-01')]);
    return indicator === undefined ? undefined : hasReachedTarget(indicator);
  };
  const low = { value: '5', asWritten: null, aim: null, by: null };

  it.each([
    ['above a baseline below it', '81', {}, true],
    ['below a target above its baseline', '79.9', {}, false],
    ['on the target', '80.0', { baseline: null }, true],
    ['below a target that lies below its baseline', '4', { target: low }, true],
    ['above such a target', '6', { target: low }, false],
    ['where nobody says which way is right', '81', { baseline: null }, null],
    ['at least, without a baseline', '81', { baseline: null, target: { ...definition.target, aim: 'AT_LEAST' } }, true],
    ['at most, against the baseline', '81', { target: { ...definition.target, aim: 'AT_MOST' } }, false],
    ['without a target', '81', { target: null }, null],
  ])('is reached by a value %s: %s', (_what, value, more, expected) => {
    expect(reached(value, more)).toBe(expected);
  });
  it('is waited for until it is reached or the goal is concluded', () => {
    const dues = (story: readonly Told[]) => resultGoal.facets(stateOf(story)).dues;
    const waited = { part: '1', nature: 'DEADLINE', date: date('2020'), met: false };
    expect(dues([set, first])).toEqual([expect.objectContaining(waited)]);
    expect(dues([set, first, told(measured('81'), '2018-10-01')])).toEqual([expect.objectContaining({ ...waited, met: true })]);
    const dropped = told({ type: 'ResultGoalConcluded', data: { outcome: 'DROPPED' } }, '2018-01-01', { assertedBy: KS, reason: 'Feil' });
    expect(dues([set, first, dropped])).toEqual([expect.objectContaining({ ...waited, met: true })]);
    expect(dues([set, told(indicatorSet('1', { target: low }), '2016-07-01')])).toEqual([]);
  });
});

describe('the indicator’s story is told', () => {
  it('with its value in its unit, where that is known', () => {
    const entries = recorded(ITEM, [set, first, told(measured('45.5'), '2018-09-01')]);
    expect(titlesOf(resultGoal, entries).slice(1)).toEqual(['Indikator: Kommuner med plan', 'Målt: 45,5']);
    const facts = readAs(entries).facts;
    const last = facts[2];
    if (last === undefined) throw new Error('nothing was recorded');
    const { title } = resultGoal.describe({ ...last, event: measured('45.5') }, stateOf([set, first]));
    expect(title).toEqual({
      nb: 'Målt «Kommuner med plan»: 45,5\u00a0prosent',
      nn: 'Målt «Kommuner med plan»: 45,5\u00a0prosent',
      en: 'Measured “Kommuner med plan”: 45.5\u00a0prosent',
    });
    const [, defined] = facts;
    if (defined === undefined) throw new Error('nothing was recorded');
    expect(resultGoal.describe({ ...defined, event: indicatorSet('1') }).description.nb).toBe(
      'Måleenhet: prosent. Utgangspunkt: 12,5\u00a0prosent (2016). Målverdi: 80\u00a0prosent, frist 2020.',
    );
  });
});
