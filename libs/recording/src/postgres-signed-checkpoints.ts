import { migrateSchema, type Postgres, type PostgresConnection, type PostgresValue, type SchemaMigration } from '@saksgang/database';
import { hashesIn, type Origin, type SignedCheckpoint, type SignedCheckpoints } from './signed-checkpoints.js';

export const SIGNER_SCHEMA = 'saksgang_signer';
const NEWER = 'Start the program that wrote it, or a newer one: what was signed cannot be worked out anew.';

const refusing = (name: string, words: string): string =>
  `CREATE FUNCTION ${SIGNER_SCHEMA}.${name}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN RAISE EXCEPTION '${words}'; END $body$;`;

const MIGRATIONS: readonly SchemaMigration[] = [
  {
    name: 'origins, checkpoints and where the reading ended',
    sql: `
      CREATE TABLE ${SIGNER_SCHEMA}.origin(number bigint PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE, key text);
      CREATE TABLE ${SIGNER_SCHEMA}.checkpoint(number bigint PRIMARY KEY, origin bigint NOT NULL REFERENCES ${SIGNER_SCHEMA}.origin,
        size bigint NOT NULL, root bytea NOT NULL, note text NOT NULL, signed_at text NOT NULL);
      CREATE UNIQUE INDEX checkpoint_by_size ON ${SIGNER_SCHEMA}.checkpoint(origin, size);
      CREATE TABLE ${SIGNER_SCHEMA}.read_to(one bigint PRIMARY KEY CHECK(one = 1), origin bigint NOT NULL REFERENCES ${SIGNER_SCHEMA}.origin,
        log text NOT NULL, ordinal bigint NOT NULL, size bigint NOT NULL, hashes bytea NOT NULL);
      ${refusing('checkpoint_stays', 'a checkpoint is never deleted')}
      CREATE TRIGGER checkpoint_stays BEFORE DELETE ON ${SIGNER_SCHEMA}.checkpoint
        FOR EACH ROW EXECUTE FUNCTION ${SIGNER_SCHEMA}.checkpoint_stays();
      CREATE TRIGGER checkpoints_stay BEFORE TRUNCATE ON ${SIGNER_SCHEMA}.checkpoint
        FOR EACH STATEMENT EXECUTE FUNCTION ${SIGNER_SCHEMA}.checkpoint_stays();
      ${refusing('checkpoint_is_fixed', 'a checkpoint is never changed')}
      CREATE TRIGGER checkpoint_is_fixed BEFORE UPDATE ON ${SIGNER_SCHEMA}.checkpoint
        FOR EACH ROW EXECUTE FUNCTION ${SIGNER_SCHEMA}.checkpoint_is_fixed();
      CREATE FUNCTION ${SIGNER_SCHEMA}.checkpoint_grows() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN
        IF EXISTS (SELECT 1 FROM ${SIGNER_SCHEMA}.checkpoint WHERE origin = NEW.origin AND size >= NEW.size) THEN
          RAISE EXCEPTION 'a checkpoint is never of fewer entries';
        END IF;
        RETURN NEW;
      END $body$;
      CREATE TRIGGER checkpoint_grows BEFORE INSERT ON ${SIGNER_SCHEMA}.checkpoint
        FOR EACH ROW EXECUTE FUNCTION ${SIGNER_SCHEMA}.checkpoint_grows();`,
  },
];

const CHECKPOINT = `SELECT c.number, o.name AS origin, c.size, c.root, c.note, c.signed_at AS "signedAt"
  FROM ${SIGNER_SCHEMA}.checkpoint c JOIN ${SIGNER_SCHEMA}.origin o ON o.number = c.origin`;
const PRESENT = `c.origin = (SELECT max(number) FROM ${SIGNER_SCHEMA}.origin)`;
const ORIGIN = `SELECT number, name, key FROM ${SIGNER_SCHEMA}.origin`;

/**
 * The signer's memory in a PostgreSQL database, for one instance that signs and others that serve its last note. Its signing key stays
 * the signer's own file. @throws NewerDatabase when a newer program wrote the schema. @throws what the driver throws
 */
export const openSharedCheckpoints = async (database: Postgres): Promise<SignedCheckpoints> => {
  await migrateSchema(database, SIGNER_SCHEMA, MIGRATIONS, NEWER);
  return checkpointsOver(database);
};

type ReadToRow = Readonly<{ log: string; ordinal: number; size: number; hashes: Uint8Array }>;

const checkpointsOver = (database: Postgres): SignedCheckpoints => {
  const all = async <Row extends object>(sql: string, ...values: readonly PostgresValue[]): Promise<readonly Row[]> =>
    (await database.query<Row>(sql, values)).rows;
  const checkpoint = async (rest: string, ...values: readonly PostgresValue[]): Promise<SignedCheckpoint | null> =>
    (await all<SignedCheckpoint>(`${CHECKPOINT} ${rest}`, ...values))[0] ?? null;
  /** Nobody signs or names an origin meanwhile. */
  const alone = <T>(work: (tx: PostgresConnection) => Promise<T>): Promise<T> =>
    database.transaction(async (tx) => {
      await tx.exec(`LOCK TABLE ${SIGNER_SCHEMA}.origin IN SHARE ROW EXCLUSIVE MODE`);
      return work(tx);
    });

  return {
    place: `schema ${SIGNER_SCHEMA} of the database`,
    origin: () => presentOf(database),
    nameOrigin: (name) =>
      alone(async (tx) => {
        const found = await presentOf(tx);
        if (found === null) await insertOrigin(tx, name);
        else if (found.key === null) await tx.query(`UPDATE ${SIGNER_SCHEMA}.origin SET name = $1 WHERE number = $2`, [name, found.number]);
        return demanded(tx);
      }),
    addOrigin: (name) =>
      alone(async (tx) => {
        await insertOrigin(tx, name);
        return demanded(tx);
      }),
    hasOrigin: async (name) => (await all(`${ORIGIN} WHERE name = $1`, name)).length > 0,
    originAt: async (number) => {
      const [origin] = await all<Origin>(`${ORIGIN} WHERE number = $1`, number);
      return origin === undefined ? null : { origin, last: await checkpoint('WHERE c.origin = $1 ORDER BY c.size DESC LIMIT 1', number) };
    },
    setKey: async ({ number }, key) => {
      await all(`UPDATE ${SIGNER_SCHEMA}.origin SET key = $1 WHERE number = $2`, key, number);
    },
    last: () => checkpoint(`WHERE ${PRESENT} ORDER BY c.size DESC LIMIT 1`),
    covering: (size) => checkpoint(`WHERE ${PRESENT} AND c.size >= $1 ORDER BY c.size LIMIT 1`, size),
    beyond: (size, limit) => all<SignedCheckpoint>(`${CHECKPOINT} WHERE ${PRESENT} AND c.size > $1 ORDER BY c.size LIMIT $2`, size, limit),
    before: (number, limit) =>
      all<SignedCheckpoint>(`${CHECKPOINT} WHERE c.number < $1 ORDER BY c.number DESC LIMIT $2`, number ?? Number.MAX_SAFE_INTEGER, limit),
    count: async () => (await all<{ count: number }>(`SELECT count(*) AS count FROM ${SIGNER_SCHEMA}.checkpoint`))[0]?.count ?? 0,
    readTo: async () => {
      const kept = `SELECT log, ordinal, size, hashes FROM ${SIGNER_SCHEMA}.read_to`;
      const [row] = await all<ReadToRow>(`${kept} WHERE origin = (SELECT max(number) FROM ${SIGNER_SCHEMA}.origin)`);
      return row === undefined ? null : { log: row.log, ordinal: row.ordinal, tree: { size: row.size, hashes: hashesIn(row.hashes) } };
    },
    keep: (seen, next, { log, ordinal, tree }) =>
      alone(async (tx) => {
        const newest = `${CHECKPOINT} WHERE ${PRESENT} ORDER BY c.size DESC LIMIT 1`;
        const [last] = (await tx.query<SignedCheckpoint>(newest)).rows;
        if ((last?.number ?? null) !== (seen?.number ?? null)) return false;
        const { number } = await demanded(tx);
        if (next !== null) {
          const insert = `INSERT INTO ${SIGNER_SCHEMA}.checkpoint(number, origin, size, root, note, signed_at)
            SELECT coalesce(max(number), 0) + 1, $1, $2, $3, $4, $5 FROM ${SIGNER_SCHEMA}.checkpoint`;
          await tx.query(insert, [number, next.size, next.root, next.note, next.signedAt]);
        }
        const put = `INSERT INTO ${SIGNER_SCHEMA}.read_to(one, origin, log, ordinal, size, hashes) VALUES (1, $1, $2, $3, $4, $5)
          ON CONFLICT (one) DO UPDATE SET origin = excluded.origin, log = excluded.log, ordinal = excluded.ordinal, size = excluded.size,
            hashes = excluded.hashes`;
        await tx.query(put, [number, log, ordinal, tree.size, Buffer.concat(tree.hashes)]);
        return true;
      }),
    // The database is whose who opened it.
    close: async () => undefined,
  };
};

const presentOf = async (connection: PostgresConnection): Promise<Origin | null> =>
  (await connection.query<Origin>(`${ORIGIN} ORDER BY number DESC LIMIT 1`)).rows[0] ?? null;

const demanded = async (connection: PostgresConnection): Promise<Origin> => {
  const found = await presentOf(connection);
  if (found === null) throw new Error('there is no origin');
  return found;
};

const insertOrigin = (connection: PostgresConnection, name: string): Promise<unknown> =>
  connection.query(
    `INSERT INTO ${SIGNER_SCHEMA}.origin(number, name) SELECT coalesce(max(number), 0) + 1, $1 FROM ${SIGNER_SCHEMA}.origin`,
    [name],
  );
