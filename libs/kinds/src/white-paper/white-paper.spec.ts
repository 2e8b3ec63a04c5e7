import {
  ITEM,
  OTHER,
  SOURCE,
  STORTINGET,
  advance,
  after,
  announced,
  codeOf,
  data,
  ordering,
  presented,
  say,
  sourced,
  start,
  summary,
  targets,
  to,
  unsourced,
} from '../../testing/culture-paper.js';
import { date } from '../../testing/telling.js';
import { asWritten, walk } from '../../testing/walk.js';
import { whitePaper, type Rapporteur, type ReachedStage, type WhitePaperCommand } from './index.js';

const rapporteur = (of: string, party: string | null): Rapporteur => ({
  person: { sealed: of.repeat(43), person: `person-7d0c8a1e-3f52-4b6d-8e9a-1c2b3d4e5f6${of}` },
  party,
});

describe('a white paper is announced', () => {
  it('produces the founding event, and is expected', () => {
    expect(say([], { type: 'AnnounceWhitePaper', ...data })).toEqual([announced]);
    expect(summary(start)).toEqual({
      title: 'Ny kulturmelding',
      references: [],
      state: 'EXPECTED',
      subtype: 'KULTURMELDING',
      open: true,
      projects: [],
      body: null,
    });
  });
  it('refuses to be announced twice, and anything before it is announced', () => {
    expect(codeOf(say([start], { type: 'AnnounceWhitePaper', ...data }))).toBe('ALREADY_ANNOUNCED');
    expect(codeOf(say([], advance('PRESENTED')))).toBe('NOT_ANNOUNCED');
    expect(codeOf(say([], { type: 'RecordOrder', ...ordering }))).toBe('NOT_ANNOUNCED');
    expect(codeOf(say([], { type: 'JudgeWhitePaper', order: null, outcome: 'FULFILLED' }))).toBe('NOT_ANNOUNCED');
  });
});

describe('a stage is reached', () => {
  it('produces the stage; any may be skipped', () => {
    expect(say([start], advance('DEBATED'), { occurred: '2019-05-14' })).toEqual([to('DEBATED')]);
    expect(summary(start, sourced(to('DEBATED'), '2019-05-14')).state).toBe('DEBATED');
  });
  it('may be filled in later, and takes its place', () => {
    const story = [start, sourced(to('DEBATED'), '2019-05-14')];
    expect(say(story, advance('PRESENTED', { number: 8 }), { occurred: '2018-11-23' })).toEqual([
      to('PRESENTED', { number: 8, session: '2018–2019' }),
    ]);
    const paper = after(...story, sourced(to('PRESENTED', { number: 8, session: '2018–2019' }), '2019-06-01', { occurred: '2018-11-23' }));
    expect(paper.steps.map(({ stage, occurred }) => `${stage} ${occurred.text}`)).toEqual([
      'EXPECTED ../2017-03-01',
      'PRESENTED 2018-11-23',
      'DEBATED 2019-05-14',
    ]);
    expect(whitePaper.summarise(paper).state).toBe('DEBATED');
  });
  it('is never invented: without a source it is refused', () => {
    expect(codeOf(unsourced([start], advance('REFERRED')))).toBe('SOURCE_REQUIRED');
  });
  it('is reached once, but for what comes several times', () => {
    const again = (stage: ReachedStage) =>
      say([start, sourced(to(stage), '2018-11-23')], advance(stage, { text: 'På nytt' }), { occurred: '2018-11-30' });
    expect(codeOf(again('PRESENTED'))).toBe('STAGE_ALREADY_REACHED');
    expect(codeOf(again('RESOLVED'))).toBe('STAGE_ALREADY_REACHED');
    for (const stage of ['INPUT', 'IN_COMMITTEE', 'FOLLOWED_UP'] as const) expect(again(stage)).toHaveLength(1);
  });
  it('stays quiet when the record already says as much', () => {
    expect(say([start, presented], advance('PRESENTED', { number: 8 }), { occurred: '2018-11-23' })).toEqual([]);
    expect(say([start, presented], advance('PRESENTED'), { occurred: '2018' })).toEqual([]);
    const [saga, ola] = [rapporteur('1', 'Ap'), rapporteur('2', null)];
    const story = [start, sourced(to('IN_COMMITTEE', { rapporteurs: [saga, ola] }), '2018-12-01')];
    const said = (...rapporteurs: readonly Rapporteur[]) =>
      say(story, advance('IN_COMMITTEE', { rapporteurs }), { occurred: '2018-12-01' });
    expect([said(), said(ola), said(ola, saga), said({ ...saga, party: null })]).toEqual([[], [], [], []]);
    expect([said(rapporteur('3', null)), said({ ...ola, party: 'H' })].map((events) => (events as readonly unknown[]).length)).toEqual([
      1, 1,
    ]);
    expect(codeOf(say([start, presented], advance('PRESENTED', { number: 9 }), { occurred: '2018-11-23' }))).toBe('STAGE_ALREADY_REACHED');
  });
  it('cannot come before what came before it', () => {
    expect(codeOf(say([start, presented], advance('DEBATED'), { occurred: '2018-11-22' }))).toBeNull();
    const debated = sourced(to('DEBATED'), '2019-05-14', { occurred: '2019-05' });
    expect(codeOf(say([start, debated], advance('RECOMMENDED'), { occurred: '2019-06-01' }))).toBe('STAGES_OUT_OF_ORDER');
    expect(say([start, debated], advance('RECOMMENDED'), { occurred: '2019-05-31' })).toHaveLength(1);
    expect(codeOf(say([start, sourced(to('RECOMMENDED'), '2019-03-01', { occurred: '2019-03-01/2019-05-01' })], advance('REFERRED'), {
      occurred: '2019-05-02',
    }))).toBe('STAGES_OUT_OF_ORDER'); // prettier-ignore
  });
});

describe('a number belongs to a session', () => {
  it.each([
    ['2018-11-23', '2018–2019'],
    ['2018-10-01', '2018–2019'],
    ['2018-08-31', '2017–2018'],
    ['2018-12', '2018–2019'],
  ])('told by the date %s: %s', (occurred, session) => {
    expect(say([start], advance('PRESENTED', { number: 8 }), { occurred })).toEqual([to('PRESENTED', { number: 8, session })]);
  });
  it('that must be given where the date does not tell it', () => {
    expect(codeOf(say([start], advance('PRESENTED', { number: 8 }), { occurred: '2018' }))).toBe('SESSION_REQUIRED');
    expect(say([start], advance('PRESENTED', { number: 8, session: '2018–2019' }), { occurred: '2018' })).toHaveLength(1);
    expect(say([start], advance('PRESENTED'), { occurred: '2018' })).toEqual([to('PRESENTED')]);
  });
  it('that may be the one to come when it was approved in September, with the budget: the date does not tell', () => {
    const approved = { occurred: '2018-09-28' };
    expect(codeOf(say([start], advance('PRESENTED', { number: 1 }), approved))).toBe('SESSION_REQUIRED');
    for (const session of ['2017–2018', '2018–2019'])
      expect(say([start], advance('PRESENTED', { number: 1, session }), approved)).toEqual([to('PRESENTED', { number: 1, session })]);
    expect(codeOf(say([start], advance('PRESENTED', { number: 1, session: '2019–2020' }), approved))).toBe('SESSION_DISAGREES');
  });
  it('in which it must have been presented', () => {
    expect(codeOf(say([start], advance('PRESENTED', { number: 8, session: '2017–2018' }), { occurred: '2018-11-23' }))).toBe(
      'SESSION_DISAGREES',
    );
  });
  it('and makes the reference, beside the recommendation’s', () => {
    const paper = [start, presented, sourced(to('RECOMMENDED', { reference: 'Innst. 258 S (2018–2019)' }), '2019-05-07')];
    expect(summary(...paper).references).toEqual(['Meld. St. 8 (2018–2019)', 'Innst. 258 S (2018–2019)']);
    expect(summary(start, sourced(to('RECOMMENDED', { reference: 'Innst. 258 S (2018–2019)' }), '2019-05-07')).references).toEqual([]);
    const old = sourced(to('PRESENTED', { reference: 'St.meld. nr. 48 (2002–2003)' }), '2019-05-07');
    expect(summary(start, old).references).toEqual(['St.meld. nr. 48 (2002–2003)']);
  });
});

describe('the state table of a white paper', () => {
  it('is walked: every state has a command in, and out unless it is final', () => {
    const stages: readonly ReachedStage[] = [
      'INPUT', 'PRESENTED', 'REFERRED', 'IN_COMMITTEE', 'RECOMMENDED', 'DEBATED', 'RESOLVED', 'FOLLOWED_UP',
    ]; // prettier-ignore
    const commands: WhitePaperCommand[] = [
      { type: 'AnnounceWhitePaper', ...data },
      ...stages.map((stage) => advance(stage)),
      { type: 'MergeWhitePaper', into: OTHER },
      { type: 'SupersedeWhitePaper', by: OTHER },
      { type: 'WithdrawWhitePaper' },
      { type: 'RecordOrder', ...ordering },
      { type: 'PlanWhitePaper', planned: date('2019') },
      { type: 'JudgeWhitePaper', order: null, outcome: 'PARTLY' },
    ];
    expect(walk(whitePaper, ITEM, commands, STORTINGET, targets, SOURCE)).toEqual(asWritten(whitePaper));
    expect([...new Set(commands.map(({ type }) => type))].sort()).toEqual(Object.keys(whitePaper.commands).sort());
  });
});
