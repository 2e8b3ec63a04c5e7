import { contradictions, isRefusal, type DomainEvent, type Json, type Party, type Target } from '@saksgang/kernel';
import { evidence, type Evidence, type EvidenceCommand, type EvidenceEvent, type EvidenceSource } from '../src/evidence/index.js';
import { decided, entryIdAt, readAs, recorded, stateAs, type Circumstances, type Told } from './telling.js';

/** The claim of WEF by way of E24, as specs tell its story. */
export const ITEM = 'evidence-11111111-1111-5111-8111-111111111111';
export const OTHER = 'evidence-22222222-2222-5222-8222-222222222222';
export const DOCUMENT = 'document-55555555-5555-5555-8555-555555555555';
export const KS: Party = { body: 'body-33333333-3333-5333-8333-333333333333', name: 'KS' };
export const SSB: Party = { body: 'body-44444444-4444-5444-8444-444444444444', name: 'SSB' };
export const newer: Target = { item: OTHER, kind: 'evidence', title: 'En nyere undersøkelse', state: 'STATED', hasPart: () => false };
export const report: Target = { item: DOCUMENT, kind: 'document', title: 'The Future of Jobs', state: 'REGISTERED', hasPart: () => false };

export const figure = {
  value: '65',
  asWritten: '65 prosent',
  unit: 'prosent',
  population: 'barna',
  jurisdiction: null,
  year: null,
  qualifier: 'et estimat',
};
export const sixtyFive = { key: '1', ...figure };
export const third = { ...figure, key: '2', value: '1/3', asWritten: '1 av 3' };
export const cited = (name: string) => ({
  by: { body: null, name },
  document: null,
  title: null,
  reference: null,
  dated: null,
  locator: null,
  url: null,
});
export const source = (key: string, name: string): EvidenceSource => ({ key, ...cited(name) });
export const CLAIM = 'Hele 65 prosent av barna vil jobbe i helt nye yrker.';

export const stated = (more: Partial<Extract<EvidenceEvent, { type: 'EvidenceStated' }>['data']> = {}): EvidenceEvent => ({
  type: 'EvidenceStated',
  data: { claim: CLAIM, caption: null, values: [sixtyFive, third], chain: [], projects: [], ...more },
});
export const told = (event: DomainEvent, on: string, more: Partial<Told> = {}): Told => ({ event, on, ...more });
export const founding = told(stated(), '2018-01-10');
export const chained = told(stated({ chain: [source('1', 'WEF'), source('2', 'E24')] }), '2018-01-10');
export const disputed = (value: string | null = null): EvidenceEvent => ({
  type: 'EvidenceDisputed',
  data: { value, text: 'Uten belegg.' },
});
export const contested = told(disputed(), '2018-02-01', { assertedBy: SSB });
export const settled = (dispute: number): EvidenceEvent => ({
  type: 'EvidenceDisputeSettled',
  data: { dispute: entryIdAt(dispute), outcome: 'CLAIM_STANDS', text: null },
});
export const superseded: EvidenceEvent = { type: 'EvidenceSuperseded', data: { by: OTHER, byTitle: 'En nyere undersøkelse' } };

export const now = { today: '2018-11-01', assertedBy: KS };
export const say = (story: readonly Told[], command: EvidenceCommand, circumstances: Circumstances = now) =>
  decided(evidence, ITEM, recorded(ITEM, story), command, circumstances);
export const codeOf = (decision: unknown): string | null => (isRefusal(decision) ? decision.code : null);
export const stateOf = (story: readonly Told[]): Exclude<Evidence, { status: 'unknown' }> => {
  const state = stateAs<Evidence>(evidence, recorded(ITEM, story));
  if (state.status === 'unknown') throw new Error('the evidence is not on record');
  return state;
};
export const against = (story: readonly Told[], more: Told): readonly string[] =>
  contradictions(evidence, readAs(recorded(ITEM, story)), readAs(recorded(ITEM, [...story, more]))).map(({ entry }) => entry);
export const correction = (entry: number, path: string, value: Json): DomainEvent => ({
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
export const retraction = (entry: number): DomainEvent => ({ type: 'EntryRetracted', data: { entry: entryIdAt(entry) } });
