import type { AnyKind, ItemId } from '@saksgang/kernel';
import { LIGHTS, type Counted, type Light, type Pin } from '@saksgang/projections';
import type { RequestContext } from '../context.js';
import { KIND_NAMES } from '../kind-edges.js';

export type StateCountSource = Readonly<{ kind: string; state: string; count: number; project: ItemId | null; pin: Pin }>;
export type LightCountSource = Readonly<{ light: Light; count: number }>;
export type KindStatusSource = Readonly<{
  kind: string;
  total: number;
  states: readonly StateCountSource[];
  lights: readonly LightCountSource[];
  computedLights: readonly LightCountSource[];
}>;

const sum = (rows: readonly Counted[]): number => rows.reduce((total, { count }) => total + count, 0);

const lightsOf = (rows: readonly Counted[], which: 'light' | 'computedLight'): readonly LightCountSource[] =>
  LIGHTS.flatMap((light) => {
    const count = sum(rows.filter((row) => row[which] === light));
    return count === 0 ? [] : [{ light, count }];
  });

/** One row for each kind that has items, in the order in which kinds are registered. */
export const kindsOf = (
  { registry }: Pick<RequestContext, 'registry'>,
  counts: readonly Counted[],
  project: ItemId | null,
  pin: Pin,
): readonly KindStatusSource[] =>
  KIND_NAMES.flatMap((kind) => {
    const rows = counts.filter((row) => row.kind === kind);
    if (rows.length === 0) return [];
    const states = statesInOrder(registry.kinds.get(kind), rows).map((state) => ({
      kind,
      state,
      count: sum(rows.filter((row) => row.state === state)),
      project,
      pin,
    }));
    return [{ kind, total: sum(rows), states, lights: lightsOf(rows, 'light'), computedLights: lightsOf(rows, 'computedLight') }];
  });

const statesInOrder = (kind: AnyKind | undefined, rows: readonly Counted[]): readonly string[] => {
  const present = new Set(rows.map(({ state }) => state));
  const drawn = Object.keys(kind?.states ?? {}).filter((state) => present.has(state));
  return [...drawn, ...[...present].filter((state) => !drawn.includes(state))];
};
