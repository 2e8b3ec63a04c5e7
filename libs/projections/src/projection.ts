import type { Step } from './streams/step.js';
import type { Rows } from './writing/rows.js';
import type { TableSpec } from './writing/table.js';

/**
 * A function of the log: rows from entries in order, and nothing else. It writes its own tables only, keeps nothing in
 * memory between steps but what `Rows` keeps for it (a batch may be taken back and fed again), and knows no time but the entries'.
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
  /** Its steps, over rows in memory of its own tables: what they have not wanted beforehand they cannot read. */
  writer: (rows: Rows) => (step: Step) => void;
}>;
