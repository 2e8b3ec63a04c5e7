import type { Box, EntryId, Instant, PersonId, Position, Revision, StreamName } from '@saksgang/kernel';

/** An entry ready to be stored. `leaf` is exactly the canonical text that is hashed (RECORD.md section 1); engines never look inside. */
export type NewEvent = Readonly<{
  /** UUID, stable over retries: the idempotency key. */
  id: EntryId;
  type: string;
  recordedAt: Instant;
  leaf: string;
  boxes: readonly Box[];
}>;

/** An entry as stored. `boxes` may have been deleted since (erasure); the leaf never. */
export type StoredEvent = NewEvent & Readonly<{ position: Position; stream: StreamName; revision: Revision }>;

export type Appended = Readonly<{
  /** Position of the last event of this append, the original one when it was a retry. */
  position: Position;
  /** Revision of the last event of this append. */
  revision: Revision;
}>;

export type StreamPage = Readonly<{
  /** In the direction asked for. Empty for a stream that does not exist. */
  events: readonly StoredEvent[];
  /** Revision of the stream's last event; NO_STREAM when there is none. */
  head: Revision;
  /** Nothing lies beyond this page in that direction. */
  end: boolean;
}>;

export type FollowBatch = Readonly<{
  /** In log order; may be empty when only the checkpoint moved or the follower has caught up. */
  events: readonly StoredEvent[];
  /** Everything up to and including this position has been handed out. */
  position: Position;
  /** The log held nothing more when this batch was made. */
  caughtUp: boolean;
}>;

/** How many boxes were deleted now. */
export type BoxesDeleted = Readonly<{ deleted: number | 'kept encrypted' }>;

export const READ_PAGE_MAX = 1_000; // events of one readStream page
export const FOLLOW_BATCH_MAX = 1_000; // events of one follow batch

/** The log. Engines are interchangeable because `testing/event-store.contract.ts` runs on each. */
export interface EventStore {
  /** Names this log; made with it, and anew by a move or restore. Every position starts with it. */
  readonly logId: string;
  /** The position before the first event. */
  readonly origin: Position;

  /**
   * Appends all events or none, directly after `expected` (revision of the last event, from 0; NO_STREAM = -1).
   * Idempotent: when exactly these ids already stand directly after `expected`, it answers their original position
   * and writes nothing, whatever else the new events hold.
   * When it answers, the events are durable. Does not promise that projections have seen them: wait for the position.
   * @throws RevisionConflict when the stream is elsewhere, or only part of the ids stand there: read it again and decide anew.
   * @throws AppendTooLarge above APPEND_BYTES_MAX of leaf bytes (UTF-8), before anything is written.
   * @throws StoreUnavailable when the engine cannot say; `outcome` tells whether it may have been written.
   */
  append(stream: StreamName, expected: Revision, events: readonly NewEvent[]): Promise<Appended>;

  /**
   * A page of one stream. Forward starts at `from` (default 0) inclusive; backward starts at `from` (default the head) inclusive.
   * `limit` 1..READ_PAGE_MAX. Reads its own acknowledged writes.
   */
  readStream(
    stream: StreamName,
    options?: Readonly<{ from?: Revision; direction?: 'forward' | 'backward'; limit?: number }>,
  ): Promise<StreamPage>;

  /**
   * The whole log in order, from just after `after`, then live until the signal aborts (the iteration then ends without an error).
   * Pulled: nothing is read ahead beyond one batch, so a slow consumer holds the producer. At least once: after a fault it
   * is called again with the last processed position.
   * @throws PositionUnknown when `after` belongs to another log or lies beyond this one's head.
   */
  follow(options: Readonly<{ after: Position; signal: AbortSignal; batch?: number }>): AsyncIterable<FollowBatch>;

  /**
   * Deletes the boxes of these persons, beside whatever entries they lie; the entries themselves stay as they are. When it answers,
   * the bytes are in no file of this engine any more. An engine whose events cannot be changed keeps them, encrypted as they are, and
   * says so: there the destruction of the persons' keys is what erases. Idempotent; does not promise anything of boxes appended later.
   * @throws StoreUnavailable when something may be left: call it again.
   */
  deleteBoxes(persons: readonly PersonId[]): Promise<BoxesDeleted>;

  /** The position of the last event, or `origin`. */
  head(): Promise<Position>;

  /** The store can take writes now. Reason in plain words when it cannot. */
  health(): Promise<Readonly<{ ok: true }> | Readonly<{ ok: false; reason: string }>>;

  /** Ends followers, lets running appends end, refuses new work with StoreUnavailable. Idempotent. */
  close(): Promise<void>;
}

export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';
  constructor(
    readonly stream: StreamName,
    readonly expected: Revision,
    readonly actual: Revision,
  ) {
    super(`${stream} is at revision ${actual}, not ${expected}`);
  }
}
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
  constructor(
    readonly bytes: number,
    readonly limit: number,
  ) {
    super(`this append holds ${bytes} bytes, more than ${limit}`);
  }
}
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  constructor(
    message: string,
    readonly outcome: 'not-written' | 'unknown',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
export class PositionUnknown extends Error {
  override readonly name = 'PositionUnknown';
  constructor(readonly position: string) {
    super(`position ${position} is not of this log`);
  }
}
