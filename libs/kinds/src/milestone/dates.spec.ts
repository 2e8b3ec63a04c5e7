import { isRefusal } from '@saksgang/kernel';
import {
  cancelled,
  forecasted,
  forecasting,
  KS,
  MILESTONE,
  missed,
  planned,
  reached,
  rebaseline,
  rebaselined,
  told,
  undated,
} from '../../testing/milestone-story.js';
import { date, decided, entryIdAt, recorded, stateAs, type Circumstances, type Told } from '../../testing/telling.js';
import { milestone, type Milestone, type MilestoneCommand } from './index.js';

const now = { today: '2018-11-01' };
const say = (story: readonly Told[], command: MilestoneCommand, circumstances: Circumstances = now) =>
  decided(milestone, MILESTONE, recorded(MILESTONE, story), command, circumstances);
const codeOf = (decision: unknown): string | null => (isRefusal(decision) ? decision.code : null);
const after = (...story: readonly Told[]): Milestone => stateAs<Milestone>(milestone, recorded(MILESTONE, story));
const stateOf = (...story: readonly Told[]): string => milestone.summarise(after(...story)).state;

describe('a milestone gets a new baseline', () => {
  it('produces it, and keeps every earlier one in the history', () => {
    expect(say([planned], rebaseline('2018-09'))).toEqual([rebaselined('2018-09')]);
    expect(after(planned, told(rebaselined('2018-09'), '2018-05-01', { reason: 'Flere innspill' }))).toMatchObject({
      status: 'planned',
      baseline: date('2018-09'),
      baselines: [
        { entry: entryIdAt(0), date: date('2018-06-01') },
        { entry: entryIdAt(1), date: date('2018-09'), reason: 'Flere innspill' },
      ],
    });
  });
  it('gives one that had none its first', () => {
    expect(after(undated)).toMatchObject({ baseline: null, baselines: [] });
    expect(say([undated], rebaseline('2018-09'))).toEqual([rebaselined('2018-09')]);
  });
  it('stays quiet about the baseline in force', () => {
    expect(say([planned], rebaseline('2018-06-01'))).toEqual([]);
  });
  it('refuses what is not on record, reached or cancelled', () => {
    expect(codeOf(say([], rebaseline('2018-09')))).toBe('NOT_PLANNED');
    expect(codeOf(say([planned, told(reached, '2018-06-01')], rebaseline('2018-09')))).toBe('ALREADY_REACHED');
    expect(codeOf(say([planned, told(cancelled, '2018-06-01')], rebaseline('2018-09')))).toBe('MILESTONE_CANCELLED');
  });
  it('leaves a forecast that stands, and drops one that was missed', () => {
    const forecast = told(forecasted('2018-08-01'), '2018-03-01');
    expect(after(planned, forecast, told(rebaselined('2018-09'), '2018-04-01'))).toMatchObject({
      status: 'forecast',
      forecast: date('2018-08-01'),
    });
    const anew = after(planned, forecast, told(missed, '2018-08-02'), told(rebaselined('2018-12'), '2018-08-10'));
    expect(anew).toMatchObject({ status: 'planned', forecast: null, baseline: date('2018-12') });
    expect(anew).not.toHaveProperty('missed');
  });
});

describe('a milestone is forecast', () => {
  it('produces the forecast with its light, and each stays in the history', () => {
    expect(say([planned], forecasting('2018-07-01', 'YELLOW'))).toEqual([forecasted('2018-07-01', 'YELLOW')]);
    expect(
      after(planned, told(forecasted('2018-07-01', 'YELLOW'), '2018-03-01', { assertedBy: KS }), told(forecasted('2018-08'), '2018-04-01')),
    ).toMatchObject({
      status: 'forecast',
      forecast: date('2018-08'),
      light: 'YELLOW',
      forecasts: [
        { entry: entryIdAt(1), date: date('2018-07-01'), light: 'YELLOW', assertedBy: KS },
        { entry: entryIdAt(2), date: date('2018-08'), light: null },
      ],
    });
  });
  it('takes a light alone, which gives it no date', () => {
    expect(after(planned, told(forecasted(null, 'RED'), '2018-03-01'))).toMatchObject({ status: 'planned', forecast: null, light: 'RED' });
  });
  it('refuses a forecast that says nothing', () => {
    expect(codeOf(say([planned], forecasting(null)))).toBe('EMPTY_FORECAST');
  });
  it.each(['unknown', '2018-07-01/..'])('takes one that was postponed without a last day: %s', (text) => {
    expect(milestone.commands.ForecastMilestone.parse({ forecast: date(text) })).toMatchObject({ ok: true });
    expect(milestone.events.MilestoneForecasted.parse(forecasted(text).data)).toMatchObject({ ok: true });
    expect(say([planned], forecasting(text))).toEqual([forecasted(text)]);
    expect(after(planned, told(forecasted('2018-07-01'), '2018-03-01'), told(forecasted(text), '2018-04-01'))).toMatchObject({
      status: 'forecast',
      forecast: date(text),
    });
  });
  it('stays quiet about the same forecast of the same time by the same party', () => {
    const story = [planned, told(forecasted('2018-07-01'), '2018-03-01', { assertedBy: KS })];
    const same = { ...now, occurred: '../2018-03-01', assertedBy: KS };
    expect(say(story, forecasting('2018-07-01'), same)).toEqual([]);
    expect(say(story, forecasting('2018-07-01'), { ...same, occurred: '2018-04-01' })).toHaveLength(1);
    expect(say(story, forecasting('2018-07-01'), { ...now, occurred: '../2018-03-01' })).toHaveLength(1);
  });
  it('accepts a late forecast, of a time before it was reached, and refuses one of a later time', () => {
    const story = [planned, told(reached, '2018-06-10', { occurred: '2018-06-05' })];
    expect(say(story, forecasting('2018-07-01'), { ...now, occurred: '2018-03-01' })).toEqual([forecasted('2018-07-01')]);
    expect(codeOf(say(story, forecasting('2018-07-01')))).toBe('ALREADY_REACHED');
    expect(after(...story, told(forecasted('2018-07-01'), '2018-11-01', { occurred: '2018-03-01' }))).toMatchObject({
      status: 'reached',
      actual: date('2018-06-05'),
      forecast: date('2018-07-01'),
    });
  });
  it('gives a missed milestone a new date: it is waited for again', () => {
    expect(stateOf(planned, told(missed, '2018-06-02'))).toBe('MISSED');
    expect(stateOf(planned, told(missed, '2018-06-02'), told(forecasted('2018-09'), '2018-06-03'))).toBe('FORECAST');
    expect(stateOf(planned, told(missed, '2018-06-02'), told(forecasted(null, 'RED'), '2018-06-03'))).toBe('MISSED');
  });
});
