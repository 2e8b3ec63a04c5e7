import { columnsOf, standingIndexes, type ColumnsOf, type TableSpec } from '../writing/table.js';

type Span = {
  item: string;
  recorded_from: number;
  recorded_to: number | null;
  valid_from: string;
  valid_to: string | null;
  /** What tells it from the item's other rows at one (position, day). */
  slot: string;
};

/** What an item's computed values follow from. An item of which nothing follows has no row. */
export type SignalsTable = Span & {
  /** As asserted last. */
  light: string | null;
  /** The computed light: `base`, and the days on which it turns. */
  base: string;
  yellow_on: string | null;
  red_after: string | null;
  slipped: number;
  /** Opposite verdicts of two asserters. */
  opposed: number;
  /** Contested by itself. */
  contested: number;
  wants_evidence: number;
  /** A document's number in its case: as printed, folded («2018/1456») and by value. */
  case_number: string | null;
  case_key: string | null;
  case_document: number | null;
};

/** A part that asks for something. */
export type AsksTable = Span & {
  part: string;
  part_key: string;
  state: string;
  open: number;
  /** The owner's body, where the owner is tied to one. */
  owner: string | null;
  has_owner: number;
  deadline: string | null;
  as_written: string | null;
  /** The deadline's upper bound. */
  latest: string | null;
  closed_as: string | null;
  text_key: string;
};

/** A date that somebody waits for. */
export type DuesTable = Span & {
  part: string | null;
  nature: string;
  date: string;
  as_written: string | null;
  earliest: string | null;
  latest: string | null;
  /** JSON: Party, Labels. */
  owner: string | null;
  what: string;
};

/** A gap that a kind sees in its own state. */
export type GapsTable = Span & {
  rule: string;
  part: string | null;
  /** JSON: Labels, list of mutation names. */
  what: string;
  closed_by: string;
};

export const SIGNAL_COLUMNS = [
  'light', 'base', 'yellow_on', 'red_after', 'slipped', 'opposed', 'contested', 'wants_evidence', 'case_number', 'case_key', 'case_document',
] as const satisfies readonly (keyof SignalsTable)[]; // prettier-ignore
export const ASK_COLUMNS = [
  'part', 'part_key', 'state', 'open', 'owner', 'has_owner', 'deadline', 'as_written', 'latest', 'closed_as', 'text_key',
] as const satisfies readonly (keyof AsksTable)[]; // prettier-ignore
export const DUE_COLUMNS = [
  'part', 'nature', 'date', 'as_written', 'earliest', 'latest', 'owner', 'what',
] as const satisfies readonly (keyof DuesTable)[]; // prettier-ignore
export const GAP_COLUMNS = ['rule', 'part', 'what', 'closed_by'] as const satisfies readonly (keyof GapsTable)[];

const SPAN = {
  item: 'TEXT',
  recorded_from: 'INTEGER',
  recorded_to: 'INTEGER?',
  valid_from: 'TEXT',
  valid_to: 'TEXT?',
  slot: 'TEXT',
} as const satisfies ColumnsOf<Span>;
const spans = (name: string, columns: TableSpec['columns'], indexes: TableSpec['indexes'] = {}): TableSpec => ({
  name,
  columns,
  primaryKey: ['item', 'slot', 'recorded_from', 'valid_from'],
  clustered: true,
  writingIndexes: {},
  indexes: { ...standingIndexes('item, slot'), ...indexes },
});

// prettier-ignore
export const SIGNALS_TABLE = spans('signals', columnsOf<SignalsTable>({
  ...SPAN, light: 'TEXT?', base: 'TEXT', yellow_on: 'TEXT?', red_after: 'TEXT?', slipped: 'INTEGER', opposed: 'INTEGER', contested: 'INTEGER',
  wants_evidence: 'INTEGER', case_number: 'TEXT?', case_key: 'TEXT?', case_document: 'INTEGER?',
}));
// prettier-ignore
export const ASKS_TABLE = spans('asks', columnsOf<AsksTable>({
  ...SPAN, part: 'TEXT', part_key: 'TEXT', state: 'TEXT', open: 'INTEGER', owner: 'TEXT?', has_owner: 'INTEGER', deadline: 'TEXT?',
  as_written: 'TEXT?', latest: 'TEXT?', closed_as: 'TEXT?', text_key: 'TEXT',
}));
// prettier-ignore
export const DUES_TABLE = spans('dues', columnsOf<DuesTable>({
  ...SPAN, part: 'TEXT?', nature: 'TEXT', date: 'TEXT', as_written: 'TEXT?', earliest: 'TEXT?', latest: 'TEXT?', owner: 'TEXT?', what: 'TEXT',
}), { latest: '(latest, item)' });
export const GAPS_TABLE = spans('gaps', columnsOf<GapsTable>({ ...SPAN, rule: 'TEXT', part: 'TEXT?', what: 'TEXT', closed_by: 'TEXT' }));

export const SIGNAL_TABLES: readonly TableSpec[] = [SIGNALS_TABLE, ASKS_TABLE, DUES_TABLE, GAPS_TABLE];
