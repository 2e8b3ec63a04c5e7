import {
  NO_FACETS,
  type Before,
  type Cited,
  type DeclaredLink,
  type Entry,
  type Facets,
  type Refusal,
  type Summary,
} from '@saksgang/kernel';
import { elementsKeepTheirKeys } from '../shared/named-item.js';
import type { Attachment, DocumentEvent } from './document.events.js';
import { keysEverGiven } from './document.keys.js';
import { aDocumentIsNotAttachedToItself } from './document.rules.js';
import type { DocumentItem } from './document.state.js';

const NO_DOCUMENT: Summary = { title: '', references: [], state: 'UNKNOWN', subtype: null, open: false, projects: [], body: null };

/** Found by its case reference and by its number in a series; `body` is the sender, where tied to an item. */
export const summariseDocument = (document: DocumentItem): Summary =>
  document.status === 'unknown'
    ? NO_DOCUMENT
    : {
        title: document.title,
        references: [document.caseReference, document.number].filter((reference) => reference !== null),
        state: document.status === 'corrected' ? 'CORRECTED' : 'REGISTERED',
        subtype: document.documentType,
        open: false,
        projects: [],
        body: document.sender?.body ?? null,
      };

export const facetsOfDocument = (document: DocumentItem): Facets =>
  document.status === 'unknown'
    ? NO_FACETS
    : { ...NO_FACETS, caseNumber: document.caseReference, names: document.attachments.flatMap(({ item }) => item ?? []) };

/** How entries that rest on it name it. */
export const citeDocument = (document: DocumentItem): Cited | null =>
  document.status === 'unknown'
    ? null
    : { title: document.title, reference: document.caseReference ?? document.number, dated: document.dated };

/** «citation 2», «attachment 1»: each list counts its own. */
export const partOfDocument = (event: DocumentEvent): string | null => {
  switch (event.type) {
    case 'CitationAdded':
      return `citations.${event.data.key}`;
    case 'AttachmentRegistered':
      return `attachments.${event.data.key}`;
    case 'DocumentRegistered':
    case 'DocumentFileRegistered':
      return null;
  }
};

export const hasPartOfDocument = (document: DocumentItem, part: string): boolean =>
  document.status !== 'unknown' &&
  (document.citations.some(({ key }) => part === `citations.${key}`) ||
    document.attachments.some(({ key }) => part === `attachments.${key}`));

/** Those an event tells of. */
const attachmentsIn = (event: DocumentEvent): readonly Attachment[] =>
  event.type === 'DocumentRegistered' ? event.data.attachments : event.type === 'AttachmentRegistered' ? [event.data] : [];

/** An attachment that is a document of its own is part of what it is attached to. */
export const linksOfDocument = (event: DocumentEvent): readonly DeclaredLink[] =>
  attachmentsIn(event).flatMap(({ key, item }): readonly DeclaredLink[] =>
    item === null ? [] : [{ relation: 'PART_OF', target: item, targetPart: null, part: `attachments.${key}`, inverse: true }],
  );

/** Of an attachment of which more is known now. */
export const beforeDocument = (document: DocumentItem, event: DocumentEvent): Before => {
  if (document.status === 'unknown' || event.type !== 'AttachmentRegistered') return {};
  const standing = document.attachments.find(({ key }) => key === event.data.key);
  return standing === undefined ? {} : { key: standing.key, title: standing.title, item: standing.item };
};

/** Links and notes name citations and attachments by their keys; none of them is the document itself. */
export const partsKeepTheirKeys = (
  before: DocumentEvent,
  after: DocumentEvent,
  paths: readonly string[],
  entries: readonly Entry[],
): Refusal | null =>
  aDocumentIsNotAttachedToItself(entries[0]?.stream, attachmentsIn(after)) ??
  (before.type === 'DocumentRegistered' && after.type === 'DocumentRegistered'
    ? (elementsKeepTheirKeys(before.data.citations, after.data.citations, 'citations', paths, keysEverGiven(entries, 'citations')) ??
      elementsKeepTheirKeys(before.data.attachments, after.data.attachments, 'attachments', paths, keysEverGiven(entries, 'attachments')))
    : null);
