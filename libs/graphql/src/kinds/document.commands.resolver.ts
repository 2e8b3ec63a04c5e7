import { Mutation, Resolver } from '@nestjs/graphql';
import type { DocumentCommand } from '@saksgang/kinds';
import type { RequestContext } from '../context.js';
import type { OutcomeSource } from '../outcome.js';
import { Outcome } from '../outcome.types.js';
import { TakesOne } from '../takes.js';
import type { Given } from '../writing/given.js';
import { record, type Command, type Input } from '../writing/record.js';
import { AddCitationInput, RegisterAttachmentInput, RegisterDocumentFileInput, RegisterDocumentInput } from './document.inputs.js';

const INPUT = 'The command.';

const onDocument = async (
  given: Given,
  input: Pick<AddCitationInput, 'document'>,
  type: DocumentCommand['type'],
  data: Command['data'],
): Promise<Command> => ({ kind: 'document', type, item: await given.item(input.document, ['input', 'document']), data });

const signatoriesOf = async (given: Given, { signatories }: RegisterDocumentInput) =>
  signatories
    ? Promise.all(
        signatories.map(async ({ person, role, body, mark }, index) => ({
          person: given.person(person),
          role: role ?? null,
          body: await given.partyOrNull(body, ['input', 'signatories', String(index), 'body']),
          mark: mark ?? null,
        })),
      )
    : null;

const attachmentsOf = async (given: Given, { attachments }: RegisterDocumentInput) =>
  attachments
    ? Promise.all(
        attachments.map(async ({ key, title, item }, index) => ({
          key: key ?? null,
          title: title ?? null,
          item: await given.itemOrNull(item, ['input', 'attachments', String(index), 'item']),
        })),
      )
    : null;

@Resolver()
export class DocumentCommandsResolver {
  @Mutation(() => Outcome, { description: 'Register a document (registrere dokument).' })
  @TakesOne('input', () => RegisterDocumentInput, INPUT)
  registerDocument(_root: unknown, { input }: Input<RegisterDocumentInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, { ...input, occurred: input.occurred ?? input.dated ?? null }, async (given) => ({
      kind: 'document',
      type: 'RegisterDocument',
      item: null,
      data: {
        title: input.title,
        documentType: input.documentType ?? null,
        dated: given.dateOrNull(input.dated, ['input', 'dated']),
        caseReference: input.caseReference ?? null,
        number: input.documentNumber ?? null,
        archiveCode: input.archiveCode ?? null,
        sender: await given.partyOrNull(input.sender, ['input', 'sender']),
        recipients: await given.parties(input.recipients, ['input', 'recipients']),
        openEnded: input.openEnded ?? null,
        recipientsAsWritten: input.recipientsAsWritten ?? null,
        caseOfficer: given.person(input.caseOfficer),
        theirReference: input.theirReference ?? null,
        blankFields: input.blankFields ?? null,
        signatories: await signatoriesOf(given, input),
        attachments: await attachmentsOf(given, input),
        citations: input.citations?.map(({ key, text, locator }) => ({ key: key ?? null, text, locator: locator ?? null })) ?? null,
        fileHash: input.fileHash ?? null,
        links: await given.links(input.links, ['input', 'links']),
      },
    }));
  }

  @Mutation(() => Outcome, { description: 'Cite words of a document (føre sitat).' })
  @TakesOne('input', () => AddCitationInput, INPUT)
  addCitation(_root: unknown, { input }: Input<AddCitationInput>, context: RequestContext): Promise<OutcomeSource> {
    const { text, locator } = input;
    return record(context, input, (given) => onDocument(given, input, 'AddCitation', { text, locator: locator ?? null }));
  }

  @Mutation(() => Outcome, { description: 'Record what came with a document, or more of it (registrere vedlegg).' })
  @TakesOne('input', () => RegisterAttachmentInput, INPUT)
  registerAttachment(_root: unknown, { input }: Input<RegisterAttachmentInput>, context: RequestContext): Promise<OutcomeSource> {
    return record(context, input, async (given) =>
      onDocument(given, input, 'RegisterAttachment', {
        attachment: input.attachment ?? null,
        title: input.title ?? null,
        item: await given.itemOrNull(input.item, ['input', 'item']),
      }),
    );
  }

  @Mutation(() => Outcome, { description: 'Record the file of a document by its hash (registrere fil).' })
  @TakesOne('input', () => RegisterDocumentFileInput, INPUT)
  registerDocumentFile(_root: unknown, { input }: Input<RegisterDocumentFileInput>, context: RequestContext): Promise<OutcomeSource> {
    const { fileHash } = input;
    return record(context, input, (given) => onDocument(given, input, 'RegisterDocumentFile', { fileHash }));
  }
}
