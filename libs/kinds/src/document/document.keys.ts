import type { Entry } from '@saksgang/kernel';
import { eventsEverRead } from '../shared/keys.js';
import type { DocumentEvent } from './document.events.js';

/** Keys once given within this document, those of retracted entries and of earlier corrections too. */
export const keysEverGiven = (entries: readonly Entry[], list: 'attachments' | 'citations'): readonly string[] =>
  (eventsEverRead(entries) as readonly DocumentEvent[]).flatMap((event): readonly string[] => {
    switch (event.type) {
      case 'DocumentRegistered':
        return event.data[list].map(({ key }) => key);
      case 'CitationAdded':
        return list === 'citations' ? [event.data.key] : [];
      case 'AttachmentRegistered':
        return list === 'attachments' ? [event.data.key] : [];
      default:
        return [];
    }
  });
