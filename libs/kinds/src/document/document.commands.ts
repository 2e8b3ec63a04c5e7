import type { ItemId, PartialDate, Party, Sealed } from '@saksgang/kernel';
import type { DocumentFieldName, DocumentType, Signatory } from './document.events.js';

/** `key` null: the next free one. `title` null: that of the item. */
export type AttachmentGiven = Readonly<{ key: string | null; title: string | null; item: ItemId | null }>;
export type CitationGiven = Readonly<{ key: string | null; text: string; locator: string | null }>;

/** Founding. */
export type RegisterDocument = Readonly<{
  type: 'RegisterDocument';
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
  attachments: readonly AttachmentGiven[];
  citations: readonly CitationGiven[];
  fileHash: string | null;
}>;
export type AddCitation = Readonly<{ type: 'AddCitation'; text: string; locator: string | null }>;
/** `attachment` null: a new one; else the one of which more is known now. */
export type RegisterAttachment = Readonly<{
  type: 'RegisterAttachment';
  attachment: string | null;
  title: string | null;
  item: ItemId | null;
}>;
export type RegisterDocumentFile = Readonly<{ type: 'RegisterDocumentFile'; fileHash: string }>;

export type DocumentCommand = RegisterDocument | AddCitation | RegisterAttachment | RegisterDocumentFile;
