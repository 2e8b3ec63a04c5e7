import type { TrackedKind } from '@saksgang/kernel';
import type { DocumentCommand } from './document.commands.js';
import { documentDecider } from './document.decider.js';
import { describeDocument } from './document.describe.js';
import type { DocumentEvent } from './document.events.js';
import { DOCUMENT_FIELDS, DOCUMENT_LABEL, DOCUMENT_STATES } from './document.labels.js';
import { DOCUMENT_COMMANDS, DOCUMENT_EVENTS } from './document.schema.js';
import type { DocumentItem } from './document.state.js';
import { textsOfDocument } from './document.texts.js';
import {
  beforeDocument,
  citeDocument,
  facetsOfDocument,
  hasPartOfDocument,
  linksOfDocument,
  partOfDocument,
  partsKeepTheirKeys,
  summariseDocument,
} from './document.view.js';
import { DOCUMENT_SHOWN } from './document.shown.js';

export type * from './document.commands.js';
export * from './document.events.js';
export { DOCUMENT_FIELD_NAME_LABELS, DOCUMENT_STATES, DOCUMENT_TYPE_LABELS, type DocumentStateName } from './document.labels.js';
export type * from './document.state.js';

/** Dokument, journalpost: registered → corrected. What other entries rest on. */
export const document: TrackedKind<DocumentCommand, DocumentItem, DocumentEvent> = {
  name: 'document',
  label: DOCUMENT_LABEL,
  decider: documentDecider,
  commands: DOCUMENT_COMMANDS,
  events: DOCUMENT_EVENTS,
  states: DOCUMENT_STATES,
  describe: describeDocument,
  fields: DOCUMENT_FIELDS,
  summarise: summariseDocument,
  facets: facetsOfDocument,
  partOf: partOfDocument,
  texts: textsOfDocument,
  hasPart: hasPartOfDocument,
  links: linksOfDocument,
  before: beforeDocument,
  fixed: partsKeepTheirKeys,
  cite: citeDocument,
  onTimeline: ({ type }) => type === 'DocumentRegistered',
  shown: DOCUMENT_SHOWN,
};
