import type { Step } from '../streams/step.js';
import type { Value, Values, Wanted } from './exchange.js';
import { placesOf } from './row-keys.js';
import type { KeyedRows, KeyedSpec, Wanting, WrittenTable } from './rows.js';

const KEYS_KNOWN_MAX = 50_000; // primary keys of rows that are there for certain, and need not be put again

export const createKeyedTable = ({ table, whenThere, asked = [], wants, last = false }: KeyedSpec): KeyedRows & WrittenTable => {
  const primary = placesOf(table, table.primaryKey);
  const found = new Map(
    asked.map((column, index) => [column, { place: placesOf(table, asked)[index] ?? 0, rows: new Map<Value, Values>() }]),
  );
  const keyOf = (row: Values): string => JSON.stringify(primary.map((place) => row[place]));

  let wanted = new Map<string, Set<Value>>();
  // Undefined: not known. Null: the table is empty.
  let highest: Values | null | undefined;
  const known = new Set<string>();
  let listed: Values[] = [];
  let replacing = new Map<string, Values>();
  let removed = new Map<string, Values>();

  const atHand = (row: Values): void => found.forEach(({ place, rows }) => void rows.set(row[place] ?? null, row));
  const put: KeyedRows['put'] = (row) => {
    atHand(row);
    if (last) highest = row;
    if (whenThere === 'FAIL') return void listed.push(row);
    const key = keyOf(row);
    if (whenThere === 'REPLACE') return void replacing.set(key, row);
    if (known.has(key)) return;
    if (known.size >= KEYS_KNOWN_MAX) known.clear();
    known.add(key);
    listed.push(row);
  };

  const want = (step: Step): void => {
    const what = wants?.(step) ?? null;
    if (what === null) return;
    const values = wanted.get(what.column) ?? new Set();
    wanted.set(what.column, values.add(what.value));
  };
  const wanting = (of: Wanted, take: (rows: readonly Values[]) => void): Wanting => ({ wanted: of, take });
  const takeAll = (rows: readonly Values[]): void => rows.forEach(atHand);

  const isChanged = (): boolean => listed.length + replacing.size + removed.size > 0;
  const settled = (): void => {
    listed = [];
    replacing = new Map();
    removed = new Map();
  };
  const tidy = (): void => found.forEach(({ rows }) => rows.clear());
  return {
    table,
    put,
    remove: (key) => {
      const text = JSON.stringify(key);
      replacing.delete(text);
      removed.set(text, key);
    },
    by: (column, value) => found.get(column)?.rows.get(value) ?? null,
    last: () => highest ?? null,
    want,
    wanted: () => {
      const all = [...wanted].map(([column, values]) => wanting({ table, rows: 'BY', column, values: [...values] }, takeAll));
      wanted = new Map();
      if (last && highest === undefined) all.push(wanting({ table, rows: 'LAST' }, ([row = null]) => void (highest = row)));
      return all;
    },
    isChanged,
    isDue: isChanged,
    changes: () => ({
      table,
      deletes: [...removed.values()],
      closes: [],
      closedBy: [],
      inserts: [...listed, ...replacing.values()],
      whenThere,
    }),
    settled,
    tidy,
    forget: () => {
      settled();
      tidy();
      known.clear();
      wanted = new Map();
      highest = undefined;
    },
  };
};
