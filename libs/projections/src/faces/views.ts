import type { TableSpec } from '../writing/table.js';
import { ASK_COLUMNS, DUE_COLUMNS, GAP_COLUMNS, SIGNAL_COLUMNS } from '../computed/signals.table.js';
import { ENTRY_COLUMNS } from '../history/history.table.js';
import { FACET_COLUMNS, ITEM_COLUMNS } from '../items/items.table.js';
import { LINK_COLUMNS } from '../links/links.table.js';
import type { ReadTables } from '../read-tables.js';
import { SEARCH_COLUMNS } from '../search/search.table.js';
import { TIMELINE_COLUMNS } from '../timeline/timeline.table.js';
import type { NarrowFace } from './face.js';

/**
 * What stands before a table in a narrow face, in SQL: a view of the table's own name, so that no query can reach past it. A table
 * without a rule would be seen as it is: the compiler asks for each of ReadTables by name, and a test for each of the files.
 */
export type Rule = Readonly<{
  /** The projection that keeps the table. */
  of: string;
  /** Null: it tells nothing of any item that is not told by another table too, and stands as it is. */
  seen: Readonly<Record<NarrowFace, string | null>>;
}>;

/** The day in Oslo on which somebody asks: a function of the face's connection. */
export const ASKING_DAY = 'asking_day';

const SHIELDED = (item: string): string =>
  `EXISTS (SELECT 1 FROM visibility_rows.shields s WHERE s.item = ${item} AND s.part = '' AND (s.until IS NULL OR s.until >= ${ASKING_DAY}()))`;

/** The item, or the part of it; of a shielded part nothing that lies in it. */
const HIDDEN = (item: string, part: string): string =>
  `EXISTS (SELECT 1 FROM visibility_rows.shields s WHERE s.item = ${item} AND (s.until IS NULL OR s.until >= ${ASKING_DAY}())
    AND (s.part = '' OR ${part} = s.part OR substr(${part}, 1, length(s.part) + 1) = s.part || '.'))`;

/** Any shielding of it, in whole or in part. */
const TOUCHED = (item: string): string =>
  `EXISTS (SELECT 1 FROM visibility_rows.shields s WHERE s.item = ${item} AND (s.until IS NULL OR s.until >= ${ASKING_DAY}()))`;

const PUBLISHED = (item: string): string =>
  `EXISTS (SELECT 1 FROM visibility_rows.visibility o WHERE o.item = ${item} AND o.published = 1)`;

const OPEN = (item: string): string => `${PUBLISHED(item)} AND NOT ${SHIELDED(item)}`;

const KNOWN_FROM = (item: string): string => `coalesce((SELECT o.known_from FROM visibility_rows.visibility o WHERE o.item = ${item}), 0)`;

const list = (columns: readonly string[]): string => columns.map((column) => `t.${column}`).join(', ');

/**
 * Rows that say from which entry on they were known. For the public none was known before its item was published, unless that was
 * done with its history; what was known no more by then never was. `ends`: other items that a row names, and that must be seen for it to be.
 */
const versioned = (
  of: string,
  table: string,
  columns: readonly string[],
  { hidden = SHIELDED('t.item'), ends = [], named = null, more = '', told = {}, alone = false }: Partial<Shape> = {},
): Rule => {
  const shown = columns.map((column) => (told[column] === undefined ? `t.${column}` : `${told[column]} AS ${column}`)).join(', ');
  const from = `${of}_rows.${table} t`;
  const others = ends.map((end) => ` AND NOT ${SHIELDED(end)}`).join('');
  const namedShielded = named === null ? '' : ` AND NOT (${named.when} AND ${SHIELDED(named.item)})`;
  const namedOpen = named === null ? '' : ` AND (NOT ${named.when} OR (${OPEN(named.item)}))`;
  const floors = [
    alone ? KNOWN_FROM('t.item') : 'v.known_from',
    ...ends.map(KNOWN_FROM),
    ...(named === null ? [] : [`CASE WHEN ${named.when} THEN ${KNOWN_FROM(named.item)} ELSE 0 END`]),
  ];
  const floor = floors.length === 1 ? floors[0] : `greatest(${floors.join(', ')})`;
  const published = alone
    ? `WHERE ${PUBLISHED('t.item')} AND`
    : 'THEN JOIN visibility_rows.visibility v ON v.item = t.item WHERE v.published = 1 AND';
  return {
    of,
    seen: {
      STEERING: `SELECT t.item, t.recorded_from, t.recorded_from AS opened, t.recorded_to, ${shown} FROM ${from}
        WHERE NOT ${hidden}${others}${namedShielded}`,
      PUBLIC: `SELECT t.item, greatest(t.recorded_from, ${floor}) AS recorded_from, t.recorded_from AS opened, t.recorded_to, ${shown}
        FROM ${from} ${published} (t.recorded_to IS NULL OR t.recorded_to > ${floor})
          AND NOT ${hidden}${ends.map((end) => ` AND ${OPEN(end)}`).join('')}${namedOpen}${more}`,
    },
  };
};
type Shape = Readonly<{
  hidden: string;
  ends: readonly string[];
  named: Readonly<{ when: string; item: string }> | null;
  /** For the public alone. */
  more: string;
  /** Stands at the right of left joins, where a view that is a join would be put together whole for each question. */
  alone: boolean;
  /** Columns that are told otherwise than they stand. */
  told: Readonly<Record<string, string>>;
}>;

/** What is said of the whole item may quote its parts. */
const UNLESS_TOUCHED = (column: string): string => `CASE WHEN t.part IS NULL AND ${TOUCHED('t.item')} THEN '' ELSE t.${column} END`;
const DESCRIPTIONS = Object.fromEntries(
  ['description_nb', 'description_nn', 'description_en'].map((column) => [column, UNLESS_TOUCHED(column)]),
);
const WEIGHT_OF_TITLES = 2; // what weighs more is a title or a reference
const IN_PART = { hidden: HIDDEN('t.item', 't.part') };
const AS_IT_IS = { STEERING: null, PUBLIC: null } as const;
const spans = (table: string, columns: readonly string[], shape: Partial<Shape>): Rule =>
  versioned('signals', table, ['valid_from', 'valid_to', 'slot', ...columns], shape);

const NO_NOTE = ` AND NOT EXISTS (SELECT 1 FROM visibility_rows.entry_marks m WHERE m.ordinal = t.made AND m.note = 1)`;
const UNMARKED = (more: string): string =>
  `NOT EXISTS (SELECT 1 FROM visibility_rows.entry_marks m WHERE m.ordinal = t.ordinal AND (${HIDDEN('m.item', 'm.part')}
    OR (m.target IS NOT NULL AND ${SHIELDED('m.target')})${more}))`;
const FOR_ALL = ENTRY_COLUMNS.filter((column) => column !== 'before');

export const RULES: Readonly<Record<keyof ReadTables, Rule>> = {
  items: versioned('items', 'items', ITEM_COLUMNS),
  item_facets: versioned('items', 'item_facets', FACET_COLUMNS, { named: { when: `t.facet IN ('PROJECT', 'NAME')`, item: 't.value' } }),
  item_places: {
    of: 'items',
    seen: {
      STEERING: `SELECT t.by, t.kind, t.key, t.item FROM items_rows.item_places t WHERE NOT ${SHIELDED('t.item')}`,
      PUBLIC: `SELECT t.by, t.kind, t.key, t.item FROM items_rows.item_places t WHERE ${OPEN('t.item')}`,
    },
  },
  // Either end is the item whose stream holds the link.
  links: versioned('links', 'links', LINK_COLUMNS, {
    hidden: `(${HIDDEN('t.source', 't.part')} OR ${HIDDEN('t.target', 't.target_part')})`,
    ends: ['t.source', 't.target'],
  }),
  timeline: versioned('timeline', 'timeline', TIMELINE_COLUMNS, { ...IN_PART, told: DESCRIPTIONS }),
  search_texts: versioned('search', 'search_texts', SEARCH_COLUMNS, {
    hidden: `(${HIDDEN('t.item', 't.part')} OR (t.part IS NULL AND t.weight < ${WEIGHT_OF_TITLES} AND ${TOUCHED('t.item')}))`,
    more: NO_NOTE,
  }),
  // Words lead to texts, and are found in none but those.
  search_words: { of: 'search', seen: AS_IT_IS },
  search_vocabulary: { of: 'search', seen: AS_IT_IS },
  entries: {
    of: 'history',
    seen: {
      STEERING: `SELECT ${list(ENTRY_COLUMNS)} FROM history_rows.entries t WHERE NOT ${SHIELDED('t.item')} AND ${UNMARKED('')}`,
      // What stood there before belongs to the history.
      PUBLIC: `SELECT ${list(FOR_ALL)}, CASE WHEN v.known_from = 0 THEN t.before END AS before
        FROM history_rows.entries t THEN JOIN visibility_rows.visibility v ON v.item = t.item
        WHERE v.published = 1 AND t.ordinal >= v.known_from AND NOT ${SHIELDED('t.item')}
          AND ${UNMARKED(` OR m.note = 1 OR (m.target IS NOT NULL AND NOT (${OPEN('m.target')}))`)}`,
    },
  },
  // Lights, disputes and missing numbers may follow from a part.
  signals: spans('signals', SIGNAL_COLUMNS, { hidden: TOUCHED('t.item'), alone: true }),
  asks: spans('asks', ASK_COLUMNS, IN_PART),
  dues: spans('dues', DUE_COLUMNS, IN_PART),
  gaps: spans('gaps', GAP_COLUMNS, IN_PART),
  visibility: { of: 'visibility', seen: AS_IT_IS },
  shields: { of: 'visibility', seen: AS_IT_IS },
  entry_marks: { of: 'visibility', seen: AS_IT_IS },
};

/** What is shielded as a whole: that it is there, since when anyone may know, and on what ground. */
const VEILS: Readonly<Record<NarrowFace, string>> = {
  STEERING: `SELECT s.item, (SELECT min(i.founded) FROM items_rows.items i WHERE i.item = s.item) AS known_from, s.shielded_at
    FROM visibility_rows.shields s WHERE s.part = '' AND (s.until IS NULL OR s.until >= ${ASKING_DAY}())`,
  PUBLIC: `SELECT s.item, (SELECT min(greatest(v.known_from, i.founded)) FROM items_rows.items i WHERE i.item = s.item) AS known_from, s.shielded_at
    FROM visibility_rows.shields s JOIN visibility_rows.visibility v ON v.item = s.item
    WHERE s.part = '' AND (s.until IS NULL OR s.until >= ${ASKING_DAY}()) AND v.published = 1`,
};

/** By name, in the words of the rules: `greatest`, `THEN JOIN` (the left side is read first), `items_rows` for the tables of `items`. */
export const viewsOf = (face: NarrowFace): ReadonlyMap<string, string> =>
  // `veils` has no table behind it.
  new Map([
    ['veils', VEILS[face]],
    ...Object.entries(RULES).flatMap(([table, { seen }]) => (seen[face] === null ? [] : [[table, seen[face]] as const])),
  ]);

/** What makes a connection to a file a face: made before anything is asked on it. */
export const viewsInSqlite = (face: NarrowFace): readonly string[] =>
  [...viewsOf(face)].map(
    ([name, view]) => `CREATE TEMP VIEW ${name} AS ${view.replaceAll('greatest(', 'max(').replaceAll('THEN JOIN', 'CROSS JOIN')}`,
  );

/** Of these tables, those that no rule stands before. */
export const withoutRule = (tables: readonly Pick<TableSpec, 'name'>[]): readonly string[] =>
  tables.map(({ name }) => name).filter((name) => !Object.hasOwn(RULES, name));
