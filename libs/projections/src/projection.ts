import type { SqliteFile } from '@saksgang/database';
import type { Step } from './streams/step.js';

/** One table of a read model. `body` is what stands between the parentheses; indexes by name, from the opening parenthesis on. */
export type TableSpec = Readonly<{
  name: string;
  body: string;
  clustered: boolean;
  /** What writing needs, and so there from the first row on. */
  writingIndexes: Readonly<Record<string, string>>;
  /** What reading needs: in a shadow they are made last, which is quicker. */
  indexes: Readonly<Record<string, string>>;
}>;

/**
 * A function of the log: rows from entries in order, and nothing else. It writes its own tables only, keeps nothing in
 * memory between steps (a batch may be rolled back and fed again), and knows no time but the entries'.
 */
export type Projection = Readonly<{
  name: string;
  /** Raise it whenever the same log would give other rows: the rows are then built anew in a shadow. */
  version: number;
  tables: readonly TableSpec[];
  /** What an entry costs in a build, against the other projections: the work is shared out by it. */
  effort: number;
  /**
   * Built after the others, and while it has never been built no other reading waits for it: what asks for it says that it is behind.
   * For what costs much and is not what a record is first asked for.
   */
  apart?: boolean;
  /** `file` has its tables, under their own names: the read database, or a file that is being built. */
  writer: (file: SqliteFile) => (step: Step) => void;
}>;
