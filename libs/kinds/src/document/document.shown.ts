import { labels, type Shown } from '@saksgang/kernel';
import { DOCUMENT_TYPE_LABELS } from './document.labels.js';

/** How its state is told field by field; what its events hold by the same name has its words there. */
export const DOCUMENT_SHOWN: Shown = {
  labels: {
    made: labels('laget', 'laga', 'made'),
  },
  words: { documentType: DOCUMENT_TYPE_LABELS },
  derived: [],
  parts: null,
};
