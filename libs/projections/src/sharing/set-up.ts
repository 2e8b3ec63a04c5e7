import type { PostgresSession, PostgresTransaction, PostgresWriter } from '@saksgang/database';
import type { Scheduler } from '@saksgang/kernel';
import type { Projection } from '../projection.js';
import { createSchema } from './read-schemas.js';
import { lockOf, schemaOf, SHARED_SCHEMA } from './schemas.js';

/** The database holds read models of another log, which others are serving. */
export class AnotherLog extends Error {
  override readonly name = 'AnotherLog';
  constructor(there: string, ours: string) {
    super(
      `the database of DATABASE_URL holds read models of the log ${there}, which another process is serving; this one follows the log ${ours}. ` +
        'Give each record a database of its own, or stop what follows the other log.',
    );
  }
}

export type SetUpParts = Readonly<{
  writer: PostgresWriter;
  scheduler: Scheduler;
  logId: string;
  /** The number before the log's first. */
  origin: number;
  projections: readonly Projection[];
  /** Schemas beside the projections', in which nothing but views over them lies, and the statements that make these. */
  schemas: readonly string[];
  makeFaces: () => readonly string[];
}>;

const usedBy = ({ projections, schemas }: SetUpParts): readonly string[] => [...projections.map(schemaOf), ...schemas];

const TURNS_MAX = 300; // tries to be the one who sets up
const TURN_MS = 100; // ms between two tries

/**
 * Makes what is not there yet: what is shared, and the schema of every projection. Read models of another log are removed, unless somebody
 * serves them. From then on the session tells others what is used. Several processes may do so at the same time.
 * @throws AnotherLog
 */
export const setUp = async (session: PostgresSession, parts: SetUpParts): Promise<void> => {
  await locked(session, parts.scheduler, async () => {
    const there = await logThere(parts.writer);
    const isOther = there !== null && there !== parts.logId;
    // Whoever runs here holds it together with all others.
    if (isOther && !(await session.tryLock(lockOf('instance')))) throw new AnotherLog(there, parts.logId);
    await parts.writer.transaction(async (tx) => {
      if (isOther) await removeAll(tx);
      await createWhatLacks(tx, parts);
    });
    if (isOther) await session.unlock(lockOf('instance'));
    await session.tryLock(lockOf('instance'), 'shared');
    await Promise.all(usedBy(parts).map((name) => session.tryLock(lockOf('use', name), 'shared')));
  });
};

/** While nobody else sets up or removes anything. */
const locked = async (session: PostgresSession, scheduler: Scheduler, work: () => Promise<void>): Promise<void> => {
  for (let turn = 0; !(await session.tryLock(lockOf('setUp'))); turn += 1) {
    if (turn === TURNS_MAX) throw new Error('another process has been setting up the database for too long');
    await scheduler.sleep(TURN_MS);
  }
  try {
    await work();
  } finally {
    await session.unlock(lockOf('setUp'));
  }
};

const logThere = (writer: PostgresWriter): Promise<string | null> =>
  writer.transaction(async (tx) => {
    await tx.exec(
      `CREATE SCHEMA IF NOT EXISTS ${SHARED_SCHEMA};
       CREATE TABLE IF NOT EXISTS ${SHARED_SCHEMA}.followed_log(one boolean PRIMARY KEY DEFAULT true CHECK (one), log_id text NOT NULL);
       CREATE TABLE IF NOT EXISTS ${SHARED_SCHEMA}.read_schema(name text PRIMARY KEY, used_at timestamptz NOT NULL)`,
    );
    const [row] = await tx.rows<readonly [string]>(`SELECT log_id FROM ${SHARED_SCHEMA}.followed_log`);
    return row?.[0] ?? null;
  });

const removeAll = async (tx: PostgresTransaction): Promise<void> => {
  for (const [name] of await tx.rows<readonly [string]>(`SELECT name FROM ${SHARED_SCHEMA}.read_schema`)) await removeSchema(tx, name);
};

/** And what was built beside it. */
const removeSchema = async (tx: PostgresTransaction, name: string): Promise<void> => {
  await tx.exec(['', '_next', '_former'].map((suffix) => `DROP SCHEMA IF EXISTS ${name}${suffix} CASCADE`).join('; '));
  await tx.run(`DELETE FROM ${SHARED_SCHEMA}.read_schema WHERE name = $1`, [name]);
};

const createWhatLacks = async (tx: PostgresTransaction, parts: SetUpParts): Promise<void> => {
  const { logId, origin, projections } = parts;
  await tx.run(`INSERT INTO ${SHARED_SCHEMA}.followed_log(log_id) VALUES ($1) ON CONFLICT (one) DO UPDATE SET log_id = excluded.log_id`, [
    logId,
  ]);
  const names = usedBy(parts);
  await sayUsed(tx, names);
  const rows = await tx.rows<readonly [string]>('SELECT nspname FROM pg_namespace WHERE nspname = ANY($1::text[])', [names]);
  const there = new Set(rows.map(([name]) => name));
  for (const projection of projections) {
    const schema = schemaOf(projection);
    if (!there.has(schema)) await createSchema(tx, schema, projection, { ordinal: origin, generation: 0 });
  }
  if (!names.every((name) => there.has(name))) for (const statements of parts.makeFaces()) await tx.exec(statements);
};

const sayUsed = (tx: PostgresTransaction, names: readonly string[]): Promise<number> =>
  tx.run(
    `INSERT INTO ${SHARED_SCHEMA}.read_schema(name, used_at) SELECT name, now() FROM unnest($1::text[]) AS w(name)
     ON CONFLICT (name) DO UPDATE SET used_at = excluded.used_at`,
    [names],
  );

const UNUSED_MS = 600_000; // ms for which nobody has used a schema before it is removed: a server that restarts loses every session

/** Says what is used, and removes what no running program uses and nobody has used for a while. Answers what was removed. */
export const tidyUp = async (session: PostgresSession, parts: SetUpParts, unusedMs = UNUSED_MS): Promise<readonly string[]> => {
  const ours = usedBy(parts);
  await parts.writer.transaction((tx) => sayUsed(tx, ours));
  // Whoever holds it may be making use of one just now: another time, then.
  if (!(await session.tryLock(lockOf('setUp')))) return [];
  try {
    const idle = await parts.writer.transaction((tx) =>
      tx.rows<readonly [string]>(
        `SELECT name FROM ${SHARED_SCHEMA}.read_schema WHERE NOT name = ANY($1::text[]) AND used_at <= now() - $2 * interval '1 millisecond'`,
        [ours, unusedMs],
      ),
    );
    const removed: string[] = [];
    for (const [name] of idle) {
      if (!(await session.tryLock(lockOf('use', name)))) continue;
      await parts.writer.transaction((tx) => removeSchema(tx, name));
      await session.unlock(lockOf('use', name));
      removed.push(name);
    }
    return removed;
  } finally {
    await session.unlock(lockOf('setUp'));
  }
};
