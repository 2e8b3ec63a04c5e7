import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { DocumentFieldName, DocumentType } from '@saksgang/kinds';
import { enumType } from '../enum-type.js';
import { Item, Node } from '../reading/item.types.js';
import { connectionOf } from '../reading/page.types.js';

export const DocumentTypeEnum = enumType<DocumentType>('DocumentType', 'What sort of document it is (dokumenttype).', {
  LETTER: 'Brev.',
  MEMO: 'Notat.',
  REPORT: 'Rapport.',
  PRESENTATION: 'Presentasjon.',
  OFFICIAL_REPORT: 'Utredning (NOU).',
  CASE_PAPER: 'Saksfremlegg.',
  MINUTES: 'Protokoll.',
  NEWS_ARTICLE: 'Avisartikkel.',
  WEB_PAGE: 'Nettside.',
  OTHER: 'Annet dokument.',
});

export const DocumentFieldEnum = enumType<DocumentFieldName>('DocumentField', 'A field that a document may print and leave blank.', {
  CASE_REFERENCE: 'Vår referanse.',
  ARCHIVE_CODE: 'Arkivkode.',
  CASE_OFFICER: 'Saksbehandler.',
  THEIR_REFERENCE: 'Deres referanse.',
  DATED: 'Dato.',
  SENDER: 'Avsender.',
  RECIPIENTS: 'Mottakere.',
});

@ObjectType({ implements: () => [Item, Node], description: 'A document that the record rests on (dokument, journalpost).' })
export class Document {}

@ObjectType({ description: 'Who signed a document, in its order (underskrift).' })
export class Signatory {
  @Field(() => String, { nullable: true, description: 'The title beside the name (tittel).' }) role!: string | null;
  @Field(() => String, { nullable: true, description: 'What stands for the signature: «(s)».' }) mark!: string | null;
}

@ObjectType({ description: 'What came with a document (vedlegg).' })
export class Attachment {
  @Field(() => ID, { description: 'What `registerAttachment` takes; the same for ever within its document.' }) key!: string;
  @Field(() => String) title!: string;
}

@ObjectType({ description: 'Words of a document that the record rests on, verbatim (sitat).' })
export class Citation {
  @Field(() => ID, { description: 'The same for ever within its document.' }) key!: string;
  @Field(() => String) text!: string;
  @Field(() => String, { nullable: true, description: 'Where in the document they stand: `s. 304`.' }) locator!: string | null;
}

export const DocumentConnection = connectionOf('Document', () => Document);
