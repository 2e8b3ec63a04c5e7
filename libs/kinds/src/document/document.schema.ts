import type { CommandSpec, EventSpec, ItemId, TargetRef } from '@saksgang/kernel';
import { z } from 'zod';
import {
  commandOf,
  firstVersion,
  found,
  itemId,
  line,
  listOf,
  optional,
  parserOf,
  partialDate,
  party,
  refusing,
  sealed,
  SECRETARIAT,
  text,
  title,
} from '../schema/index.js';
import { keyedList, keyedListGiven } from '../schema/keyed.js';
import { elementKey } from '../schema/quantity.js';
import type { DocumentCommand } from './document.commands.js';
import { DOCUMENT_FIELD_NAMES, DOCUMENT_TYPES, type DocumentEvent } from './document.events.js';

const REFERENCE_BYTES_MAX = 200; // UTF-8 bytes of a reference, a number or a code
const MARK_BYTES_MAX = 50; // UTF-8 bytes of the mark beside a signature

const documentType = z.enum(DOCUMENT_TYPES);
const reference = line(REFERENCE_BYTES_MAX);
const mark = line(MARK_BYTES_MAX);
const document = itemId('document');

const SHA256_HEX = /^[0-9a-f]{64}$/;
/** Issue: BAD_HASH. */
const fileHash = z
  .string()
  .superRefine(refusing((given) => (SHA256_HEX.test(given) ? null : found('BAD_HASH', 'is not a SHA-256 in hex: 64 of 0–9 and a–f'))));

type Untitled = Readonly<{ title: string | null; item: ItemId | null }>;
const titleOrItem = refusing(({ title, item }: Untitled) =>
  title === null && item === null ? found('REQUIRED', 'must be given where there is no item', ['title']) : null,
);

const COMMAND_SCHEMAS = {
  RegisterDocument: commandOf('RegisterDocument', {
    title,
    documentType: optional(documentType),
    dated: optional(partialDate),
    caseReference: optional(reference),
    number: optional(reference),
    archiveCode: optional(reference),
    sender: optional(party),
    recipients: optional(listOf(party)).transform((recipients) => recipients ?? []),
    openEnded: optional(z.boolean()).transform((said) => said ?? false),
    recipientsAsWritten: optional(text()),
    caseOfficer: optional(sealed),
    theirReference: optional(reference),
    blankFields: optional(listOf(z.enum(DOCUMENT_FIELD_NAMES))).transform((fields) => fields ?? []),
    signatories: optional(
      listOf(z.strictObject({ person: optional(sealed), role: optional(line()), body: optional(party), mark: optional(mark) })),
    ).transform((signatories) => signatories ?? []),
    attachments: keyedListGiven({ title: optional(title), item: optional(document) }).superRefine((list, context) =>
      list.forEach(({ title, item }, index) => {
        if (title === null && item === null) context.addIssue(found('REQUIRED', 'must be given where there is no item', [index, 'title']));
      }),
    ),
    citations: keyedListGiven({ text: text(), locator: optional(line()) }),
    fileHash: optional(fileHash),
  }),
  AddCitation: commandOf('AddCitation', { text: text(), locator: optional(line()) }),
  RegisterAttachment: commandOf('RegisterAttachment', {
    attachment: optional(elementKey),
    title: optional(title),
    item: optional(document),
  }).superRefine(titleOrItem),
  RegisterDocumentFile: commandOf('RegisterDocumentFile', { fileHash }),
} as const satisfies { [T in DocumentCommand['type']]: z.ZodType<Extract<DocumentCommand, { type: T }>> };

const attachment = { title, item: document.nullable() };
const citation = { text: text(), locator: line().nullable() };

/** The stored form: every field is there, null where nothing was said. */
const EVENT_SCHEMAS = {
  DocumentRegistered: z.strictObject({
    title,
    documentType: documentType.nullable(),
    dated: partialDate.nullable(),
    caseReference: reference.nullable(),
    number: reference.nullable(),
    archiveCode: reference.nullable(),
    sender: party.nullable(),
    recipients: listOf(party),
    openEnded: z.boolean(),
    recipientsAsWritten: text().nullable(),
    caseOfficer: sealed.nullable(),
    theirReference: reference.nullable(),
    blankFields: listOf(z.enum(DOCUMENT_FIELD_NAMES)),
    signatories: listOf(
      z.strictObject({ person: sealed.nullable(), role: line().nullable(), body: party.nullable(), mark: mark.nullable() }),
    ),
    attachments: keyedList(attachment),
    citations: keyedList(citation),
    fileHash: fileHash.nullable(),
  }),
  CitationAdded: z.strictObject({ key: elementKey, ...citation }),
  AttachmentRegistered: z.strictObject({ key: elementKey, ...attachment }),
  DocumentFileRegistered: z.strictObject({ fileHash }),
} as const satisfies { [T in DocumentEvent['type']]: z.ZodType<Extract<DocumentEvent, { type: T }>['data']> };

const documentAt = (item: ItemId | null, ...path: readonly string[]): readonly TargetRef[] =>
  item === null ? [] : [{ item, part: null, kinds: ['document'], path }];

/** Parties are found and named before a command is parsed: they are no targets. */
const targetsOf = (command: DocumentCommand): readonly TargetRef[] => {
  switch (command.type) {
    case 'RegisterDocument':
      return command.attachments.flatMap(({ item }, index) => documentAt(item, 'attachments', String(index), 'item'));
    case 'RegisterAttachment':
      return documentAt(command.item, 'item');
    case 'AddCitation':
    case 'RegisterDocumentFile':
      return [];
  }
};

const spec = (type: DocumentCommand['type']): CommandSpec<DocumentCommand> => ({
  founding: type === 'RegisterDocument',
  roles: SECRETARIAT,
  parse: parserOf<DocumentCommand>(COMMAND_SCHEMAS[type]),
  targets: targetsOf,
});

export const DOCUMENT_COMMANDS: Readonly<Record<DocumentCommand['type'], CommandSpec<DocumentCommand>>> = {
  RegisterDocument: spec('RegisterDocument'),
  AddCitation: spec('AddCitation'),
  RegisterAttachment: spec('RegisterAttachment'),
  RegisterDocumentFile: spec('RegisterDocumentFile'),
};

/** `fixed`: what the event points at. */
const v1 = (type: DocumentEvent['type'], ...fixed: readonly string[]): EventSpec => firstVersion(EVENT_SCHEMAS[type], ...fixed);

export const DOCUMENT_EVENTS: Readonly<Record<DocumentEvent['type'], EventSpec>> = {
  DocumentRegistered: v1('DocumentRegistered'),
  CitationAdded: v1('CitationAdded', 'key'),
  AttachmentRegistered: v1('AttachmentRegistered', 'key'),
  DocumentFileRegistered: v1('DocumentFileRegistered'),
};
