import { Field, ID, InputType } from '@nestjs/graphql';
import type { DocumentFieldName, DocumentType } from '@saksgang/kinds';
import { CommandInput, NewLink, PartialDateInput, PartyInput, PersonInput } from '../writing/command.types.js';
import { ItemRef } from '../writing/reference.types.js';
import { DocumentFieldEnum, DocumentTypeEnum } from './document.types.js';

@InputType({ description: 'Who signed (underskrift). The name is sealed; the title stays.' })
export class SignatoryInput {
  @Field(() => PersonInput, { nullable: true, description: 'Omitted: the name cannot be read.' }) person?: PersonInput | null;
  @Field(() => String, { nullable: true, description: 'The title beside the name (tittel).' }) role?: string | null;
  @Field(() => PartyInput, { nullable: true, description: 'For whom.' }) body?: PartyInput | null;
  @Field(() => String, { nullable: true, description: 'What stands for the signature: «(s)».' }) mark?: string | null;
}

@InputType({ description: 'What came with the document (vedlegg). At least one of `title` and `item`.' })
export class AttachmentInput {
  @Field(() => ID, { nullable: true, description: 'A number from 1; omitted: the next free one.' }) key?: string | null;
  @Field(() => String, { nullable: true, description: 'As printed; omitted: that of the item.' }) title?: string | null;
  @Field(() => ItemRef, { nullable: true, description: 'The attachment, where it is on record as a document.' }) item?: ItemRef | null;
}

@InputType({ description: 'Words of the document, verbatim (sitat).' })
export class CitationInput {
  @Field(() => ID, { nullable: true, description: 'A number from 1; omitted: the next free one.' }) key?: string | null;
  @Field(() => String, { description: 'Ordrett.' }) text!: string;
  @Field(() => String, { nullable: true, description: 'Where in the document they stand: `s. 304`.' }) locator?: string | null;
}

@InputType({
  description:
    'Register a document (registrere dokument). What is left out is not known; what the document leaves blank goes in `blankFields`. ' +
    '`occurred`: when it came to be; omitted: the date printed on it, else as for every command.',
})
export class RegisterDocumentInput extends CommandInput {
  @Field(() => String, { description: 'Tittel.' }) title!: string;
  @Field(() => DocumentTypeEnum, { nullable: true, description: 'Omitted: not known.' }) documentType?: DocumentType | null;
  @Field(() => PartialDateInput, { nullable: true, description: 'The date printed on it (datert).' }) dated?: PartialDateInput | null;
  @Field(() => String, { nullable: true, description: 'As printed: `18/01456-7` (vår referanse).' }) caseReference?: string | null;
  @Field(() => String, { nullable: true, description: 'Its number in a series: `NOU 2013:4`.' }) documentNumber?: string | null;
  @Field(() => String, { nullable: true, description: 'As printed; `0` is one (arkivkode).' }) archiveCode?: string | null;
  @Field(() => PartyInput, { nullable: true, description: 'Avsender.' }) sender?: PartyInput | null;
  @Field(() => [PartyInput], { nullable: true, description: 'Mottakere.' }) recipients?: PartyInput[] | null;
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'And others (og andre).' }) openEnded?: boolean | null;
  @Field(() => String, {
    nullable: true,
    description: 'The whole of the address, where it says more than the names. Never a person’s name: it is not sealed.',
  })
  recipientsAsWritten?: string | null;
  @Field(() => PersonInput, { nullable: true, description: 'Saksbehandler. The name is sealed.' }) caseOfficer?: PersonInput | null;
  @Field(() => String, { nullable: true, description: 'Deres referanse.' }) theirReference?: string | null;
  @Field(() => [DocumentFieldEnum], { nullable: true, description: 'Printed and left blank (står tomt).' })
  blankFields?: DocumentFieldName[] | null;
  @Field(() => [SignatoryInput], { nullable: true, description: 'In the order of the document (underskrifter).' })
  signatories?: SignatoryInput[] | null;
  @Field(() => [AttachmentInput], { nullable: true, description: 'Vedlegg.' }) attachments?: AttachmentInput[] | null;
  @Field(() => [CitationInput], { nullable: true, description: 'Sitater.' }) citations?: CitationInput[] | null;
  @Field(() => String, { nullable: true, description: 'SHA-256 of the file in hex, where there is a file.' }) fileHash?: string | null;
  @Field(() => [NewLink], { nullable: true }) links?: NewLink[] | null;
}

@InputType({ isAbstract: true })
abstract class OnDocumentInput extends CommandInput {
  @Field(() => ItemRef, { description: 'Which document.' }) document!: ItemRef;
}

@InputType({ description: 'Words of a document that the record rests on (sitat).' })
export class AddCitationInput extends OnDocumentInput {
  @Field(() => String, { description: 'Ordrett.' }) text!: string;
  @Field(() => String, { nullable: true, description: 'Where in the document they stand: `s. 304`.' }) locator?: string | null;
}

@InputType({ description: 'What came with a document (vedlegg). At least one of `title` and `item`.' })
export class RegisterAttachmentInput extends OnDocumentInput {
  @Field(() => ID, { nullable: true, description: 'The key of the one of which more is known now; omitted: a new one.' })
  attachment?: string | null;
  @Field(() => String, { nullable: true, description: 'As printed.' }) title?: string | null;
  @Field(() => ItemRef, { nullable: true, description: 'The attachment, where it is on record as a document.' }) item?: ItemRef | null;
}

@InputType({ description: 'The file of a document came to hand (fil).' })
export class RegisterDocumentFileInput extends OnDocumentInput {
  @Field(() => String, { description: 'SHA-256 in hex.' }) fileHash!: string;
}
