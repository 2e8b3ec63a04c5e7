import { NewerDatabase } from './migrate.js';
import type { Postgres, PostgresConnection } from './postgres.js';

/** One step forward of a schema, as `Migration` of a file. `sql`: statements without values, tables named with their schema. */
export type SchemaMigration = Readonly<{ name: string; sql: string }>;

/** What is locked while a schema is brought forward: instances that start at once wait for each other. */
const MIGRATION_LOCK = 5_743_071; // an advisory lock of this database

/**
 * Makes the schema and brings it forward, all due steps in one transaction, under a lock: `migrations[i]` leads from version i to i + 1.
 * Answers the names of the steps that this call took; none, without waiting for anybody, where it is up to date.
 * @throws NewerDatabase when a newer program wrote it; nothing is changed then. @throws what the driver throws
 */
export const migrateSchema = async (
  database: Postgres,
  schema: string,
  migrations: readonly SchemaMigration[],
  whatToDo: string,
): Promise<readonly string[]> => {
  const due = (version: number): readonly SchemaMigration[] => {
    if (version <= migrations.length) return migrations.slice(version);
    throw new NewerDatabase(`schema ${schema} of the database`, version, migrations.length, whatToDo);
  };
  if (due(await versionOf(database, schema)).length === 0) return [];
  return database.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    const steps = due(await versionOf(tx, schema));
    await tx.exec(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await tx.exec(`CREATE TABLE IF NOT EXISTS ${schema}.migrated(step bigint PRIMARY KEY, name text NOT NULL)`);
    for (const [nth, { name, sql }] of steps.entries()) {
      await tx.exec(sql);
      await tx.query(`INSERT INTO ${schema}.migrated VALUES ($1, $2)`, [migrations.length - steps.length + nth + 1, name]);
    }
    return steps.map(({ name }) => name);
  });
};

/** 0 where there is no such schema yet. */
const versionOf = async (connection: PostgresConnection, schema: string): Promise<number> => {
  // Read as rows, and not asked by name: a connection remembers that there was no such name while another instance makes it.
  const there = await connection.query(
    `SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = 'migrated'`,
    [schema],
  );
  if (there.count === 0) return 0;
  const { rows } = await connection.query<{ version: number | null }>(`SELECT max(step) AS version FROM ${schema}.migrated`);
  return rows[0]?.version ?? 0;
};
