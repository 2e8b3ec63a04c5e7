import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { PartialDate as Dated } from '@saksgang/kernel';
import {
  DOCUMENT_TYPE_LABELS,
  type AttachmentState,
  type CitationState,
  type DocumentItem as DocumentState,
  type Signatory as SignatoryState,
} from '@saksgang/kinds';
import type { Pin } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { inLanguage } from '../language.js';
import { LocaleArg } from '../reading/arguments.types.js';
import { PartialDate, SealedText } from '../reading/date.types.js';
import { Entry } from '../reading/entry.types.js';
import { ItemsArgs } from '../reading/filters.types.js';
import { listItems } from '../reading/list-items.js';
import {
  entryFor,
  itemAt,
  partyOrNull,
  partySource,
  type ConnectionSource,
  type EntrySource,
  type ItemSource,
  type PartySource,
} from '../sources.js';
import { itemStateOf, refIn, stateOf } from '../state.js';
import { Takes } from '../takes.js';
import { Attachment, Citation, Document, DocumentConnection, DocumentFieldEnum, DocumentTypeEnum, Signatory } from './document.types.js';
import { sealedSource, type SealedSource } from './party.resolver.js';
import { Party } from './party.types.js';

type SignatorySource = SignatoryState & Readonly<{ of: string; pin: Pin }>;
type AttachmentSource = AttachmentState & Readonly<{ id: string; pin: Pin }>;
type CitationSource = CitationState & Readonly<{ id: string; pin: Pin }>;

const stateAt = (context: RequestContext, item: ItemSource) => stateOf<DocumentState>(context, item);

@Resolver(() => Signatory)
export class SignatoryResolver {
  @ResolveField(() => SealedText, { nullable: true, description: 'Navn; null: it cannot be read, or is not known.' })
  person({ person, of }: SignatorySource, _args: unknown, context: RequestContext): Promise<SealedSource | null> {
    return person === null ? Promise.resolve(null) : sealedSource(context, of, person);
  }

  @ResolveField(() => Party, { nullable: true, description: 'For whom; null: not said.' })
  body({ body, of, pin }: SignatorySource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return partyOrNull(context, body, of, pin);
  }
}

@Resolver(() => Attachment)
export class AttachmentResolver {
  @ResolveField(() => Document, { nullable: true, description: 'Null: it is known by its title only.' })
  document({ item, pin }: AttachmentSource, _args: unknown, context: RequestContext): Promise<ItemSource | null> {
    return item === null ? Promise.resolve(null) : itemAt(context, item, pin);
  }

  @ResolveField(() => Entry, { description: 'The entry that recorded it, or said most of it.' })
  async entry({ id, pin }: AttachmentSource, _args: unknown, context: RequestContext): Promise<EntrySource | undefined> {
    return entryFor(context, id, pin);
  }
}

@Resolver(() => Citation)
export class CitationResolver {
  @ResolveField(() => Entry, { description: 'The entry that recorded it; its source says where it was cited.' })
  async entry({ id, pin }: CitationSource, _args: unknown, context: RequestContext): Promise<EntrySource | undefined> {
    return entryFor(context, id, pin);
  }
}

@Resolver(() => Document)
export class DocumentResolver {
  @ResolveField(() => DocumentTypeEnum, { nullable: true, description: 'Null: not known.' })
  async documentType(item: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await stateAt(context, item)).documentType;
  }

  @ResolveField(() => String, { nullable: true, description: 'The type in words.' })
  @Takes(LocaleArg)
  async documentTypeLabel(item: ItemSource, { locale }: LocaleArg, context: RequestContext): Promise<string | null> {
    const { documentType } = await stateAt(context, item);
    return documentType === null ? null : inLanguage(DOCUMENT_TYPE_LABELS[documentType], locale, context.locale);
  }

  @ResolveField(() => PartialDate, { nullable: true, description: 'The date printed on it (datert).' })
  async dated(item: ItemSource, _args: unknown, context: RequestContext): Promise<Dated | null> {
    return (await stateAt(context, item)).dated;
  }

  @ResolveField(() => String, { nullable: true, description: 'As printed: `18/01456-7` (vår referanse).' })
  async caseReference(item: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await stateAt(context, item)).caseReference;
  }

  @ResolveField(() => String, { nullable: true, description: 'Its number in a series: `NOU 2013:4`.' })
  async documentNumber(item: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await stateAt(context, item)).number;
  }

  @ResolveField(() => String, { nullable: true, description: 'As printed; `0` is one (arkivkode).' })
  async archiveCode(item: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await stateAt(context, item)).archiveCode;
  }

  @ResolveField(() => Party, { nullable: true, description: 'Avsender.' })
  async sender(item: ItemSource, _args: unknown, context: RequestContext): Promise<PartySource | null> {
    return partyOrNull(context, (await stateAt(context, item)).sender, item.id, item.pin);
  }

  @ResolveField(() => [Party], { description: 'Mottakere.' })
  async recipients(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly PartySource[]> {
    const { recipients } = await stateAt(context, item);
    return Promise.all(recipients.map((party) => partySource(context, party, item.id, item.pin)));
  }

  @ResolveField(() => Boolean, { description: 'The address speaks of more than it names (og andre).' })
  async openEnded(item: ItemSource, _args: unknown, context: RequestContext): Promise<boolean> {
    return (await stateAt(context, item)).openEnded;
  }

  @ResolveField(() => String, { nullable: true, description: 'The whole of the address, where it says more than the names.' })
  async recipientsAsWritten(item: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await stateAt(context, item)).recipientsAsWritten;
  }

  @ResolveField(() => SealedText, { nullable: true, description: 'Saksbehandler.' })
  async caseOfficer(item: ItemSource, _args: unknown, context: RequestContext): Promise<SealedSource | null> {
    const { caseOfficer } = await stateAt(context, item);
    return caseOfficer === null ? null : sealedSource(context, item.id, caseOfficer);
  }

  @ResolveField(() => String, { nullable: true, description: 'Deres referanse.' })
  async theirReference(item: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await stateAt(context, item)).theirReference;
  }

  @ResolveField(() => [DocumentFieldEnum], { description: 'Printed and left blank, which is not the same as not known (står tomt).' })
  async blankFields(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly string[]> {
    return (await stateAt(context, item)).blankFields;
  }

  @ResolveField(() => [Signatory], { description: 'In the order of the document (underskrifter).' })
  async signatories(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly SignatorySource[]> {
    const { signatories } = await stateAt(context, item);
    return signatories.map((signatory) => ({ ...signatory, of: item.id, pin: item.pin }));
  }

  @ResolveField(() => [Attachment], { description: 'Vedlegg.' })
  async attachments(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly AttachmentSource[]> {
    const [{ attachments }, state] = await Promise.all([stateAt(context, item), itemStateOf(context, item)]);
    return attachments.map((attachment) => ({ ...attachment, id: refIn(state, attachment.entry), pin: item.pin }));
  }

  @ResolveField(() => [Citation], { description: 'Words of it that the record rests on (sitater).' })
  async citations(item: ItemSource, _args: unknown, context: RequestContext): Promise<readonly CitationSource[]> {
    const [{ citations }, state] = await Promise.all([stateAt(context, item), itemStateOf(context, item)]);
    return citations.map((citation) => ({ ...citation, id: refIn(state, citation.entry), pin: item.pin }));
  }

  @ResolveField(() => String, { nullable: true, description: 'SHA-256 of the file in hex, where there is a file.' })
  async fileHash(item: ItemSource, _args: unknown, context: RequestContext): Promise<string | null> {
    return (await stateAt(context, item)).fileHash;
  }

  @Query(() => DocumentConnection, { description: 'Documents (dokumenter).' })
  @Takes(ItemsArgs)
  documents(_root: unknown, args: ItemsArgs, context: RequestContext): Promise<ConnectionSource<ItemSource>> {
    return listItems(context, args, 'document');
  }
}
