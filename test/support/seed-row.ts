import type { Fields } from './serve.js';

/** An item as a reader finds it, by kind and title, and what it must hold. Lists are whole and in order, unless `including` says otherwise. */
export type Held = Readonly<{ kind: string; title: string; holds: Fields }>;
/** A row of DOMAIN.md section 5: its numbers, and what the record holds of it. */
export type SeedRow = Readonly<{ rows: readonly string[]; holds: readonly Held[] }>;

/** `P3–P4` as `P3`, `P4`. */
const numbered = (text: string): readonly string[] =>
  text.split(', ').flatMap((range) => {
    const [first = '', last = first] = range.split('–');
    const from = Number(first.slice(1));
    return Array.from({ length: Number(last.slice(1)) - from + 1 }, (_, index) => `${first.charAt(0)}${from + index}`);
  });
export const row = (rows: string, ...holds: readonly Held[]): SeedRow => ({ rows: numbered(rows), holds });
export const held = (kind: string, title: string, holds: Fields = {}): Held => ({ kind, title, holds });
export const including = (...what: readonly unknown[]): unknown =>
  expect.arrayContaining(what.map((one) => expect.objectContaining(one as object)));
export const named = (...names: readonly string[]) => names.map((name) => ({ name }));
export const texts = (...list: readonly unknown[]) => list.map((text) => ({ text }));

export const OPPSPILL = 'Kulturprosjektet Oppspill';
