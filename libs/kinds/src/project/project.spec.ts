import { contradictions, isRefusal, type DomainEvent, type Party } from '@saksgang/kernel';
import { date, decided, entryIdAt, readAs, recorded, stateAs, type Circumstances, type Told } from '../../testing/telling.js';
import { asWritten, walk } from '../../testing/walk.js';
import { durationLabel, project, type Assessed, type Project, type ProjectCommand, type ProjectEvent } from './index.js';

const ITEM = 'project-11111111-1111-5111-8111-111111111111';
const KS: Party = { body: 'body-33333333-3333-5333-8333-333333333333', name: 'KS' };
const GROUP: Party = { body: 'body-44444444-4444-5444-8444-444444444444', name: 'Styringsgruppen for Oppspill' };

const data = {
  title: 'Kulturprosjektet Oppspill',
  aliases: ['Oppspill'],
  initiators: [KS],
  period: null,
  duration: 'P2Y',
  steeringGroup: GROUP,
};
const founding: ProjectEvent = { type: 'ProjectStarted', data };
const told = (event: ProjectEvent, on: string, more: Partial<Told> = {}): Told => ({ event, on, ...more });
const started = told(founding, '2016-06-10');
const closed: ProjectEvent = { type: 'ProjectClosed', data: {} };
const meeting = (held: string, title = 'Møte i styringsgruppen'): ProjectEvent => ({
  type: 'MeetingHeld',
  data: { title, held, shownAt: null },
});

const unassessed: Assessed = { light: 'NOT_ASSESSED', reason: null, action: null };
const late: Assessed = { light: 'YELLOW', reason: 'Medlemsdialogen er forsinket', action: 'Ny frist' };
const lights = {
  progress: late,
  economy: { ...unassessed, light: 'GREEN' },
  quality: unassessed,
  risk: unassessed,
  summary: null,
} as const;
const reporting: ProjectCommand = { type: 'ReportProjectStatus', ...lights };
const reported: ProjectEvent = { type: 'ProjectStatusReported', data: lights };

const say = (story: readonly Told[], command: ProjectCommand, circumstances: Circumstances) =>
  decided(project, ITEM, recorded(ITEM, story), command, circumstances);
const codeOf = (decision: unknown): string | null => (isRefusal(decision) ? decision.code : null);
const now = { today: '2018-11-01' };

describe('a project is started', () => {
  const command: ProjectCommand = { type: 'StartProject', ...data, aliases: ['Oppspill', 'Kulturprosjektet Oppspill', 'Oppspill'] };

  it('produces the founding event, each alias once and never the title itself', () => {
    expect(say([], command, now)).toEqual([founding]);
  });
  it('refuses to start what is already on record', () => {
    expect(codeOf(say([started], command, now))).toBe('ALREADY_STARTED');
  });
  it('is found by its short name and by its title', () => {
    expect(project.summarise(stateAs<Project>(project, recorded(ITEM, [started])))).toMatchObject({
      title: 'Kulturprosjektet Oppspill',
      references: ['Oppspill', 'Kulturprosjektet Oppspill'],
      state: 'STARTED',
      open: true,
      body: KS.body,
    });
  });
});

describe('a meeting is held', () => {
  const command = (held: string, shownAt: string | null = null): ProjectCommand => ({
    type: 'HoldMeeting',
    title: 'Møte i styringsgruppen',
    held,
    shownAt,
  });

  it('produces the meeting, on the day it was held', () => {
    expect(say([started], command('2018-10-20'), { ...now, occurred: '2018-10-20' })).toEqual([meeting('2018-10-20')]);
    expect(say([started], command('2018-11-01'), now)).toEqual([meeting('2018-11-01')]);
  });
  it('refuses a meeting that has not been held', () => {
    expect(codeOf(say([started], command('2018-11-02'), now))).toBe('MEETING_IN_FUTURE');
  });
  it('refuses an entry whose date denies the day of the meeting', () => {
    expect(codeOf(say([started], command('2018-10-20'), { ...now, occurred: '2018-10-19' }))).toBe('MEETING_DAY_DISAGREES');
    expect(codeOf(say([started], command('2018-10-20'), { ...now, occurred: '../2018-10-03' }))).toBe('MEETING_DAY_DISAGREES');
    expect(say([started], command('2018-10-20'), { ...now, occurred: '2018-10' })).toHaveLength(1);
  });
  it('refuses to have been shown a record of the future', () => {
    expect(codeOf(say([started], command('2018-10-20', '2018-11-02T08:00:00.000Z'), now))).toBe('SHOWN_IN_FUTURE');
  });
  it('stays quiet about a meeting of that title and day already on record', () => {
    expect(say([started, told(meeting('2018-10-20'), '2018-10-21')], command('2018-10-20'), now)).toEqual([]);
  });
  it('refuses a project that is not on record', () => {
    expect(codeOf(say([], command('2018-10-20'), now))).toBe('NOT_STARTED');
  });
  it('accepts a meeting on the day of the closing, and after', () => {
    expect(say([started, told(closed, '2018-10-20')], command('2018-10-20'), now)).toHaveLength(1);
  });
  it('lists meetings by day, whatever the order they were recorded in', () => {
    const entries = recorded(ITEM, [
      started,
      told(meeting('2018-05-02', 'B'), '2018-06-01'),
      told(meeting('2018-03-02', 'A'), '2018-06-01'),
      told(meeting('2018-05-02', 'C'), '2018-06-02'),
    ]);
    const state = stateAs<Project>(project, entries);
    expect(state.status !== 'unknown' && state.meetings.map(({ title, revision }) => [title, revision])).toEqual([
      ['A', 2],
      ['B', 1],
      ['C', 3],
    ]);
  });
  it('tells the record what the group had been shown', () => {
    expect(project.meeting?.(meeting('2018-10-20'))).toMatchObject({ held: '2018-10-20', shownAt: null });
    expect(project.meeting?.(closed)).toBeNull();
  });
});

describe('the status is reported', () => {
  it('produces the report, and the project is under way', () => {
    expect(say([started], reporting, now)).toEqual([reported]);
    const state = stateAs<Project>(project, recorded(ITEM, [started, told(reported, '2018-10-20', { assertedBy: KS })]));
    expect(state).toMatchObject({ status: 'reporting', statusReports: [{ entry: entryIdAt(1), assertedBy: KS, progress: late }] });
  });
  it('refuses a report that says nothing', () => {
    const empty: ProjectCommand = {
      type: 'ReportProjectStatus',
      progress: unassessed,
      economy: unassessed,
      quality: unassessed,
      risk: unassessed,
      summary: null,
    };
    expect(codeOf(say([started], empty, now))).toBe('EMPTY_REPORT');
    expect(say([started], { ...empty, summary: 'Alt går etter planen' }, now)).toHaveLength(1);
  });
  it('refuses a report on what is closed, also on the very day', () => {
    for (const occurred of ['2018-10-20', '2018-10-25'])
      expect(codeOf(say([started, told(closed, '2018-10-20')], reporting, { ...now, occurred }))).toBe('PROJECT_CLOSED');
  });
  it('accepts a late report from before the closing', () => {
    const story = [started, told(closed, '2018-10-20')];
    expect(say(story, reporting, { ...now, occurred: '2018-09' })).toEqual([reported]);
    const entries = recorded(ITEM, [...story, told(reported, '2018-11-01', { occurred: '2018-09' })]);
    expect(stateAs<Project>(project, entries)).toMatchObject({ status: 'closed', statusReports: [{ progress: late }] });
    expect(contradictions(project, readAs(recorded(ITEM, story)), readAs(entries))).toEqual([]);
  });
  it('stays quiet when that party’s report of that date says the same, and takes «still so» of a later date as news', () => {
    const story = [started, told(reported, '2018-10-20', { occurred: '2018-10-19', assertedBy: KS })];
    expect(say(story, reporting, { ...now, occurred: '2018-10-19', assertedBy: KS })).toEqual([]);
    expect(say(story, reporting, { ...now, occurred: '2018-10-26', assertedBy: KS })).toHaveLength(1);
    expect(say(story, reporting, { ...now, occurred: '2018-10-19' })).toHaveLength(1);
  });
  it('is compared with the report before it', () => {
    const state = stateAs<Project>(project, recorded(ITEM, [started, told(reported, '2018-10-20')]));
    expect(project.before(state, reported)).toMatchObject({
      'progress.light': 'YELLOW',
      'economy.light': 'GREEN',
      'progress.action': 'Ny frist',
      summary: null,
    });
    expect(project.before(stateAs<Project>(project, recorded(ITEM, [started])), reported)).toEqual({});
  });
});

describe('a project is closed', () => {
  const close: ProjectCommand = { type: 'CloseProject' };

  it('produces the closing, after which nothing is open', () => {
    expect(say([started], close, now)).toEqual([closed]);
    expect(project.summarise(stateAs<Project>(project, recorded(ITEM, [started, told(closed, '2018-10-20')])))).toMatchObject({
      state: 'CLOSED',
      open: false,
    });
  });
  it('stays quiet when the record already says as much', () => {
    expect(say([started, told(closed, '2018-10-20')], close, now)).toEqual([]);
  });
  it('refuses to close again on another day, and says how to set the date right', () => {
    const decision = say([started, told(closed, '2018-10-20')], close, { ...now, occurred: '2018-10-01' });
    expect(codeOf(decision)).toBe('PROJECT_CLOSED');
    expect(isRefusal(decision) && decision.allowed).toEqual(expect.arrayContaining(['establishDate', 'correctEntry']));
  });
  it('refuses a project that is not on record', () => {
    expect(codeOf(say([], close, now))).toBe('NOT_STARTED');
  });
  it('finds the report that a late closing would contradict', () => {
    const story = [started, told(reported, '2018-10-20')];
    const after = [...story, told(closed, '2018-11-01', { occurred: '2018-09-30' })];
    expect(contradictions(project, readAs(recorded(ITEM, story)), readAs(recorded(ITEM, after))).map(({ entry }) => entry)).toEqual([
      entryIdAt(1),
    ]);
  });
});

describe('the project’s record is set right', () => {
  it('reads a corrected title, and is open again when the closing is retracted', () => {
    const correction: DomainEvent = {
      type: 'EntryCorrected',
      data: {
        entry: entryIdAt(0),
        version: 1,
        occurred: null,
        assertedBy: null,
        source: null,
        entryReason: null,
        cleared: [],
        set: [{ path: 'title', value: 'Oppspill' }],
      },
    };
    const retraction: DomainEvent = { type: 'EntryRetracted', data: { entry: entryIdAt(1) } };
    const entries = recorded(ITEM, [
      started,
      told(closed, '2018-10-20'),
      { event: correction, on: '2018-10-21', reason: 'Kortere tittel' },
      { event: retraction, on: '2018-10-22', reason: 'Ikke avsluttet likevel' },
    ]);
    expect(stateAs<Project>(project, entries)).toMatchObject({ status: 'started', title: 'Oppspill' });
    expect(stateAs<Project>(project, entries.slice(0, 2))).toMatchObject({ status: 'closed', title: 'Kulturprosjektet Oppspill' });
  });
  it('knows a start by its established date', () => {
    const established: DomainEvent = { type: 'DateEstablished', data: { entry: entryIdAt(0), date: date('2016-03') } };
    expect(stateAs<Project>(project, recorded(ITEM, [started, { event: established, on: '2018-10-21' }]))).toMatchObject({
      started: date('2016-03'),
    });
  });
  it('finds a meeting that a correction moves past the day it was recorded', () => {
    const story = [started, told(meeting('2018-10-20'), '2018-10-21')];
    const correction: DomainEvent = {
      type: 'EntryCorrected',
      data: {
        entry: entryIdAt(1),
        version: 1,
        occurred: null,
        assertedBy: null,
        source: null,
        entryReason: null,
        cleared: [],
        set: [{ path: 'held', value: '2018-10-29' }],
      },
    };
    const after = recorded(ITEM, [...story, { event: correction, on: '2018-10-30', reason: 'Feil dag' }]);
    expect(contradictions(project, readAs(recorded(ITEM, story)), readAs(after)).map(({ entry }) => entry)).toEqual([entryIdAt(1)]);
  });
});

describe('the state table of a project', () => {
  it('is walked: every state has a command in, and out unless it is final', () => {
    const commands: ProjectCommand[] = [
      { type: 'StartProject', ...data },
      { type: 'HoldMeeting', title: 'Møte', held: '2018-01-01', shownAt: null },
      reporting,
      { type: 'CloseProject' },
    ];
    expect(walk(project, ITEM, commands, KS, [])).toEqual(asWritten(project));
    expect(commands.map(({ type }) => type).sort()).toEqual(Object.keys(project.commands).sort());
  });
});

describe('a duration in words', () => {
  it.each([
    ['P2Y', '2 år', '2 years'],
    ['P1Y6M', '1 år og 6 måneder', '1 year and 6 months'],
    ['P1M2W3D', '1 måned, 2 uker og 3 dager', '1 month, 2 weeks and 3 days'],
  ])('reads %s as «%s»', (duration, nb, en) => {
    expect(durationLabel(duration)).toMatchObject({ nb, en });
  });
});
