import type { EntryId, PartialDate } from '@saksgang/kernel';
import type { Attachment, Citation, DocumentRegistered } from './document.events.js';

/** `entry`: the one that recorded it, or said most of it. */
export type CitationState = Citation & Readonly<{ entry: EntryId }>;
export type AttachmentState = Attachment & Readonly<{ entry: EntryId }>;

export type RecordedDocument = Omit<DocumentRegistered['data'], 'attachments' | 'citations'> &
  Readonly<{
    /** `corrected` while a correction of any of its entries is in force. */
    status: 'registered' | 'corrected';
    /** When it came to be, as far as is known. */
    made: PartialDate;
    attachments: readonly AttachmentState[];
    citations: readonly CitationState[];
  }>;
export type DocumentItem = Readonly<{ status: 'unknown' }> | RecordedDocument;
