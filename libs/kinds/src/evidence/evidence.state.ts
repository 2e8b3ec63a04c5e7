import type { EntryId, ItemId, PartialDate, Party, Source } from '@saksgang/kernel';
import type { DisputeOutcome, ElementKey, EvidenceSource, EvidenceValue } from './evidence.events.js';

/** Computed from the chain and the disputes, never stored. */
export const EVIDENCE_STATUSES = ['UNSOURCED', 'SOURCED', 'DISPUTED'] as const;
export type EvidenceStatus = (typeof EVIDENCE_STATUSES)[number];

type Said = Readonly<{ entry: EntryId; occurred: PartialDate; assertedBy: Party | null; source: Source | null }>;
export type Settlement = Said & Readonly<{ outcome: DisputeOutcome; text: string | null }>;
/** `settlement` null: it stands. */
export type Dispute = Said & Readonly<{ value: ElementKey | null; text: string; settlement: Settlement | null }>;
/** `claim` null: only the values were corrected. */
export type EvidenceCorrection = Said & Readonly<{ claim: string | null; text: string | null }>;

export type EvidenceCore = Readonly<{
  claim: string;
  caption: string | null;
  values: readonly EvidenceValue[];
  /** From the origin to where it was read. */
  chain: readonly EvidenceSource[];
  projects: readonly ItemId[];
  disputes: readonly Dispute[];
  corrections: readonly EvidenceCorrection[];
}>;
export type Evidence =
  | Readonly<{ status: 'unknown' }>
  | (EvidenceCore & Readonly<{ status: 'stated' }>)
  | (EvidenceCore & Readonly<{ status: 'superseded'; by: ItemId; byTitle: string }>);
/** What it is once its founding entry is folded. */
export type RecordedEvidence = Exclude<Evidence, { status: 'unknown' }>;
