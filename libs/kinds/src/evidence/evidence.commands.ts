import type { EntryId, ItemId } from '@saksgang/kernel';
import type { DisputeOutcome, ElementKey, EvidenceSource, EvidenceValue } from './evidence.events.js';

/** Keys are given when it is decided. */
export type AskedSource = Omit<EvidenceSource, 'key'>;
/** `key`: the value it takes the place of; null: a new one. */
export type AskedValue = Omit<EvidenceValue, 'key'> & Readonly<{ key: ElementKey | null }>;

/** Founding. */
export type StateEvidence = Readonly<{
  type: 'StateEvidence';
  claim: string;
  caption: string | null;
  values: readonly Omit<EvidenceValue, 'key'>[];
  chain: readonly AskedSource[];
  projects: readonly ItemId[];
}>;
export type SourceEvidence = Readonly<{ type: 'SourceEvidence'; before: ElementKey | null; sources: readonly AskedSource[] }>;
export type DisputeEvidence = Readonly<{ type: 'DisputeEvidence'; value: ElementKey | null; text: string }>;
export type SettleEvidenceDispute = Readonly<{
  type: 'SettleEvidenceDispute';
  dispute: EntryId;
  outcome: DisputeOutcome;
  text: string | null;
}>;
export type CorrectEvidence = Readonly<{
  type: 'CorrectEvidence';
  claim: string | null;
  values: readonly AskedValue[] | null;
  text: string | null;
}>;
export type SupersedeEvidence = Readonly<{ type: 'SupersedeEvidence'; by: ItemId }>;

export type EvidenceCommand =
  StateEvidence | SourceEvidence | DisputeEvidence | SettleEvidenceDispute | CorrectEvidence | SupersedeEvidence;
