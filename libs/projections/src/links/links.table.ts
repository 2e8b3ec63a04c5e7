import { columnsOf, standingIndexes, type TableSpec } from '../writing/table.js';

/** A link while it is known and in effect. `item` is the stream it is recorded in; `source` is that item unless the link is an inverse one. */
export type LinksTable = {
  item: string;
  recorded_from: number;
  recorded_to: number | null;
  /** The number of the entry that made it, and which of that entry's links it is. */
  made: number;
  nth: number;
  valid_from: string;
  valid_to: string | null;
  entry: string;
  ref: string;
  relation: string;
  source: string;
  part: string | null;
  target: string;
  target_part: string | null;
  declared: number;
  /** JSON: PartialDate, Party, Source. */
  period: string | null;
  asserted_by: string | null;
  provenance: string | null;
};

export const LINK_COLUMNS = [
  'made', 'nth', 'valid_from', 'valid_to', 'entry', 'ref', 'relation', 'source', 'part', 'target', 'target_part', 'declared', 'period',
  'asserted_by', 'provenance',
] as const satisfies readonly (keyof LinksTable)[]; // prettier-ignore

export const LINKS_TABLE: TableSpec = {
  name: 'links',
  // prettier-ignore
  columns: columnsOf<LinksTable>({
    item: 'TEXT', recorded_from: 'INTEGER', recorded_to: 'INTEGER?', made: 'INTEGER', nth: 'INTEGER', valid_from: 'TEXT',
    valid_to: 'TEXT?', entry: 'TEXT', ref: 'TEXT', relation: 'TEXT', source: 'TEXT', part: 'TEXT?', target: 'TEXT', target_part: 'TEXT?',
    declared: 'INTEGER', period: 'TEXT?', asserted_by: 'TEXT?', provenance: 'TEXT?',
  }),
  primaryKey: ['item', 'made', 'nth', 'recorded_from', 'valid_from'],
  clustered: true,
  writingIndexes: {},
  indexes: {
    source: '(source, made, nth, recorded_from)',
    target: '(target, made, nth, recorded_from)',
    ...standingIndexes('item, made, nth'),
  },
};

export const LINK_TABLES: readonly TableSpec[] = [LINKS_TABLE];
