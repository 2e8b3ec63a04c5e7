import {
  openPostgres,
  readPostgres,
  type Asked as AskedOf,
  type Postgres,
  type PostgresConnection,
  type SqliteFile,
} from '@saksgang/database';
import { osloDay, type Clock } from '@saksgang/kernel';
import { freshDatabase } from '../../../test/support/postgres.js';
import type { Projection, ReadTables } from '../src/index.js';
import { FACES, type Face } from '../src/faces/face.js';
import { ASKING_DAY_SETTING, createFace, searchPathOf } from '../src/faces/faces-in-postgres.js';
import { createTables, makeIndexes } from '../src/sharing/ddl.js';
import { schemaOf } from '../src/sharing/schemas.js';

/** Read models of a file, row for row in PostgreSQL, and asked there through each face. */
export type Mirror = Readonly<{
  url: string;
  /** Makes its rows those of the file, if they are not, and asks; nobody else is let in between. */
  asked: <T>(file: SqliteFile, ask: () => Promise<T>) => Promise<T>;
  faces: Readonly<Record<Face, AskedOf<ReadTables>>>;
  close: () => Promise<void>;
}>;

export type MirrorParts = Readonly<{
  projections: readonly Projection[];
  clock: Clock;
  observe?: (sql: string, parameters: readonly unknown[]) => void;
}>;

export const openMirror = async ({ projections, clock, observe }: MirrorParts): Promise<Mirror> => {
  const database = await freshDatabase();
  const postgres = await openPostgres(database.url, { name: 'mirror', connectionsMax: 1 });
  for (const projection of projections) {
    const schema = schemaOf(projection);
    await postgres.exec(`CREATE SCHEMA ${schema}; ${createTables(schema, projection)}`);
    for (const which of ['writingIndexes', 'indexes'] as const) await postgres.exec(makeIndexes(schema, projection, which));
  }
  const readers: Postgres[] = [];
  const openFace = async (face: Face): Promise<readonly [Face, AskedOf<ReadTables>]> => {
    await postgres.exec(createFace(face, projections));
    const searchPath = searchPathOf(face, projections);
    const reader = await openPostgres(database.url, { name: face, connectionsMax: 2, searchPath, readonly: true });
    readers.push(reader);
    const asked = { [ASKING_DAY_SETTING]: () => osloDay(clock.now()) };
    return [face, readPostgres<ReadTables>(reader, { asked, ...(observe ? { observe } : {}) })];
  };
  const faces: (readonly [Face, AskedOf<ReadTables>])[] = [];
  for (const face of FACES) faces.push(await openFace(face));

  let shown: Readonly<{ file: SqliteFile; state: string }> | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const bringUp = async (file: SqliteFile): Promise<void> => {
    const state = stateOf(file);
    if (shown?.file === file && shown.state === state) return;
    const rows = projections.flatMap((projection) => rowsIn(file, projection));
    await postgres.transaction(async (t) => {
      for (const table of rows) await put(t, table);
    });
    shown = { file, state };
  };
  return {
    url: database.url,
    faces: Object.fromEntries(faces) as Record<Face, AskedOf<ReadTables>>,
    asked: (file, ask) => {
      const mine = turn.then(async () => {
        await bringUp(file);
        return ask();
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
    close: async () => {
      for (const reader of [...readers, postgres]) await reader.close();
      await database.drop();
    },
  };
};

/** Differs whenever a row may have been written, or another file put in its place. */
const stateOf = (file: SqliteFile): string =>
  JSON.stringify([file.prepare('SELECT total_changes() AS n').all(), file.prepare('SELECT name, file FROM pragma_database_list').all()]);

type Filled = Readonly<{ table: string; rows: readonly object[] }>;
const rowsIn = (file: SqliteFile, projection: Projection): readonly Filled[] =>
  projection.tables.map(({ name }) => ({
    table: `${schemaOf(projection)}.${name}`,
    rows: file.prepare<object>(`SELECT * FROM ${projection.name}_rows.${name}`).all(),
  }));

/** Every value, through JSON: no text of the record holds what JSON cannot say. */
const put = async (t: PostgresConnection, { table, rows }: Filled): Promise<void> => {
  await t.exec(`DELETE FROM ${table}`);
  if (rows.length > 0)
    await t.query(`INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1)`, [JSON.stringify(rows)]);
};
