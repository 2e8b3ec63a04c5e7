import type { Day, ItemId } from '@saksgang/kernel';
import type { Step } from '../streams/step.js';
import { FIRST_DAY, type Close, type OpenOf, type Value, type Values } from './exchange.js';
import type { OpenRow, VersionedRows, VersionedSpec, Wanting, WrittenTable } from './rows.js';
import { keyText, placesOf } from './row-keys.js';

/** `values` of a row that is not written yet may still be changed. */
type Row = { readonly values: Value[]; written: boolean };

/** What is at hand of one item: its open rows from `since` on; null: only what this batch has opened. */
type Held = { since: Day | null; rows: Map<string, Row>; slots: Map<string, Row> | null };

const ROWS_AT_HAND_MAX = 20_000; // open rows of one table, an item counting as one more
const ROWS_HELD_BACK_MAX = 5_000; // rows that may wait to be written while a table is built: what is closed meanwhile is written once
const [RECORDED_FROM, RECORDED_TO, BEFORE_VALUES] = [1, 2, 3];

export const createVersionedTable = (spec: VersionedSpec): VersionedRows & WrittenTable => {
  const { table, closedBy, foundBy = 'item', wants } = spec;
  const [keyPlaces, closePlaces] = [placesOf(table, spec.key), placesOf(table, closedBy)];
  const slotPlaces = spec.slot === undefined ? null : placesOf(table, spec.slot);
  const [validFrom, validTo] = placesOf(table, wants === undefined ? [] : ['valid_from', 'valid_to']);
  const keyOfValues = keyPlaces.map((place) => place - BEFORE_VALUES);

  // Least recently wanted first.
  const held = new Map<ItemId, Held>();
  let weight = 0;
  let wanted = new Map<ItemId, OpenOf>();
  let inserts: Row[] = [];
  let closes: Close[] = [];

  const hold = (item: ItemId, since: Day | null): Held => {
    const before = held.get(item);
    if (before !== undefined) weight -= before.rows.size + 1;
    const fresh: Held = { since, rows: new Map(), slots: slotPlaces === null ? null : new Map() };
    held.set(item, fresh);
    weight += 1;
    return fresh;
  };
  const put = (to: Held, row: Row): void => {
    to.rows.set(keyText(row.values, keyPlaces), row);
    if (slotPlaces !== null && row.values[validTo ?? 0] === null) to.slots?.set(keyText(row.values, slotPlaces), row);
    weight += 1;
  };

  const open: VersionedRows['open'] = (item, ordinal, values) => {
    const row = { values: [item, ordinal, null, ...values], written: false };
    inserts.push(row);
    put(held.get(item) ?? hold(item, null), row);
  };

  const closeRow = (of: Held, key: string, row: Row, ordinal: number): void => {
    if (row.written) closes.push({ recordedTo: ordinal, key: closePlaces.map((place) => row.values[place] ?? null) });
    else row.values[RECORDED_TO] = ordinal;
    of.rows.delete(key);
    if (slotPlaces !== null && row.values[validTo ?? 0] === null) of.slots?.delete(keyText(row.values, slotPlaces));
    weight -= 1;
  };

  const close: VersionedRows['close'] = (item, ordinal, openedAt, keyValues) => {
    const of = held.get(item);
    const key = keyText(keyValues);
    const row = of?.rows.get(key);
    const isComplete = of !== undefined && of.since === FIRST_DAY;
    if (row === undefined ? isComplete : openedAt !== null && row.values[RECORDED_FROM] !== openedAt)
      throw new Error(`${table.name}: ${item} has no open row from ${openedAt ?? 'any entry'} to close at ${ordinal}`);
    if (of !== undefined && row !== undefined) return closeRow(of, key, row, ordinal);
    // Unseen: the engine finds it, or finds fault.
    const told: Readonly<Record<string, Value>> = { item, recorded_from: openedAt };
    closes.push({ recordedTo: ordinal, key: closedBy.map((name) => keyValues[spec.key.indexOf(name)] ?? told[name] ?? null) });
  };

  const become: VersionedRows['become'] = (item, ordinal, desired, since = null) => {
    const of = held.get(item);
    const from = since ?? FIRST_DAY;
    if (of === undefined || of.since === null || of.since > from)
      throw new Error(`${table.name}: the open rows of ${item} are not at hand from "${from}" on`);
    const lacking = new Map(desired.map((values) => [keyText(values, keyOfValues), values]));
    for (const [key, row] of of.rows) {
      if (String(row.values[validFrom ?? 0]) < from) continue;
      const same = lacking.get(key);
      if (same !== undefined && same.every((value, place) => value === row.values[place + BEFORE_VALUES])) lacking.delete(key);
      else closeRow(of, key, row, ordinal);
    }
    for (const values of lacking.values()) open(item, ordinal, values);
  };

  const take = (of: readonly OpenOf[], rows: readonly Values[]): void => {
    for (const { item, since } of of) hold(item, since);
    for (const values of rows) {
      const to = held.get(String(values[0]));
      if (to !== undefined) put(to, { values: [...values], written: true });
    }
  };

  const want = (step: Step): void => {
    if (wants === undefined) return;
    const { item, previous } = step;
    const there = held.get(item);
    if (there !== undefined) {
      held.delete(item);
      held.set(item, there);
    } else if (previous === null) return void hold(item, FIRST_DAY);
    if (there?.since === FIRST_DAY) return;
    const since = wants(step);
    if (since === null || (there !== undefined && there.since !== null && there.since <= since)) return;
    const other = wanted.get(item);
    const earliest = other === undefined || since < other.since ? since : other.since;
    wanted.set(item, { item, since: earliest, entries: step.whole?.ordinals ?? [] });
  };

  const isChanged = (): boolean => inserts.length + closes.length > 0;
  const forgetAll = (): void => {
    held.clear();
    weight = 0;
  };
  const tidy = (): void => {
    if (isChanged()) return;
    if (wants === undefined) return forgetAll();
    for (const [item, { rows }] of held) {
      if (weight <= ROWS_AT_HAND_MAX) return;
      held.delete(item);
      weight -= rows.size + 1;
    }
  };

  return {
    table,
    open,
    close,
    become,
    openOf: (item): readonly OpenRow[] => [...(held.get(item)?.rows.values() ?? [])],
    standing: (item, slot) => held.get(item)?.slots?.get(keyText(slot)) ?? null,
    want,
    wanted: (): readonly Wanting[] => {
      if (wanted.size === 0) return [];
      const of = [...wanted.values()];
      wanted = new Map();
      return [{ wanted: { table, rows: 'OPEN', of, foundBy }, take: (rows) => take(of, rows) }];
    },
    isChanged,
    isDue: () => (wants === undefined ? isChanged() : inserts.length + closes.length >= ROWS_HELD_BACK_MAX || weight > ROWS_AT_HAND_MAX),
    changes: () => ({ table, deletes: [], closes, closedBy, inserts: inserts.map(({ values }) => values), whenThere: 'FAIL' }),
    settled: () => {
      for (const row of inserts) row.written = true;
      inserts = [];
      closes = [];
    },
    tidy,
    forget: () => {
      forgetAll();
      wanted = new Map();
      inserts = [];
      closes = [];
    },
  };
};
