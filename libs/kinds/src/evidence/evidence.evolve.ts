import type { Fact, Proposed } from '@saksgang/kernel';
import type { EvidenceCorrected, EvidenceDisputeSettled, EvidenceDisputed, EvidenceEvent, EvidenceSourced } from './evidence.events.js';
import type { Evidence, RecordedEvidence } from './evidence.state.js';

export type Told = Fact<EvidenceEvent> | Proposed<EvidenceEvent>;

const said = (fact: Told) => ({
  entry: 'entry' in fact ? fact.entry : '',
  occurred: fact.occurred,
  assertedBy: fact.assertedBy,
  source: fact.source,
});

const sourced = <E extends RecordedEvidence>(evidence: E, { data: { before, sources } }: EvidenceSourced): E => {
  const at = before === null ? -1 : evidence.chain.findIndex(({ key }) => key === before);
  return { ...evidence, chain: evidence.chain.toSpliced(at === -1 ? evidence.chain.length : at, 0, ...sources) };
};

const disputed = <E extends RecordedEvidence>(evidence: E, { data }: EvidenceDisputed, fact: Told): E => ({
  ...evidence,
  disputes: [...evidence.disputes, { ...said(fact), ...data, settlement: null }],
});

const settled = <E extends RecordedEvidence>(evidence: E, { data: { dispute, ...settlement } }: EvidenceDisputeSettled, fact: Told): E => ({
  ...evidence,
  disputes: evidence.disputes.map((one) =>
    one.entry === dispute && one.settlement === null ? { ...one, settlement: { ...said(fact), ...settlement } } : one,
  ),
});

const corrected = <E extends RecordedEvidence>(evidence: E, { data: { claim, values, text } }: EvidenceCorrected, fact: Told): E => ({
  ...evidence,
  claim: claim ?? evidence.claim,
  values: values ?? evidence.values,
  corrections: [...evidence.corrections, { ...said(fact), claim, text }],
});

export const evolve = (evidence: Evidence, fact: Told): Evidence => {
  const { event } = fact;
  if (event.type === 'EvidenceStated')
    return evidence.status === 'unknown' ? { ...event.data, status: 'stated', disputes: [], corrections: [] } : evidence;
  if (evidence.status === 'unknown') return evidence;
  switch (event.type) {
    case 'EvidenceSourced':
      return sourced(evidence, event);
    case 'EvidenceDisputed':
      return disputed(evidence, event, fact);
    case 'EvidenceDisputeSettled':
      return settled(evidence, event, fact);
    case 'EvidenceCorrected':
      return corrected(evidence, event, fact);
    case 'EvidenceSuperseded':
      return evidence.status === 'superseded' ? evidence : { ...evidence, status: 'superseded', ...event.data };
  }
};
