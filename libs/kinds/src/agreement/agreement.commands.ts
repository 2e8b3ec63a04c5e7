import type { PartialDate, Party } from '@saksgang/kernel';
import type { AgreementType, Signature } from './agreement.events.js';

/** Founding. `key` null: the next free one. */
export type SignAgreement = Readonly<{
  type: 'SignAgreement';
  agreementType: AgreementType;
  title: string;
  parties: readonly Party[];
  openEnded: boolean;
  signatures: readonly Signature[];
  goals: readonly Readonly<{ key: string | null; text: string }>[];
  purpose: string | null;
  inForce: PartialDate | null;
  buildsOn: string | null;
}>;
export type BringAgreementIntoForce = Readonly<{ type: 'BringAgreementIntoForce'; period: PartialDate | null }>;
export type ReviseAgreement = Readonly<{
  type: 'ReviseAgreement';
  version: string | null;
  text: string | null;
  period: PartialDate | null;
}>;
export type AccedeToAgreement = Readonly<{ type: 'AccedeToAgreement'; party: Party }>;
export type EndAgreement = Readonly<{ type: 'EndAgreement' }>;

export type AgreementCommand = SignAgreement | BringAgreementIntoForce | ReviseAgreement | AccedeToAgreement | EndAgreement;
