import { readFileSync } from 'node:fs';
import { foldState, history, NOTHING_SHOWN, NOW, type AnyKind, type Fact, type JsonObject } from '@saksgang/kernel';
import { registry } from '@saksgang/kinds';
import { recorded } from '../../../kinds/testing/telling.js';
import { compareStates, fieldIn, type Comparing } from './compare.js';
import { comparing } from './side.js';
import { knownLabel } from './wording.js';

const goldenOf = (name: string): Readonly<Record<string, JsonObject>> =>
  JSON.parse(readFileSync(new URL(`../../../../test/golden/events/${name}.v1.json`, import.meta.url), 'utf8')) as Record<
    string,
    JsonObject
  >;

/** Every field that any of the kind's events leaves in its state: each told alone behind the founding one, and all in their order. */
const fieldsOf = (kind: AnyKind): readonly string[] => {
  const samples = Object.entries(goldenOf(kind.name)).map(([type, data]) => ({ event: { type, data }, on: '2018-10-03' }));
  const [founding] = samples;
  if (founding === undefined) throw new Error(`${kind.name} has no golden events`);
  const found = new Set<string>();
  const tell = (facts: readonly Fact[], compared: Comparing): void => {
    const state = foldState<object>(kind, facts);
    compareStates(compared, {}, { ...state, status: null });
    // Elements of lists come whole: what stands in them is changed by corrections, field by field.
    for (const delta of compared.deltas) for (const field of leavesOf(fieldIn(compared.shown, delta), delta.after)) found.add(field);
  };
  for (const told of [samples, ...samples.slice(1).map((one) => [founding, one]), [founding]]) {
    const entries = recorded(`${kind.name}-00000000-0000-5000-8000-000000000000`, told);
    tell(history(entries, NOW).facts, comparing(kind, entries));
  }
  return [...found].sort();
};

const leavesOf = (field: string, value: unknown): readonly string[] =>
  value === null || typeof value !== 'object' || Array.isArray(value) || 'asWritten' in value || 'sealed' in value || 'body' in value
    ? [field]
    : [field, ...Object.entries(value).flatMap(([name, inner]) => leavesOf(`${field}.${name}`, inner))];

describe.each([...registry.kinds.values()].map((kind) => [kind.name, kind] as const))('a difference of a %s', (_name, kind) => {
  it('has a word in three languages for every field of its state', () => {
    const fields = fieldsOf(kind);
    expect(fields.length).toBeGreaterThan(3);
    expect(fields.filter((field) => knownLabel(kind, registry.shared, kind.shown ?? NOTHING_SHOWN, field) === undefined)).toEqual([]);
  });
});
