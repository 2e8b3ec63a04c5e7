import { MalformedAppend, RevisionConflict, StoreUnavailable, type Appended, type NewEvent } from '@saksgang/event-store';
import type { PersonId, Revision, StreamName } from '@saksgang/kernel';

/** One append on its way to the log. Has passed `checkAppend`. */
export type Command = Readonly<{ stream: StreamName; expected: Revision; events: readonly NewEvent[] }>;

/** What became of it: plain data, so that it crosses threads. */
export type Verdict =
  | Readonly<{ is: 'appended'; ordinal: number; revision: Revision }>
  | Readonly<{ is: 'conflict'; actual: Revision }>
  | Readonly<{ is: 'malformed'; why: string }>
  | Readonly<{ is: 'unavailable'; message: string; outcome: 'not-written' | 'unknown' }>;

/** The verdict as the port tells it. @throws RevisionConflict, MalformedAppend, StoreUnavailable */
export const tell = (verdict: Verdict, command: Command, positionOf: (ordinal: number) => string): Appended => {
  switch (verdict.is) {
    case 'appended':
      return { position: positionOf(verdict.ordinal), revision: verdict.revision };
    case 'conflict':
      throw new RevisionConflict(command.stream, command.expected, verdict.actual);
    case 'malformed':
      throw new MalformedAppend(verdict.why);
    case 'unavailable':
      throw new StoreUnavailable(verdict.message, verdict.outcome);
  }
};

/** What became of a deletion of boxes: plain data too. */
export type Deletion = Readonly<{ is: 'deleted'; boxes: number }> | Readonly<{ is: 'failed'; message: string }>;

/** Who takes appends and answers each once it is durable or has failed. Verdicts come as values; it never rejects. */
export interface AppendWriter {
  append(command: Command, bytes: number): Promise<Verdict>;
  /** Deletes the persons' boxes, and empties the write-ahead log, where they may still lie. */
  deleteBoxes(persons: readonly PersonId[]): Promise<Deletion>;
  /** Null when the last transaction stood or one does now; else why not, in plain words. */
  health(): Promise<string | null>;
  /** Commits what waits, empties the write-ahead log and lets go of the file. */
  close(): Promise<void>;
}
