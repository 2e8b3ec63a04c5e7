import type { Decider, Decision, DecisionContext, Fact, Proposed, Refusal } from '@saksgang/kernel';
import { nextKey, withKeys } from '../shared/keys.js';
import { titleOfItem } from '../shared/named-item.js';
import type { AddCitation, AttachmentGiven, DocumentCommand, RegisterAttachment, RegisterDocument } from './document.commands.js';
import type { DocumentEvent, DocumentRegistered } from './document.events.js';
import { keysEverGiven } from './document.keys.js';
import {
  aBlankFieldHoldsNothing,
  aDocumentHasOneFile,
  aDocumentIsNotAttachedToItself,
  aDocumentIsRegisteredOnce,
  ofARegistered,
  onlyAKnownAttachmentIsNamed,
} from './document.rules.js';
import type { AttachmentState, DocumentItem, RecordedDocument } from './document.state.js';

type Told = Fact<DocumentEvent> | Proposed<DocumentEvent>;
type States = Readonly<{ then: DocumentItem; now: DocumentItem }>;

/** What is not yet recorded has no entry id: it is only seen while its own legality is judged. */
const entryOf = (fact: Told): string => ('entry' in fact ? fact.entry : '');

const registered = ({ data }: DocumentRegistered, fact: Told): RecordedDocument => ({
  ...data,
  status: 'registered',
  made: fact.occurred,
  attachments: data.attachments.map((attachment) => ({ ...attachment, entry: entryOf(fact) })),
  citations: data.citations.map((citation) => ({ ...citation, entry: entryOf(fact) })),
});

/** A date that was established is learnt, not corrected. */
const isCorrected = (fact: Told): boolean => 'changedBy' in fact && fact.changedBy.some(({ event }) => event.type === 'EntryCorrected');

/** More of the same never takes its item away, also where what was said later is of an earlier day. */
const withAttachment = (attachments: readonly AttachmentState[], attachment: AttachmentState): readonly AttachmentState[] => {
  const at = attachments.findIndex(({ key }) => key === attachment.key);
  const standing = attachments[at];
  if (standing === undefined) return [...attachments, attachment];
  return attachments.with(at, { ...attachment, item: attachment.item ?? standing.item });
};

const told = (document: DocumentItem, fact: Told): DocumentItem => {
  const { event } = fact;
  if (event.type === 'DocumentRegistered') return document.status === 'unknown' ? registered(event, fact) : document;
  if (document.status === 'unknown') return document;
  switch (event.type) {
    case 'CitationAdded':
      return { ...document, citations: [...document.citations, { ...event.data, entry: entryOf(fact) }] };
    case 'AttachmentRegistered':
      return { ...document, attachments: withAttachment(document.attachments, { ...event.data, entry: entryOf(fact) }) };
    case 'DocumentFileRegistered':
      return document.fileHash === null ? { ...document, fileHash: event.data.fileHash } : document;
  }
};

const evolve = (document: DocumentItem, fact: Told): DocumentItem => {
  const next = told(document, fact);
  return next.status !== 'unknown' && isCorrected(fact) ? { ...next, status: 'corrected' } : next;
};

const permits = (document: DocumentItem, { event }: Told): Refusal | null => {
  switch (event.type) {
    case 'DocumentRegistered':
      return aDocumentIsRegisteredOnce(document) ?? aBlankFieldHoldsNothing(event.data);
    case 'CitationAdded':
    case 'AttachmentRegistered':
      return ofARegistered(document, () => null);
    case 'DocumentFileRegistered':
      return ofARegistered(document, aDocumentHasOneFile);
  }
};

const permitted = (
  state: DocumentItem,
  event: DocumentEvent,
  { occurred, assertedBy, source, reason, day }: DecisionContext,
): Decision<DocumentEvent> => permits(state, { event, occurred, assertedBy, source, reason, day }) ?? [event];

/** Under the item's own title where none is given; the parser has seen to it that one of them is. */
const titled = <A extends Omit<AttachmentGiven, 'key'>>({ title, item, ...rest }: A, context: DecisionContext) => ({
  ...rest,
  title: title ?? (item === null ? '' : titleOfItem(item, context)),
  item,
});

const register = ({ type: _, ...command }: RegisterDocument, { now }: States, context: DecisionContext): Decision<DocumentEvent> => {
  const attachments = withKeys(
    command.attachments.map((attachment) => titled(attachment, context)),
    [],
  );
  const data = {
    ...command,
    blankFields: [...new Set(command.blankFields)],
    attachments,
    citations: withKeys(command.citations, []),
  };
  return permitted(now, { type: 'DocumentRegistered', data }, context);
};

const addCitation = ({ text, locator }: AddCitation, { then, now }: States, context: DecisionContext): Decision<DocumentEvent> => {
  if (now.status !== 'unknown' && now.citations.some((known) => known.text === text && known.locator === locator)) return [];
  const key = nextKey(keysEverGiven(context.entries, 'citations'));
  return permitted(then, { type: 'CitationAdded', data: { key, text, locator } }, context);
};

/** Which attachment it is, is asked of what is known now. */
const registerAttachment = (
  { attachment, ...given }: RegisterAttachment,
  { then, now }: States,
  context: DecisionContext,
): Decision<DocumentEvent> => {
  const refusal =
    (attachment === null ? null : ofARegistered(now, (document) => onlyAKnownAttachmentIsNamed(document, attachment))) ??
    aDocumentIsNotAttachedToItself(context.item, [given]);
  if (refusal !== null) return refusal;
  const known = now.status === 'unknown' ? [] : now.attachments;
  const standing = known.find(({ key }) => key === attachment);
  // More of the same attachment: what is not said of it stays.
  const { title, item } = titled({ title: given.title ?? standing?.title ?? null, item: given.item ?? standing?.item ?? null }, context);
  const said = known.some((one) => (attachment === null || one.key === attachment) && one.title === title && one.item === item);
  if (said) return [];
  const key = attachment ?? nextKey(keysEverGiven(context.entries, 'attachments'));
  return permitted(then, { type: 'AttachmentRegistered', data: { key, title, item } }, context);
};

const registerFile = (fileHash: string, { then, now }: States, context: DecisionContext): Decision<DocumentEvent> => {
  if (now.status !== 'unknown' && now.fileHash === fileHash) return [];
  return ofARegistered(now, aDocumentHasOneFile) ?? permitted(then, { type: 'DocumentFileRegistered', data: { fileHash } }, context);
};

const decide = (command: DocumentCommand, states: States, context: DecisionContext): Decision<DocumentEvent> => {
  switch (command.type) {
    case 'RegisterDocument':
      return register(command, states, context);
    case 'AddCitation':
      return addCitation(command, states, context);
    case 'RegisterAttachment':
      return registerAttachment(command, states, context);
    case 'RegisterDocumentFile':
      return registerFile(command.fileHash, states, context);
  }
};

export const documentDecider: Decider<DocumentCommand, DocumentItem, DocumentEvent> = {
  initial: { status: 'unknown' },
  evolve,
  decide,
  permits,
};
