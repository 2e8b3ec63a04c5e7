import type { ItemId, PartialDate, Party, Sealed } from '@saksgang/kernel';

/** Brev, notat, rapport, presentasjon, utredning, saksfremlegg, protokoll, nyhetsartikkel, nettside, annet. */
export const DOCUMENT_TYPES = [
  'LETTER',
  'MEMO',
  'REPORT',
  'PRESENTATION',
  'OFFICIAL_REPORT',
  'CASE_PAPER',
  'MINUTES',
  'NEWS_ARTICLE',
  'WEB_PAGE',
  'OTHER',
] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** Fields that a document may print and leave blank. */
export const DOCUMENT_FIELD_NAMES = [
  'CASE_REFERENCE',
  'ARCHIVE_CODE',
  'CASE_OFFICER',
  'THEIR_REFERENCE',
  'DATED',
  'SENDER',
  'RECIPIENTS',
] as const;
export type DocumentFieldName = (typeof DOCUMENT_FIELD_NAMES)[number];

/**
 * In the order of the document. `person` null: the name cannot be read, or is not known. `role`: the title beside the name; `mark`: what
 * stands for the signature («(s)»); null: nothing stands there.
 */
export type Signatory = Readonly<{ person: Sealed | null; role: string | null; body: Party | null; mark: string | null }>;
/** Given once within its document, from «1»; it never means another. `item` null: known by its title only. */
export type Attachment = Readonly<{ key: string; title: string; item: ItemId | null }>;
/** Words of the document that the record rests on, verbatim, and where in it they stand. */
export type Citation = Readonly<{ key: string; text: string; locator: string | null }>;

/**
 * The founding event; `occurred` is when the document came to be, as far as is known. References, codes and names are as printed.
 * Null: not known; what the document prints and leaves blank is in `blankFields`. `number`: its own in a series («NOU 2013:4»).
 * `recipientsAsWritten`: the whole line, where it says more than the names;
 * the names of persons are left out of it, as it is not sealed. `openEnded`: «og andre». `fileHash`: SHA-256 in hex.
 */
export type DocumentRegistered = Readonly<{
  type: 'DocumentRegistered';
  data: Readonly<{
    title: string;
    documentType: DocumentType | null;
    dated: PartialDate | null;
    caseReference: string | null;
    number: string | null;
    archiveCode: string | null;
    sender: Party | null;
    recipients: readonly Party[];
    openEnded: boolean;
    recipientsAsWritten: string | null;
    caseOfficer: Sealed | null;
    theirReference: string | null;
    blankFields: readonly DocumentFieldName[];
    signatories: readonly Signatory[];
    attachments: readonly Attachment[];
    citations: readonly Citation[];
    fileHash: string | null;
  }>;
}>;
export type CitationAdded = Readonly<{ type: 'CitationAdded'; data: Citation }>;
/** The first of its key makes it; a later one says more of the same attachment. */
export type AttachmentRegistered = Readonly<{ type: 'AttachmentRegistered'; data: Attachment }>;
/** The file itself came to hand. */
export type DocumentFileRegistered = Readonly<{ type: 'DocumentFileRegistered'; data: Readonly<{ fileHash: string }> }>;

export type DocumentEvent = DocumentRegistered | CitationAdded | AttachmentRegistered | DocumentFileRegistered;
