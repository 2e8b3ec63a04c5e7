import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { emptyWriteAheadLog, migrate, openSqliteFile, type Migration, type SqliteFile } from '@saksgang/database';
import type { AccessRows, ActorRow, KeyRow, NewActor, NewKey, TokenActorRow } from './access-rows.js';

export const ACCESS_FILE = 'access.db';

/** Opens `access.db` in the data directory. @throws NewerDatabase when a newer program wrote it. */
export const openSqliteAccessRows = (dataDir: string): AccessRows => {
  const path = join(dataDir, ACCESS_FILE);
  // Made first, for its owner only: SQLite gives its side files the rights of the main one.
  closeSync(openSync(path, 'a', 0o600));
  const file = openSqliteFile(path, { synchronous: 'FULL', secureDelete: true });
  try {
    migrate(file, MIGRATIONS, 'Start the program that wrote it, or a newer one: the actors of the record are in it.');
    return accessRows(file);
  } catch (fault) {
    file.close();
    throw fault;
  }
};

const MIGRATIONS: readonly Migration[] = [
  {
    name: 'actors and their keys',
    up: (file) =>
      file.exec(`
        CREATE TABLE actor(
          actor TEXT PRIMARY KEY, role TEXT NOT NULL, actor_kind TEXT NOT NULL,
          name TEXT,                                      -- a machine's
          sealed TEXT, person TEXT, box BLOB,             -- a person's: commitment, person, and the box, null once erased
          created_at TEXT NOT NULL,
          CHECK((name IS NULL) = (sealed IS NOT NULL AND person IS NOT NULL)),
          CHECK(actor_kind = 'MACHINE' OR name IS NULL)) STRICT;
        CREATE TABLE api_key(
          key_no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, actor TEXT NOT NULL REFERENCES actor,
          hash BLOB NOT NULL UNIQUE,                      -- SHA-256 of the secret
          prefix TEXT NOT NULL, created_at TEXT NOT NULL, revoked_at TEXT) STRICT;
        -- Entries name actors for ever, and a revoked key never works again.
        CREATE TRIGGER actor_stays BEFORE DELETE ON actor BEGIN SELECT RAISE(ABORT, 'an actor is never deleted'); END;
        CREATE TRIGGER key_stays BEFORE DELETE ON api_key BEGIN SELECT RAISE(ABORT, 'a key is revoked, never deleted'); END;
        CREATE TRIGGER revoked_stays BEFORE UPDATE ON api_key
          WHEN OLD.revoked_at IS NOT NULL OR NEW.hash IS NOT OLD.hash OR NEW.actor IS NOT OLD.actor
          BEGIN SELECT RAISE(ABORT, 'a key is revoked once, and nothing else of it changes'); END;`),
  },
  {
    name: 'keys that expire and are for some commands only',
    up: (file) =>
      file.exec(`
        ALTER TABLE api_key ADD COLUMN expires_at TEXT;   -- null: good until it is revoked, as every key before
        ALTER TABLE api_key ADD COLUMN scopes TEXT;       -- JSON list of commands; null: whatever the role may, as every key before
        CREATE TRIGGER bounds_stay BEFORE UPDATE ON api_key
          WHEN NEW.expires_at IS NOT OLD.expires_at OR NEW.scopes IS NOT OLD.scopes
          BEGIN SELECT RAISE(ABORT, 'what a key is good for is said when it is made'); END;`),
  },
  {
    name: 'actors known by access tokens',
    up: (file) =>
      file.exec(`
        CREATE TABLE token_actor(
          actor TEXT PRIMARY KEY,
          digest BLOB NOT NULL UNIQUE,                    -- SHA-256 of issuer and subject: whose tokens are this actor's
          role TEXT NOT NULL, actor_kind TEXT NOT NULL,   -- as the latest token said
          sealed TEXT, person TEXT, box BLOB,             -- the name: all null where none was told, the box null once erased
          created_at TEXT NOT NULL,
          CHECK((sealed IS NULL) = (person IS NULL) AND (sealed IS NOT NULL OR box IS NULL))) STRICT;
        CREATE TRIGGER token_actor_stays BEFORE DELETE ON token_actor BEGIN SELECT RAISE(ABORT, 'an actor is never deleted'); END;
        CREATE TRIGGER token_actor_is_one BEFORE UPDATE ON token_actor
          WHEN NEW.digest IS NOT OLD.digest OR NEW.actor IS NOT OLD.actor
          BEGIN SELECT RAISE(ABORT, 'an actor stays who it is'); END;`),
  },
];

const ACTOR_COLUMNS = 'actor.actor, actor.role, actor.actor_kind AS actorKind, actor.name, actor.sealed, actor.person, actor.box';
const KEY_ROW = `SELECT ${ACTOR_COLUMNS}, api_key.id, api_key.prefix, api_key.hash, api_key.created_at AS createdAt,
  api_key.revoked_at AS revokedAt, api_key.expires_at AS expiresAt, api_key.scopes FROM api_key JOIN actor ON actor.actor = api_key.actor`;

const TOKEN_ACTOR = 'SELECT actor, role, actor_kind AS actorKind, sealed, person, box FROM token_actor';

/** Each statement is prepared once. */
const accessRows = (file: SqliteFile): AccessRows => {
  const actor = file.prepare<ActorRow>(`SELECT ${ACTOR_COLUMNS} FROM actor WHERE actor.actor = ?`);
  const key = file.prepare<KeyRow>(`${KEY_ROW} WHERE api_key.id = ?`);
  const keyOfHash = file.prepare<KeyRow>(`${KEY_ROW} WHERE api_key.hash = ?`);
  const newest = file.prepare<KeyRow>(`${KEY_ROW} ORDER BY api_key.key_no DESC LIMIT ?`);
  const any = file.prepare('SELECT 1 FROM api_key LIMIT 1');
  const newActor = file.prepare(
    'INSERT INTO actor(actor, role, actor_kind, name, sealed, person, box, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const newKey = file.prepare('INSERT INTO api_key(id, actor, hash, prefix, created_at, expires_at, scopes) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const dropBox = file.prepare('UPDATE actor SET box = NULL WHERE person = ? AND box IS NOT NULL');
  const setRevoked = file.prepare('UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');
  const tokenActor = file.prepare<TokenActorRow>(`${TOKEN_ACTOR} WHERE actor = ?`);
  const tokenActorOf = file.prepare<TokenActorRow>(`${TOKEN_ACTOR} WHERE digest = ?`);
  const newTokenActor = file.prepare(
    `INSERT INTO token_actor(actor, digest, role, actor_kind, sealed, person, box, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT(digest) DO NOTHING`,
  );
  const setRole = file.prepare('UPDATE token_actor SET role = ?, actor_kind = ? WHERE actor = ?');
  const dropTokenBox = file.prepare('UPDATE token_actor SET box = NULL WHERE person = ? AND box IS NOT NULL');
  const insert = ({ actor: id, role, actorKind, name, box, createdAt }: NewActor, its: NewKey): void => {
    newActor.run(id, role, actorKind, name, box?.commitment ?? null, box?.person ?? null, box?.bytes ?? null, createdAt);
    newKey.run(its.id, id, its.hash, its.prefix, createdAt, its.expiresAt, its.scopes);
  };
  return {
    place: file.path,
    actorById: async (id) => actor.get(id) ?? null,
    keyById: async (id) => key.get(id) ?? null,
    keyByHash: async (hash) => keyOfHash.get(hash) ?? null,
    keys: async (limit) => newest.all(limit),
    insertKey: async (holder, its) => file.transaction(() => insert(holder, its)),
    insertFirstKey: async (make) =>
      file.transaction(() => {
        if (any.get() !== undefined) return false;
        const { actor: holder, key: its } = make();
        insert(holder, its);
        return true;
      }),
    tokenActorById: async (id) => tokenActor.get(id) ?? null,
    tokenActorByDigest: async (digest) => tokenActorOf.get(digest) ?? null,
    insertTokenActor: async ({ actor: id, digest, role, actorKind, box, createdAt }) =>
      void newTokenActor.run(id, digest, role, actorKind, box?.commitment ?? null, box?.person ?? null, box?.bytes ?? null, createdAt),
    setTokenRole: async (id, role, actorKind) => void setRole.run(role, actorKind, id),
    forget: async (persons) => {
      file.transaction(() =>
        persons.forEach((person) => {
          dropBox.run(person);
          dropTokenBox.run(person);
        }),
      );
      return emptyWriteAheadLog(file);
    },
    revoke: async (id, at) => void setRevoked.run(at, id),
    close: async () => file.close(),
  };
};
