import type { Handed } from '../running/handed.js';
import type { Exchange } from './exchange.js';
import type { WrittenTable } from './rows.js';
import type { Writing } from './writing.js';

/** Which of the entries handed over is to blame; null where that shows only when they are fed one at a time. */
export type Fault = Readonly<{ at: number | null; problem: unknown }>;

/**
 * Runs a batch and has all it changes written, or nothing of it: then the fault, and the rows at hand are forgotten. What the engine
 * throws leaves the rows as they may not be: whoever catches it forgets them.
 */
export function* feedAll(writing: Writing, batch: readonly Handed[]): Exchange<Fault | null> {
  const fault = (yield* runAll(writing, batch)) ?? (yield* write(writing.tables));
  if (fault !== null) writing.forget();
  for (const table of writing.tables) table.tidy();
  return fault;
}

/** Runs a part of what is being built. What is better written later is held back, until `finishBuilding`. */
export function* build(writing: Writing, portion: readonly Handed[]): Exchange<Fault | null> {
  const fault = (yield* runAll(writing, portion)) ?? (yield* write(writing.tables.filter((table) => table.isDue())));
  for (const table of writing.tables) table.tidy();
  return fault;
}

export function* finishBuilding(writing: Writing): Exchange<Fault | null> {
  return yield* write(writing.tables);
}

function* runAll(writing: Writing, batch: readonly Handed[]): Exchange<Fault | null> {
  const refused = tryEach(batch, (step) => writing.tables.forEach((table) => table.want(step)));
  if (refused !== null) return refused;
  return (yield* bring(writing.tables)) ?? tryEach(batch, writing.run);
}

const tryEach = (batch: readonly Handed[], work: Writing['run']): Fault | null => {
  for (let at = 0; at < batch.length; at += 1) {
    const { step, failure } = batch[at] as Handed;
    try {
      if (step === null) throw failure;
      work(step);
    } catch (problem) {
      return { at, problem };
    }
  }
  return null;
};

/** What the engine is asked for must not be waiting here to be written. */
function* bring(tables: readonly WrittenTable[]): Exchange<Fault | null> {
  const asked = tables.map((table) => ({ table, wanting: table.wanted() })).filter(({ wanting }) => wanting.length > 0);
  if (asked.length === 0) return null;
  const fault = yield* write(asked.map(({ table }) => table));
  if (fault !== null) return fault;
  const wanting = asked.flatMap((one) => one.wanting);
  const { loaded } = yield { ask: 'load', wanted: wanting.map(({ wanted }) => wanted) };
  wanting.forEach(({ take }, index) => take(loaded?.[index] ?? []));
  return null;
}

function* write(tables: readonly WrittenTable[]): Exchange<Fault | null> {
  const changed = tables.filter((table) => table.isChanged());
  if (changed.length === 0) return null;
  const { problem } = yield { ask: 'apply', changes: changed.map((table) => table.changes()) };
  if (problem !== null) return { at: null, problem };
  for (const table of changed) table.settled();
  return null;
}
