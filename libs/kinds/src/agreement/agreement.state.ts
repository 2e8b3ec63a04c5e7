import type { EntryId, PartialDate, Party, Source } from '@saksgang/kernel';
import type { AgreementGoal, AgreementType, Signature } from './agreement.events.js';

type Said = Readonly<{ entry: EntryId; occurred: PartialDate; assertedBy: Party | null; source: Source | null }>;
/** The first is what was signed: it has no version of its own, and its text is the agreement. `period`: as known for this version. */
export type AgreementVersion = Said & Readonly<{ version: string | null; text: string | null; period: PartialDate | null }>;
export type Accession = Said & Readonly<{ party: Party }>;

export type AgreementCore = Readonly<{
  agreementType: AgreementType;
  title: string;
  /** Those that signed, then those that acceded. */
  parties: readonly Party[];
  openEnded: boolean;
  signatures: readonly Signature[];
  goals: readonly AgreementGoal[];
  purpose: string | null;
  buildsOn: string | null;
  signed: PartialDate;
  /** When it came into force, as far as is known; null: nobody has said that it did. */
  broughtIntoForce: PartialDate | null;
  /** Oldest first; at least one. */
  versions: readonly AgreementVersion[];
  accessions: readonly Accession[];
}>;
export type LivingAgreement = AgreementCore & Readonly<{ status: 'signed' | 'inForce' | 'revised' }>;
export type EndedAgreement = AgreementCore & Readonly<{ status: 'ended'; ended: PartialDate }>;
export type Agreement = Readonly<{ status: 'unknown' }> | LivingAgreement | EndedAgreement;
/** What it is once its founding entry is folded. */
export type RecordedAgreement = LivingAgreement | EndedAgreement;
