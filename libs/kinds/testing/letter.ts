import { isRefusal, type DomainEvent, type Party, type Target } from '@saksgang/kernel';
import {
  document,
  type DocumentCommand,
  type DocumentEvent,
  type DocumentItem,
  type DocumentRegistered,
  type RecordedDocument,
} from '../src/document/index.js';
import { date, decided, entryIdAt, recorded, stateAs, type Circumstances, type Told } from './telling.js';

/** The letter with the board's resolution, as specs of the kind tell it. */
export const ITEM = 'document-11111111-1111-5111-8111-111111111111';
export const REPORT = 'document-22222222-2222-5222-8222-222222222222';
export const KS: Party = { body: 'body-33333333-3333-5333-8333-333333333333', name: 'KS' };
export const OFFICER = { sealed: 'A'.repeat(43), person: 'person-44444444-4444-4444-8444-444444444444' };
export const SIGNER = { sealed: 'B'.repeat(43), person: 'person-55555555-5555-4555-8555-555555555555' };
export const TARGETS: readonly Target[] = [
  { item: REPORT, kind: 'document', title: 'Rapporten', state: 'REGISTERED', hasPart: () => false },
];
export const HASH = 'ab'.repeat(32);

export const data: DocumentRegistered['data'] = {
  title: 'Rapport fra medlemsdialogen «Kultur for framtida»',
  documentType: 'LETTER',
  dated: date('2018-10-03', '03.10.2018'),
  caseReference: '18/01456-7',
  number: null,
  archiveCode: '0',
  sender: KS,
  recipients: [{ body: null, name: 'Fylkesstyret' }],
  openEnded: true,
  recipientsAsWritten: 'Fylkesstyret og andre',
  caseOfficer: OFFICER,
  theirReference: null,
  blankFields: ['THEIR_REFERENCE'],
  signatories: [{ person: SIGNER, role: 'Områdedirektør', body: null, mark: '(s)' }],
  attachments: [{ key: '1', title: 'Rapport fra medlemsdialogen', item: null }],
  citations: [{ key: '1', text: 'Takk til alle', locator: null }],
  fileHash: null,
};
export const told = (event: DomainEvent, on: string, more: Partial<Told> = {}): Told => ({ event, on, ...more });
export const founding: DocumentRegistered = { type: 'DocumentRegistered', data };
export const registered = told(founding, '2018-10-05', { occurred: '2018-10-03' });
export const cited = (key: string, text: string): DocumentEvent => ({ type: 'CitationAdded', data: { key, text, locator: 's. 2' } });
export const attached = (key: string, title: string, item: string | null = null): DocumentEvent => ({
  type: 'AttachmentRegistered',
  data: { key, title, item },
});
export const filed: DocumentEvent = { type: 'DocumentFileRegistered', data: { fileHash: HASH } };

export const register: Extract<DocumentCommand, { type: 'RegisterDocument' }> = {
  type: 'RegisterDocument',
  ...data,
  attachments: [{ key: null, title: 'Rapport fra medlemsdialogen', item: null }],
  citations: [{ key: null, text: 'Takk til alle', locator: null }],
};
export const cite = (text: string): DocumentCommand => ({ type: 'AddCitation', text, locator: 's. 2' });
export const attach = (attachment: string | null, title: string | null, item: string | null = null): DocumentCommand => ({
  type: 'RegisterAttachment',
  attachment,
  title,
  item,
});
export const file: Extract<DocumentCommand, { type: 'RegisterDocumentFile' }> = { type: 'RegisterDocumentFile', fileHash: HASH };

export const now: Circumstances = { today: '2018-11-01', targets: TARGETS };
export const decide = (story: readonly Told[], command: DocumentCommand, more: Partial<Circumstances> = {}) =>
  decided(document, ITEM, recorded(ITEM, story), command, { ...now, ...more });
export const codeOf = (decision: unknown): string | null => (isRefusal(decision) ? decision.code : null);
export const after = (...story: readonly Told[]): RecordedDocument => {
  const state = stateAs<DocumentItem>(document, recorded(ITEM, story));
  if (state.status === 'unknown') throw new Error('the story has no founding event');
  return state;
};
export const correcting = (revision: number, path: string, value: unknown): DomainEvent => ({
  type: 'EntryCorrected',
  data: {
    entry: entryIdAt(revision),
    version: 1,
    occurred: null,
    assertedBy: null,
    source: null,
    entryReason: null,
    cleared: [],
    set: [{ path, value }],
  },
});
export const retracting = (revision: number): DomainEvent => ({ type: 'EntryRetracted', data: { entry: entryIdAt(revision) } });
