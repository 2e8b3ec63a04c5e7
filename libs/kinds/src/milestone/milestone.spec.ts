import { isRefusal } from '@saksgang/kernel';
import {
  cancel,
  cancelled,
  data,
  forecasted,
  forecasting,
  founding,
  KS,
  MILESTONE,
  miss,
  missed,
  OPPSPILL,
  planned,
  reach,
  reached,
  rebaseline,
  rebaselined,
  told,
} from '../../testing/milestone-story.js';
import {
  date,
  decided,
  entryIdAt,
  isTold,
  readAs,
  recorded,
  stateAs,
  titlesOf,
  type Circumstances,
  type Told,
} from '../../testing/telling.js';
import { asWritten, walk } from '../../testing/walk.js';
import { milestone, type Milestone, type MilestoneCommand, type PlanMilestone } from './index.js';

const now = { today: '2018-11-01' };
const say = (story: readonly Told[], command: MilestoneCommand, circumstances: Circumstances = now) =>
  decided(milestone, MILESTONE, recorded(MILESTONE, story), command, circumstances);
const codeOf = (decision: unknown): string | null => (isRefusal(decision) ? decision.code : null);
const after = (...story: readonly Told[]): Milestone => stateAs<Milestone>(milestone, recorded(MILESTONE, story));

describe('a milestone is planned', () => {
  const command: PlanMilestone = { type: 'PlanMilestone', ...data, project: OPPSPILL.item };

  it('produces the founding event, with the title its project has now', () => {
    expect(say([], command, { ...now, targets: [OPPSPILL] })).toEqual([founding]);
  });
  it('produces one that was never planned to a date, for nobody and outside any project', () => {
    expect(say([], { ...command, project: null, owner: null, baseline: null })).toEqual([
      { type: 'MilestonePlanned', data: { ...data, project: null, owner: null, baseline: null } },
    ]);
  });
  it('refuses to plan what is already on record', () => {
    expect(codeOf(say([planned], command))).toBe('ALREADY_PLANNED');
  });
  it('names its project as a target that must be one', () => {
    expect(milestone.commands.PlanMilestone.targets(command)).toEqual([
      { item: OPPSPILL.item, part: null, kinds: ['project'], path: ['project'] },
    ]);
    expect(milestone.commands.PlanMilestone.targets({ ...command, project: null })).toEqual([]);
  });
  it('refuses a baseline that has no last day: nothing could ever be late', () => {
    for (const text of ['2018-06-01/..', 'unknown'])
      expect(milestone.commands.PlanMilestone.parse({ title: 'M', baseline: date(text) })).toMatchObject({
        ok: false,
        issues: [{ path: ['baseline'], code: 'DATE_WITHOUT_END' }],
      });
  });
  it('belongs to the project it names, is open, and is its owner’s', () => {
    expect(milestone.summarise(after(planned))).toMatchObject({
      title: 'Rapporten er ferdig',
      references: [],
      state: 'PLANNED',
      open: true,
      projects: [OPPSPILL.item],
      body: KS.body,
    });
  });
});

describe('a milestone is reached, missed or cancelled', () => {
  it('is reached on the day the entry gives, after which nothing is open', () => {
    expect(say([planned], reach, { ...now, occurred: '2018-06-05' })).toEqual([reached]);
    expect(after(planned, told(reached, '2018-11-01', { occurred: '2018-06-05' }))).toMatchObject({
      actual: date('2018-06-05'),
      reachedBy: entryIdAt(1),
    });
    expect(milestone.summarise(after(planned, told(reached, '2018-06-05')))).toMatchObject({ state: 'REACHED', open: false });
  });
  it('is reached late after it was missed; missed, it stays open', () => {
    const story = [planned, told(missed, '2018-06-02')];
    expect(milestone.summarise(after(...story))).toMatchObject({ state: 'MISSED', open: true });
    expect(say(story, reach)).toEqual([reached]);
    const late = after(...story, told(reached, '2018-11-01'));
    expect(late).toMatchObject({ status: 'reached' });
    expect(late).not.toHaveProperty('missed');
  });
  it('accepts a late entry that it was missed before it was reached', () => {
    expect(say([planned, told(reached, '2018-06-20')], miss, { ...now, occurred: '2018-06-02' })).toEqual([missed]);
  });
  it('stays quiet when the record already says as much', () => {
    expect(say([planned, told(reached, '2018-06-05')], reach)).toEqual([]);
    expect(say([planned, told(missed, '2018-06-05')], miss)).toEqual([]);
    expect(say([planned, told(cancelled, '2018-06-05')], cancel, { ...now, reason: 'x' })).toEqual([]);
  });
  it('refuses to be reached again on another day, whenever that is, and says how to set the date right', () => {
    for (const occurred of ['2018-06-04', '2018-07-01']) {
      const decision = say([planned, told(reached, '2018-06-05', { occurred: '2018-06-05' })], reach, { ...now, occurred });
      expect(codeOf(decision)).toBe('ALREADY_REACHED');
      expect(isRefusal(decision) && decision.allowed).toEqual(expect.arrayContaining(['establishDate', 'correctEntry']));
    }
  });
  it('refuses to be missed twice, or after it was reached or cancelled', () => {
    expect(codeOf(say([planned, told(missed, '2018-06-02', { occurred: '2018-06-02' })], miss, { ...now, occurred: '2018-07-01' }))).toBe(
      'ALREADY_MISSED',
    );
    expect(codeOf(say([planned, told(reached, '2018-06-05')], miss))).toBe('ALREADY_REACHED');
    expect(codeOf(say([planned, told(cancelled, '2018-06-05')], miss))).toBe('MILESTONE_CANCELLED');
  });
  it('is cancelled with a reason only, and not reached any more', () => {
    expect(codeOf(say([planned], cancel))).toBe('REASON_REQUIRED');
    expect(say([planned], cancel, { ...now, reason: 'Prosjektet er lagt om' })).toEqual([cancelled]);
    expect(codeOf(say([planned, told(cancelled, '2018-06-05')], reach))).toBe('MILESTONE_CANCELLED');
    expect(codeOf(say([planned, told(reached, '2018-06-05')], cancel, { ...now, reason: 'x', occurred: '2018-03-01' }))).toBe(
      'ALREADY_REACHED',
    );
  });
  it('refuses what is not on record', () => {
    for (const command of [reach, miss, cancel, forecasting('2018-07')]) expect(codeOf(say([], command))).toBe('NOT_PLANNED');
  });
});

describe('a milestone is told', () => {
  it('in words for a timeline', () => {
    const story = [
      planned,
      told(rebaselined('2018-09'), '2018-02-01'),
      told(forecasted('2018-10-01', 'RED'), '2018-03-01'),
      told(forecasted(null, 'GREEN'), '2018-04-01'),
      told(missed, '2018-10-02'),
      told(reached, '2018-10-03'),
    ];
    expect(titlesOf(milestone, recorded(MILESTONE, story))).toEqual([
      'Milepæl: Rapporten er ferdig',
      'Ny planlagt dato: september 2018',
      'Prognose: 1. oktober 2018',
      'Trafikklys: grønt',
      'Milepælen ble ikke nådd',
      'Milepælen er nådd',
    ]);
    const [first, , forecast] = readAs(recorded(MILESTONE, story)).facts.map((fact) => milestone.describe(fact as never).description);
    expect(first?.nb).toBe('Planlagt: 1. juni 2018. Ansvarlig: KS. Prosjekt: Kulturprosjektet Oppspill.');
    expect(forecast?.nn).toBe('Trafikklys: raudt.');
    expect([first, forecast].every((text) => text !== undefined && isTold(text))).toBe(true);
  });
  it('is compared with what was planned and forecast before', () => {
    const state = after(planned, told(forecasted('2018-07-01', 'YELLOW'), '2018-03-01'));
    expect(milestone.before(state, rebaselined('2018-09'))).toEqual({ baseline: date('2018-06-01') });
    expect(milestone.before(state, forecasted('2018-08', 'RED'))).toEqual({ forecast: date('2018-07-01'), light: 'YELLOW' });
    expect(milestone.before(state, forecasted('2018-08'))).toEqual({ forecast: date('2018-07-01') });
  });
});

describe('the state table of a milestone', () => {
  it('is walked: every state has a command in, and out unless it is final', () => {
    const commands: MilestoneCommand[] = [
      { type: 'PlanMilestone', ...data, project: null },
      rebaseline('2018-09'),
      forecasting('2018-10'),
      reach,
      miss,
      cancel,
    ];
    expect(walk(milestone, MILESTONE, commands, KS, [])).toEqual(asWritten(milestone));
    expect(commands.map(({ type }) => type).sort()).toEqual(Object.keys(milestone.commands).sort());
  });
});
