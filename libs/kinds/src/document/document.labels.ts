import { labels, type Labels } from '@saksgang/kernel';
import { joined } from '../shared/wording.js';
import type { DocumentFieldName, DocumentType } from './document.events.js';

export const DOCUMENT_LABEL = labels('dokument', 'dokument', 'document');

/** The state table. Final: no command leaves it, but corrections do, and only they lead to CORRECTED. */
export const DOCUMENT_STATES = {
  REGISTERED: { label: labels('registrert', 'registrert', 'registered'), final: true },
  CORRECTED: { label: labels('rettet', 'retta', 'corrected'), final: true },
} as const satisfies Record<string, Readonly<{ label: Labels; final: boolean }>>;
export type DocumentStateName = keyof typeof DOCUMENT_STATES;

export const DOCUMENT_TYPE_LABELS: Readonly<Record<DocumentType, Labels>> = {
  LETTER: labels('brev', 'brev', 'letter'),
  MEMO: labels('notat', 'notat', 'memo'),
  REPORT: labels('rapport', 'rapport', 'report'),
  PRESENTATION: labels('presentasjon', 'presentasjon', 'presentation'),
  OFFICIAL_REPORT: labels('utredning (NOU)', 'utgreiing (NOU)', 'official report (NOU)'),
  CASE_PAPER: labels('saksfremlegg', 'saksframlegg', 'case paper'),
  MINUTES: labels('protokoll', 'protokoll', 'minutes'),
  NEWS_ARTICLE: labels('avisartikkel', 'avisartikkel', 'news article'),
  WEB_PAGE: labels('nettside', 'nettside', 'web page'),
  OTHER: labels('annet dokument', 'anna dokument', 'other document'),
};

const CASE_REFERENCE = labels('saks- og dokumentnummer', 'saks- og dokumentnummer', 'case reference');
const ARCHIVE_CODE = labels('arkivkode', 'arkivkode', 'archive code');
const CASE_OFFICER = labels('saksbehandler', 'saksbehandlar', 'case officer');
const THEIR_REFERENCE = labels('deres referanse', 'dykkar referanse', 'their reference');
const DATED = labels('dato på dokumentet', 'dato på dokumentet', 'date of the document');
const SENDER = labels('avsender', 'avsendar', 'sender');
const RECIPIENTS = labels('mottakere', 'mottakarar', 'recipients');

export const DOCUMENT_FIELD_NAME_LABELS: Readonly<Record<DocumentFieldName, Labels>> = {
  CASE_REFERENCE,
  ARCHIVE_CODE,
  CASE_OFFICER,
  THEIR_REFERENCE,
  DATED,
  SENDER,
  RECIPIENTS,
};

const BODY = labels('organ', 'organ', 'body');
const RECIPIENT = labels('mottaker', 'mottakar', 'recipient');
const SIGNATORY = labels('underskrevet av', 'underskrive av', 'signed by');
const SIGNED_FOR = labels('underskrevet for', 'underskrive for', 'signed for');
const ATTACHMENT = labels('vedlegg', 'vedlegg', 'attachment');
const CITATION = labels('sitat', 'sitat', 'citation');
const KEY = labels('nøkkel', 'nøkkel', 'key');
const FILE_HASH = labels('filens fingeravtrykk (SHA-256)', 'fingeravtrykket til fila (SHA-256)', 'hash of the file (SHA-256)');
const of = (whole: Labels, part: Labels): Labels => joined([whole, part], ', ');

/** A field that holds a party, and what is in it. */
const partyFields = (path: string, label: Labels): Readonly<Record<string, Labels>> => ({
  [path]: label,
  [`${path}.name`]: label,
  [`${path}.body`]: of(label, BODY),
});

export const DOCUMENT_FIELDS: Readonly<Record<string, Labels>> = {
  title: labels('tittel', 'tittel', 'title'),
  documentType: labels('dokumenttype', 'dokumenttype', 'type of document'),
  dated: DATED,
  'dated.text': DATED,
  'dated.asWritten': of(DATED, labels('slik den står', 'slik han står', 'as written')),
  caseReference: CASE_REFERENCE,
  number: labels('nummer i en serie', 'nummer i ein serie', 'number in a series'),
  archiveCode: ARCHIVE_CODE,
  ...partyFields('sender', SENDER),
  recipients: RECIPIENTS,
  ...partyFields('recipients.*', RECIPIENT),
  openEnded: labels('og andre', 'og andre', 'and others'),
  recipientsAsWritten: of(RECIPIENTS, labels('slik det står', 'slik det står', 'as written')),
  caseOfficer: CASE_OFFICER,
  theirReference: THEIR_REFERENCE,
  blankFields: labels('felt som står tomme', 'felt som står tomme', 'fields left blank'),
  'blankFields.*': labels('felt som står tomt', 'felt som står tomt', 'field left blank'),
  signatories: labels('underskrifter', 'underskrifter', 'signatures'),
  'signatories.*': SIGNATORY,
  'signatories.*.person': SIGNATORY,
  'signatories.*.role': of(SIGNATORY, labels('tittel', 'tittel', 'title')),
  ...partyFields('signatories.*.body', SIGNED_FOR),
  'signatories.*.mark': of(SIGNATORY, labels('merke', 'merke', 'mark')),
  attachments: labels('vedlegg', 'vedlegg', 'attachments'),
  'attachments.*': ATTACHMENT,
  'attachments.*.key': of(ATTACHMENT, KEY),
  'attachments.*.title': ATTACHMENT,
  'attachments.*.item': of(ATTACHMENT, labels('dokument', 'dokument', 'document')),
  citations: labels('sitater', 'sitat', 'citations'),
  'citations.*': CITATION,
  'citations.*.key': of(CITATION, KEY),
  'citations.*.text': CITATION,
  'citations.*.locator': of(CITATION, labels('sted', 'stad', 'place')),
  fileHash: FILE_HASH,
  key: KEY,
  text: CITATION,
  locator: labels('sted i dokumentet', 'stad i dokumentet', 'place in the document'),
  item: labels('dokument', 'dokument', 'document'),
};
