import type { StoredEvent } from '@saksgang/event-store';
import type { ItemId, Revision } from '@saksgang/kernel';

/** Given to a thread at its start: which files it fills, with what. */
export type BuildOrder = Readonly<{
  logId: string;
  files: readonly Readonly<{ projection: string; path: string }>[];
}>;

/** What a thread needs of a stored entry: boxes are never looked into here, and would be copied for nothing. */
export type PortableEvent = Omit<StoredEvent, 'boxes'>;

/** What goes to a thread, which works on one after the other. `stream` answers its question of that turn; null: the log could not say. */
export type ToBuilder =
  | Readonly<{ say: 'entries'; events: readonly PortableEvent[] }>
  | Readonly<{ say: 'index' }>
  | Readonly<{ say: 'stream'; turn: number; events: readonly PortableEvent[] | null }>;

/** What comes back. After `stopped` or `failed` nothing more is done; after `built` the files are left, whole but for how far they came. */
export type FromBuilder =
  | Readonly<{ say: 'taken' }>
  | Readonly<{ say: 'read'; turn: number; item: ItemId; from: Revision; limit: number }>
  | Readonly<{ say: 'built' }>
  | Readonly<{ say: 'stopped'; projection: string; ordinal: number; reason: string }>
  | Readonly<{ say: 'failed'; reason: string }>;

export const portable = ({ position, stream, revision, id, type, recordedAt, leaf }: StoredEvent): PortableEvent => ({
  position,
  stream,
  revision,
  id,
  type,
  recordedAt,
  leaf,
});

export const unpacked = (event: PortableEvent): StoredEvent => ({ ...event, boxes: NO_BOXES });
const NO_BOXES: StoredEvent['boxes'] = [];
