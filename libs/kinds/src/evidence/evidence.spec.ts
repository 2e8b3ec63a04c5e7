import { type DomainEvent, type Entry } from '@saksgang/kernel';
import {
  ITEM,
  OTHER,
  DOCUMENT,
  KS,
  SSB,
  newer,
  report,
  figure,
  sixtyFive,
  third,
  cited,
  source,
  CLAIM,
  stated,
  told,
  founding,
  chained,
  disputed,
  contested,
  settled,
  superseded,
  now,
  say,
  codeOf,
  stateOf,
  against,
  correction,
  retraction,
} from '../../testing/claim.js';
import { date, entryIdAt, readAs, recorded, stateAs, titlesOf, type Told } from '../../testing/telling.js';
import { asWritten, walk } from '../../testing/walk.js';
import { evidence, statusOfEvidence, type Evidence, type EvidenceCommand, type EvidenceEvent } from './index.js';

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
    const twice = correction(1, 'sources', [source('1', 'WEF'), source('2', 'E24')]);
    expect(against(story, told(twice, '2018-03-01', { reason: 'Mangler' }))).toEqual([entryIdAt(2)]);
  });
});

describe('the record of a claim is set right', () => {
  it('reads a corrected figure, on every day', () => {
    const story = [founding, told(correction(0, 'values.0.jurisdiction', 'Norge'), '2018-02-01', { reason: 'Står i fotnoten' })];
    expect(stateOf(story).values[0]).toMatchObject({ key: '1', jurisdiction: 'Norge' });
    expect(evidence.summarise(stateOf(story)).state).toBe('STATED');
  });
  it('gives no key to another figure or source', () => {
    const fixed = (after: EvidenceEvent, path: string, before = stated(), entries: readonly Entry[] = []) =>
      codeOf(evidence.fixed?.(before, after, [path], entries) ?? null);
    expect(fixed(stated({ values: [third, sixtyFive] }), 'values')).toBe('KEYS_WOULD_SHIFT');
    expect(fixed(stated({ values: [{ ...sixtyFive, key: '5' }, third] }), 'values.0.key')).toBe('KEYS_WOULD_SHIFT');
    expect(fixed(stated({ values: [sixtyFive, third, { ...third, key: '3' }] }), 'values')).toBeNull();
    expect(fixed(stated({ chain: [source('2', 'WEF')] }), 'chain.0', stated({ chain: [source('1', 'WEF')] }))).toBe('KEYS_WOULD_SHIFT');
    const once = recorded(ITEM, [
      founding,
      told(
        { type: 'EvidenceCorrected', data: { claim: null, values: [sixtyFive, third, { ...third, key: '3' }], text: null } },
        '2018-02-01',
      ),
      told(retraction(1), '2018-03-01', { reason: 'Gjaldt en annen påstand' }),
    ]);
    expect(fixed(stated({ values: [sixtyFive, third, { ...third, key: '3' }] }), 'values', stated(), once)).toBe('KEYS_WOULD_SHIFT');
    expect(fixed(stated({ values: [sixtyFive, third, { ...third, key: '4' }] }), 'values', stated(), once)).toBeNull();
    expect(evidence.events.EvidenceDisputed.fixed).toEqual(['value']);
    expect(evidence.events.EvidenceSuperseded.fixed).toEqual(['by', 'byTitle']);
  });
  it('does not exchange a document while the title of the first stays', () => {
    const other = 'document-66666666-6666-5666-8666-666666666666';
    const cited = (document: string | null, title: string | null) => stated({ chain: [{ ...source('1', 'E24'), document, title }] });
    const fixed = (before: EvidenceEvent, after: EvidenceEvent, ...paths: readonly string[]) =>
      codeOf(evidence.fixed?.(before, after, paths, []) ?? null);
    const before = cited(DOCUMENT, 'Nye yrker');
    expect(fixed(before, cited(other, 'Nye yrker'), 'chain.0.document')).toBe('TITLE_REQUIRED');
    expect(fixed(before, cited(other, 'Jobber'), 'chain.0.document', 'chain.0.title')).toBeNull();
    expect(fixed(before, cited(DOCUMENT, 'Jobber'), 'chain.0.title')).toBeNull();
    // It is now on record under the title it was cited by.
    expect(fixed(cited(null, 'Nye yrker'), before, 'chain.0.document')).toBeNull();
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

describe('what a claim says', () => {
  it('can be searched for, its figures under their keys, and never by a person’s name', () => {
    const sealed = { body: null, name: { sealed: 'A'.repeat(43), person: 'person-7d0c8a1e-3f52-4b6d-8e9a-1c2b3d4e5f60' } };
    const event = stated({ values: [sixtyFive], chain: [source('1', 'WEF'), { ...source('2', ''), by: sealed, title: 'Nye yrker' }] });
    expect(evidence.texts?.(event)).toEqual([
      { part: null, text: CLAIM },
      ...['65 prosent', 'prosent', 'barna', 'et estimat'].map((text) => ({ part: '1', text })),
      { part: null, text: 'WEF' },
      { part: null, text: 'Nye yrker' },
    ]);
  });
});
