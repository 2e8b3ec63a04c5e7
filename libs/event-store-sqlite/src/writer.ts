import type { PersonId } from '@saksgang/kernel';
import type { Database } from 'better-sqlite3';
import { BATCH_BYTES_MAX, BATCH_COMMANDS_MAX } from './limits.js';
import { createLogWriter, TransactionFailed, type LogWriter } from './log-writer.js';
import type { AppendWriter, Command, Deletion, Verdict } from './verdict.js';

type Waiting = Readonly<{ command: Command; bytes: number; settle: (verdict: Verdict) => void }>;

/**
 * Group commit: appends queue, and each turn of the event loop puts what has come into one transaction. The sync to disk,
 * which is nearly all an append costs, is then shared by everyone who waited. Runs in a thread of its own or on the caller's.
 * The queue's bound is kept by the store, which sees both.
 */
export class Writer implements AppendWriter {
  private readonly log: LogWriter;
  private queue: Waiting[] = [];
  private draining = false;
  private failure: string | null = null;

  /** `afterBatch` is called when a batch's verdicts have been told. Takes over `db` and closes it. */
  constructor(
    private readonly db: Database,
    private readonly afterBatch: () => void,
  ) {
    this.log = createLogWriter(db);
  }

  append(command: Command, bytes: number): Promise<Verdict> {
    return new Promise((settle) => this.enqueue({ command, bytes, settle }));
  }

  enqueue(waiting: Waiting): void {
    this.queue.push(waiting);
    if (this.draining) return;
    this.draining = true;
    setImmediate(this.drain);
  }

  /** After what is queued: a box appended before it was asked for is deleted with the others. */
  async deleteBoxes(persons: readonly PersonId[]): Promise<Deletion> {
    try {
      while (this.queue.length > 0) this.commitNext();
      const boxes = this.log.deleteBoxes(persons);
      const busy = this.db.pragma('wal_checkpoint(TRUNCATE)', { simple: true });
      return busy === 0
        ? { is: 'deleted', boxes }
        : { is: 'failed', message: 'the write-ahead log is being read and could not be emptied' };
    } catch (error) {
      return { is: 'failed', message: wordsOf(error) };
    }
  }

  async health(): Promise<string | null> {
    if (this.failure === null) return null;
    try {
      this.log.probe();
      this.failure = null;
    } catch (error) {
      this.failure = wordsOf(error);
    }
    return this.failure;
  }

  async close(): Promise<void> {
    while (this.queue.length > 0) this.commitNext();
    if (!this.db.open) return;
    // An empty write-ahead log leaves one file that can be copied as it is.
    this.db.pragma('wal_checkpoint(TRUNCATE)');
    this.db.close();
  }

  private readonly drain = (): void => {
    if (this.queue.length > 0) this.commitNext();
    this.draining = this.queue.length > 0;
    if (this.draining) setImmediate(this.drain);
  };

  private commitNext(): void {
    const batch = this.takeBatch();
    const verdicts = this.verdictsOf(batch.map((waiting) => waiting.command));
    for (const [index, waiting] of batch.entries()) waiting.settle(verdicts[index] as Verdict);
    this.afterBatch();
  }

  private takeBatch(): Waiting[] {
    let count = 0;
    let bytes = 0;
    for (const waiting of this.queue) {
      bytes += waiting.bytes;
      if (count === BATCH_COMMANDS_MAX || (count > 0 && bytes > BATCH_BYTES_MAX)) break;
      count += 1;
    }
    return this.queue.splice(0, count);
  }

  private verdictsOf(commands: readonly Command[]): Verdict[] {
    try {
      const verdicts = this.log.commit(commands);
      this.failure = null;
      return verdicts;
    } catch (error) {
      this.failure = wordsOf(error);
      const outcome = error instanceof TransactionFailed ? error.outcome : 'unknown';
      const failed: Verdict = { is: 'unavailable', message: `the log could not be written: ${this.failure}`, outcome };
      return commands.map(() => failed);
    }
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
