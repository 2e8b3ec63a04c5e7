import { isRefusal } from '@saksgang/kernel';
import {
  ITEM,
  OTHER,
  advance,
  after,
  announced,
  codeOf,
  data,
  merged,
  planned,
  presented,
  say,
  sourced,
  start,
  summary,
  to,
  told,
  withdrawn,
} from '../../testing/culture-paper.js';
import { date, entryIdAt, type Told } from '../../testing/telling.js';
import { whitePaper, type WhitePaperCommand, type WhitePaperEvent } from './index.js';

describe('the presentation is planned', () => {
  const plan = (text: string): WhitePaperCommand => ({ type: 'PlanWhitePaper', planned: date(text) });
  const story = [start, told(planned('2018-06'), '2017-05-01'), told(planned('2018-12'), '2018-05-01', { reason: 'Mer innspill' })];

  it('produces each new plan, and keeps those before it', () => {
    expect(say([start], plan('2018-06'))).toEqual([planned('2018-06')]);
    expect(after(...story).plans.map(({ date: { text }, reason }) => [text, reason])).toEqual([
      ['2018-06', null],
      ['2018-12', 'Mer innspill'],
    ]);
    expect(whitePaper.facets(after(...story)).slip).toEqual({ first: date('2018-06'), current: date('2018-12') });
  });
  it('counts the plan of the announcement as the first', () => {
    const paper = after(told({ ...announced, data: { ...data, planned: date('2018', 'i 2018') } }, '2017-03-01'));
    expect(paper.plans).toMatchObject([{ entry: entryIdAt(0), date: { text: '2018', asWritten: 'i 2018' } }]);
  });
  it('stays quiet about the plan in force, and is news again after another', () => {
    expect(say(story, plan('2018-12'))).toEqual([]);
    expect(say(story, plan('2018-06'))).toHaveLength(1);
  });
  it('refuses a plan for what has been presented, but takes one of an earlier time', () => {
    expect(codeOf(say([start, presented], plan('2019-01')))).toBe('ALREADY_PRESENTED');
    expect(say([start, presented], plan('2018-10'), { occurred: '2018-02-01' })).toEqual([planned('2018-10')]);
  });
  it('is waited for until it happens or the paper ends; postponed with no date, nobody waits', () => {
    const due = (...more: readonly Told[]) => whitePaper.facets(after(...story, ...more)).dues.map(({ date: on, met }) => [on.text, met]);
    expect(due()).toEqual([['2018-12', false]]);
    expect(due(presented)).toEqual([['2018-12', true]]);
    expect(due(told(withdrawn, '2018-09-01'))).toEqual([['2018-12', true]]);
    expect(due(told(planned('unknown'), '2018-09-01'))).toEqual([]);
    expect(whitePaper.facets(after(start))).toMatchObject({ dues: [], slip: null });
  });
});

describe('a paper ends', () => {
  const merge: WhitePaperCommand = { type: 'MergeWhitePaper', into: OTHER };
  const supersede: WhitePaperCommand = { type: 'SupersedeWhitePaper', by: OTHER };
  const withdraw: WhitePaperCommand = { type: 'WithdrawWhitePaper' };
  const superseded: WhitePaperEvent = { type: 'WhitePaperSuperseded', data: { by: OTHER, byTitle: 'Melding om barnekultur' } };

  it('merged, superseded or withdrawn, with the other paper’s title', () => {
    expect([say([start], merge), say([start], supersede), say([start], withdraw)]).toEqual([[merged], [superseded], [withdrawn]]);
    expect(whitePaper.links(merged)).toMatchObject([{ relation: 'MERGED_INTO', target: OTHER, inverse: false }]);
    expect(whitePaper.links(superseded)).toMatchObject([{ relation: 'SUPERSEDES', target: OTHER, inverse: true }]);
  });
  it('not by itself', () => {
    expect(codeOf(say([start], { type: 'MergeWhitePaper', into: ITEM }))).toBe('ITSELF');
    expect(codeOf(say([start], { type: 'SupersedeWhitePaper', by: ITEM }))).toBe('ITSELF');
  });
  it('and stays quiet when told so again', () => {
    expect(say([start, told(merged, '2018-01-01')], merge)).toEqual([]);
    expect(say([start, told(superseded, '2018-01-01')], supersede)).toEqual([]);
    expect(say([start, told(withdrawn, '2018-01-01')], withdraw)).toEqual([]);
  });
  it('once: nothing goes further then, and the refusal names where it went', () => {
    for (const [event, other] of [
      [merged, withdraw],
      [withdrawn, merge],
      [superseded, withdraw],
    ] as const) {
      const decision = say([start, told(event, '2018-01-01')], other);
      expect(codeOf(decision)).toBe('FINAL');
      expect(isRefusal(decision) && decision.candidates).toEqual(event === withdrawn ? [] : [OTHER]);
      expect(codeOf(say([start, told(event, '2018-01-01')], advance('PRESENTED')))).toBe('FINAL');
      expect(codeOf(say([start, told(event, '2018-01-01')], { type: 'PlanWhitePaper', planned: date('2020') }))).toBe('FINAL');
    }
  });
  it('takes in what came before the end', () => {
    const story = [start, told(merged, '2018-06-01')];
    expect(say(story, advance('INPUT'), { occurred: '2017-06-12' })).toEqual([to('INPUT')]);
    expect(after(...story, sourced(to('INPUT'), '2019-06-01', { occurred: '2017-06-12' }))).toMatchObject({
      status: 'merged',
      steps: [{ stage: 'EXPECTED' }, { stage: 'INPUT' }, { stage: 'MERGED' }],
    });
  });
  it('merged only before it is presented, withdrawn only before it is resolved', () => {
    expect(codeOf(say([start, presented], merge))).toBe('ALREADY_PRESENTED');
    expect(say([start, presented], withdraw)).toHaveLength(1);
    expect(codeOf(say([start, presented, sourced(to('RESOLVED'), '2019-05-14')], withdraw))).toBe('ALREADY_RESOLVED');
    expect(say([start, presented, sourced(to('RESOLVED'), '2019-05-14')], supersede)).toHaveLength(1);
  });
  it('has nothing open once the Storting has resolved', () => {
    expect([summary(start, presented).open, summary(start, presented, sourced(to('RESOLVED'), '2019-05-14')).open]).toEqual([true, false]);
  });
});
