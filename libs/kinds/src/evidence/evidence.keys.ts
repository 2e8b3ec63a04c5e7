import type { Entry } from '@saksgang/kernel';
import { eventsEverRead } from '../shared/keys.js';
import type { ElementKey, EvidenceEvent } from './evidence.events.js';

/** Keys once given within this evidence, those of retracted entries and of earlier corrections too. */
export const keysEverGiven = (entries: readonly Entry[], list: 'values' | 'sources'): readonly ElementKey[] =>
  (eventsEverRead(entries) as readonly EvidenceEvent[])
    .flatMap(({ type, data }): readonly { key: ElementKey }[] => {
      switch (type) {
        case 'EvidenceStated':
          return list === 'values' ? data.values : data.chain;
        case 'EvidenceSourced':
          return list === 'sources' ? data.sources : [];
        case 'EvidenceCorrected':
          return list === 'values' ? (data.values ?? []) : [];
        default:
          return [];
      }
    })
    .map(({ key }) => key);
