import type { AnyKind, Day } from '@saksgang/kernel';
import { lastOfEachDay, type CommonStep, type Step, type WholeStream } from './streams/step.js';
import { FIRST_DAY, type Values } from './writing/exchange.js';
import type { OpenRow, Rows, VersionedRows, VersionedSpec } from './writing/rows.js';
import type { TableSpec } from './writing/table.js';

/** A table that holds, for each item, what follows from its state for as long as it does: one row for each `slot` of the item. */
export type SpansSpec<T> = Readonly<{
  /** Its columns begin with item, recorded_from, recorded_to, valid_from, valid_to and slot. */
  table: TableSpec;
  /** Everything that follows from a state, by slot. */
  slotsOf: (kind: AnyKind, state: unknown) => ReadonlyMap<string, T>;
  same: (one: T, other: T) => boolean;
  /** All columns behind slot. */
  valuesOf: (value: T) => Values;
}>;

const NOTHING = new Map<string, never>();

/** How a table of spans is written: `slot` are the columns between `valid_to` and the values of a span. */
export const spansIn = (table: TableSpec, slot: readonly string[]): Omit<VersionedSpec, 'wants'> => ({
  table,
  key: ['valid_from', ...slot],
  closedBy: ['item', ...slot, 'recorded_from', 'valid_from'],
  slot,
});

/** The open span of this slot that has no end is closed, and opened again until `day` where it has any days left. */
export const endSpan = (rows: VersionedRows, { item, ordinal }: Step, slot: Values, day: Day): void => {
  const { from, openedAt, values } = spanOf(rows.standing(item, slot), `${item} has no open ${String(slot[0])}`);
  rows.close(item, ordinal, openedAt, [from, ...slot]);
  if (from < day) rows.open(item, ordinal, [from, day, ...values]);
};

const spanOf = (row: OpenRow | null, problem: string) => {
  if (row === null) throw new Error(problem);
  const [, openedAt, , from, , ...values] = row.values;
  return { from: String(from), openedAt: Number(openedAt), values };
};

export const spansWriter = <T>(rows: Rows, spec: SpansSpec<T>): ((step: Step) => void) => {
  const { table, slotsOf, same, valuesOf } = spec;
  const spans = rows.versioned({
    ...spansIn(table, ['slot']),
    wants: ({ common }) => (common !== null && isUnmoved(common) ? null : FIRST_DAY),
  });

  const putBehind = (step: Step, common: CommonStep): void => {
    if (isUnmoved(common)) return;
    const { fact, before, after, previousDay } = common;
    const had: ReadonlyMap<string, T> = previousDay === null ? NOTHING : slotsOf(step.kind, before);
    const has = slotsOf(step.kind, after);
    const stays = (slot: string, value: T, others: ReadonlyMap<string, T>): boolean => {
      const other = others.get(slot);
      return other !== undefined && same(value, other);
    };
    for (const [slot, value] of had) if (!stays(slot, value, has)) endSpan(spans, step, [slot], fact.day);
    for (const [slot, value] of has)
      if (!stays(slot, value, had)) spans.open(step.item, step.ordinal, [fact.day, null, slot, ...valuesOf(value)]);
  };

  return (step) => {
    if (step.common === null) spans.become(step.item, step.ordinal, spansOf(spec, step.kind, step.whole));
    else putBehind(step, step.common);
  };
};

/** Nothing follows from the entry that did not follow before. */
const isUnmoved = ({ before, after, previousDay }: CommonStep): boolean => before === after && previousDay !== null;

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
