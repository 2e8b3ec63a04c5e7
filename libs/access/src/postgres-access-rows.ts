import { migrateSchema, rewriteTables, type Postgres, type PostgresConnection, type SchemaMigration } from '@saksgang/database';
import type { AccessRows, ActorRow, KeyRow, NewActor, NewKey, TokenActorRow } from './access-rows.js';

export const ACCESS_SCHEMA = 'saksgang_access';
const NEWER = 'Start the program that wrote it, or a newer one: the actors of the record are in it.';

const refusing = (name: string, words: string): string =>
  `CREATE FUNCTION ${ACCESS_SCHEMA}.${name}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN RAISE EXCEPTION '${words}'; END $body$;`;
const stays = (table: string, name: string): string => `
  CREATE TRIGGER ${table}_row_stays BEFORE DELETE ON ${ACCESS_SCHEMA}.${table} FOR EACH ROW EXECUTE FUNCTION ${ACCESS_SCHEMA}.${name}();
  CREATE TRIGGER ${table}_stays BEFORE TRUNCATE ON ${ACCESS_SCHEMA}.${table} FOR EACH STATEMENT EXECUTE FUNCTION ${ACCESS_SCHEMA}.${name}();`;

const MIGRATIONS: readonly SchemaMigration[] = [
  {
    name: 'actors and their keys, actors known by access tokens',
    sql: `
      CREATE TABLE ${ACCESS_SCHEMA}.actor(
        actor text COLLATE "C" PRIMARY KEY, role text NOT NULL, actor_kind text NOT NULL,
        name text,                                      -- a machine's
        sealed text, person text, box bytea,            -- a person's: commitment, person, and the box, null once erased
        created_at text NOT NULL,
        CHECK((name IS NULL) = (sealed IS NOT NULL AND person IS NOT NULL)),
        CHECK(actor_kind = 'MACHINE' OR name IS NULL));
      CREATE TABLE ${ACCESS_SCHEMA}.api_key(
        key_no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text COLLATE "C" NOT NULL UNIQUE,
        actor text COLLATE "C" NOT NULL REFERENCES ${ACCESS_SCHEMA}.actor,
        hash bytea NOT NULL UNIQUE,                     -- SHA-256 of the secret
        prefix text NOT NULL, created_at text NOT NULL, revoked_at text,
        expires_at text COLLATE "C",                    -- null: good until it is revoked
        scopes text);                                   -- JSON list of commands; null: whatever the role may
      CREATE TABLE ${ACCESS_SCHEMA}.token_actor(
        actor text COLLATE "C" PRIMARY KEY,
        digest bytea NOT NULL UNIQUE,                   -- SHA-256 of issuer and subject: whose tokens are this actor's
        role text NOT NULL, actor_kind text NOT NULL,   -- as the latest token said
        sealed text, person text, box bytea,            -- the name: all null where none was told, the box null once erased
        created_at text NOT NULL,
        CHECK((sealed IS NULL) = (person IS NULL) AND (sealed IS NOT NULL OR box IS NULL)));
      CREATE INDEX actor_by_person ON ${ACCESS_SCHEMA}.actor(person);
      CREATE INDEX token_actor_by_person ON ${ACCESS_SCHEMA}.token_actor(person);
      CREATE TABLE ${ACCESS_SCHEMA}.counter(
        one bigint PRIMARY KEY CHECK(one = 1),
        dropped bigint NOT NULL,                        -- how often boxes were dropped
        rewritten bigint NOT NULL);                     -- up to which of those the tables were written anew since
      INSERT INTO ${ACCESS_SCHEMA}.counter VALUES (1, 0, 0);

      -- Entries name actors for ever, and a revoked key never works again.
      ${refusing('actor_stays', 'an actor is never deleted')} ${stays('actor', 'actor_stays')} ${stays('token_actor', 'actor_stays')}
      ${refusing('key_stays', 'a key is revoked, never deleted')} ${stays('api_key', 'key_stays')}
      ${refusing('revoked_stays', 'a key is revoked once, and nothing else of it changes')}
      CREATE TRIGGER revoked_stays BEFORE UPDATE ON ${ACCESS_SCHEMA}.api_key FOR EACH ROW
        WHEN (OLD.revoked_at IS NOT NULL OR NEW.hash IS DISTINCT FROM OLD.hash OR NEW.actor IS DISTINCT FROM OLD.actor)
        EXECUTE FUNCTION ${ACCESS_SCHEMA}.revoked_stays();
      ${refusing('bounds_stay', 'what a key is good for is said when it is made')}
      CREATE TRIGGER bounds_stay BEFORE UPDATE ON ${ACCESS_SCHEMA}.api_key FOR EACH ROW
        WHEN (NEW.expires_at IS DISTINCT FROM OLD.expires_at OR NEW.scopes IS DISTINCT FROM OLD.scopes)
        EXECUTE FUNCTION ${ACCESS_SCHEMA}.bounds_stay();
      ${refusing('actor_is_one', 'an actor stays who it is')}
      CREATE TRIGGER actor_is_one BEFORE UPDATE ON ${ACCESS_SCHEMA}.token_actor FOR EACH ROW
        WHEN (NEW.digest IS DISTINCT FROM OLD.digest OR NEW.actor IS DISTINCT FROM OLD.actor)
        EXECUTE FUNCTION ${ACCESS_SCHEMA}.actor_is_one();`,
  },
];

const ACTOR_COLUMNS = 'a.actor, a.role, a.actor_kind AS "actorKind", a.name, a.sealed, a.person, a.box';
const ACTOR = `SELECT ${ACTOR_COLUMNS} FROM ${ACCESS_SCHEMA}.actor a WHERE a.actor = $1`;
const KEY_ROW = `SELECT ${ACTOR_COLUMNS}, k.id, k.prefix, k.hash, k.created_at AS "createdAt", k.revoked_at AS "revokedAt",
  k.expires_at AS "expiresAt", k.scopes FROM ${ACCESS_SCHEMA}.api_key k JOIN ${ACCESS_SCHEMA}.actor a ON a.actor = k.actor`;
const TOKEN_ACTOR = `SELECT actor, role, actor_kind AS "actorKind", sealed, person, box FROM ${ACCESS_SCHEMA}.token_actor`;

/**
 * The actors and keys that several instances share, in a PostgreSQL database. A key that one instance revokes is no good on any other
 * from then on: each call asks the database, and fails where that does not answer.
 * @throws NewerDatabase when a newer program wrote the schema. @throws what the driver throws
 */
export const openSharedAccessRows = async (database: Postgres): Promise<AccessRows> => {
  await migrateSchema(database, ACCESS_SCHEMA, MIGRATIONS, NEWER);
  return accessRows(database);
};

const insert = async (tx: PostgresConnection, { actor, role, actorKind, name, box, createdAt }: NewActor, key: NewKey): Promise<void> => {
  const newActor = `INSERT INTO ${ACCESS_SCHEMA}.actor(actor, role, actor_kind, name, sealed, person, box, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;
  const sealed = [box?.commitment ?? null, box?.person ?? null, box?.bytes ?? null] as const;
  await tx.query(newActor, [actor, role, actorKind, name, ...sealed, createdAt]);
  const newKey = `INSERT INTO ${ACCESS_SCHEMA}.api_key(id, actor, hash, prefix, created_at, expires_at, scopes)
    VALUES ($1, $2, $3, $4, $5, $6, $7)`;
  await tx.query(newKey, [key.id, actor, key.hash, key.prefix, createdAt, key.expiresAt, key.scopes]);
};

const accessRows = (database: Postgres): AccessRows => {
  const one = async <Row extends object>(sql: string, value: string | Uint8Array): Promise<Row | null> =>
    (await database.query<Row>(sql, [value])).rows[0] ?? null;
  return {
    place: `schema ${ACCESS_SCHEMA} of the database`,
    actorById: (id) => one<ActorRow>(ACTOR, id),
    keyById: (id) => one<KeyRow>(`${KEY_ROW} WHERE k.id = $1`, id),
    keyByHash: (hash) => one<KeyRow>(`${KEY_ROW} WHERE k.hash = $1`, hash),
    keys: async (limit) => (await database.query<KeyRow>(`${KEY_ROW} ORDER BY k.key_no DESC LIMIT $1`, [limit])).rows,
    insertKey: (actor, key) => database.transaction((tx) => insert(tx, actor, key)),
    insertFirstKey: (make) =>
      database.transaction(async (tx) => {
        // Nobody makes a key meanwhile: who else starts now waits, and finds this one.
        await tx.exec(`LOCK TABLE ${ACCESS_SCHEMA}.api_key IN SHARE ROW EXCLUSIVE MODE`);
        if ((await tx.query(`SELECT 1 FROM ${ACCESS_SCHEMA}.api_key LIMIT 1`)).count > 0) return false;
        const { actor, key } = make();
        await insert(tx, actor, key);
        return true;
      }),
    tokenActorById: (id) => one<TokenActorRow>(`${TOKEN_ACTOR} WHERE actor = $1`, id),
    tokenActorByDigest: (digest) => one<TokenActorRow>(`${TOKEN_ACTOR} WHERE digest = $1`, digest),
    insertTokenActor: async ({ actor, digest, role, actorKind, box, createdAt }) => {
      const sql = `INSERT INTO ${ACCESS_SCHEMA}.token_actor(actor, digest, role, actor_kind, sealed, person, box, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (digest) DO NOTHING`;
      const sealed = [box?.commitment ?? null, box?.person ?? null, box?.bytes ?? null] as const;
      await database.query(sql, [actor, digest, role, actorKind, ...sealed, createdAt]);
    },
    setTokenRole: async (id, role, actorKind) => {
      await database.query(`UPDATE ${ACCESS_SCHEMA}.token_actor SET role = $1, actor_kind = $2 WHERE actor = $3`, [role, actorKind, id]);
    },
    forget: (persons) => forgetIn(database, persons),
    revoke: async (id, at) => {
      await database.query(`UPDATE ${ACCESS_SCHEMA}.api_key SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL`, [at, id]);
    },
    // The database is whose who opened it.
    close: async () => undefined,
  };
};

/** Drops the boxes, and writes the tables anew: until then the rows as they were lie in their pages. */
const forgetIn = async (database: Postgres, persons: Parameters<AccessRows['forget']>[0]): Promise<boolean> => {
  const tables = ['actor', 'token_actor'].map((table) => `${ACCESS_SCHEMA}.${table}`);
  const { dropped, rewritten } = await database.transaction(async (tx) => {
    let boxes = 0;
    for (const table of tables)
      boxes += (await tx.query(`UPDATE ${table} SET box = NULL WHERE person = ANY($1) AND box IS NOT NULL`, [persons])).count;
    const count = `UPDATE ${ACCESS_SCHEMA}.counter SET dropped = dropped + $1 RETURNING dropped, rewritten`;
    return (await tx.query<{ dropped: number; rewritten: number }>(count, [boxes > 0 ? 1 : 0])).rows[0] ?? { dropped: 0, rewritten: 0 };
  });
  if (rewritten >= dropped) return true;
  if (!(await rewriteTables(database, tables))) return false;
  await database.query(`UPDATE ${ACCESS_SCHEMA}.counter SET rewritten = greatest(rewritten, $1)`, [dropped]);
  return true;
};
