import {
  MINISTRY,
  RESOLUTION,
  STORTINGET,
  after,
  announced,
  codeOf,
  merged,
  ordered,
  ordering,
  say,
  sourced,
  start,
  summary,
  told,
} from '../../testing/culture-paper.js';
import { entryIdAt, type Told } from '../../testing/telling.js';
import { whitePaper, type WhitePaperCommand, type WhitePaperEvent } from './index.js';

describe('an order stands to be judged', () => {
  const record: WhitePaperCommand = { type: 'RecordOrder', ...ordering };
  const judge = (order: string | null = '1'): WhitePaperCommand => ({ type: 'JudgeWhitePaper', order, outcome: 'PARTLY' });
  const judged = (outcome: 'PARTLY' | 'FULFILLED', order: string | null = '1'): WhitePaperEvent => ({
    type: 'WhitePaperJudged',
    data: { order, outcome },
  });
  const story = [start, told(ordered, '2017-06-13')];
  const reason = 'Levert som del av en annen melding';

  it('produces the order under a number that is never given again', () => {
    expect(say([start], record)).toEqual([ordered]);
    const retraction = told({ type: 'EntryRetracted', data: { entry: entryIdAt(1) } }, '2017-07-01', { reason: 'Feil melding' });
    expect(say([...story, retraction], record)).toEqual([{ ...ordered, data: { ...ordered.data, order: '2' } }]);
  });
  it('keeps the title of what gave it, and links to it', () => {
    const decision = say([start], { ...record, answers: { item: RESOLUTION, point: '1' } });
    expect(decision).toMatchObject([{ data: { answers: { item: RESOLUTION, point: '1', title: 'Vedtak 897' } } }]);
    const [event] = decision as readonly WhitePaperEvent[];
    expect(event && whitePaper.links(event)).toEqual([
      { relation: 'ANSWERS', target: RESOLUTION, targetPart: '1', part: '1', inverse: false },
    ]);
    expect(whitePaper.links(ordered)).toEqual([]);
  });
  it('stays quiet about an order already on record', () => {
    expect(say(story, record)).toEqual([]);
    expect(say(story, { ...record, reference: null })).toHaveLength(1);
  });
  it('is judged by several, side by side; the same again is no news', () => {
    const once = [...story, told(judged('PARTLY'), '2018-01-01', { reason, assertedBy: STORTINGET })];
    expect(say(once, judge(), { reason, assertedBy: STORTINGET })).toEqual([]);
    expect(say(once, judge(), { reason, assertedBy: { body: null, name: 'KS' } })).toHaveLength(1);
    const paper = after(...once, told(judged('FULFILLED'), '2018-02-01', { reason, assertedBy: MINISTRY }));
    expect(paper.verdicts.map(({ outcome, assertedBy }) => [outcome, assertedBy?.name])).toEqual([
      ['PARTLY', 'Stortinget'],
      ['FULFILLED', 'Kulturdepartementet'],
    ]);
    expect(whitePaper.facets(paper).verdicts.map(({ part }) => part)).toEqual(['1', '1']);
  });
  it('refuses a verdict without a reason, and on an order that is not there', () => {
    expect(codeOf(say(story, judge()))).toBe('REASON_REQUIRED');
    expect(codeOf(say(story, judge('2'), { reason }))).toBe('UNKNOWN_ORDER');
    expect(say(story, judge(null), { reason })).toHaveLength(1);
  });
  it('still stands, and is open, when the paper has been merged', () => {
    const ended = [...story, told(merged, '2018-01-01')];
    expect(summary(...ended)).toMatchObject({ state: 'MERGED', open: true });
    expect(say(ended, judge(), { reason })).toEqual([judged('PARTLY')]);
    expect(say(ended, { ...record, text: 'utrede' })).toHaveLength(1);
    expect(summary(...ended, told(judged('PARTLY'), '2018-02-01', { reason }))).toMatchObject({ state: 'MERGED', open: false });
  });
  it('wants a source', () => {
    const gaps = (order: Told) => whitePaper.facets(after(start, order)).gaps.map(({ rule, part, closedBy }) => [rule, part, ...closedBy]);
    expect(gaps(told(ordered, '2017-06-13'))).toEqual([['UNSOURCED', '1', 'correctEntry']]);
    expect(gaps(sourced(ordered, '2017-06-13'))).toEqual([]);
  });
  it('is a part of the paper', () => {
    expect([whitePaper.hasPart(after(...story), '1'), whitePaper.hasPart(after(...story), '2')]).toEqual([true, false]);
    expect([whitePaper.partOf(ordered), whitePaper.partOf(judged('PARTLY')), whitePaper.partOf(announced)]).toEqual(['1', '1', null]);
  });
});
