import { contradictions, foldLinks, isRefusal, type DomainEvent, type Json, type Party, type Target } from '@saksgang/kernel';
import { date, decided, entryIdAt, readAs, recorded, stateAs, titlesOf, type Circumstances, type Told } from '../../testing/telling.js';
import { asWritten, walk } from '../../testing/walk.js';
import { evidence, statusOfEvidence, type Evidence, type EvidenceCommand, type EvidenceEvent, type EvidenceSource } from './index.js';

const ITEM = 'evidence-11111111-1111-5111-8111-111111111111';
const OTHER = 'evidence-22222222-2222-5222-8222-222222222222';
const DOCUMENT = 'document-55555555-5555-5555-8555-555555555555';
const KS: Party = { body: 'body-33333333-3333-5333-8333-333333333333', name: 'KS' };
const SSB: Party = { body: 'body-44444444-4444-5444-8444-444444444444', name: 'SSB' };
const newer: Target = { item: OTHER, kind: 'evidence', title: 'En nyere undersøkelse', state: 'STATED', hasPart: () => false };
const report: Target = { item: DOCUMENT, kind: 'document', title: 'The Future of Jobs', state: 'REGISTERED', hasPart: () => false };

const figure = {
  value: '65',
  asWritten: '65 prosent',
  unit: 'prosent',
  population: 'barna',
  jurisdiction: null,
  year: null,
  qualifier: 'et estimat',
};
const sixtyFive = { key: '1', ...figure };
const third = { ...figure, key: '2', value: '1/3', asWritten: '1 av 3' };
const cited = (name: string) => ({
  by: { body: null, name },
  document: null,
  title: null,
  reference: null,
  dated: null,
  locator: null,
  url: null,
});
const source = (key: string, name: string): EvidenceSource => ({ key, ...cited(name) });
const CLAIM = 'Hele 65 prosent av barna vil jobbe i helt nye yrker.';

const stated = (more: Partial<Extract<EvidenceEvent, { type: 'EvidenceStated' }>['data']> = {}): EvidenceEvent => ({
  type: 'EvidenceStated',
  data: { claim: CLAIM, caption: null, values: [sixtyFive, third], chain: [], projects: [], ...more },
});
const told = (event: DomainEvent, on: string, more: Partial<Told> = {}): Told => ({ event, on, ...more });
const founding = told(stated(), '2018-01-10');
const chained = told(stated({ chain: [source('1', 'WEF'), source('2', 'E24')] }), '2018-01-10');
const disputed = (value: string | null = null): EvidenceEvent => ({ type: 'EvidenceDisputed', data: { value, text: 'Uten belegg.' } });
const contested = told(disputed(), '2018-02-01', { assertedBy: SSB });
const settled = (dispute: number): EvidenceEvent => ({
  type: 'EvidenceDisputeSettled',
  data: { dispute: entryIdAt(dispute), outcome: 'CLAIM_STANDS', text: null },
});
const superseded: EvidenceEvent = { type: 'EvidenceSuperseded', data: { by: OTHER, byTitle: 'En nyere undersøkelse' } };

const now = { today: '2018-11-01', assertedBy: KS };
const say = (story: readonly Told[], command: EvidenceCommand, circumstances: Circumstances = now) =>
  decided(evidence, ITEM, recorded(ITEM, story), command, circumstances);
const codeOf = (decision: unknown): string | null => (isRefusal(decision) ? decision.code : null);
const stateOf = (story: readonly Told[]): Exclude<Evidence, { status: 'unknown' }> => {
  const state = stateAs<Evidence>(evidence, recorded(ITEM, story));
  if (state.status === 'unknown') throw new Error('the evidence is not on record');
  return state;
};
const against = (story: readonly Told[], more: Told): readonly string[] =>
  contradictions(evidence, readAs(recorded(ITEM, story)), readAs(recorded(ITEM, [...story, more]))).map(({ entry }) => entry);
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

describe('a claim is stated', () => {
  const command: EvidenceCommand = {
    type: 'StateEvidence',
    claim: CLAIM,
    caption: null,
    values: [figure, { ...figure, value: '1/3', asWritten: '1 av 3' }],
    chain: [cited('WEF'), { ...cited('E24'), document: DOCUMENT }],
    projects: [],
  };

  it('produces the founding event: figures and sources get their keys, a document its title', () => {
    expect(say([], command, { ...now, targets: [report] })).toEqual([
      stated({ chain: [source('1', 'WEF'), { ...source('2', 'E24'), document: DOCUMENT, title: 'The Future of Jobs' }] }),
    ]);
  });
  it('refuses to state what is already on record', () => {
    expect(codeOf(say([founding], command))).toBe('ALREADY_STATED');
  });
  it('is unsourced without a chain, which is a gap; where the record read it is another matter', () => {
    const read = { ...founding, source: { document: null, title: 'Lysark', reference: null, dated: null, locator: '6', url: null } };
    expect(statusOfEvidence(stateOf([read]))).toBe('UNSOURCED');
    expect(evidence.facets(stateOf([read])).gaps).toMatchObject([{ rule: 'UNSOURCED', closedBy: ['sourceEvidence'] }]);
    expect(statusOfEvidence(stateOf([chained]))).toBe('SOURCED');
    expect(evidence.facets(stateOf([chained])).gaps).toEqual([]);
  });
  it('asks that its projects and the documents of its chain exist', () => {
    const project = 'project-66666666-6666-5666-8666-666666666666';
    expect(evidence.commands.StateEvidence.targets({ ...command, projects: [project] })).toEqual([
      { item: project, part: null, kinds: ['project'], path: ['projects', '0'] },
      { item: DOCUMENT, part: null, kinds: ['document'], path: ['chain', '1', 'document'] },
    ]);
  });
  it('is listed by its claim, under the body it comes from', () => {
    const from = told(stated({ chain: [{ ...source('1', 'SSB'), by: SSB }] }), '2018-01-10');
    expect(evidence.summarise(stateOf([from]))).toMatchObject({
      title: CLAIM,
      state: 'STATED',
      open: false,
      body: SSB.body,
      references: [],
    });
  });
});

describe('the chain of sources grows', () => {
  const found = (before: string | null, ...names: readonly string[]): EvidenceCommand => ({
    type: 'SourceEvidence',
    before,
    sources: names.map(cited),
  });
  const names = (story: readonly Told[]) => stateOf(story).chain.map(({ by }) => by?.name);

  it('produces the sources, nearest to us or nearer to the origin', () => {
    expect(say([chained], found(null, 'KS'))).toEqual([{ type: 'EvidenceSourced', data: { before: null, sources: [source('3', 'KS')] } }]);
    const origin: EvidenceEvent = {
      type: 'EvidenceSourced',
      data: { before: '1', sources: [source('3', 'McLeod'), source('4', 'Fisch')] },
    };
    expect(say([chained], found('1', 'McLeod', 'Fisch'))).toEqual([origin]);
    expect(names([chained, told(origin, '2018-02-01')])).toEqual(['McLeod', 'Fisch', 'WEF', 'E24']);
  });
  it('refuses a place that is none, and gives no key again after a retraction', () => {
    expect(codeOf(say([chained], found('9', 'McLeod')))).toBe('UNKNOWN_SOURCE');
    const story = [
      chained,
      told({ type: 'EvidenceSourced', data: { before: null, sources: [source('3', 'KS')] } }, '2018-02-01'),
      told(retraction(1), '2018-02-02', { reason: 'Feil' }),
    ];
    expect(say(story, found(null, 'KS'))).toMatchObject([{ data: { sources: [{ key: '4' }] } }]);
  });
  it('stays quiet about sources that are all there', () => {
    expect(say([chained], found(null, 'E24'))).toEqual([]);
    expect(say([chained], found(null, 'E24', 'KS'))).toHaveLength(1);
  });
  it('is learnt also of a claim that has been superseded', () => {
    expect(say([founding, told(superseded, '2018-03-01')], found(null, 'WEF'))).toHaveLength(1);
    expect(codeOf(say([], found(null, 'WEF')))).toBe('NOT_STATED');
  });
  it('finds the sources that stand before one that is retracted, and a key that a correction gives twice', () => {
    const story = [
      founding,
      told({ type: 'EvidenceSourced', data: { before: null, sources: [source('1', 'WEF')] } }, '2018-02-01'),
      told({ type: 'EvidenceSourced', data: { before: '1', sources: [source('2', 'McLeod')] } }, '2018-02-02'),
    ];
    expect(against(story, told(retraction(1), '2018-03-01', { reason: 'Feil' }))).toEqual([entryIdAt(2)]);
    const twice = correction(1, 'sources', [source('1', 'WEF'), source('2', 'E24')] as unknown as Json);
    expect(against(story, told(twice, '2018-03-01', { reason: 'Mangler' }))).toEqual([entryIdAt(2)]);
  });
});

describe('a claim is disputed', () => {
  const command: EvidenceCommand = { type: 'DisputeEvidence', value: '1', text: 'Uten belegg.' };
  const settle: EvidenceCommand = { type: 'SettleEvidenceDispute', dispute: entryIdAt(1), outcome: 'CLAIM_STANDS', text: null };

  it('produces the dispute, and the claim is disputed whatever its source', () => {
    expect(say([chained], command)).toEqual([disputed('1')]);
    const state = stateOf([chained, contested]);
    expect([statusOfEvidence(state), evidence.summarise(state).state, evidence.facets(state).disputed]).toEqual([
      'DISPUTED',
      'DISPUTED',
      true,
    ]);
    expect(evidence.summarise(state).open).toBe(true);
  });
  it('refuses one that nobody raises, one of a figure that is none, and one of a superseded claim', () => {
    expect(codeOf(say([founding], command, { today: '2018-11-01' }))).toBe('ASSERTER_REQUIRED');
    expect(codeOf(say([founding], { ...command, value: '3' }))).toBe('UNKNOWN_VALUE');
    expect(codeOf(say([founding, told(superseded, '2018-03-01')], command))).toBe('EVIDENCE_SUPERSEDED');
    expect(say([founding, told(superseded, '2018-03-01')], command, { ...now, occurred: '2018-02-01' })).toHaveLength(1);
  });
  it('stays quiet while the same party says the same', () => {
    const again: EvidenceCommand = { ...command, value: null };
    expect(say([founding, contested], again, { ...now, assertedBy: SSB })).toEqual([]);
    expect(say([founding, contested], again)).toHaveLength(1);
  });
  it('is settled by naming its entry, and stands as before', () => {
    expect(say([chained, contested], settle)).toEqual([settled(1)]);
    const state = stateOf([chained, contested, told(settled(1), '2018-03-01')]);
    expect([statusOfEvidence(state), evidence.summarise(state).state]).toEqual(['SOURCED', 'STATED']);
    expect(state.disputes).toMatchObject([{ entry: entryIdAt(1), settlement: { outcome: 'CLAIM_STANDS', entry: entryIdAt(2) } }]);
  });
  it('refuses to settle what is no dispute, or was settled otherwise, and stays quiet about the same', () => {
    expect(codeOf(say([founding], settle))).toBe('UNKNOWN_DISPUTE');
    const story = [founding, contested, told(settled(1), '2018-03-01', { occurred: '2018-03-01' })];
    expect(codeOf(say(story, { ...settle, outcome: 'WITHDRAWN' }))).toBe('DISPUTE_SETTLED');
    expect(say(story, settle, { ...now, occurred: '2018-03-01' })).toEqual([]);
  });
  it('remains disputed while another dispute stands', () => {
    const story = [founding, contested, told(disputed('2'), '2018-02-02', { assertedBy: KS }), told(settled(1), '2018-03-01')];
    expect(evidence.summarise(stateOf(story)).state).toBe('DISPUTED');
  });
  it('is undone by a retraction, unless it was settled; then that goes first', () => {
    expect(evidence.summarise(stateOf([founding, contested, told(retraction(1), '2018-03-01', { reason: 'Feil' })])).state).toBe('STATED');
    const story = [founding, contested, told(settled(1), '2018-03-01')];
    expect(against(story, told(retraction(1), '2018-04-01', { reason: 'Feil' }))).toEqual([entryIdAt(2)]);
  });
  it('names a part, which a correction cannot take away from under it', () => {
    expect(evidence.partOf(disputed('2'))).toBe('2');
    expect([evidence.hasPart(stateOf([founding]), '2'), evidence.hasPart(stateOf([founding]), '3')]).toEqual([true, false]);
    const story = [founding, told(disputed('2'), '2018-02-01', { assertedBy: SSB })];
    const shorter = correction(0, 'values', [sixtyFive]);
    expect(against(story, told(shorter, '2018-03-01', { reason: 'Én verdi' }))).toEqual([entryIdAt(1)]);
  });
});

describe('a claim is corrected by whoever stated it', () => {
  const sixty = { ...figure, value: '60', asWritten: '60 prosent' };
  const command: EvidenceCommand = {
    type: 'CorrectEvidence',
    claim: null,
    values: [
      { key: '1', ...sixty },
      { key: null, ...figure },
    ],
    text: null,
  };
  const corrected: EvidenceEvent = {
    type: 'EvidenceCorrected',
    data: {
      claim: null,
      values: [
        { key: '1', ...sixty },
        { ...figure, key: '3' },
      ],
      text: null,
    },
  };

  it('produces the figures as they now are: old ones keep their keys, new ones get their own', () => {
    expect(say([founding], command)).toEqual([corrected]);
    const state = stateOf([founding, told(corrected, '2018-02-01', { assertedBy: KS })]);
    expect(state).toMatchObject({ claim: CLAIM, values: [{ key: '1', value: '60' }, { key: '3' }], corrections: [{ assertedBy: KS }] });
    expect(evidence.summarise(state).state).toBe('CORRECTED');
  });
  it('is compared with the figure of the same key', () => {
    expect(evidence.before(stateOf([founding]), corrected)).toMatchObject({
      claim: null,
      'values.0.value': '65',
      'values.0.unit': 'prosent',
    });
    expect(evidence.before(stateOf([founding]), corrected)).not.toHaveProperty(['values.1.value']);
  });
  it('is listed by the claim as it now reads', () => {
    const anew: EvidenceEvent = { type: 'EvidenceCorrected', data: { claim: 'Om lag to av tre.', values: null, text: null } };
    expect(evidence.summarise(stateOf([founding, told(anew, '2018-02-01')])).title).toBe('Om lag to av tre.');
  });
  it('refuses one that says nothing, and a figure that is none', () => {
    expect(codeOf(say([founding], { ...command, values: null }))).toBe('EMPTY_CORRECTION');
    expect(codeOf(say([founding], { ...command, values: [{ key: '7', ...sixty }] }))).toBe('UNKNOWN_VALUE');
    expect(codeOf(say([founding, told(superseded, '2018-02-01')], command))).toBe('EVIDENCE_SUPERSEDED');
  });
  it('stays quiet when it reads so already', () => {
    expect(say([founding], { ...command, claim: CLAIM, values: null })).toEqual([]);
    expect(say([founding], { ...command, values: [sixtyFive, third] })).toEqual([]);
  });
  it('does not settle a dispute by itself', () => {
    expect(evidence.summarise(stateOf([founding, contested, told(corrected, '2018-03-01')])).state).toBe('DISPUTED');
  });
});

describe('a claim is superseded', () => {
  const command: EvidenceCommand = { type: 'SupersedeEvidence', by: OTHER };
  const targets = { ...now, targets: [newer] };

  it('produces the end with the other’s title, and the link that goes with it', () => {
    expect(say([founding], command, targets)).toEqual([superseded]);
    const entries = recorded(ITEM, [founding, told(superseded, '2018-02-01')]);
    expect(foldLinks(evidence, ITEM, readAs(entries).facts)).toEqual([
      expect.objectContaining({ relation: 'SUPERSEDES', source: OTHER, target: ITEM, declared: true }),
    ]);
    expect(evidence.facets(stateAs<Evidence>(evidence, entries)).gaps).toEqual([]);
  });
  it('refuses itself, and another one after the first', () => {
    expect(codeOf(say([founding], { ...command, by: ITEM }, targets))).toBe('SUPERSEDED_BY_ITSELF');
    const other = `${OTHER.slice(0, -1)}3`;
    const decision = say([founding, told(superseded, '2018-02-01')], { ...command, by: other }, targets);
    expect(codeOf(decision)).toBe('EVIDENCE_SUPERSEDED');
    expect(isRefusal(decision) && decision.candidates).toEqual([OTHER]);
  });
  it('stays quiet when it is so already, and finds what a late one would contradict', () => {
    expect(say([founding, told(superseded, '2018-02-01')], command, targets)).toEqual([]);
    const story = [founding, told(disputed(), '2018-03-01', { occurred: '2018-03-01', assertedBy: SSB })];
    expect(against(story, told(superseded, '2018-04-01', { occurred: '2018-02-01' }))).toEqual([entryIdAt(1)]);
  });
});

describe('the record of a claim is set right', () => {
  it('reads a corrected figure, on every day', () => {
    const story = [founding, told(correction(0, 'values.0.jurisdiction', 'Norge'), '2018-02-01', { reason: 'Står i fotnoten' })];
    expect(stateOf(story).values[0]).toMatchObject({ key: '1', jurisdiction: 'Norge' });
    expect(evidence.summarise(stateOf(story)).state).toBe('STATED');
  });
  it('gives no key to another figure or source', () => {
    const fixed = (after: EvidenceEvent, path: string, before = stated()) => codeOf(evidence.fixed?.(before, after, [path]) ?? null);
    expect(fixed(stated({ values: [third, sixtyFive] }), 'values')).toBe('KEYS_WOULD_SHIFT');
    expect(fixed(stated({ values: [{ ...sixtyFive, key: '5' }, third] }), 'values.0.key')).toBe('KEYS_WOULD_SHIFT');
    expect(fixed(stated({ values: [sixtyFive, third, { ...third, key: '3' }] }), 'values')).toBeNull();
    expect(fixed(stated({ chain: [source('2', 'WEF')] }), 'chain.0', stated({ chain: [source('1', 'WEF')] }))).toBe('KEYS_WOULD_SHIFT');
    expect(evidence.events.EvidenceDisputed.fixed).toEqual(['value']);
    expect(evidence.events.EvidenceSuperseded.fixed).toEqual(['by', 'byTitle']);
  });
  it('knows a claim by the date established of it', () => {
    const established: DomainEvent = { type: 'DateEstablished', data: { entry: entryIdAt(0), date: date('2016-09-25') } };
    const entries = recorded(ITEM, [founding, told(established, '2018-02-01')]);
    expect(stateAs<Evidence>(evidence, entries, { validAt: '2016-09-25' })).toMatchObject({ status: 'stated' });
    expect(stateAs<Evidence>(evidence, entries.slice(0, 1), { validAt: '2016-09-25' })).toMatchObject({ status: 'unknown' });
  });
});

describe('the state table of evidence', () => {
  it('is walked: every state has a command in, and out unless it is final', () => {
    const commands: EvidenceCommand[] = [
      { type: 'StateEvidence', claim: CLAIM, caption: null, values: [figure], chain: [], projects: [] },
      { type: 'SourceEvidence', before: null, sources: [cited('WEF')] },
      { type: 'DisputeEvidence', value: '1', text: 'Uten belegg.' },
      // What has not been recorded has no id yet: the walk knows its dispute by none.
      { type: 'SettleEvidenceDispute', dispute: '', outcome: 'CLAIM_STANDS', text: null },
      { type: 'CorrectEvidence', claim: 'Om lag to av tre.', values: null, text: null },
      { type: 'SupersedeEvidence', by: OTHER },
    ];
    expect(walk(evidence, ITEM, commands, KS, [newer])).toEqual(asWritten(evidence));
    expect(commands.map(({ type }) => type).sort()).toEqual(Object.keys(evidence.commands).sort());
  });
});

describe('the story of a claim is told', () => {
  it('with who reported whom, and what is disputed', () => {
    const entries = recorded(ITEM, [chained, contested, told(settled(1), '2018-03-01'), told(superseded, '2018-04-01')]);
    expect(titlesOf(evidence, entries)).toEqual([
      `Kunnskapsgrunnlag: «${CLAIM}»`,
      'Påstanden er bestridt av SSB',
      'Innsigelsen er avgjort: påstanden står',
      'Påstanden er avløst av «En nyere undersøkelse»',
    ]);
    const [first] = readAs(entries).facts;
    if (first === undefined) throw new Error('nothing was recorded');
    const { description } = evidence.describe({ ...first, event: stated({ chain: [source('1', 'WEF'), source('2', 'E24')] }) });
    expect(description.nb).toBe('Tall: 65 prosent av barna, et estimat; 1 av 3\u00a0prosent av barna, et estimat. Kilde: WEF via E24.');
    const { description: dispute } = evidence.describe({ ...first, event: disputed('1') }, stateOf([chained]));
    expect(dispute.nb).toBe('Uten belegg. Gjelder: 65 prosent av barna, et estimat.');
  });
  it('without the name of a person', () => {
    const sealed = { body: null, name: { sealed: 'A'.repeat(43), person: 'person-7d0c8a1e-3f52-4b6d-8e9a-1c2b3d4e5f60' } };
    const event: EvidenceEvent = { type: 'EvidenceSourced', data: { before: null, sources: [{ ...source('1', ''), by: sealed }] } };
    const [fact] = readAs(recorded(ITEM, [told(event, '2018-01-10')])).facts;
    if (fact === undefined) throw new Error('nothing was recorded');
    expect(evidence.describe({ ...fact, event }).title.nb).toBe('Kilde funnet: en navngitt person');
    expect(evidence.onTimeline(event)).toBe(false);
  });
});
