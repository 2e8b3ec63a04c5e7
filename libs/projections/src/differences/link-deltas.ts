import { sameJson, type ItemId, type Json, type Shown } from '@saksgang/kernel';
import { parsed } from '../asking/entry-rows.js';
import type { LinksTable } from '../links/links.table.js';
import type { Pin } from '../reading.js';
import type { Between } from './between.js';
import type { Delta } from './compare.js';

/** What became of a link, seen from one of its ends, and the number of the entry behind it. */
export type LinkDelta = Delta & Readonly<{ cause: number }>;

/** `rows`: versions of links that are there from one point of view only. */
export const linkDeltas = (
  item: ItemId,
  shown: Shown,
  rows: readonly LinksTable[],
  { from, to }: Readonly<{ from: Pin; to: Pin }>,
  span: Between,
): readonly LinkDelta[] => {
  const links = new Map<string, LinksTable[]>();
  for (const row of rows) {
    const id = row.nth === 0 ? row.ref : `${row.ref}#${row.nth}`;
    links.set(id, [...(links.get(id) ?? []), row]);
  }
  return [...links].flatMap(([id, versions]): readonly LinkDelta[] => {
    const [was, is] = [versions.find((row) => isAt(row, from)), versions.find((row) => isAt(row, to))];
    const version = is ?? was;
    if (version === undefined) return [];
    const [before, after] = [told(was, item), told(is, item)];
    if (sameJson(before, after)) return [];
    const part = version.source === item ? version.part : version.target_part;
    return [
      { part: shown.parts === null ? null : part, path: `links.${id}`, field: 'links.*', before, after, cause: causeOf(version, span) },
    ];
  });
};

const isAt = (row: LinksTable, { known, validAt }: Pin): boolean =>
  row.recorded_from <= known &&
  (row.recorded_to === null || row.recorded_to > known) &&
  row.valid_from <= validAt &&
  (row.valid_to === null || row.valid_to > validAt);

/** As the item sees it: OUT or IN, and what is at the other end. */
const told = (row: LinksTable | undefined, item: ItemId): Json => {
  if (row === undefined) return null;
  const out = row.source === item;
  const part = out ? row.target_part : row.part;
  const said = { part, period: parsed<Json>(row.period), assertedBy: parsed<Json>(row.asserted_by), source: parsed<Json>(row.provenance) };
  return {
    relation: row.relation,
    direction: out ? 'OUT' : 'IN',
    item: out ? row.target : row.source,
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)),
  };
};

/** The entry that made it, or that changed or ended it, between the two points of view; else the one whose day came. */
const causeOf = (row: LinksTable, { knownFrom, knownTo, dayFrom, dayTo }: Between): number => {
  const numbers = [row.made, row.recorded_from, row.recorded_to ?? -1];
  const recorded = numbers.find((number) => number > knownFrom && number <= knownTo);
  if (recorded !== undefined) return recorded;
  const began = row.valid_from > dayFrom && row.valid_from <= dayTo;
  // A version that has an end was written by the entry that ended it.
  return began ? row.made : row.recorded_from;
};
