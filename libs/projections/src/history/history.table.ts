import { columnsOf, type TableSpec } from '../writing/table.js';

/** Every entry of the log, at the current version of its event: the raw record, which never changes. */
export type EntriesTable = {
  ordinal: number;
  item: string;
  revision: number;
  kind: string;
  id: string;
  type: string;
  version: number;
  recorded_at: string;
  /** The latest recording up to here: never falls, so that an instant has one place in the log. */
  recorded_max: string;
  /** JSON: PartialDate, Party, Source. */
  occurred: string;
  asserted_by: string | null;
  /** The body of `asserted_by`. */
  asserted_body: string | null;
  source: string | null;
  reason: string | null;
  actor: string;
  command_id: string;
  input_digest: string;
  /** JSON. */
  data: string;
  /** JSON: what was there before, by path; null where nothing was. */
  before: string | null;
  /** The changed fields with `*` for list indices, each between bars: «|owner|points.*.text|». */
  fields: string;
  title_nb: string;
  title_nn: string;
  title_en: string;
  /** The number of the entry it corrects, retracts or dates. */
  corrects: number | null;
};

export const ENTRY_COLUMNS = [
  'ordinal', 'item', 'revision', 'kind', 'id', 'type', 'version', 'recorded_at', 'recorded_max', 'occurred', 'asserted_by', 'asserted_body',
  'source', 'reason', 'actor', 'command_id', 'input_digest', 'data', 'before', 'fields', 'title_nb', 'title_nn', 'title_en', 'corrects',
] as const satisfies readonly (keyof EntriesTable)[]; // prettier-ignore

export const ENTRIES_TABLE: TableSpec = {
  name: 'entries',
  // prettier-ignore
  columns: columnsOf<EntriesTable>({
    ordinal: 'INTEGER', item: 'TEXT', revision: 'INTEGER', kind: 'TEXT', id: 'TEXT', type: 'TEXT', version: 'INTEGER',
    recorded_at: 'TEXT', recorded_max: 'TEXT', occurred: 'TEXT', asserted_by: 'TEXT?', asserted_body: 'TEXT?', source: 'TEXT?',
    reason: 'TEXT?', actor: 'TEXT', command_id: 'TEXT', input_digest: 'TEXT', data: 'TEXT', before: 'TEXT?', fields: 'TEXT',
    title_nb: 'TEXT', title_nn: 'TEXT', title_en: 'TEXT', corrects: 'INTEGER?',
  }),
  primaryKey: ['ordinal'],
  clustered: false,
  writingIndexes: {},
  indexes: {
    item: '(item, ordinal)',
    recorded: '(recorded_max, ordinal)',
    corrects: '(corrects) WHERE corrects IS NOT NULL',
    actor: '(actor, ordinal)',
    type: '(type, ordinal)',
  },
};

export const ENTRY_TABLES: readonly TableSpec[] = [ENTRIES_TABLE];
