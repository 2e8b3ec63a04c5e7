import type { TableSpec } from '../projection.js';
import { standingIndexes } from '../versioned-rows.js';

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

const SPAN = `item TEXT NOT NULL, recorded_from INTEGER NOT NULL, recorded_to INTEGER, valid_from TEXT NOT NULL, valid_to TEXT,
      slot TEXT NOT NULL`;
const KEY = 'PRIMARY KEY(item, slot, recorded_from, valid_from)';
const spans = (name: string, columns: string, indexes: TableSpec['indexes'] = {}): TableSpec => ({
  name,
  body: `${SPAN}, ${columns}, ${KEY}`,
  clustered: true,
  writingIndexes: {},
  indexes: { ...standingIndexes('item, slot'), ...indexes },
});

export const SIGNAL_TABLES: readonly TableSpec[] = [
  spans(
    'signals',
    `light TEXT, base TEXT NOT NULL, yellow_on TEXT, red_after TEXT, slipped INTEGER NOT NULL, opposed INTEGER NOT NULL,
      contested INTEGER NOT NULL, wants_evidence INTEGER NOT NULL, case_number TEXT, case_key TEXT, case_document INTEGER`,
  ),
  spans(
    'asks',
    `part TEXT NOT NULL, part_key TEXT NOT NULL, state TEXT NOT NULL, open INTEGER NOT NULL, owner TEXT, has_owner INTEGER NOT NULL,
      deadline TEXT, as_written TEXT, latest TEXT, closed_as TEXT, text_key TEXT NOT NULL`,
  ),
  spans(
    'dues',
    `part TEXT, nature TEXT NOT NULL, date TEXT NOT NULL, as_written TEXT, earliest TEXT, latest TEXT, owner TEXT, what TEXT NOT NULL`,
    { latest: '(latest, item)' },
  ),
  spans('gaps', 'rule TEXT NOT NULL, part TEXT, what TEXT NOT NULL, closed_by TEXT NOT NULL'),
];
