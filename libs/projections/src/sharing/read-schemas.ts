import type { PostgresTransaction, PostgresWriter } from '@saksgang/database';
import type { Projection } from '../projection.js';
import type { Stopped } from '../running/lanes.js';
import { createTables, makeIndexes } from './ddl.js';
import { formerOf, nextOf, REACHED, schemaOf } from './schemas.js';

/** Where a projection stands, as all instances see it. `generation` grows whenever other tables were put in its place. */
export type Reached = Readonly<{ ordinal: number; generation: number; stopped: Stopped | null }>;

type ReachedRow = readonly [string, number, number, number | null, string | null, string | null];

/** Of a schema that has been replaced: nobody goes on from there. */
const RETIRED = -1;
const LOCK_MS_MAX = 500; // ms a swap waits for a table: readers behind it wait as long, and none of them may be ended for it

/** Of each of these projections. @throws what the driver throws, also where a schema is not there any more */
export const reachedOf = async (
  ask: Pick<PostgresTransaction, 'rows'>,
  projections: readonly Projection[],
): Promise<ReadonlyMap<string, Reached>> => {
  const each = projections.map(
    (projection) =>
      `SELECT '${projection.name}', ordinal, generation, stopped_at, stopped_reason, stopped_fault FROM ${schemaOf(projection)}.reached`,
  );
  const rows = await ask.rows<ReachedRow>(each.join(' UNION ALL '));
  return new Map(
    rows.map(([name, ordinal, generation, at, reason, fault]) => [
      name,
      { ordinal, generation, stopped: at === null ? null : { ordinal: at, reason: reason ?? '', fault: fault ?? '' } },
    ]),
  );
};

/** Tables with nothing in them, in a schema that must not be there yet. */
export const createSchema = async (
  tx: PostgresTransaction,
  schema: string,
  projection: Projection,
  reached: Pick<Reached, 'ordinal' | 'generation'>,
): Promise<void> => {
  await tx.exec(
    `CREATE SCHEMA ${schema};
     CREATE TABLE ${schema}.reached(ordinal bigint NOT NULL, generation bigint NOT NULL, stopped_at bigint, stopped_reason text, stopped_fault text);
     ${createTables(schema, projection)}; ${makeIndexes(schema, projection, 'writingIndexes')}`,
  );
  await tx.run(`INSERT INTO ${schema}.reached(ordinal, generation) VALUES ($1, $2)`, [reached.ordinal, reached.generation]);
};

/** Somebody else has fed the tables meanwhile, or put others in their place. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/**
 * In the transaction of the rows, and before them: the tables hold everything up to `from`, and from now on up to `to`.
 * @throws Overtaken when they do not
 */
export const advance = async (tx: PostgresTransaction, projection: Projection, from: number, to: number): Promise<void> => {
  const schema = schemaOf(projection);
  const touched = await tx.run(`UPDATE ${schema}.reached SET ordinal = $2, stopped_at = NULL WHERE ordinal = $1`, [from, to]);
  if (touched !== 1) throw new Overtaken(`${schema} does not stand at ${from} any more`);
};

/** In the same transaction, where they did not come so far. */
export const stopAt = async (tx: PostgresTransaction, projection: Projection, ordinal: number, stopped: Stopped | null): Promise<void> => {
  await tx.run(`UPDATE ${schemaOf(projection)}.reached SET ordinal = $1, stopped_at = $2, stopped_reason = $3, stopped_fault = $4`, [
    ordinal,
    stopped?.ordinal ?? null,
    stopped?.reason ?? null,
    stopped?.fault ?? null,
  ]);
};

/** Empties the tables: what is followed is another log, or a shorter one. */
export const empty = async (tx: PostgresTransaction, projection: Projection, ordinal: number): Promise<void> => {
  const schema = schemaOf(projection);
  await tx.exec(`TRUNCATE ${projection.tables.map(({ name }) => `${schema}.${name}`).join(', ')}`);
  await tx.run(`UPDATE ${schema}.reached SET ordinal = $1, generation = generation + 1, stopped_at = NULL`, [ordinal]);
};

/** A projection's next tables, which hold everything up to `ordinal`. */
export type Built = Readonly<{ projection: Projection; ordinal: number }>;

/**
 * Puts what was built in the place of what serves, all or none. False when some of what serves has come further meanwhile: readers never
 * go back in time. @throws what the driver throws, also when a table could not be locked in time: try again
 */
export const swap = (writer: PostgresWriter, built: readonly Built[]): Promise<boolean> =>
  writer.transaction(async (tx) => {
    await tx.exec(`SET LOCAL lock_timeout = ${LOCK_MS_MAX}; SET LOCAL search_path = pg_catalog`);
    const schemas = built.map(({ projection }) => schemaOf(projection));
    for (const [index, { ordinal }] of built.entries()) {
      const retired = await tx.rows<readonly [number]>(
        `UPDATE ${schemas[index]}.reached SET ordinal = ${RETIRED} WHERE ordinal <= $1 RETURNING generation`,
        [ordinal],
      );
      const [generation] = retired[0] ?? [null];
      if (generation === null) return abandon(tx);
      await tx.run(`UPDATE ${nextOf(schemas[index] ?? '')}.reached SET ordinal = $1, generation = $2`, [ordinal, generation + 1]);
    }
    const views = await viewsOver(tx, schemas);
    for (const schema of schemas)
      await tx.exec(`ALTER SCHEMA ${schema} RENAME TO ${formerOf(schema)}; ALTER SCHEMA ${nextOf(schema)} RENAME TO ${schema}`);
    // A view goes on with the tables it was made over, whatever they are called: it is made again over those that have their names now.
    for (const view of views) await tx.exec(view);
    await tx.rows('SELECT pg_notify($1, $2)', [REACHED, '']);
    return true;
  });

/** Takes back what the transaction has done so far. */
const abandon = async (tx: PostgresTransaction): Promise<false> => {
  await tx.exec('ROLLBACK; BEGIN');
  return false;
};

/** How the views over tables of these schemas are made again. All names in them are whole, for there is no search path. */
const viewsOver = async (tx: PostgresTransaction, schemas: readonly string[]): Promise<readonly string[]> => {
  const rows = await tx.rows<readonly [string, string, string, string | null]>(
    `SELECT DISTINCT quote_ident(n.nspname), quote_ident(v.relname), pg_get_viewdef(v.oid), array_to_string(v.reloptions, ', ')
     FROM pg_rewrite r
       JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
       JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace s ON s.oid = t.relnamespace
       JOIN pg_class v ON v.oid = r.ev_class JOIN pg_namespace n ON n.oid = v.relnamespace
     WHERE s.nspname = ANY($1::text[]) AND v.relkind = 'v' AND v.oid <> t.oid ORDER BY 1, 2`,
    [schemas],
  );
  return rows.map(
    ([schema, name, definition, options]) =>
      `CREATE OR REPLACE VIEW ${schema}.${name}${options === null ? '' : ` WITH (${options})`} AS ${definition}`,
  );
};

/** Begins a projection's next tables anew, whatever was left of an earlier build. */
export const beginNext = (writer: PostgresWriter, projection: Projection, origin: number): Promise<void> =>
  writer.transaction(async (tx) => {
    const next = nextOf(schemaOf(projection));
    await tx.exec(`DROP SCHEMA IF EXISTS ${next} CASCADE`);
    await createSchema(tx, next, projection, { ordinal: origin, generation: 0 });
  });

/** What reading needs, when the rows are there. */
export const indexNext = (writer: PostgresWriter, projection: Projection): Promise<void> =>
  writer.transaction((tx) => tx.exec(makeIndexes(nextOf(schemaOf(projection)), projection, 'indexes')));

/** What served until now, and what was begun and is not to be finished. */
export const removeLeft = (writer: PostgresWriter, projection: Projection): Promise<void> =>
  writer.transaction(async (tx) => {
    const schema = schemaOf(projection);
    await tx.exec(
      `SET LOCAL lock_timeout = ${LOCK_MS_MAX}; DROP SCHEMA IF EXISTS ${formerOf(schema)} CASCADE; DROP SCHEMA IF EXISTS ${nextOf(schema)} CASCADE`,
    );
  });
