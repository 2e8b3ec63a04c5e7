import { labelOfDate, labels, same, type Described, type Fact, type Labels } from '@saksgang/kernel';
import { partyLabel } from '../shared/party.js';
import { NOTHING_SAID, excerpt, headed, joined, listed, quoted, remark } from '../shared/wording.js';
import type { DocumentEvent, DocumentRegistered } from './document.events.js';
import { DOCUMENT_FIELD_NAME_LABELS, DOCUMENT_LABEL, DOCUMENT_TYPE_LABELS } from './document.labels.js';

const capital = (text: Labels): Labels => {
  const first = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  return labels(first(text.nb), first(text.nn), first(text.en));
};

const ATTACHMENT = labels('Vedlegg', 'Vedlegg', 'Attachment');
const CITATION = labels('Sitat', 'Sitat', 'Citation');

const titleOf = (event: DocumentEvent): Labels => {
  switch (event.type) {
    case 'DocumentRegistered': {
      const { documentType, title } = event.data;
      return headed(capital(documentType === null ? DOCUMENT_LABEL : DOCUMENT_TYPE_LABELS[documentType]), same(excerpt(title)));
    }
    case 'CitationAdded':
      return headed(CITATION, quoted(excerpt(event.data.text)));
    case 'AttachmentRegistered':
      return headed(ATTACHMENT, same(excerpt(event.data.title)));
    case 'DocumentFileRegistered':
      return labels('Filen er registrert', 'Fila er registrert', 'The file is registered');
  }
};

const AND_OTHERS = labels('andre', 'andre', 'others');

const recipientsOf = ({ recipients, openEnded }: DocumentRegistered['data']): Labels | null =>
  recipients.length === 0 && !openEnded ? null : listed([...recipients.map(partyLabel), ...(openEnded ? [AND_OTHERS] : [])]);

const printed = (text: string | null): Labels | null => (text === null ? null : same(text));

/** Persons are not named; their titles are. */
const particulars = (data: DocumentRegistered['data']): Labels => {
  const roles = data.signatories.flatMap(({ role }) => role ?? []);
  return joined([
    remark(labels('Referanse', 'Referanse', 'Reference'), printed(data.caseReference ?? data.number)),
    remark(labels('Datert', 'Datert', 'Dated'), data.dated === null ? null : labelOfDate(data.dated)),
    remark(labels('Fra', 'Frå', 'From'), data.sender === null ? null : partyLabel(data.sender)),
    remark(labels('Til', 'Til', 'To'), recipientsOf(data)),
    remark(labels('Arkivkode', 'Arkivkode', 'Archive code'), printed(data.archiveCode)),
    remark(labels('Underskrevet av', 'Underskrive av', 'Signed by'), roles.length === 0 ? null : listed(roles.map((role) => same(role)))),
    remark(
      labels('Vedlagt', 'Vedlagt', 'Attached'),
      data.attachments.length === 0 ? null : listed(data.attachments.map(({ title }) => same(excerpt(title)))),
    ),
    remark(
      labels('Står tomt', 'Står tomt', 'Left blank'),
      data.blankFields.length === 0 ? null : listed(data.blankFields.map((field) => DOCUMENT_FIELD_NAME_LABELS[field])),
    ),
  ]);
};

const KNOWN_BY_TITLE = labels('Bare kjent ved tittelen.', 'Berre kjend ved tittelen.', 'Known by its title only.');

const detailOf = (event: DocumentEvent): Labels => {
  switch (event.type) {
    case 'DocumentRegistered':
      return particulars(event.data);
    case 'CitationAdded':
      return remark(labels('Sted', 'Stad', 'Place'), printed(event.data.locator));
    case 'AttachmentRegistered':
      return event.data.item === null ? KNOWN_BY_TITLE : NOTHING_SAID;
    case 'DocumentFileRegistered':
      return remark(same('SHA-256'), same(event.data.fileHash));
  }
};

export const describeDocument = ({ event, reason }: Fact<DocumentEvent>): Described => ({
  title: titleOf(event),
  description: joined([
    detailOf(event),
    remark(labels('Begrunnelse', 'Grunngiving', 'Reason'), reason === null ? null : same(excerpt(reason))),
  ]),
});
