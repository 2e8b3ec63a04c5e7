import {
  COUNCIL,
  ITEM,
  KS,
  OTHER,
  adopted,
  after,
  allowedOf,
  assigned,
  closedAs,
  codeOf,
  everyPointClosed,
  other,
  point,
  proposed,
  recordedAs,
  repealed,
  resolutionClosed,
  say,
  summaryOf,
  superseded,
  told,
} from '../../testing/board-resolution.js';
import { readAs, recorded } from '../../testing/telling.js';
import { foldLinks } from '@saksgang/kernel';
import { resolution, type RecordResolution, type ResolutionEvent } from './index.js';

const founding = recordedAs('ADOPTED');
const record: RecordResolution = {
  type: 'RecordResolution',
  ...(founding as Extract<ResolutionEvent, { type: 'ResolutionRecorded' }>).data,
};

describe('a resolution is recorded', () => {
  it('produces the founding event with every point as given', () => {
    expect(say([], record)).toEqual([founding]);
  });
  it('refuses to record what is on record already', () => {
    expect(codeOf(say([adopted], record))).toBe('ALREADY_RECORDED');
  });
  it('refuses any other command before it', () => {
    expect(codeOf(say([], { type: 'CloseResolution' }))).toBe('NOT_RECORDED');
    expect(codeOf(say([], { type: 'AssignPoint', point: '3', owner: KS, deadline: null }))).toBe('NOT_RECORDED');
    expect(codeOf(say([], { type: 'AddTextVariant', medium: 'LETTER', title: null, text: 'x' }))).toBe('NOT_RECORDED');
  });
  it('is listed by its case number, its type and its body, and is open while a point is', () => {
    expect(summaryOf(adopted)).toEqual({
      title: 'Kultur for framtida',
      references: ['18/01456'],
      state: 'ADOPTED',
      subtype: 'VEDTAK',
      open: true,
      projects: [],
      body: null,
    });
    expect(summaryOf(told(recordedAs('ADOPTED', [point('PREMISE', 'Et premiss.')]), '2018-10-03')).open).toBe(false);
  });
});

describe('a proposal is adopted', () => {
  const adopt = { type: 'AdoptResolution', meeting: 'Møte 7' } as const;
  it('produces the adoption, and is decided from then on', () => {
    expect(say([proposed], adopt)).toEqual([{ type: 'ResolutionAdopted', data: { meeting: 'Møte 7' } }]);
    expect(after(proposed).decided.text).toBe('unknown');
    const state = after(
      proposed,
      told({ type: 'ResolutionAdopted', data: { meeting: 'Møte 7' } }, '2018-10-10', { occurred: '2018-10-03' }),
    );
    expect([state.status, state.decided.text, state.meeting]).toEqual(['adopted', '2018-10-03', 'Møte 7']);
  });
  it('keeps the meeting it was proposed for where the adoption names none, and is open until then', () => {
    const founding = recordedAs('PROPOSED', [point('PREMISE', 'Et premiss.')]) as Extract<ResolutionEvent, { type: 'ResolutionRecorded' }>;
    const story = [told({ ...founding, data: { ...founding.data, meeting: 'Møte 7' } }, '2018-09-01')];
    expect(summaryOf(...story)).toMatchObject({ state: 'PROPOSED', open: true });
    const adoption = told({ type: 'ResolutionAdopted', data: { meeting: null } }, '2018-10-03');
    expect([after(...story, adoption).meeting, summaryOf(...story, adoption).open]).toEqual(['Møte 7', false]);
  });
  it('stays quiet when that is all known', () => {
    expect(say([adopted], { type: 'AdoptResolution', meeting: null })).toEqual([]);
  });
  it('refuses what is adopted already, and says how to sharpen the date', () => {
    const again = say([adopted], { type: 'AdoptResolution', meeting: null }, { occurred: '2018-09-12' });
    expect([codeOf(again), allowedOf(again)]).toEqual(['ALREADY_ADOPTED', ['establishDate', 'correctEntry']]);
  });
  it('refuses follow-up, amendment and end of what is only proposed', () => {
    for (const command of [
      { type: 'AssignPoint', point: '3', owner: KS, deadline: null },
      { type: 'JudgePoint', point: '3', outcome: 'FULFILLED' },
      { type: 'AmendResolution', by: null, changes: [{ change: 'STRUCK', point: '3' }] },
      { type: 'RepealResolution', by: null },
      { type: 'CloseResolution' },
    ] as const) {
      const refused = say([proposed], command, { reason: 'Fordi' });
      expect([command.type, codeOf(refused), allowedOf(refused)]).toEqual([command.type, 'NOT_ADOPTED', ['adoptResolution']]);
    }
  });
});

describe('a resolution is superseded or repealed', () => {
  const supersede = { type: 'SupersedeResolution', by: OTHER } as const;
  it('produces the end, with the title of what ended it', () => {
    expect(say([adopted], supersede, { targets: [other()] })).toEqual([superseded]);
    expect(say([adopted], { type: 'RepealResolution', by: null })).toEqual([repealed]);
  });
  it('makes the link itself, from the other resolution to this one', () => {
    const linksAfter = (event: ResolutionEvent) =>
      foldLinks(resolution, ITEM, readAs(recorded(ITEM, [adopted, told(event, '2019-01-01')])).facts);
    expect(linksAfter(superseded)).toEqual([
      expect.objectContaining({ relation: 'SUPERSEDES', source: OTHER, target: ITEM, declared: true }),
    ]);
    expect(linksAfter({ type: 'ResolutionRepealed', data: { by: OTHER, byTitle: 'X' } })).toEqual([
      expect.objectContaining({ relation: 'REPEALS', source: OTHER, target: ITEM }),
    ]);
    expect(linksAfter({ type: 'ResolutionAmended', data: { by: OTHER, byTitle: 'X', changes: [] } })).toEqual([
      expect.objectContaining({ relation: 'AMENDS', source: OTHER, target: ITEM }),
    ]);
    expect(linksAfter(repealed)).toEqual([]);
  });
  it('stays quiet when it is already so', () => {
    expect(say([adopted, told(superseded, '2019-01-01')], supersede, { targets: [other()] })).toEqual([]);
    expect(say([adopted, told(repealed, '2019-01-01')], { type: 'RepealResolution', by: null })).toEqual([]);
  });
  it('refuses that a resolution ends itself, or that a mere proposal ends one', () => {
    expect(codeOf(say([adopted], { type: 'SupersedeResolution', by: ITEM }))).toBe('ITSELF');
    expect(codeOf(say([adopted], supersede, { targets: [other('PROPOSED')] }))).toBe('BY_NOT_ADOPTED');
  });
  it('is final for follow-up, whatever the day of the command, and open to verdicts, votes and variants', () => {
    for (const end of [superseded, repealed]) {
      const story = [adopted, told(end, '2019-01-01')];
      for (const command of [
        { type: 'AssignPoint', point: '3', owner: KS, deadline: null },
        { type: 'ReportPoint', point: '3', text: 'Ferdig.' },
        { type: 'AmendResolution', by: null, changes: [{ change: 'STRUCK', point: '3' }] },
        { type: 'CloseResolution' },
        { type: 'AdoptResolution', meeting: 'Møte 9' },
      ] as const)
        expect([command.type, codeOf(say(story, command, { occurred: '2018-11-01' }))]).toEqual([
          command.type,
          command.type === 'AdoptResolution' ? 'ALREADY_ADOPTED' : 'FINAL',
        ]);
      expect(codeOf(say(story, { type: 'JudgePoint', point: '3', outcome: 'PARTLY' }, { reason: 'Halvveis' }))).toBeNull();
      expect(codeOf(say(story, { type: 'AddTextVariant', medium: 'LETTER', title: null, text: 'x' }))).toBeNull();
    }
    expect(codeOf(say([adopted, told(repealed, '2019-01-01')], supersede, { targets: [other()] }))).toBe('FINAL');
  });
});

describe('a resolution is closed', () => {
  it('produces the closing when every point that asks for something is closed', () => {
    expect(say([adopted, ...everyPointClosed('2019-01-01')], { type: 'CloseResolution' })).toEqual([resolutionClosed]);
    expect(summaryOf(adopted, ...everyPointClosed('2019-01-01'), told(resolutionClosed, '2019-01-02'))).toMatchObject({
      state: 'CLOSED',
      open: false,
    });
  });
  it('refuses while points are open, and names them', () => {
    const refused = say([adopted, told(closedAs('3'), '2019-01-01'), told(assigned('2.1'), '2019-01-01')], { type: 'CloseResolution' });
    expect(codeOf(refused)).toBe('POINTS_STILL_OPEN');
    expect(refused).toMatchObject({
      message: { nb: 'Vedtaket har punkter som ikke er avsluttet: 2.1, 2.2, 2.3.1, 2.3.2, 3.1.' },
      allowed: ['closePoint'],
    });
  });
  it('stays quiet when it is closed', () => {
    expect(say([adopted, ...everyPointClosed('2019-01-01'), told(resolutionClosed, '2019-01-02')], { type: 'CloseResolution' })).toEqual(
      [],
    );
  });
});

describe('votes and text variants', () => {
  const vote = {
    type: 'RecordVote',
    point: '3',
    unanimous: false,
    inFavour: 12,
    against: 1,
    abstained: null,
    dissents: [{ party: COUNCIL, text: null }],
  } as const;
  it('produces a vote on the whole or on a point, on a proposal too', () => {
    const { type: _, ...data } = vote;
    expect(say([proposed], vote)).toEqual([{ type: 'VoteRecorded', data }]);
    expect(say([adopted], { ...vote, point: null })).toEqual([{ type: 'VoteRecorded', data: { ...data, point: null } }]);
    expect(say([adopted, told({ type: 'VoteRecorded', data }, '2019-01-01')], vote)).toEqual([]);
  });
  it('does not have to know whether it was unanimous', () => {
    const { type: _, ...data } = { ...vote, unanimous: null };
    expect(say([adopted], { ...vote, unanimous: null })).toEqual([{ type: 'VoteRecorded', data }]);
    expect(codeOf(say([adopted, told({ type: 'VoteRecorded', data }, '2019-01-01')], vote))).toBeNull();
    expect(say([adopted, told({ type: 'VoteRecorded', data }, '2019-01-01')], { ...vote, unanimous: null })).toEqual([]);
  });
  it('refuses a vote on no point of this resolution, and one that contradicts itself', () => {
    expect(codeOf(say([adopted], { ...vote, point: '3.2' }))).toBe('UNKNOWN_POINT');
    expect(codeOf(say([adopted], { ...vote, unanimous: true, against: 0 }))).toBe('VOTE_CONTRADICTS_ITSELF');
    expect(codeOf(say([adopted], { ...vote, unanimous: true, dissents: [] }))).toBe('VOTE_CONTRADICTS_ITSELF');
  });
  it('produces a variant once, and stays quiet when the same comes again', () => {
    const variant = { medium: 'WEB_PAGE', title: null, text: 'KS vil løfte fram kulturen.' } as const;
    expect(say([adopted], { type: 'AddTextVariant', ...variant })).toEqual([{ type: 'TextVariantAdded', data: variant }]);
    expect(say([adopted, told({ type: 'TextVariantAdded', data: variant }, '2019-01-01')], { type: 'AddTextVariant', ...variant })).toEqual(
      [],
    );
  });
});
