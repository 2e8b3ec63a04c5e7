import type { SqliteFile } from '@saksgang/database';
import type { AnyKind, Day } from '@saksgang/kernel';
import { lastOfEachDay, type CommonStep, type Step, type WholeStream } from './streams/step.js';
import { versionedWriter, type Values } from './versioned-rows.js';

/** A table that holds, for each item, what follows from its state for as long as it does: one row for each `slot` of the item. */
export type SpansSpec<T> = Readonly<{
  table: string;
  /** All columns but item, recorded_from, recorded_to, valid_from, valid_to and slot. */
  columns: readonly string[];
  /** Everything that follows from a state, by slot. */
  slotsOf: (kind: AnyKind, state: unknown) => ReadonlyMap<string, T>;
  same: (one: T, other: T) => boolean;
  valuesOf: (value: T) => Values;
}>;

type OpenSpan = Readonly<{ recorded_from: number; valid_from: Day }>;
const NOTHING = new Map<string, never>();

export const spansWriter = <T>(file: SqliteFile, spec: SpansSpec<T>): ((step: Step) => void) => {
  const { table, slotsOf, same, valuesOf } = spec;
  const rows = versionedWriter(file, { table, columns: ['valid_from', 'valid_to', 'slot', ...spec.columns], key: [0, 2], foundBy: 'item' });
  const openSpan = file.prepare<OpenSpan>(
    `SELECT recorded_from, valid_from FROM ${table} WHERE item = ? AND slot = ? AND recorded_to IS NULL AND valid_to IS NULL`,
  );

  /** The span that has no end yet is closed, and opened again until `day` where it has any days left. */
  const end = ({ item, ordinal }: Step, slot: string, value: T, day: Day): void => {
    const span = openSpan.get(item, slot);
    if (span === undefined) throw new Error(`${table}: ${item} has no open ${slot}`);
    rows.close(item, ordinal, span.recorded_from, [span.valid_from, slot]);
    if (span.valid_from < day) rows.open(item, ordinal, [span.valid_from, day, slot, ...valuesOf(value)]);
  };

  const putBehind = (step: Step, { fact, before, after, previousDay }: CommonStep): void => {
    if (before === after && previousDay !== null) return;
    const had: ReadonlyMap<string, T> = previousDay === null ? NOTHING : slotsOf(step.kind, before);
    const has = slotsOf(step.kind, after);
    const stays = (slot: string, value: T, others: ReadonlyMap<string, T>): boolean => {
      const other = others.get(slot);
      return other !== undefined && same(value, other);
    };
    for (const [slot, value] of had) if (!stays(slot, value, has)) end(step, slot, value, fact.day);
    for (const [slot, value] of has)
      if (!stays(slot, value, had)) rows.open(step.item, step.ordinal, [fact.day, null, slot, ...valuesOf(value)]);
  };

  return (step) => {
    if (step.common === null) rows.become(step.item, step.ordinal, spansOf(spec, step.kind, step.whole), step.whole.ordinals);
    else putBehind(step, step.common);
  };
};

/** The spans of days in which each slot held a value. Nothing of an item that was retracted. */
const spansOf = <T>({ slotsOf, same, valuesOf }: SpansSpec<T>, kind: AnyKind, { points, history }: WholeStream): readonly Values[] => {
  if (history.retracted) return [];
  const rows: Values[] = [];
  const since = new Map<string, Readonly<{ from: Day; value: T }>>();
  for (const { fact, after } of lastOfEachDay(points)) {
    const held = slotsOf(kind, after);
    for (const [slot, { from, value }] of [...since]) {
      const now = held.get(slot);
      if (now !== undefined && same(value, now)) continue;
      rows.push([from, fact.day, slot, ...valuesOf(value)]);
      since.delete(slot);
    }
    for (const [slot, value] of held) if (!since.has(slot)) since.set(slot, { from: fact.day, value });
  }
  for (const [slot, { from, value }] of since) rows.push([from, null, slot, ...valuesOf(value)]);
  return rows;
};
