import type { Step } from '../streams/step.js';
import { createKeyedTable } from './keyed-table.js';
import type { Rows, WrittenTable } from './rows.js';
import { createVersionedTable } from './versioned-table.js';

/** One projection's steps, over rows in memory. */
export type Writing = Readonly<{
  tables: readonly WrittenTable[];
  /** What the step needs must be at hand. @throws what the projection throws: then all must be forgotten */
  run: (step: Step) => void;
  /** Nothing is known any more, and nothing is to be written: after a fault, or when what was written was taken back. */
  forget: () => void;
}>;

export const createWriting = (writer: (rows: Rows) => (step: Step) => void): Writing => {
  const tables: WrittenTable[] = [];
  const kept = <T extends WrittenTable>(table: T): T => {
    tables.push(table);
    return table;
  };
  const run = writer({ versioned: (spec) => kept(createVersionedTable(spec)), keyed: (spec) => kept(createKeyedTable(spec)) });
  return { tables, run, forget: () => tables.forEach((table) => table.forget()) };
};
