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
    readonly first: Revision,
  ) {
    super(`${stream} begins at revision ${first} on the event store: earlier entries of the record are gone. Restore the log from a copy.`);
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
