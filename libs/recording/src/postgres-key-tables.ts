import { migrateSchema, type Postgres, type SchemaMigration } from '@saksgang/database';

export const KEYS_SCHEMA = 'saksgang_keys';
/** Told with every change of a person: whoever holds keys in memory looks what changed. */
export const KEYS_CHANNEL = 'saksgang_keys';

/**
 * `counter` is locked by whoever changes a person, before anything is read to decide on, until the change is committed. So changes are
 * numbered in the order in which they can be seen, and what is numbered above any that was seen is all that changed since.
 */
const MIGRATIONS: readonly SchemaMigration[] = [
  {
    name: 'persons, their wrapped keys and the marks of their names; what the key-encryption key opens; how far logs were searched',
    sql: `
      CREATE TABLE ${KEYS_SCHEMA}.counter(
        one bigint PRIMARY KEY CHECK(one = 1),
        version bigint NOT NULL,               -- of the last change
        dropped bigint NOT NULL,               -- version at the last time a key was dropped
        rewritten bigint NOT NULL);            -- version up to which the tables were written anew since
      INSERT INTO ${KEYS_SCHEMA}.counter VALUES (1, 0, 0, 0);
      CREATE TABLE ${KEYS_SCHEMA}.key_check(one bigint PRIMARY KEY CHECK(one = 1), wrapped bytea NOT NULL);
      CREATE TABLE ${KEYS_SCHEMA}.person(
        person text COLLATE "C" PRIMARY KEY,
        number bigint NOT NULL,                -- in the order in which they were made
        version bigint NOT NULL,               -- of its last change
        wrapped bytea,                         -- null once destroyed
        created_at text COLLATE "C" NOT NULL,
        tombstoned_at text COLLATE "C",
        CHECK(wrapped IS NOT NULL OR tombstoned_at IS NOT NULL));
      CREATE UNIQUE INDEX person_by_version ON ${KEYS_SCHEMA}.person(version);
      -- A person may be known by several spellings; erasing one by name must find them all.
      CREATE TABLE ${KEYS_SCHEMA}.person_name(
        person text COLLATE "C" NOT NULL REFERENCES ${KEYS_SCHEMA}.person, mark bytea NOT NULL,
        PRIMARY KEY(person, mark));
      CREATE TABLE ${KEYS_SCHEMA}.searched(log_id text COLLATE "C" PRIMARY KEY, position text NOT NULL);

      CREATE FUNCTION ${KEYS_SCHEMA}.number_person() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
          IF TG_OP = 'UPDATE' AND OLD.tombstoned_at IS NOT NULL AND NEW.tombstoned_at IS DISTINCT FROM OLD.tombstoned_at THEN
            RAISE EXCEPTION 'a tombstone is never taken back';
          END IF;
          UPDATE ${KEYS_SCHEMA}.counter SET version = version + 1 RETURNING version INTO NEW.version;
          IF TG_OP = 'INSERT' THEN NEW.number := NEW.version; END IF;
          PERFORM pg_notify('${KEYS_CHANNEL}', '');
          RETURN NEW;
        END $body$;
      CREATE TRIGGER person_is_numbered BEFORE INSERT OR UPDATE ON ${KEYS_SCHEMA}.person
        FOR EACH ROW EXECUTE FUNCTION ${KEYS_SCHEMA}.number_person();
      -- The names of a person are read with the person: it has changed when they have.
      CREATE FUNCTION ${KEYS_SCHEMA}.number_named() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
          UPDATE ${KEYS_SCHEMA}.person SET version = 0 WHERE person IN (OLD.person, NEW.person);
          RETURN NULL;
        END $body$;
      CREATE TRIGGER named_is_numbered AFTER INSERT OR UPDATE OR DELETE ON ${KEYS_SCHEMA}.person_name
        FOR EACH ROW EXECUTE FUNCTION ${KEYS_SCHEMA}.number_named();
      CREATE FUNCTION ${KEYS_SCHEMA}.person_stays() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN RAISE EXCEPTION 'a person is never deleted'; END $body$;
      CREATE TRIGGER person_stays BEFORE DELETE ON ${KEYS_SCHEMA}.person FOR EACH ROW EXECUTE FUNCTION ${KEYS_SCHEMA}.person_stays();
      CREATE TRIGGER persons_stay BEFORE TRUNCATE ON ${KEYS_SCHEMA}.person
        FOR EACH STATEMENT EXECUTE FUNCTION ${KEYS_SCHEMA}.person_stays();`,
  },
];

/** @throws NewerDatabase when a newer program wrote the schema. @throws what the driver throws */
export const migrateKeys = (database: Postgres): Promise<unknown> =>
  migrateSchema(database, KEYS_SCHEMA, MIGRATIONS, 'Start the program that wrote it, or a newer one: keys cannot be rebuilt.');
