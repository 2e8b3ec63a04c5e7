import { migrateSchema, type Postgres, type PostgresValue, type SchemaMigration } from '@saksgang/database';
import type { Clock } from '@saksgang/kernel';
import { conditionsOf, oldestBefore, OPERATION_NAME_MAX, REQUEST_ID_MAX, type LoggedReading, type ReadingLog } from './reading-log.js';

export const READINGS_SCHEMA = 'saksgang_readings';

const refusing = (name: string, words: string): string =>
  `CREATE FUNCTION ${READINGS_SCHEMA}.${name}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN RAISE EXCEPTION '${words}'; END $body$;`;

const MIGRATIONS: readonly SchemaMigration[] = [
  {
    name: 'who read what',
    sql: `
      CREATE TABLE ${READINGS_SCHEMA}.counter(one bigint PRIMARY KEY CHECK(one = 1), last bigint NOT NULL);
      INSERT INTO ${READINGS_SCHEMA}.counter VALUES (1, 0);
      CREATE TABLE ${READINGS_SCHEMA}.readings(
        number bigint PRIMARY KEY,
        at text COLLATE "C" NOT NULL, actor text COLLATE "C" NOT NULL, role text NOT NULL,
        request text CHECK(length(request) <= ${REQUEST_ID_MAX}), operation text CHECK(length(operation) <= ${OPERATION_NAME_MAX}),
        item text COLLATE "C", what text NOT NULL CHECK(what IN ('PERSONAL', 'SHIELDED')));
      CREATE INDEX readings_by_actor ON ${READINGS_SCHEMA}.readings(actor);
      CREATE INDEX readings_by_item ON ${READINGS_SCHEMA}.readings(item);
      ${refusing('never_changed', 'a reading is never changed')}
      CREATE TRIGGER reading_is_never_changed BEFORE UPDATE ON ${READINGS_SCHEMA}.readings
        FOR EACH ROW EXECUTE FUNCTION ${READINGS_SCHEMA}.never_changed();
      ${refusing('never_removed', 'a reading is never removed')}
      CREATE TRIGGER reading_is_never_removed BEFORE DELETE ON ${READINGS_SCHEMA}.readings
        FOR EACH ROW EXECUTE FUNCTION ${READINGS_SCHEMA}.never_removed();
      CREATE TRIGGER readings_are_never_removed BEFORE TRUNCATE ON ${READINGS_SCHEMA}.readings
        FOR EACH STATEMENT EXECUTE FUNCTION ${READINGS_SCHEMA}.never_removed();`,
  },
  {
    name: 'what is cut, and is found by time',
    sql: `
      CREATE TABLE ${READINGS_SCHEMA}.cuts(
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at text COLLATE "C" NOT NULL, before text COLLATE "C" NOT NULL, CHECK(before < at));
      ${refusing('cuts_never_changed', 'a cut is never changed')}
      CREATE TRIGGER cut_is_never_changed BEFORE UPDATE ON ${READINGS_SCHEMA}.cuts
        FOR EACH ROW EXECUTE FUNCTION ${READINGS_SCHEMA}.cuts_never_changed();
      ${refusing('cuts_never_removed', 'a cut is never removed')}
      CREATE TRIGGER cut_is_never_removed BEFORE DELETE ON ${READINGS_SCHEMA}.cuts
        FOR EACH ROW EXECUTE FUNCTION ${READINGS_SCHEMA}.cuts_never_removed();
      CREATE TRIGGER cuts_are_never_removed BEFORE TRUNCATE ON ${READINGS_SCHEMA}.cuts
        FOR EACH STATEMENT EXECUTE FUNCTION ${READINGS_SCHEMA}.cuts_never_removed();
      CREATE FUNCTION ${READINGS_SCHEMA}.cut_alone() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
        IF OLD.at >= coalesce((SELECT max(before) FROM ${READINGS_SCHEMA}.cuts), '') THEN
          RAISE EXCEPTION 'a reading is never removed, unless it is cut as too old';
        END IF;
        RETURN OLD;
      END $body$;
      DROP TRIGGER reading_is_never_removed ON ${READINGS_SCHEMA}.readings;
      CREATE TRIGGER reading_is_never_removed BEFORE DELETE ON ${READINGS_SCHEMA}.readings
        FOR EACH ROW EXECUTE FUNCTION ${READINGS_SCHEMA}.cut_alone();
      CREATE INDEX readings_by_time ON ${READINGS_SCHEMA}.readings(at);
      CREATE INDEX readings_by_what ON ${READINGS_SCHEMA}.readings(what);`,
  },
];

/** Numbers have no gaps, and only the oldest are ever cut. */
const ALL = `SELECT coalesce((SELECT max(number) FROM ${READINGS_SCHEMA}.readings) - (SELECT min(number) FROM ${READINGS_SCHEMA}.readings) + 1, 0) AS found`;
const OLDEST = `SELECT number, at FROM ${READINGS_SCHEMA}.readings ORDER BY number LIMIT $1`;
const NOTE_CUT = `INSERT INTO ${READINGS_SCHEMA}.cuts(at, before)
  SELECT $1, $2 WHERE $2 > coalesce((SELECT max(before) FROM ${READINGS_SCHEMA}.cuts), '')`;

/** One statement: all or none. The counter is locked until it is committed, so numbers have no gaps and are seen in their order. */
const WRITE = `
  WITH counted AS (UPDATE ${READINGS_SCHEMA}.counter SET last = last + cardinality($2::text[]) RETURNING last - cardinality($2::text[]) AS before)
  INSERT INTO ${READINGS_SCHEMA}.readings(number, at, actor, role, request, operation, item, what)
  SELECT counted.before + given.nth, $1, given.actor, given.role, given.request, given.operation, given.item, given.what
  FROM counted, unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
    WITH ORDINALITY AS given(actor, role, request, operation, item, what, nth)`;

/**
 * The log of readings that several instances write, in a PostgreSQL database. Its rows can be changed by nobody but whoever may alter the
 * table itself. @throws NewerDatabase when a newer program wrote the schema. @throws what the driver throws
 */
export const openSharedReadingLog = async ({ database, clock }: Readonly<{ database: Postgres; clock: Clock }>): Promise<ReadingLog> => {
  await migrateSchema(database, READINGS_SCHEMA, MIGRATIONS, 'Start the program that wrote it, or a newer one: it tells who read what.');
  return {
    write: async (readings) => {
      if (readings.length === 0) return;
      const each = (['actor', 'role', 'request', 'operation', 'item', 'what'] as const).map((column) => readings.map((one) => one[column]));
      await database.query(WRITE, [clock.now(), ...each]);
    },
    before: async (filter, number, limit) => {
      const { where, values } = fitting(filter, number);
      const sql = `SELECT number, at, actor, role, request, operation, item, what FROM ${READINGS_SCHEMA}.readings ${where}
        ORDER BY number DESC LIMIT $${values.length + 1}`;
      return (await database.query<LoggedReading>(sql, [...values, limit])).rows;
    },
    count: async (filter) => {
      const { where, values } = fitting(filter, null);
      const sql = where === '' ? ALL : `SELECT count(*) AS found FROM ${READINGS_SCHEMA}.readings ${where}`;
      return (await database.query<{ found: number }>(sql, values)).rows[0]?.found ?? 0;
    },
    cut: (before, most) =>
      database.transaction(async (tx) => {
        // Instances that cut at once wait for each other, and writers for them.
        await tx.query(`SELECT last FROM ${READINGS_SCHEMA}.counter FOR UPDATE`);
        const { rows } = await tx.query<Pick<LoggedReading, 'number' | 'at'>>(OLDEST, [most]);
        const cut = oldestBefore(rows, before);
        const last = cut.at(-1);
        if (last === undefined) return 0;
        await tx.query(NOTE_CUT, [clock.now(), before]);
        await tx.query(`DELETE FROM ${READINGS_SCHEMA}.readings WHERE number <= $1`, [last.number]);
        return cut.length;
      }),
    // The database is whose who opened it.
    close: async () => undefined,
  };
};

/** The words are fixed; what was given is bound. */
const fitting = (...asked: Parameters<typeof conditionsOf>): Readonly<{ where: string; values: readonly PostgresValue[] }> => {
  const conditions = conditionsOf(...asked);
  const words = conditions.map(({ column, is }, at) => (is === 'among' ? `${column} = ANY($${at + 1})` : `${column} ${is} $${at + 1}`));
  return { where: words.length === 0 ? '' : `WHERE ${words.join(' AND ')}`, values: conditions.map(({ value }) => value) };
};
