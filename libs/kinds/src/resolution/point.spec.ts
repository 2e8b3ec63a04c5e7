import {
  COUNCIL,
  ITEM,
  KS,
  OTHER,
  PERSON,
  adopted,
  after,
  allowedOf,
  assigned,
  closedAs,
  codeOf,
  everyPointClosed,
  other,
  pointAfter,
  reported,
  resolutionClosed,
  say,
  started,
  told,
} from '../../testing/board-resolution.js';
import type { ClosePoint, PointCommand, ResolutionEvent } from './index.js';

const assign = { type: 'AssignPoint', point: '3', owner: KS, deadline: { text: '2019-03-01', asWritten: null } } as const;
const close: ClosePoint = { type: 'ClosePoint', point: '3', closedAs: 'CARRIED_OUT', replacedBy: null, verdict: null };
const judge = { type: 'JudgePoint', point: '3', outcome: 'FULFILLED' } as const;
const reopened: ResolutionEvent = { type: 'PointReopened', data: { point: '3' } };
const onPoint3: readonly PointCommand[] = [
  assign,
  { type: 'StartPoint', point: '3', text: null },
  { type: 'ReportPoint', point: '3', text: 'Ferdig.' },
  close,
  { type: 'ReopenPoint', point: '3' },
  judge,
];
const because = { reason: 'Som protokollert' };

describe('any follow-up of a point', () => {
  it.each(onPoint3.map((command) => [command.type, command] as const))(
    '%s refuses a point that is not there, and names those that are',
    (_type, command) => {
      const refused = say([adopted], { ...command, point: '4' }, because);
      expect(codeOf(refused)).toBe('UNKNOWN_POINT');
      expect(refused).toMatchObject({ whatToDo: { nb: 'Vis til et av punktene: 1, 2, 2.1, 2.2, 2.3, 2.3.1, 2.3.2, 3, 3.1.' } });
    },
  );
  it.each(onPoint3.map((command) => [command.type, command] as const))(
    '%s refuses a premise, a lead-in and a struck point',
    (_type, command) => {
      expect(codeOf(say([adopted], { ...command, point: '1' }, because))).toBe('NOTHING_TO_FOLLOW_UP');
      expect(codeOf(say([adopted], { ...command, point: '2.3' }, because))).toBe('NOTHING_TO_FOLLOW_UP');
      const struck: ResolutionEvent = {
        type: 'ResolutionAmended',
        data: { by: null, byTitle: null, changes: [{ change: 'STRUCK', point: '3' }] },
      };
      expect(codeOf(say([adopted, told(struck, '2019-01-01')], command, because))).toBe('POINT_STRUCK');
    },
  );
});

describe('a point is assigned', () => {
  it('produces owner and deadline', () => {
    expect(say([adopted], assign)).toEqual([{ type: 'PointAssigned', data: { point: '3', owner: KS, deadline: assign.deadline } }]);
    expect(pointAfter('3', adopted, told(assigned('3', PERSON), '2019-01-01'))).toMatchObject({ state: 'ASSIGNED', owner: PERSON });
  });
  it('stays quiet for the same owner and deadline, and produces another of either', () => {
    const story = [adopted, told(assigned('3', KS, '2019-03-01'), '2019-01-01')];
    expect(say(story, assign)).toEqual([]);
    expect(say(story, { ...assign, owner: COUNCIL })).toHaveLength(1);
    expect(say(story, { ...assign, deadline: null })).toHaveLength(1);
  });
  it('knows a person again although the name is sealed anew', () => {
    const again = { body: null, name: { ...(PERSON.name as { sealed: string; person: string }), sealed: 'B'.repeat(43) } };
    expect(say([adopted, told(assigned('3', PERSON), '2019-01-01')], { ...assign, owner: again, deadline: null })).toEqual([]);
  });
  it('may change the owner of work that is under way, which stays under way', () => {
    expect(pointAfter('3', adopted, told(started('3'), '2019-01-01'), told(assigned('3', COUNCIL), '2019-02-01'))).toMatchObject({
      state: 'IN_PROGRESS',
      owner: COUNCIL,
    });
  });
  it('refuses a closed point, and says to reopen it', () => {
    const refused = say([adopted, told(closedAs('3'), '2019-01-01')], assign);
    expect([codeOf(refused), allowedOf(refused)]).toEqual(['POINT_CLOSED', ['reopenPoint']]);
  });
});

describe('work on a point', () => {
  it('starts from open or assigned', () => {
    expect(say([adopted], { type: 'StartPoint', point: '3', text: null })).toEqual([started('3')]);
    expect(pointAfter('3', adopted, told(assigned('3'), '2019-01-01'), told(started('3'), '2019-01-02')).state).toBe('IN_PROGRESS');
  });
  it('starts once: quiet when nothing is added, else refused', () => {
    const story = [adopted, told(started('3'), '2019-01-01')];
    expect(say(story, { type: 'StartPoint', point: '3', text: null })).toEqual([]);
    expect(codeOf(say(story, { type: 'StartPoint', point: '3', text: 'På nytt.' }))).toBe('ALREADY_STARTED');
    expect(codeOf(say([adopted, told(reported('3'), '2019-01-01')], { type: 'StartPoint', point: '3', text: null }))).toBe(
      'ALREADY_STARTED',
    );
  });
  it('is reported from any state but closed, again and again', () => {
    expect(say([adopted], { type: 'ReportPoint', point: '3', text: 'Stillingen er lyst ut.' })).toEqual([reported('3')]);
    const twice = pointAfter(
      '3',
      adopted,
      told(reported('3'), '2019-01-01', { assertedBy: KS }),
      told(reported('3', 'Tilsatt.'), '2019-02-01'),
    );
    expect([twice.state, twice.reports.map(({ text, assertedBy }) => [text, assertedBy])]).toEqual([
      'REPORTED',
      [
        ['Stillingen er lyst ut.', KS],
        ['Tilsatt.', null],
      ],
    ]);
    expect(codeOf(say([adopted, told(closedAs('3'), '2019-01-01')], { type: 'ReportPoint', point: '3', text: 'x' }))).toBe('POINT_CLOSED');
  });
  it('stays quiet when the same is reported of the same day by the same', () => {
    const story = [adopted, told(reported('3'), '2019-01-01', { occurred: '2018-12-20' })];
    const again = { type: 'ReportPoint', point: '3', text: 'Stillingen er lyst ut.' } as const;
    expect(say(story, again, { occurred: '2018-12-20' })).toEqual([]);
    expect(say(story, again, { occurred: '2019-01-20' })).toHaveLength(1);
    expect(say(story, again, { occurred: '2018-12-20', assertedBy: COUNCIL })).toHaveLength(1);
  });
});

describe('a point is closed', () => {
  const replaced: ClosePoint = { ...close, closedAs: 'REPLACED', replacedBy: { item: OTHER, point: '2' } };
  it('produces how, by what, and the verdict', () => {
    expect(say([adopted], close)).toEqual([closedAs('3')]);
    expect(say([adopted], { ...replaced, verdict: 'PARTLY' }, { ...because, targets: [other()] })).toEqual([
      {
        type: 'PointClosed',
        data: { point: '3', closedAs: 'REPLACED', replacedBy: { item: OTHER, point: '2', title: 'Kultur i ny tid' }, verdict: 'PARTLY' },
      },
    ]);
  });
  it('adds the verdict to those that stand', () => {
    const event: ResolutionEvent = {
      type: 'PointClosed',
      data: { point: '3', closedAs: 'LAPSED', replacedBy: null, verdict: 'NOT_FULFILLED' },
    };
    expect(pointAfter('3', adopted, told(event, '2019-01-01', { reason: 'Ingen midler', assertedBy: KS }))).toMatchObject({
      state: 'CLOSED',
      closedAs: 'LAPSED',
      verdicts: [{ outcome: 'NOT_FULFILLED', reason: 'Ingen midler', assertedBy: KS }],
    });
  });
  it('refuses «replaced» without what replaced it, what replaced it without «replaced», and itself', () => {
    expect(codeOf(say([adopted], { ...replaced, replacedBy: null }))).toBe('REPLACEMENT_REQUIRED');
    expect(codeOf(say([adopted], { ...replaced, closedAs: 'LAPSED' }, { targets: [other()] }))).toBe('REPLACEMENT_NOT_EXPECTED');
    expect(codeOf(say([adopted], { ...replaced, replacedBy: { item: ITEM, point: '3' } }))).toBe('ITSELF');
    expect(codeOf(say([adopted], { ...replaced, replacedBy: { item: ITEM, point: null } }))).toBe('ITSELF');
    expect(codeOf(say([adopted], { ...replaced, replacedBy: { item: ITEM, point: '3.1' } }))).toBeNull();
  });
  it('refuses a verdict without a reason', () => {
    expect(codeOf(say([adopted], { ...close, verdict: 'FULFILLED' }))).toBe('REASON_REQUIRED');
  });
  it('stays quiet when it is closed so already, and refuses another way', () => {
    const story = [adopted, told(closedAs('3'), '2019-01-01')];
    expect(say(story, close)).toEqual([]);
    expect(codeOf(say(story, { ...close, closedAs: 'LAPSED' }))).toBe('POINT_CLOSED');
    expect(codeOf(say(story, { ...close, verdict: 'FULFILLED' }, because))).toBe('POINT_CLOSED');
  });
  it('stays quiet only for the same replacement', () => {
    const replacedBy = { item: OTHER, point: '2', title: 'Kultur i ny tid' };
    const story = [
      adopted,
      told({ type: 'PointClosed', data: { point: '3', closedAs: 'REPLACED', replacedBy, verdict: null } }, '2019-01-01'),
    ];
    expect(say(story, replaced, { targets: [other()] })).toEqual([]);
    expect(codeOf(say(story, { ...replaced, replacedBy: { item: OTHER, point: '1' } }, { targets: [other()] }))).toBe('POINT_CLOSED');
    expect(codeOf(say(story, { ...replaced, replacedBy: { item: ITEM, point: '2' } }))).toBe('POINT_CLOSED');
  });
});

describe('a point is reopened', () => {
  const reopen = { type: 'ReopenPoint', point: '3' } as const;
  it('produces the reopening, for a reason, and goes back to its owner', () => {
    expect(say([adopted, told(closedAs('3'), '2019-01-01')], reopen, because)).toEqual([reopened]);
    const story = [adopted, told(assigned('3'), '2019-01-01'), told(closedAs('3'), '2019-02-01')];
    expect(pointAfter('3', ...story, told(reopened, '2019-03-01'))).toMatchObject({ state: 'ASSIGNED', owner: KS, closedAs: null });
    expect(pointAfter('3', adopted, told(closedAs('3'), '2019-02-01'), told(reopened, '2019-03-01')).state).toBe('OPEN');
  });
  it('refuses without a reason, and a point that is not closed', () => {
    expect(codeOf(say([adopted, told(closedAs('3'), '2019-01-01')], reopen))).toBe('REASON_REQUIRED');
    expect(codeOf(say([adopted], reopen, because))).toBe('POINT_NOT_CLOSED');
  });
  it('brings a closed resolution back into follow-up', () => {
    const closed = [adopted, ...everyPointClosed('2019-01-01'), told(resolutionClosed, '2019-01-02')];
    expect(say(closed, reopen, because)).toEqual([reopened]);
    expect(after(...closed, told(reopened, '2019-02-01'))).toMatchObject({ status: 'adopted' });
    expect(after(...closed, told(reopened, '2019-02-01'))).not.toHaveProperty('closedOn');
  });
});

describe('a point is judged', () => {
  it('produces a verdict with its reason, in any state of the point', () => {
    for (const story of [[adopted], [adopted, told(closedAs('3'), '2019-01-01')]])
      expect(say(story, judge, because)).toEqual([{ type: 'PointJudged', data: { point: '3', outcome: 'FULFILLED' } }]);
    expect(codeOf(say([adopted], judge))).toBe('REASON_REQUIRED');
  });
  it('keeps opposite verdicts of two parties side by side', () => {
    const judged = (outcome: 'FULFILLED' | 'NOT_FULFILLED'): ResolutionEvent => ({ type: 'PointJudged', data: { point: '3', outcome } });
    const { verdicts } = pointAfter(
      '3',
      adopted,
      told(judged('FULFILLED'), '2019-01-01', { assertedBy: KS, reason: 'Tilsatt' }),
      told(judged('NOT_FULFILLED'), '2019-01-02', { assertedBy: COUNCIL, reason: 'Bare i vikariat' }),
    );
    expect(verdicts.map(({ outcome, assertedBy, reason }) => [outcome, assertedBy, reason])).toEqual([
      ['FULFILLED', KS, 'Tilsatt'],
      ['NOT_FULFILLED', COUNCIL, 'Bare i vikariat'],
    ]);
  });
  it('stays quiet when a party says what it last said, for the same reason', () => {
    const event: ResolutionEvent = { type: 'PointJudged', data: { point: '3', outcome: 'FULFILLED' } };
    const story = [adopted, told(event, '2019-01-01', { assertedBy: KS, reason: 'Tilsatt' })];
    expect(say(story, judge, { assertedBy: KS, reason: 'Tilsatt' })).toEqual([]);
    expect(say(story, judge, { assertedBy: COUNCIL, reason: 'Tilsatt' })).toHaveLength(1);
    expect(say(story, judge, { assertedBy: KS, reason: 'Tilsatt fast' })).toHaveLength(1);
    expect(say(story, { ...judge, outcome: 'PARTLY' }, { assertedBy: KS, reason: 'Tilsatt' })).toHaveLength(1);
  });
});
