import { labels, refuse, type ItemId, type Labels, type Refusal } from '@saksgang/kernel';
import { DOCUMENT_FIELD_NAME_LABELS } from './document.labels.js';
import type { DocumentFieldName, DocumentRegistered } from './document.events.js';
import type { DocumentItem, RecordedDocument } from './document.state.js';

export const aDocumentIsRegisteredOnce = (document: DocumentItem): Refusal | null =>
  document.status === 'unknown'
    ? null
    : refuse(
        'ALREADY_REGISTERED',
        labels(`«${document.title}» er allerede ført.`, `«${document.title}» er alt ført.`, `“${document.title}” is already on record.`),
        labels('Er noe feilført, rett oppføringen.', 'Er noko feilført, rett oppføringa.', 'If something is wrong, correct the entry.'),
        { allowed: ['addCitation', 'registerAttachment', 'registerDocumentFile', 'correctEntry'] },
      );

const notRegistered = (): Refusal =>
  refuse(
    'NOT_REGISTERED',
    labels('Dokumentet er ikke ført.', 'Dokumentet er ikkje ført.', 'The document is not on record.'),
    labels('Registrer dokumentet først.', 'Registrer dokumentet først.', 'Register the document first.'),
    { allowed: ['registerDocument'] },
  );

/** What follows holds for a document that is on record. */
export const ofARegistered = (document: DocumentItem, judge: (recorded: RecordedDocument) => Refusal | null): Refusal | null =>
  document.status === 'unknown' ? notRegistered() : judge(document);

const isFilled: Readonly<Record<DocumentFieldName, (data: DocumentRegistered['data']) => boolean>> = {
  CASE_REFERENCE: ({ caseReference }) => caseReference !== null,
  ARCHIVE_CODE: ({ archiveCode }) => archiveCode !== null,
  CASE_OFFICER: ({ caseOfficer }) => caseOfficer !== null,
  THEIR_REFERENCE: ({ theirReference }) => theirReference !== null,
  DATED: ({ dated }) => dated !== null,
  SENDER: ({ sender }) => sender !== null,
  RECIPIENTS: ({ recipients, openEnded, recipientsAsWritten }) => recipients.length > 0 || openEnded || recipientsAsWritten !== null,
};

/** Blank is something the document says; it cannot say a value as well. */
export const aBlankFieldHoldsNothing = (data: DocumentRegistered['data']): Refusal | null => {
  const field = data.blankFields.find((name) => isFilled[name](data));
  if (field === undefined) return null;
  const { nb, nn, en } = DOCUMENT_FIELD_NAME_LABELS[field];
  return refuse(
    'BLANK_FIELD_FILLED',
    labels(
      `Feltet «${nb}» er ført både som tomt og med innhold.`,
      `Feltet «${nn}» er ført både som tomt og med innhald.`,
      `The field “${en}” is given both as blank and with a value.`,
    ),
    labels(
      'Står feltet tomt i dokumentet, la det stå tomt her. Er det utfylt, ta det ut av blankFields.',
      'Står feltet tomt i dokumentet, lat det stå tomt her. Er det utfylt, ta det ut av blankFields.',
      'If the document leaves it blank, leave it out here. If it is filled in, take it out of blankFields.',
    ),
  );
};

const unknownAttachment = (key: string, { attachments }: RecordedDocument): Refusal => {
  const known: Labels =
    attachments.length === 0
      ? labels(
          'Ingen vedlegg er ført: la feltet stå tomt.',
          'Ingen vedlegg er førte: lat feltet stå tomt.',
          'No attachments are on record: leave the field empty.',
        )
      : labels(
          `Velg blant vedleggene ${attachments.map((one) => one.key).join(', ')}, eller la feltet stå tomt for et nytt.`,
          `Vel mellom vedlegga ${attachments.map((one) => one.key).join(', ')}, eller lat feltet stå tomt for eit nytt.`,
          `Choose among the attachments ${attachments.map((one) => one.key).join(', ')}, or leave the field empty for a new one.`,
        );
  return refuse(
    'UNKNOWN_ATTACHMENT',
    labels(`Det finnes ikke noe vedlegg ${key}.`, `Det finst ikkje noko vedlegg ${key}.`, `There is no attachment ${key}.`),
    known,
  );
};

export const onlyAKnownAttachmentIsNamed = (document: RecordedDocument, key: string): Refusal | null =>
  document.attachments.some((attachment) => attachment.key === key) ? null : unknownAttachment(key, document);

export const aDocumentIsNotAttachedToItself = (
  document: ItemId | undefined,
  attachments: readonly Readonly<{ item: ItemId | null }>[],
): Refusal | null =>
  attachments.some(({ item }) => item !== null && item === document)
    ? refuse(
        'ITSELF',
        labels(
          'Et dokument kan ikke være vedlegg til seg selv.',
          'Eit dokument kan ikkje vere vedlegg til seg sjølv.',
          'A document cannot be attached to itself.',
        ),
        labels(
          'Oppgi det andre dokumentet, eller bare tittelen.',
          'Oppgje det andre dokumentet, eller berre tittelen.',
          'Name the other document, or give its title only.',
        ),
      )
    : null;

/** Another file is another document, or a correction. */
export const aDocumentHasOneFile = ({ title, fileHash }: RecordedDocument): Refusal | null =>
  fileHash === null
    ? null
    : refuse(
        'FILE_ALREADY_REGISTERED',
        labels(
          `Filen til «${title}» er allerede ført.`,
          `Fila til «${title}» er alt ført.`,
          `The file of “${title}” is already on record.`,
        ),
        labels(
          'Er det en annen utgave, registrer den som et eget dokument. Er noe feilført, rett oppføringen.',
          'Er det ei anna utgåve, registrer henne som eit eige dokument. Er noko feilført, rett oppføringa.',
          'If it is another edition, register it as a document of its own. If something is wrong, correct the entry.',
        ),
        { allowed: ['registerDocument', 'correctEntry'] },
      );
