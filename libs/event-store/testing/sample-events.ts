import type { Box } from '@saksgang/kernel';
import { createHash } from 'node:crypto';
import type { EventStore, NewEvent, StoredEvent } from '../src/event-store.js';

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The same word, the same UUID. */
export const uuidOf = (word: string): string => {
  const hex = digestOf(word).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
};

export const streamNamed = (word: string): string => `resolution-${uuidOf(word)}`;

/** An event known by its word. Its leaf is JSON, as every engine may rely on, and holds whatever text is asked for. */
export const eventNamed = (word: string, more: Partial<NewEvent> = {}): NewEvent => ({
  id: uuidOf(word),
  type: 'SampleRecorded',
  recordedAt: '2018-10-03T10:00:00.000Z',
  leaf: JSON.stringify({ data: { word } }),
  boxes: [],
  ...more,
});
export const eventsNamed = (...words: readonly string[]): NewEvent[] => words.map((word) => eventNamed(word));

/** `count` events, `<word> 0` … */
export const manyEvents = (word: string, count: number): NewEvent[] =>
  Array.from({ length: count }, (_, index) => eventNamed(`${word} ${index}`));

/** A leaf of exactly so many UTF-8 bytes. */
export const leafOfBytes = (bytes: number): string => JSON.stringify('x'.repeat(bytes - 2));

export const boxNamed = (word: string, bytes: Uint8Array = digestOf(`bytes of ${word}`)): Box => ({
  commitment: digestOf(word).toString('base64url'),
  person: `person-${uuidOf(word)}`,
  bytes,
});

/** Ids as stored, to compare order. */
export const idsOf = (events: readonly Readonly<{ id: string }>[]): string[] => events.map((event) => event.id);

/** The whole log from `after`, until `count` events have been handed out; then lets go. */
export const takeFrom = async (store: EventStore, after: string, count: number, batch?: number): Promise<StoredEvent[]> => {
  const stop = new AbortController();
  const taken: StoredEvent[] = [];
  for await (const { events } of store.follow({ after, signal: stop.signal, ...(batch === undefined ? {} : { batch }) })) {
    taken.push(...events);
    if (taken.length >= count) stop.abort();
  }
  return taken;
};
