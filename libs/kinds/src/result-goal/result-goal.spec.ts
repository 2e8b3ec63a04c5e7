import { contradictions, isRefusal, type DomainEvent, type Json, type Party, type Target } from '@saksgang/kernel';
import { date, decided, entryIdAt, readAs, recorded, stateAs, titlesOf, type Circumstances, type Told } from '../../testing/telling.js';
import { asWritten, walk } from '../../testing/walk.js';
import { resultGoal, type GoalOutcome, type ResultGoal, type ResultGoalCommand, type ResultGoalEvent } from './index.js';

const ITEM = 'resultGoal-11111111-1111-5111-8111-111111111111';
const PROJECT = 'project-22222222-2222-5222-8222-222222222222';
const KS: Party = { body: 'body-33333333-3333-5333-8333-333333333333', name: 'KS' };
const GROUP: Party = { body: 'body-44444444-4444-5444-8444-444444444444', name: 'Styringsgruppen for Oppspill' };
const oppspill: Target = { item: PROJECT, kind: 'project', title: 'Kulturprosjektet Oppspill', state: 'STARTED', hasPart: () => false };

const TEXT = 'Legge til rette for en kunnskapsbasert utvikling på kulturområdet.';
const founding: ResultGoalEvent = {
  type: 'ResultGoalSet',
  data: { code: 'C', text: TEXT, level: 'RESULT', project: { item: PROJECT, title: 'Kulturprosjektet Oppspill' } },
};
const told = (event: ResultGoalEvent, on: string, more: Partial<Told> = {}): Told => ({ event, on, ...more });
const set = told(founding, '2016-06-10');
const assessment = (light: 'GREEN' | 'YELLOW' | 'RED' | null, progress: number | null, text: string | null = null): ResultGoalEvent => ({
  type: 'ResultGoalAssessed',
  data: { light, progress, text },
});
const concluded = (outcome: GoalOutcome): ResultGoalEvent => ({ type: 'ResultGoalConcluded', data: { outcome } });

const now = { today: '2018-11-01', assertedBy: KS };
const say = (story: readonly Told[], command: ResultGoalCommand, circumstances: Circumstances = now) =>
  decided(resultGoal, ITEM, recorded(ITEM, story), command, circumstances);
const codeOf = (decision: unknown): string | null => (isRefusal(decision) ? decision.code : null);
const stateOf = (story: readonly Told[]) => stateAs<ResultGoal>(resultGoal, recorded(ITEM, story));
const against = (story: readonly Told[], more: Told): readonly string[] =>
  contradictions(resultGoal, readAs(recorded(ITEM, story)), readAs(recorded(ITEM, [...story, more]))).map(({ entry }) => entry);
const correction = (entry: number, path: string, value: Json): DomainEvent => ({
  type: 'EntryCorrected',
  data: {
    entry: entryIdAt(entry),
    version: 1,
    occurred: null,
    assertedBy: null,
    source: null,
    entryReason: null,
    cleared: [],
    set: [{ path, value }],
  },
});
const retraction = (entry: number): DomainEvent => ({ type: 'EntryRetracted', data: { entry: entryIdAt(entry) } });

describe('a goal is set', () => {
  const command: ResultGoalCommand = { type: 'SetResultGoal', code: 'C', text: TEXT, level: 'RESULT', project: PROJECT };

  it('produces the founding event, with the title of its project as it is now', () => {
    expect(say([], command, { ...now, targets: [oppspill] })).toEqual([founding]);
    expect(say([], { ...command, project: null })).toEqual([{ ...founding, data: { ...founding.data, project: null } }]);
  });
  it('refuses to set what is already on record', () => {
    expect(codeOf(say([set], command, { ...now, targets: [oppspill] }))).toBe('ALREADY_SET');
  });
  it('is found by its letter, and belongs to its project', () => {
    expect(resultGoal.summarise(stateOf([set]))).toEqual({
      title: `C: ${TEXT}`,
      references: ['C'],
      state: 'SET',
      subtype: 'RESULT',
      open: true,
      projects: [PROJECT],
      body: null,
    });
  });
  it('asks that its project exists', () => {
    expect(resultGoal.commands.SetResultGoal.targets(command)).toEqual([
      { item: PROJECT, part: null, kinds: ['project'], path: ['project'] },
    ]);
  });
  it('wants evidence, until it is dropped', () => {
    expect(resultGoal.facets(stateOf([set])).wantsEvidence).toBe(true);
    const dropped = told(concluded('DROPPED'), '2018-01-01', { assertedBy: KS, reason: 'Utenfor oppdraget' });
    expect(resultGoal.facets(stateOf([set, dropped])).wantsEvidence).toBe(false);
  });
});

describe('a goal is assessed', () => {
  const command: ResultGoalCommand = { type: 'AssessResultGoal', light: 'YELLOW', progress: 40, text: null };

  it('produces the assessment: light, progress and state are three things', () => {
    expect(say([set], command)).toEqual([assessment('YELLOW', 40)]);
    const story = [set, told(assessment('YELLOW', null), '2018-01-10', { assertedBy: KS })];
    expect(stateOf(story)).toMatchObject({ status: 'assessed', light: 'YELLOW', progress: null });
  });
  it('keeps what an earlier one said and a later one leaves unsaid', () => {
    const story = [
      set,
      told(assessment('YELLOW', 40), '2018-01-10', { assertedBy: KS }),
      told(assessment(null, 60), '2018-02-10', { assertedBy: GROUP }),
    ];
    expect(stateOf(story)).toMatchObject({
      light: 'YELLOW',
      progress: 60,
      assessments: [{ assertedBy: KS }, { assertedBy: GROUP, light: null }],
    });
    expect(resultGoal.facets(stateOf(story)).light).toBe('YELLOW');
  });
  it('refuses one that nobody makes, one that says nothing, and one of a goal that is not on record', () => {
    expect(codeOf(say([set], command, { today: '2018-11-01' }))).toBe('ASSERTER_REQUIRED');
    expect(codeOf(say([set], { ...command, light: null, progress: null }))).toBe('EMPTY_ASSESSMENT');
    expect(codeOf(say([], command))).toBe('NOT_SET');
  });
  it('stays quiet about the same words of the same date by the same party', () => {
    const story = [set, told(assessment('YELLOW', 40), '2018-10-20', { occurred: '2018-10-20', assertedBy: KS })];
    expect(say(story, command, { ...now, occurred: '2018-10-20' })).toEqual([]);
    expect(say(story, command, { ...now, occurred: '2018-10-20', assertedBy: GROUP })).toHaveLength(1);
    expect(say(story, command)).toHaveLength(1);
  });
  it('is compared with what was said before it, and only in what it says', () => {
    const state = stateOf([set, told(assessment('GREEN', 10, 'I gang.'), '2018-01-10', { assertedBy: KS })]);
    expect(resultGoal.before(state, assessment('YELLOW', null))).toEqual({ light: 'GREEN', progress: null, text: null });
  });
});

describe('a goal is concluded', () => {
  const command: ResultGoalCommand = { type: 'ConcludeResultGoal', outcome: 'ACHIEVED' };
  const achieved = told(concluded('ACHIEVED'), '2018-10-20', { occurred: '2018-10-20', assertedBy: KS });

  it('produces the outcome, after which nothing is open', () => {
    expect(say([set], command)).toEqual([concluded('ACHIEVED')]);
    expect(resultGoal.summarise(stateOf([set, achieved]))).toMatchObject({ state: 'ACHIEVED', open: false });
  });
  it('refuses to drop a goal without saying why', () => {
    expect(codeOf(say([set], { ...command, outcome: 'DROPPED' }))).toBe('REASON_REQUIRED');
    expect(say([set], { ...command, outcome: 'DROPPED' }, { ...now, reason: 'Utenfor oppdraget' })).toEqual([concluded('DROPPED')]);
  });
  it('refuses another outcome, and a conclusion that nobody makes', () => {
    expect(codeOf(say([set, achieved], { ...command, outcome: 'NOT_ACHIEVED' }))).toBe('GOAL_CONCLUDED');
    expect(codeOf(say([set], command, { today: '2018-11-01' }))).toBe('ASSERTER_REQUIRED');
  });
  it('lets others assess it otherwise afterwards, side by side with the conclusion, which stands', () => {
    const otherwise: ResultGoalCommand = { type: 'AssessResultGoal', light: 'RED', progress: 20, text: 'Ikke nådd.' };
    expect(say([set, achieved], otherwise, { ...now, assertedBy: GROUP })).toEqual([assessment('RED', 20, 'Ikke nådd.')]);
    expect(codeOf(say([set, achieved], otherwise, { today: '2018-11-01' }))).toBe('ASSERTER_REQUIRED');
    const before = told(assessment('GREEN', 90), '2018-09-01', { assertedBy: KS });
    const state = stateOf([set, before, achieved, told(assessment('RED', 20, 'Ikke nådd.'), '2018-11-01', { assertedBy: GROUP })]);
    expect(state).toMatchObject({
      status: 'concluded',
      outcome: 'ACHIEVED',
      light: 'GREEN',
      progress: 90,
      assessments: [{ light: 'GREEN' }, { light: 'RED', progress: 20, text: 'Ikke nådd.', assertedBy: GROUP }],
    });
    expect(resultGoal.summarise(state)).toMatchObject({ state: 'ACHIEVED', open: false });
    expect(resultGoal.facets(state).light).toBe('GREEN');
    expect(resultGoal.before(state, assessment('YELLOW', 50))).toEqual({});
  });
  it.each([
    ['ACHIEVED', 'FULFILLED'],
    ['PARTLY_ACHIEVED', 'PARTLY'],
    ['NOT_ACHIEVED', 'NOT_FULFILLED'],
  ] as const)('is judged by whoever concludes: %s', (outcome, verdict) => {
    const end = told(concluded(outcome), '2018-10-20', { assertedBy: KS });
    expect(resultGoal.facets(stateOf([set, end])).verdicts).toEqual([{ part: null, outcome: verdict, assertedBy: KS }]);
  });
  it('is not judged while it is open, or when it is dropped', () => {
    const dropped = told(concluded('DROPPED'), '2018-10-20', { assertedBy: KS, reason: 'Utenfor oppdraget' });
    expect([resultGoal.facets(stateOf([set])).verdicts, resultGoal.facets(stateOf([set, dropped])).verdicts]).toEqual([[], []]);
  });
  it('stays quiet when the record already says as much', () => {
    expect(say([set, achieved], command)).toEqual([]);
    expect(codeOf(say([set, achieved], command, { ...now, assertedBy: GROUP }))).toBe('GOAL_CONCLUDED');
  });
  it('lets a late assessment in where it was made before the end', () => {
    const late: ResultGoalCommand = { type: 'AssessResultGoal', light: 'GREEN', progress: 90, text: null };
    expect(say([set, achieved], late, { ...now, occurred: '2018-09-01' })).toHaveLength(1);
  });
  it('finds the indicator that a late conclusion would contradict, and no assessment', () => {
    const indicator: ResultGoalEvent = {
      type: 'IndicatorSet',
      data: { indicator: '1', name: 'Andel', unit: null, baseline: null, target: null },
    };
    const story = [
      set,
      told(assessment('GREEN', 90), '2018-10-20', { occurred: '2018-10-20', assertedBy: KS }),
      told(indicator, '2018-10-20', { occurred: '2018-10-20' }),
    ];
    expect(against(story, told(concluded('ACHIEVED'), '2018-11-01', { occurred: '2018-09-30', assertedBy: KS }))).toEqual([entryIdAt(2)]);
  });
});

describe('the goal’s record is set right', () => {
  const achieved = told(concluded('ACHIEVED'), '2018-10-20', { assertedBy: KS });

  it('is open again when the conclusion is retracted, and was achieved as known before', () => {
    const entries = recorded(ITEM, [set, achieved, { event: retraction(1), on: '2018-10-22', reason: 'Gjaldt mål D' }]);
    expect(stateAs<ResultGoal>(resultGoal, entries)).toMatchObject({ status: 'set' });
    expect(stateAs<ResultGoal>(resultGoal, entries.slice(0, 2))).toMatchObject({ status: 'concluded', outcome: 'ACHIEVED' });
  });
  it('reads a corrected light', () => {
    const story = [set, told(assessment('YELLOW', 40), '2018-10-20', { assertedBy: KS })];
    expect(stateOf([...story, { event: correction(1, 'light', 'RED'), on: '2018-10-21', reason: 'Lest feil' }])).toMatchObject({
      light: 'RED',
    });
  });
  it('finds an assessment that a correction empties', () => {
    const story = [set, told(assessment('YELLOW', null), '2018-10-20', { assertedBy: KS })];
    expect(against(story, { event: correction(1, 'light', null), on: '2018-10-21', reason: 'Lest feil' })).toEqual([entryIdAt(1)]);
  });
  it('knows a goal by the date established of its beginning', () => {
    const established: DomainEvent = { type: 'DateEstablished', data: { entry: entryIdAt(0), date: date('2016-03') } };
    const entries = recorded(ITEM, [set, { event: established, on: '2018-10-21' }]);
    expect(readAs(entries).facts[0]?.occurred).toEqual(date('2016-03'));
    expect(stateAs<ResultGoal>(resultGoal, entries, { validAt: '2016-03-31' })).toMatchObject({ status: 'set' });
  });
  it('does not let a project be corrected without its title', () => {
    const other = {
      ...founding,
      data: { ...founding.data, project: { item: `${PROJECT.slice(0, -1)}3`, title: 'Kulturprosjektet Oppspill' } },
    };
    const fixed = (paths: readonly string[]) => resultGoal.fixed?.(founding, other, paths, []) ?? null;
    expect(codeOf(fixed(['project.item']))).toBe('TITLE_REQUIRED');
    expect(fixed(['project'])).toBeNull();
    expect(fixed(['project.item', 'project.title'])).toBeNull();
  });
});

describe('the state table of a goal', () => {
  it('is walked: every state has a command in, and out unless it is final', () => {
    const commands: ResultGoalCommand[] = [
      { type: 'SetResultGoal', code: 'C', text: TEXT, level: 'RESULT', project: PROJECT },
      { type: 'AssessResultGoal', light: 'GREEN', progress: 10, text: null },
      { type: 'SetIndicator', indicator: null, name: 'Andel', unit: null, baseline: null, target: null },
      { type: 'MeasureIndicator', indicator: '1', value: '5', asWritten: null, at: null, text: null },
      ...(['ACHIEVED', 'PARTLY_ACHIEVED', 'NOT_ACHIEVED', 'DROPPED'] as const).map((outcome): ResultGoalCommand => ({
        type: 'ConcludeResultGoal',
        outcome,
      })),
    ];
    expect(walk(resultGoal, ITEM, commands, KS, [oppspill])).toEqual(asWritten(resultGoal));
    expect([...new Set(commands.map(({ type }) => type))].sort()).toEqual(Object.keys(resultGoal.commands).sort());
  });
});

describe('the goal’s story is told', () => {
  it('in titles that stand alone', () => {
    const story = [
      set,
      told(assessment('YELLOW', 40, 'Medlemsdialogen er i gang.'), '2018-01-10', { assertedBy: KS }),
      told(concluded('ACHIEVED'), '2018-10-20', { assertedBy: KS }),
    ];
    expect(titlesOf(resultGoal, recorded(ITEM, story))).toEqual([
      'Resultatmål C satt',
      'Målet vurdert: gult lys, 40 prosent framdrift',
      'Målet er nådd',
    ]);
  });
  it('and names the goal and the assessor where they are known', () => {
    const [fact] = readAs(recorded(ITEM, [told(assessment('YELLOW', null, 'I gang'), '2018-01-10', { assertedBy: KS })])).facts;
    if (fact === undefined) throw new Error('nothing was recorded');
    expect(resultGoal.describe({ ...fact, event: assessment('YELLOW', null, 'I gang') }, stateOf([set]))).toEqual({
      title: { nb: 'Mål C vurdert: gult lys', nn: 'Mål C vurdert: gult lys', en: 'Goal C assessed: yellow light' },
      description: { nb: 'I gang. Vurdert av: KS.', nn: 'I gang. Vurdert av: KS.', en: 'I gang. Assessed by: KS.' },
    });
  });
});

describe('what a goal says', () => {
  it('can be searched for, without the words of the program', () => {
    expect(resultGoal.texts?.(founding)).toEqual([{ part: null, text: TEXT }]);
    expect(resultGoal.texts?.(assessment('YELLOW', 40, 'I gang.'))).toEqual([{ part: null, text: 'I gang.' }]);
    expect(resultGoal.texts?.(concluded('DROPPED'))).toEqual([]);
  });
});
