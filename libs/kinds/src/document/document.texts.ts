import type { PartText } from '@saksgang/kernel';
import { inPart, openName } from '../shared/part-texts.js';
import type { Attachment, Citation, DocumentEvent } from './document.events.js';

const textsOfCitation = ({ key, text, locator }: Citation): readonly PartText[] => inPart(`citations.${key}`, [text, locator]);
const textsOfAttachment = ({ key, title }: Attachment): readonly PartText[] => inPart(`attachments.${key}`, [title]);

/** What can be searched for, citations and attachments under their own parts. A hash is nothing that people look for by word. */
export const textsOfDocument = (event: DocumentEvent): readonly PartText[] => {
  switch (event.type) {
    case 'DocumentRegistered': {
      const { title, caseReference, number, archiveCode, sender, recipients, recipientsAsWritten, theirReference, signatories } =
        event.data;
      return [
        ...inPart(null, [title, caseReference, number, archiveCode, openName(sender), ...recipients.map(openName), recipientsAsWritten]),
        ...inPart(null, [theirReference, ...signatories.flatMap(({ role, body }) => [role, openName(body)])]),
        ...event.data.citations.flatMap(textsOfCitation),
        ...event.data.attachments.flatMap(textsOfAttachment),
      ];
    }
    case 'CitationAdded':
      return textsOfCitation(event.data);
    case 'AttachmentRegistered':
      return textsOfAttachment(event.data);
    case 'DocumentFileRegistered':
      return [];
  }
};
