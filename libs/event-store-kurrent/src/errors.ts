import type { Revision, StreamName } from '@saksgang/kernel';

/** Somebody tombstoned the stream on the server: its name can never be used again. Restore the log from a copy. */
export class StreamTombstoned extends Error {
  override readonly name = 'StreamTombstoned';
  constructor(readonly stream: StreamName) {
    super(`${stream} has been tombstoned on the event store: entries of the record are gone. Restore the log from a copy.`);
  }
}
/** Somebody cut the stream's beginning off on the server ($tb, $maxCount, $maxAge or a deletion). Restore the log from a copy. */
export class StreamTruncated extends Error {
  override readonly name = 'StreamTruncated';
  constructor(
    readonly stream: StreamName,
    /** Null: nothing of it can be read. */
    readonly first: Revision | null,
  ) {
    const left = first === null ? 'has no readable revision' : `begins at revision ${first}`;
    super(`${stream} ${left} on the event store: earlier entries of the record are gone. Restore the log from a copy.`);
  }
}
/** Somebody deleted or cut off the stream that names the log. Nothing is opened, and no other name is given: the entries belong to the old one. */
export class LogNameGone extends Error {
  override readonly name = 'LogNameGone';
  constructor(readonly stream: string) {
    super(
      `${stream}, which names the log, has been deleted on the event store. Undo that ($tb of its metadata back to 0), or restore the log from a copy. A new record takes another EVENTSTORE_STREAM_PREFIX.`,
    );
  }
}
/** An event under this record's prefix that this program did not write, or a server too old for it. */
export class UnusableEvent extends Error {
  override readonly name = 'UnusableEvent';
  constructor(
    readonly stream: string,
    readonly revision: bigint,
    readonly why: string,
  ) {
    super(`event ${revision} of ${stream} on the event store cannot be used: ${why}`);
  }
}
