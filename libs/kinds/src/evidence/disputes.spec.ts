import { foldLinks, isRefusal } from '@saksgang/kernel';
import {
  ITEM,
  OTHER,
  KS,
  SSB,
  newer,
  figure,
  sixtyFive,
  third,
  CLAIM,
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
import { entryIdAt, readAs, recorded, stateAs } from '../../testing/telling.js';
import { evidence, statusOfEvidence, type Evidence, type EvidenceCommand, type EvidenceEvent } from './index.js';

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
    expect(codeOf(say(story, { ...settle, outcome: 'DISPUTE_WITHDRAWN' }))).toBe('DISPUTE_SETTLED');
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
