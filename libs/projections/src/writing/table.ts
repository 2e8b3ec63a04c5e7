/** What a column holds, on every engine: text in the order of its bytes, or an integer of at most 2^53 − 1. */
export type ColumnSpec = Readonly<{ name: string; type: 'TEXT' | 'INTEGER'; nullable: boolean }>;

/** One table of a read model, for every engine. Indexes by name, from the opening parenthesis on, in words all engines know. */
export type TableSpec = Readonly<{
  name: string;
  /** A whole row is the list of its values in this order. */
  columns: readonly ColumnSpec[];
  primaryKey: readonly string[];
  /** Rows lie in the order of the primary key, where the engine can do that. */
  clustered: boolean;
  /** What writing needs, and so there from the first row on. */
  writingIndexes: Readonly<Record<string, string>>;
  /** What reading needs: in a shadow they are made last, which is quicker. */
  indexes: Readonly<Record<string, string>>;
}>;

type Base<T> = NonNullable<T> extends number ? 'INTEGER' : 'TEXT';
/** `'INTEGER?'`: may be null. The words follow from the type of a row, so that the two cannot differ. */
export type ColumnsOf<Row> = { readonly [Name in keyof Row]-?: null extends Row[Name] ? `${Base<Row[Name]>}?` : Base<Row[Name]> };

/** The columns of a table whose rows are `Row`, in the order in which they are named. */
export const columnsOf = <Row>(columns: ColumnsOf<Row>): readonly ColumnSpec[] =>
  Object.entries<string>(columns).map(([name, word]) => ({
    name,
    type: word.startsWith('INTEGER') ? 'INTEGER' : 'TEXT',
    nullable: word.endsWith('?'),
  }));

/** What a versioned table needs to be asked about the whole record as it is now. `key`: what tells its rows apart within their item. */
export const standingIndexes = (key: string) => ({
  // What is so now and for ever, as far as anybody knows: nothing that was closed, and nothing that has ended.
  last: `(${key}) WHERE recorded_to IS NULL AND valid_to IS NULL`,
  // What has changed since some entry: how a reader of an earlier entry finds what the other no longer holds.
  closed: '(recorded_to) WHERE recorded_to IS NOT NULL',
});
