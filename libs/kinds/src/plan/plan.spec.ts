import { contradictions, isRefusal, type DomainEvent, type Entry, type Party, type Target } from '@saksgang/kernel';
import { date, decided, entryIdAt, readAs, recorded, stateAs, titlesOf, type Circumstances, type Told } from '../../testing/telling.js';
import { asWritten, walk } from '../../testing/walk.js';
import { plan, type Plan, type PlanCommand, type PlanEvent } from './index.js';

const ITEM = 'plan-11111111-1111-5111-8111-111111111111';
const KS: Party = { body: 'body-33333333-3333-5333-8333-333333333333', name: 'KS' };
const NEXT: Target = {
  item: 'plan-22222222-2222-5222-8222-222222222222',
  kind: 'plan',
  title: 'Langtidsplan 2020–2023',
  state: 'ADOPTED',
  hasPart: () => false,
};

const said = { title: 'Langtidsplan 2016–2019', owner: KS, period: date('2016/2019', '2016-2019') };
const goals = [
  { label: null, text: 'Inkluderende folkestyre' },
  { label: 'B', text: 'Sunn kommuneøkonomi' },
];
const keyed = goals.map((goal, index) => ({ key: String(index + 1), ...goal }));
const adoptedData = { ...said, goals: keyed };
const told = (event: DomainEvent, on: string, more: Partial<Told> = {}): Told => ({ event, on, ...more });
const adopted = told({ type: 'PlanAdopted', data: adoptedData }, '2016-01-10');
const inForce: PlanEvent = { type: 'PlanBroughtIntoForce', data: {} };
const ended: PlanEvent = { type: 'PlanEnded', data: { by: null, byTitle: null } };
const bring: PlanCommand = { type: 'BringPlanIntoForce' };
const end = (by: string | null = null): PlanCommand => ({ type: 'EndPlan', by });
const adopt: PlanCommand = { type: 'AdoptPlan', ...said, goals };

const goalsCorrectedTo = (goals: readonly object[]): DomainEvent => ({
  type: 'EntryCorrected',
  data: {
    entry: entryIdAt(0),
    version: 1,
    occurred: null,
    assertedBy: null,
    source: null,
    entryReason: null,
    cleared: [],
    set: [{ path: 'goals', value: goals }],
  },
});

const now = { today: '2020-02-01' };
const say = (story: readonly Told[], command: PlanCommand, circumstances: Circumstances = now) =>
  decided(plan, ITEM, recorded(ITEM, story), command, circumstances);
const codeOf = (decision: unknown): string | null => (isRefusal(decision) ? decision.code : null);
const after = (...story: readonly Told[]): Plan => stateAs<Plan>(plan, recorded(ITEM, story));

describe('a plan is adopted', () => {
  it('produces the founding event, its goals in order with a key each', () => {
    expect(say([], adopt)).toEqual([{ type: 'PlanAdopted', data: adoptedData }]);
  });
  it('takes a plan without goals or period', () => {
    const parsed = plan.commands.AdoptPlan.parse({ title: 'Plan', owner: KS });
    expect(parsed).toMatchObject({ ok: true, value: { type: 'AdoptPlan', period: null, goals: [] } });
  });
  it('refuses to adopt what is already on record', () => {
    expect(codeOf(say([adopted], adopt))).toBe('ALREADY_ADOPTED');
  });
  it('has its goals as parts, which links may name', () => {
    expect(['1', '2', '3', ''].map((key) => plan.hasPart(after(adopted), key))).toEqual([true, true, false, false]);
    expect(plan.hasPart({ status: 'unknown' }, '1')).toBe(false);
  });
  it('is its owner’s, and asks for nothing by itself', () => {
    expect(plan.summarise(after(adopted))).toMatchObject({ title: said.title, state: 'ADOPTED', open: false, body: KS.body });
    expect(plan.facets(after(adopted))).toMatchObject({ dues: [], asks: [], gaps: [] });
  });
});

describe('a plan comes into force', () => {
  it('produces it, and knows since when', () => {
    expect(say([adopted], bring)).toEqual([inForce]);
    expect(after(adopted, told(inForce, '2016-02-01', { occurred: '2016-01-20' }))).toMatchObject({
      status: 'inForce',
      inForceSince: date('2016-01-20'),
    });
  });
  it('stays quiet when the record already says as much', () => {
    expect(say([adopted, told(inForce, '2016-02-01')], bring)).toEqual([]);
  });
  it('refuses to come into force on another day, before or after', () => {
    const story = [adopted, told(inForce, '2016-02-01', { occurred: '2016-02-01' })];
    for (const occurred of ['2016-01-15', '2016-03-01']) expect(codeOf(say(story, bring, { ...now, occurred }))).toBe('ALREADY_IN_FORCE');
  });
  it('refuses what is not on record or has ended', () => {
    expect(codeOf(say([], bring))).toBe('NOT_ADOPTED');
    expect(codeOf(say([adopted, told(ended, '2019-12-31')], bring))).toBe('PLAN_ENDED');
  });
  it('accepts a late entry of a time before it ended, once', () => {
    const story = [adopted, told(ended, '2019-12-31')];
    expect(say(story, bring, { ...now, occurred: '2016-02-01' })).toEqual([inForce]);
    const filled = [...story, told(inForce, '2020-01-05', { occurred: '2016-02-01' })];
    expect(after(...filled)).toMatchObject({ status: 'ended', inForceSince: date('2016-02-01') });
    expect(codeOf(say(filled, bring, { ...now, occurred: '2016-01-20' }))).toBe('PLAN_ENDED');
  });
});

describe('a plan ends', () => {
  it('produces the end, by itself or by the plan that succeeds it', () => {
    expect(say([adopted, told(inForce, '2016-02-01')], end())).toEqual([ended]);
    expect(say([adopted], end(NEXT.item), { ...now, targets: [NEXT] })).toEqual([
      { type: 'PlanEnded', data: { by: NEXT.item, byTitle: NEXT.title } },
    ]);
  });
  it('declares the link from its successor, and names it as a target that must be a plan', () => {
    expect(plan.links({ type: 'PlanEnded', data: { by: NEXT.item, byTitle: NEXT.title } })).toEqual([
      { relation: 'SUPERSEDES', target: NEXT.item, targetPart: null, part: null, inverse: true },
    ]);
    expect(plan.links(ended)).toEqual([]);
    expect(plan.commands.EndPlan.targets(end(NEXT.item))).toEqual([{ item: NEXT.item, part: null, kinds: ['plan'], path: ['by'] }]);
  });
  it('stays quiet when the record already says as much', () => {
    expect(say([adopted, told(ended, '2019-12-31')], end())).toEqual([]);
  });
  it('refuses to end twice, to succeed itself, and to end what is not on record', () => {
    expect(codeOf(say([adopted, told(ended, '2019-12-31')], end(), { ...now, occurred: '2018-01-01' }))).toBe('PLAN_ENDED');
    expect(codeOf(say([adopted, told(ended, '2019-12-31')], end(NEXT.item), { ...now, targets: [NEXT] }))).toBe('PLAN_ENDED');
    expect(codeOf(say([adopted], end(ITEM)))).toBe('SUCCEEDS_ITSELF');
    expect(codeOf(say([], end()))).toBe('NOT_ADOPTED');
  });
  it('finds the coming into force that a late end would contradict', () => {
    const story = [adopted, told(inForce, '2016-02-01')];
    const late = [...story, told(ended, '2020-01-01', { occurred: '2016-01-20' })];
    expect(contradictions(plan, readAs(recorded(ITEM, story)), readAs(recorded(ITEM, late))).map(({ entry }) => entry)).toEqual([
      entryIdAt(1),
    ]);
  });
});

describe('a plan’s record is set right', () => {
  const correction = (set: readonly { path: string; value: never }[]): DomainEvent => ({
    type: 'EntryCorrected',
    data: { entry: entryIdAt(0), version: 1, occurred: null, assertedBy: null, source: null, entryReason: null, cleared: [], set },
  });

  it('reads a corrected goal, and is in force no more when that is retracted', () => {
    const text = correction([{ path: 'goals.1.text', value: 'Sunn økonomi' as never }]);
    expect(after(adopted, told(text, '2016-03-01'))).toMatchObject({ goals: [keyed[0], { key: '2', label: 'B', text: 'Sunn økonomi' }] });
    const retraction: DomainEvent = { type: 'EntryRetracted', data: { entry: entryIdAt(1) } };
    expect(after(adopted, told(inForce, '2016-02-01'), told(retraction, '2016-02-02', { reason: 'Feil plan' }))).toMatchObject({
      status: 'adopted',
    });
  });
  it('knows the adoption by its established date', () => {
    const established: DomainEvent = { type: 'DateEstablished', data: { entry: entryIdAt(0), date: date('2015-12') } };
    expect(after(adopted, told(established, '2016-03-01'))).toMatchObject({ adopted: date('2015-12') });
  });
  it('lets no correction give a goal another key', () => {
    const event = (list: readonly object[]): PlanEvent => ({ type: 'PlanAdopted', data: { ...adoptedData, goals: list as never } });
    const fixed = (list: readonly object[], path = 'goals', entries: readonly Entry[] = []) =>
      codeOf(plan.fixed?.(event(keyed), event(list), [path], entries));
    expect(fixed([...keyed, { key: '3', label: null, text: 'Attraktive arbeidsgivere' }])).toBeNull();
    expect(fixed([{ ...keyed[0], text: 'Folkestyre' }, keyed[1]!], 'goals.0.text')).toBeNull();
    expect(fixed([{ ...keyed[0], key: '7' }, keyed[1]!], 'goals.0.key')).toBe('KEYS_WOULD_SHIFT');
    expect(fixed([keyed[1]!, keyed[0]!])).toBe('KEYS_WOULD_SHIFT');
    // A goal that is not in the plan is taken out, and the others keep their keys.
    expect(fixed([keyed[1]!])).toBeNull();
    // A retracted correction once gave the key 3: what was linked to it never becomes another goal.
    const third = { key: '3', label: null, text: 'Attraktive arbeidsgivere' };
    const entries = recorded(ITEM, [
      adopted,
      told(goalsCorrectedTo([...keyed, third]), '2016-02-01', { reason: 'Et mål manglet' }),
      told({ type: 'EntryRetracted', data: { entry: entryIdAt(1) } }, '2016-02-02', { reason: 'Gjaldt en annen plan' }),
    ]);
    expect(fixed([...keyed, { ...third, text: 'Et annet mål' }], 'goals', entries)).toBe('KEYS_WOULD_SHIFT');
    expect(fixed([...keyed, { ...third, key: '4' }], 'goals', entries)).toBeNull();
  });
  it('refuses one key for two goals', () => {
    expect(plan.events.PlanAdopted.parse({ ...adoptedData, goals: [keyed[0], { ...keyed[1], key: '1' }] })).toMatchObject({
      ok: false,
      issues: [{ path: ['goals'], code: 'DUPLICATE_KEY' }],
    });
  });
});

describe('a plan is told', () => {
  it('in words for a timeline', () => {
    const story = recorded(ITEM, [
      adopted,
      told(inForce, '2016-02-01'),
      told({ type: 'PlanEnded', data: { by: NEXT.item, byTitle: NEXT.title } }, '2019-12-31'),
    ]);
    expect(titlesOf(plan, story)).toEqual([
      'Langtidsplan 2016–2019 vedtatt',
      'Planen er trådt i kraft',
      'Planen er avløst av «Langtidsplan 2020–2023»',
    ]);
    const [first] = readAs(story).facts;
    expect(plan.describe(first as never).description.nb).toBe(
      'Eier: KS. Periode: 2016–2019. Mål: «Inkluderende folkestyre» og «Sunn kommuneøkonomi».',
    );
  });
  it('with at most ten of its goals', () => {
    const many = Array.from({ length: 12 }, (_, index) => ({ key: String(index + 1), label: null, text: `Mål ${index + 1}` }));
    const [first] = readAs(recorded(ITEM, [told({ type: 'PlanAdopted', data: { ...adoptedData, goals: many } }, '2016-01-10')])).facts;
    expect(plan.describe(first as never).description.en).toContain('“Mål 10” and 2 more.');
  });
});

describe('the state table of a plan', () => {
  it('is walked: every state has a command in, and out unless it is final', () => {
    const commands = [adopt, bring, end()];
    expect(walk(plan, ITEM, commands, KS, [])).toEqual(asWritten(plan));
    expect(commands.map(({ type }) => type).sort()).toEqual(Object.keys(plan.commands).sort());
  });
});
