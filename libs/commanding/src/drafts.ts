import type { Draft } from '@saksgang/event-store';
import type { DomainEvent, Entry, Envelope, StreamName } from '@saksgang/kernel';
import { entryIdFor } from '@saksgang/record';

/** What every entry of one command has in common. */
export type Said = Envelope & Pick<Entry, 'stream' | 'recordedAt' | 'actor' | 'commandId' | 'inputDigest'>;

/** Entries that follow directly after the `before` there are. Ids hold over retries: they come from stream, command id and ordinal. */
export const draftsOf = (said: Said, before: number, events: readonly DomainEvent[]): readonly Draft[] =>
  events.map((event, ordinal) => ({
    ...said,
    id: entryIdFor(said.stream, said.commandId, ordinal),
    revision: before + ordinal,
    event,
  }));

/** `<item>@<revision>`: how an entry is named to clients. */
export const entryRef = (entry: Readonly<{ stream: StreamName; revision: number }>): string => `${entry.stream}@${entry.revision}`;
