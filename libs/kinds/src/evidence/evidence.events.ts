import type { EntryId, ItemId, PartialDate, Party, Source } from '@saksgang/kernel';
import type { Quantity } from '../shared/quantity.js';

/** Given once within its evidence, from «1», to values and to sources apart; it never means another one. */
export type ElementKey = string;

/**
 * One figure of a claim. `value` as a number or a ratio, null where what is written is none; `asWritten` in the source’s own words
 * («1 av 3»): at least one is there. `qualifier`: «et estimat», «hele». `jurisdiction` and the others null: not said.
 */
export type EvidenceValue = Readonly<{
  key: ElementKey;
  value: Quantity | null;
  asWritten: string | null;
  unit: string | null;
  population: string | null;
  jurisdiction: string | null;
  year: PartialDate | null;
  qualifier: string | null;
}>;
/** One link of a source chain: who said it, and where it stands. `title`: as cited, else that of the document when it was recorded. */
export type EvidenceSource = Readonly<{ key: ElementKey; by: Party | null }> & Source;

/**
 * The founding event. `claim` verbatim; `caption` as it stands by the figure. `chain` runs from the origin to where it was read: WEF,
 * then E24, which reported it. The entry's own source is where the record has it from.
 */
export type EvidenceStated = Readonly<{
  type: 'EvidenceStated';
  data: Readonly<{
    claim: string;
    caption: string | null;
    values: readonly EvidenceValue[];
    chain: readonly EvidenceSource[];
    projects: readonly ItemId[];
  }>;
}>;
/** More of the chain. `before`: they stand nearer to the origin than this source; null: after all others, nearest to us. */
export type EvidenceSourced = Readonly<{
  type: 'EvidenceSourced';
  data: Readonly<{ before: ElementKey | null; sources: readonly EvidenceSource[] }>;
}>;
/** Who disputes it is `assertedBy`. `value` null: the claim as a whole. */
export type EvidenceDisputed = Readonly<{ type: 'EvidenceDisputed'; data: Readonly<{ value: ElementKey | null; text: string }> }>;

export const DISPUTE_OUTCOMES = ['CLAIM_STANDS', 'CLAIM_CORRECTED', 'DISPUTE_WITHDRAWN'] as const;
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];
/** `dispute` is the entry that disputed it. */
export type EvidenceDisputeSettled = Readonly<{
  type: 'EvidenceDisputeSettled';
  data: Readonly<{ dispute: EntryId; outcome: DisputeOutcome; text: string | null }>;
}>;
/**
 * Whoever stated it says it otherwise now; our own mistakes are set right by correcting the entry. Null: as before. `values` are
 * all of them, with the keys they had.
 */
export type EvidenceCorrected = Readonly<{
  type: 'EvidenceCorrected';
  data: Readonly<{ claim: string | null; values: readonly EvidenceValue[] | null; text: string | null }>;
}>;
/** `byTitle`: the title of the other as it was when this was recorded. */
export type EvidenceSuperseded = Readonly<{ type: 'EvidenceSuperseded'; data: Readonly<{ by: ItemId; byTitle: string }> }>;

export type EvidenceEvent =
  EvidenceStated | EvidenceSourced | EvidenceDisputed | EvidenceDisputeSettled | EvidenceCorrected | EvidenceSuperseded;
