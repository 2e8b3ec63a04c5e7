import type { DecisionContext } from './decider.js';
import type { DomainEvent, Entry } from './entry.js';

/**
 * The stream as it would be with these events after it, to judge the history that would follow. The new entries stand after all
 * others, are recorded on the context's `today` and have the ids `proposed-0`, `proposed-1` …; they are never to be stored.
 */
export const withProposed = (entries: readonly Entry[], events: readonly DomainEvent[], context: DecisionContext): readonly Entry[] => {
  const { item, today, occurred, assertedBy, source, reason } = context;
  const last = entries.at(-1);
  const proposed = events.map((event, ordinal): Entry => ({
    id: `proposed-${ordinal}`,
    stream: item,
    // Longer than the last position and equal so far: after it, bytewise, whatever the log.
    position: `${last?.position ?? ''}+${String(ordinal).padStart(6, '0')}`,
    revision: (last?.revision ?? -1) + 1 + ordinal,
    version: 1,
    // Noon UTC falls on the same day in Oslo.
    recordedAt: `${today}T12:00:00.000Z`,
    actor: '',
    commandId: '',
    inputDigest: '',
    occurred,
    assertedBy,
    source,
    reason,
    event,
  }));
  return [...entries, ...proposed];
};
