import type { PartialDate, Party, Sealed } from '@saksgang/kernel';

/** Erklæring, plattform, avtale. */
export const AGREEMENT_TYPES = ['DECLARATION', 'PLATFORM', 'AGREEMENT'] as const;
export type AgreementType = (typeof AGREEMENT_TYPES)[number];

/** In the order of the document. `person` and `role` null: not known who signed, or as what. */
export type Signature = Readonly<{ party: Party; person: Sealed | null; role: string | null }>;
/** Given once within its agreement, from «1»; it never means another goal. */
export type AgreementGoal = Readonly<{ key: string; text: string }>;

/**
 * The founding event; `occurred` is when it was signed. Texts are verbatim. `openEnded`: the source speaks of more parties than it
 * names. `inForce`: throughout, where the agreement itself says so. `buildsOn`: what it says that it builds on, in its own words.
 */
export type AgreementSigned = Readonly<{
  type: 'AgreementSigned';
  data: Readonly<{
    agreementType: AgreementType;
    title: string;
    parties: readonly Party[];
    openEnded: boolean;
    signatures: readonly Signature[];
    goals: readonly AgreementGoal[];
    purpose: string | null;
    inForce: PartialDate | null;
    buildsOn: string | null;
  }>;
}>;
/** `period` null: nothing was said of it, and what was said before stands. */
export type AgreementBroughtIntoForce = Readonly<{ type: 'AgreementBroughtIntoForce'; data: Readonly<{ period: PartialDate | null }> }>;
/** `version` as printed («2020–2024», «andre utgave»); `text`: what is new; `period` null: not said. */
export type AgreementRevised = Readonly<{
  type: 'AgreementRevised';
  data: Readonly<{ version: string | null; text: string | null; period: PartialDate | null }>;
}>;
export type AgreementAcceded = Readonly<{ type: 'AgreementAcceded'; data: Readonly<{ party: Party }> }>;
/** It ran out or was ended; why is `reason`. */
export type AgreementEnded = Readonly<{ type: 'AgreementEnded'; data: Readonly<Record<string, never>> }>;

export type AgreementEvent = AgreementSigned | AgreementBroughtIntoForce | AgreementRevised | AgreementAcceded | AgreementEnded;
